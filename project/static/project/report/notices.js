// @ts-check
/** Says what the page is doing, and why it can't do more: to eyes and to screen readers. */

import { html, one, part } from "./elements.js";

/** @typedef {import("./api.js").Problem} Problem */

const PATIENCE = 200; // milliseconds before a wait is spoken of

const page = one("[data-report]");
const status = part("status");
const notice = part("notice");
const report = part("report");
const choice = one(".field");

let patience = 0;

/** Say that something takes its time, once it does. @param {string} sentence */
export function waiting(sentence) {
  report.setAttribute("aria-busy", "true");
  report.classList.add("busy");
  window.clearTimeout(patience);
  patience = window.setTimeout(() => {
    status.textContent = sentence;
    if (report.hidden) fill("Loading…", sentence);
  }, PATIENCE);
}

/** Show the report, and say what is in it. @param {string} sentence */
export function settled(sentence) {
  notice.hidden = true;
  report.hidden = false;
  rest(sentence);
}

/** Show a notice in place of the report. @param {string} title @param {string} sentence @param {Node[]} ways */
export function say(title, sentence, ways = []) {
  report.hidden = true;
  fill(title, sentence, ways);
  rest(`${title} ${sentence}`);
}

/** Say that there is nothing to choose from. */
export function sayEmpty() {
  choice.hidden = true;
  say("There is no project yet.", "Add one in the admin, then come back.", [
    link(page.dataset.addProject, "Add a project"),
  ]);
}

/**
 * Say why there is no answer: sign in first, pick another project, or what the problem says.
 *
 * @param {Problem} problem
 * @param {() => void} retry
 */
export function refuse(problem, retry) {
  if (problem.status === 401) {
    choice.hidden = true;
    const back = window.location.pathname + window.location.search;
    say("You are not signed in.", "The figures of a project are for its members.", [
      link(`${page.dataset.signIn}?next=${encodeURIComponent(back)}`, "Sign in"),
    ]);
  } else if (problem.status === 404) {
    say("There is no report for this project.", reason(problem));
  } else {
    say(problem.title, problem.detail, [button("Try again", retry)]);
    notice.classList.add("notice-problem");
    notice.append(facts(problem));
  }
}

/** @param {Problem} problem */
function reason(problem) {
  const isUnplanned = problem.type.endsWith(":BudgetNotFoundError");
  return isUnplanned ? "Nobody has opened a budget for it yet." : problem.detail;
}

/**
 * @param {string} title
 * @param {string} sentence
 * @param {Node[]} ways
 */
function fill(title, sentence, ways = []) {
  notice.classList.remove("notice-problem");
  notice.replaceChildren(html("h2", {}, title), html("p", {}, sentence));
  if (ways.length) notice.append(html("p", {}, ...ways));
  notice.hidden = false;
}

/** @param {string} sentence */
function rest(sentence) {
  window.clearTimeout(patience);
  report.removeAttribute("aria-busy");
  report.classList.remove("busy");
  status.textContent = sentence;
}

/** @param {Problem} problem */
function facts({ status, type, instance }) {
  const list = html("dl");
  for (const [name, fact] of Object.entries({ status, type, instance })) {
    if (fact) list.append(html("dt", {}, name), html("dd", {}, String(fact)));
  }
  return list;
}

/**
 * @param {string} text
 * @param {() => void} action
 */
function button(text, action) {
  const made = html("button", { type: "button", class: "button" }, text);
  made.addEventListener("click", action);
  return made;
}

/**
 * @param {string | undefined} address
 * @param {string} text
 */
function link(address, text) {
  return html("a", { href: address, class: "button" }, text);
}
