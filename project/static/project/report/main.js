// @ts-check
/** The cost report: picks a project, asks for its figures, shows them or says why it can't. */

import { ProblemError, get, isAbort } from "./api.js";
import { drawn, fit } from "./chart.js";
import { html, one, part } from "./elements.js";
import { value } from "./money.js";
import { refuse, say, sayEmpty, settled, waiting } from "./notices.js";
import {
  budgetRows,
  budgetSum,
  contractRows,
  counted,
  facts,
  foreignSums,
  overrunRows,
  shortage,
} from "./tables.js";

/** @typedef {import("./api.js").Schemas["ProjectOut"]} Project */
/** @typedef {import("./api.js").Schemas["CostReport"]} Report */
/** @typedef {import("./api.js").Schemas["PageOfContractOut"]} Contracts */

const AT_ONCE = 12; // contracts
const LEFT = "Left is what is planned, less what is committed, or invoiced where that is more.";

const picker = /** @type {HTMLSelectElement} */ (one("select#project"));
const chart = part("chart");
const more = /** @type {HTMLButtonElement} */ (one("button#more-contracts"));

/** @type {{projects: Project[], report: Report | null, cursor: string | null, asked: AbortController, width: number}} */
const state = {
  projects: [],
  report: null,
  cursor: null,
  asked: new AbortController(),
  width: 0,
};

async function load() {
  waiting("Loading the projects…");
  state.projects = (await get("/api/portfolio/projects", {})).items;
  if (!state.projects.length) return sayEmpty();
  picker.replaceChildren(
    ...state.projects.map((project) =>
      html("option", { value: project.id }, `${project.number} ${project.name}`),
    ),
  );
  picker.disabled = false;
  return start();
}

/** Show the project that the address names, or the first one. */
function start() {
  state.asked.abort();
  const wanted = new URLSearchParams(window.location.search).get("project");
  const found = state.projects.find((project) => String(project.id) === wanted);
  if (wanted !== null && !found) {
    picker.selectedIndex = -1;
    return say("There is no such project.", `No project has the id ${wanted}. Pick another one.`);
  }
  picker.value = String((found ?? state.projects[0]).id);
  return show();
}

function show() {
  state.asked.abort();
  state.asked = new AbortController();
  const { signal } = state.asked;
  const project = state.projects.find((known) => String(known.id) === picker.value);
  return project ? attempt(() => ask(project, signal), show) : undefined;
}

/**
 * @param {Project} project
 * @param {AbortSignal} signal
 */
async function ask(project, signal) {
  waiting(`Loading the report of ${project.name}…`);
  const [report, contracts] = await Promise.all([
    get(
      "/api/budgeting/projects/{project_id}/cost-report",
      { path: { project_id: project.id } },
      signal,
    ),
    get("/api/contracting/contracts", { query: { project_id: project.id, size: AT_ONCE } }, signal),
  ]);
  fill(project, report, contracts);
}

/**
 * Run an action; where it fails, show why, and offer to try again.
 *
 * @param {() => Promise<unknown>} action
 * @param {() => void} retry
 */
async function attempt(action, retry) {
  try {
    await action();
  } catch (error) {
    if (isAbort(error)) return;
    if (error instanceof ProblemError) return refuse(error.problem, retry);
    const problem = { type: "about:blank", status: 0, title: "The page failed." };
    refuse({ ...problem, detail: String(error) }, retry);
    throw error;
  }
}

/**
 * @param {Project} project
 * @param {Report} report
 * @param {Contracts} contracts
 */
function fill(project, report, contracts) {
  state.report = report;
  document.title = `${project.name} · Cost report`;
  part("project-name").textContent = project.name;
  part("currency-note").textContent = `In ${report.currency}, whole units. ${LEFT}`;
  part("foreign-sums").textContent = foreignSums(report.other_currencies);
  part("facts").replaceChildren(...facts(report));
  part("budget-rows").replaceChildren(...budgetRows(report));
  part("budget-sum").replaceChildren(budgetSum(report));
  part("overrun-rows").replaceChildren(...overrunRows(report.overruns));
  part("overruns").hidden = !report.overruns.length;
  part("contract-rows").replaceChildren();
  addContracts(contracts);
  showEmpty("budget", !report.lines.length);
  showEmpty("contracts", !contracts.items.length);
  part("chart-panel").hidden = !report.lines.length;
  settled(spoken(project, report));
  draw({ anew: true });
}

/**
 * @param {"budget" | "contracts"} name
 * @param {boolean} isEmpty
 */
function showEmpty(name, isEmpty) {
  part(`${name}-empty`).hidden = !isEmpty;
  part(`${name}-table`).hidden = isEmpty;
}

async function nextContracts() {
  more.disabled = true; // a second click would fetch the same ones again
  try {
    await appendContracts();
  } finally {
    more.disabled = false;
  }
}

async function appendContracts() {
  const rows = part("contract-rows");
  const place = rows.childElementCount;
  const after = state.cursor ?? undefined;
  const query = { project_id: Number(picker.value), size: AT_ONCE, after };
  addContracts(await get("/api/contracting/contracts", { query }, state.asked.signal));
  rows.children[place]?.querySelector("a")?.focus();
}

/** @param {Contracts} contracts */
function addContracts(contracts) {
  part("contract-rows").append(...contractRows(contracts.items));
  state.cursor = contracts.next_cursor;
  more.hidden = state.cursor === null;
}

/**
 * @param {Project} project
 * @param {Report} report
 */
function spoken(project, report) {
  const over = report.lines.filter((line) => value(line.left) < 0).length;
  const end = value(report.left) < 0 ? `, in all ${shortage(report)} over` : "";
  return `${project.name}: ${counted(report.lines.length)}, ${over} over plan${end}.`;
}

function draw({ anew = false } = {}) {
  const width = Math.floor(chart.clientWidth);
  if (!state.report?.lines.length || width === 0 || (width === state.width && !anew)) return;
  state.width = width;
  const picture = drawn(state.report.lines, state.report.currency, width);
  chart.replaceChildren(picture);
  fit(picture);
}

picker.addEventListener("change", () => {
  window.history.pushState({}, "", `?project=${encodeURIComponent(picker.value)}`);
  show();
});
window.addEventListener("popstate", start);
more.addEventListener("click", () => void attempt(nextContracts, show));
new ResizeObserver(() => draw()).observe(chart);
attempt(load, () => window.location.reload());
