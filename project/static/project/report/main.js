/** The cost report: picks a project, asks for its figures, shows them or says why it can't. */

import { ProblemError, get } from "./api.js";
import { drawn, fit } from "./chart.js";
import { html } from "./elements.js";
import { value } from "./money.js";
import {
  budgetRows,
  budgetSum,
  contractRows,
  facts,
  foreignSums,
  overrunRows,
  shortage,
} from "./tables.js";

const PATIENCE = 200; // milliseconds before a wait is spoken of

const page = document.querySelector("[data-report]");
const picker = document.getElementById("project");
const status = document.getElementById("status");
const notice = document.getElementById("notice");
const report = document.getElementById("report");
const chart = document.getElementById("chart");
const more = document.getElementById("more-contracts");

/** @type {{projects: any[], report: any, contracts: string | null, asked: AbortController | null, width: number}} */
const state = { projects: [], report: null, contracts: null, asked: null, width: 0 };

picker.addEventListener("change", () => {
  const id = picker.value;
  window.history.pushState({}, "", `?project=${encodeURIComponent(id)}`);
  show(id);
});
window.addEventListener("popstate", () => start());
more.addEventListener("click", () => attempt(nextContracts));
new ResizeObserver(() => draw()).observe(chart);
attempt(load);

async function load() {
  waiting("Loading the projects…");
  state.projects = (await get("portfolio/projects")).items;
  if (!state.projects.length) {
    picker.closest(".field").hidden = true;
    return say("There is no project yet.", "Add one in the admin, then come back.", [
      link(page.dataset.addProject, "Add a project"),
    ]);
  }
  picker.replaceChildren(
    ...state.projects.map((project) =>
      html("option", { value: project.id }, `${project.number} ${project.name}`),
    ),
  );
  picker.disabled = false;
  return start();
}

function start() {
  const wanted = new URLSearchParams(window.location.search).get("project");
  const found = state.projects.find((project) => String(project.id) === wanted);
  if (wanted !== null && !found) {
    picker.selectedIndex = -1;
    report.hidden = true;
    return say("There is no such project.", `No project has the id ${wanted}. Pick another one.`);
  }
  const chosen = found ?? state.projects[0];
  picker.value = String(chosen.id);
  return show(String(chosen.id));
}

function show(id) {
  state.asked?.abort();
  const asked = new AbortController();
  state.asked = asked;
  return attempt(() => ask(id, asked.signal));
}

async function ask(id, signal) {
  const project = state.projects.find((known) => String(known.id) === id);
  waiting(`Loading the report of ${project.name}…`);
  const [found, contracts] = await Promise.all([
    get(`budgeting/projects/${encodeURIComponent(id)}/cost-report`, {}, signal),
    get("contracting/contracts", { project_id: id }, signal),
  ]);
  fill(project, found, contracts);
}

/** Run an action, and show its failure where it has one. */
async function attempt(action) {
  try {
    await action();
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!(error instanceof ProblemError)) {
      refuse({ title: "The page failed", detail: "Load it again; if that does not help, report it." });
      throw error;
    }
    refuse(error.problem);
  }
}

let patience = 0;

function waiting(sentence) {
  report.setAttribute("aria-busy", "true");
  report.classList.add("busy");
  window.clearTimeout(patience);
  patience = window.setTimeout(() => {
    status.textContent = sentence;
    if (report.hidden) say("Loading…", sentence);
  }, PATIENCE);
}

function settled(sentence) {
  window.clearTimeout(patience);
  report.removeAttribute("aria-busy");
  report.classList.remove("busy");
  status.textContent = sentence;
}

function fill(project, found, contracts) {
  state.report = found;
  document.title = `${project.name} · Cost report`;
  put("project-name", project.name);
  put("currency-note", `Amounts in ${found.currency}, rounded to whole units.`);
  put("foreign-sums", foreignSums(found.other_currencies));
  document.getElementById("facts").replaceChildren(...facts(found));
  document.getElementById("budget-rows").replaceChildren(...budgetRows(found));
  document.getElementById("budget-sum").replaceChildren(budgetSum(found));
  document.getElementById("overruns").hidden = !found.overruns.length;
  document.getElementById("overrun-rows").replaceChildren(...overrunRows(found.overruns));
  showEmpty("budget", !found.lines.length);
  document.getElementById("contract-rows").replaceChildren();
  addContracts(contracts);
  showEmpty("contracts", !contracts.items.length);
  notice.hidden = true;
  report.hidden = false;
  draw(true);
  settled(spoken(project, found));
}

function showEmpty(part, isEmpty) {
  document.getElementById(`${part}-empty`).hidden = !isEmpty;
  document.getElementById(`${part}-table`).hidden = isEmpty;
  if (part === "budget") document.getElementById("chart-panel").hidden = isEmpty;
}

async function nextContracts() {
  const query = { project_id: picker.value, after: state.contracts };
  const place = document.getElementById("contract-rows").childElementCount;
  addContracts(await get("contracting/contracts", query));
  document.getElementById("contract-rows").children[place]?.querySelector("a")?.focus();
}

function addContracts(contracts) {
  document.getElementById("contract-rows").append(...contractRows(contracts.items));
  state.contracts = contracts.next_cursor;
  more.hidden = state.contracts === null;
}

function spoken(project, found) {
  const over = found.lines.filter((line) => value(line.left) < 0).length;
  const end = value(found.left) < 0 ? `, which is ${shortage(found)} short` : "";
  return `${project.name}: ${found.lines.length} budget lines, ${over} over plan${end}.`;
}

function draw(again = false) {
  if (!state.report?.lines.length || report.hidden) return;
  const width = Math.floor(chart.clientWidth);
  if (width === 0 || (width === state.width && !again)) return;
  state.width = width;
  const picture = drawn(state.report.lines, state.report.currency, width);
  chart.replaceChildren(picture);
  fit(picture);
}

function refuse(problem) {
  report.hidden = true;
  if (problem.status === 401) {
    picker.closest(".field").hidden = true;
    const back = window.location.pathname + window.location.search;
    return say("You are not signed in.", "The figures of a project are for its members.", [
      link(`${page.dataset.signIn}?next=${encodeURIComponent(back)}`, "Sign in"),
    ]);
  }
  if (problem.status === 404) {
    return say("No report for this project.", problem.detail);
  }
  return say(problem.title, problem.detail, [again()], problem);
}

function say(title, sentence, ways = [], problem = null) {
  notice.replaceChildren(html("h2", {}, title), html("p", {}, sentence ?? ""));
  if (problem) notice.append(factsOf(problem));
  if (ways.length) notice.append(html("p", {}, ...ways));
  notice.classList.toggle("notice-problem", problem !== null);
  notice.hidden = false;
  if (title !== "Loading…") settled(`${title} ${sentence ?? ""}`);
}

function factsOf(problem) {
  const list = html("dl");
  for (const name of ["status", "type", "instance"]) {
    if (problem[name]) list.append(html("dt", {}, name), html("dd", {}, String(problem[name])));
  }
  return list;
}

function again() {
  const button = html("button", { type: "button", class: "button" }, "Try again");
  button.addEventListener("click", () =>
    state.projects.length ? start() : attempt(load),
  );
  return button;
}

function link(address, text) {
  return html("a", { href: address, class: "button" }, text);
}

function put(id, text) {
  document.getElementById(id).textContent = text;
}
