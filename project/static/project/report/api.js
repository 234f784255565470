// @ts-check
/** Asks the endpoints, and turns whatever goes wrong into a problem (RFC 9457). */

/** @typedef {import("openapi").paths} Paths */
/** @typedef {import("openapi").components["schemas"]} Schemas */
/** @typedef {Schemas["Problem"]} Problem */

/**
 * The paths that can be read.
 *
 * @typedef {{[P in keyof Paths]: Paths[P] extends {get: object} ? P : never}[keyof Paths]} Readable
 */

/**
 * What a path is asked with: its own parts, and the query.
 *
 * @template {Readable} P
 * @typedef {Paths[P] extends {get: {parameters: infer Q}} ? Pick<Q, keyof Q & ("path" | "query")> : never} Asked
 */

/**
 * What a path answers.
 *
 * @template {Readable} P
 * @typedef {Paths[P] extends {get: {responses: {200: {content: {"application/json": infer A}}}}} ? A : never} Answer
 */

export class ProblemError extends Error {
  /** @param {Problem} problem its status is 0 where no server has answered */
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

/**
 * Return the body of an answer, and throw ProblemError for every other outcome.
 *
 * @template {Readable} P
 * @param {P} path as the document has it
 * @param {Asked<P>} asked
 * @param {AbortSignal} [signal]
 * @returns {Promise<Answer<P>>}
 */
export async function get(path, asked, signal = undefined) {
  const response = await fetched(addressOf(path, asked), signal);
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response.json();
}

/**
 * @param {string} path
 * @param {{path?: Record<string, unknown>, query?: Record<string, unknown>}} asked
 */
function addressOf(path, asked) {
  const filled = path.replace(/{(\w+)}/g, (_, name) =>
    encodeURIComponent(String(asked.path?.[name])),
  );
  const url = new URL(filled, window.location.origin);
  for (const [name, given] of Object.entries(asked.query ?? {})) {
    if (given !== undefined) url.searchParams.set(name, String(given));
  }
  return url;
}

/**
 * @param {URL} url
 * @param {AbortSignal} [signal]
 */
async function fetched(url, signal) {
  try {
    return await fetch(url, {
      signal,
      credentials: "same-origin",
      headers: { Accept: "application/json, application/problem+json" },
    });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ProblemError({
      type: "about:blank",
      status: 0,
      title: "No answer",
      detail: "The server can't be reached. Check that it runs, then try again.",
    });
  }
}

/** Return whether somebody has lost interest in an answer. @param {unknown} error */
export function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

/**
 * @param {Response} response
 * @returns {Promise<Problem>}
 */
async function problemOf(response) {
  const plain = {
    type: "about:blank",
    status: response.status,
    title: response.statusText || `Status ${response.status}`,
    detail: `The server answered ${response.status} without saying why.`,
  };
  const kind = response.headers.get("Content-Type") || "";
  if (!kind.startsWith("application/problem+json")) return plain;
  return { ...plain, ...(await response.json()) };
}
