/** Asks the endpoints, and turns whatever goes wrong into a problem (RFC 9457). */

export class ProblemError extends Error {
  /** @param {{status: number, title: string, detail?: string, instance?: string}} problem */
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

/**
 * Return the body of an answer, and throw ProblemError for every other outcome.
 *
 * @param {string} path below /api/
 * @param {Record<string, string | number | null>} [query]
 * @param {AbortSignal} [signal]
 */
export async function get(path, query = {}, signal = undefined) {
  const url = new URL(`/api/${path}`, window.location.origin);
  for (const [name, given] of Object.entries(query)) {
    if (given !== null) url.searchParams.set(name, String(given));
  }
  const response = await fetched(url, signal);
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response.json();
}

async function fetched(url, signal) {
  try {
    return await fetch(url, {
      signal,
      credentials: "same-origin",
      headers: { Accept: "application/json, application/problem+json" },
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ProblemError({
      status: 0,
      title: "No answer",
      detail: "The server can't be reached. Check that it runs, then try again.",
    });
  }
}

async function problemOf(response) {
  const plain = {
    status: response.status,
    title: response.statusText || `Status ${response.status}`,
    detail: `The server answered ${response.status} without saying why.`,
  };
  const kind = response.headers.get("Content-Type") || "";
  if (!kind.startsWith("application/problem+json")) return plain;
  return { ...plain, ...(await response.json()) };
}
