// @ts-check
/** The figures and tables of a report. */

import { html } from "./elements.js";
import { exact, negated, plain, share, value, whole } from "./money.js";

/** @typedef {import("./money.js").Money} Money */
/** @typedef {import("./api.js").Schemas["CostReport"]} Report */
/** @typedef {import("./api.js").Schemas["Overrun"]} Overrun */
/** @typedef {import("./api.js").Schemas["ContractOut"]} Contract */

/** Return label, figure and remark of the four sums. @param {Report} report */
export function facts(report) {
  const over = value(report.left) < 0;
  return [
    fact("Planned", "planned", whole(report.planned), counted(report.lines.length)),
    fact("Committed", "committed", whole(report.committed), of(report.committed, report, "planned")),
    fact("Invoiced", "invoiced", whole(report.invoiced), of(report.invoiced, report, "committed")),
    fact("Left", null, whole(report.left), leftOver(report, over), over),
  ];
}

/** Return a number of budget lines in words. @param {number} lines */
export function counted(lines) {
  return lines === 1 ? "1 budget line" : `${lines} budget lines`;
}

/**
 * @param {string} label
 * @param {string | null} kind
 * @param {string} figure
 * @param {string} remark
 */
function fact(label, kind, figure, remark, over = false) {
  const swatch = kind && html("span", { class: `swatch swatch-${kind}`, "aria-hidden": "true" });
  return html(
    "div",
    {},
    html("dt", {}, swatch, label),
    html("dd", { class: over ? "figure over" : "figure" }, figure),
    html("dd", { class: over ? "share over" : "share" }, remark),
  );
}

/**
 * @param {Money} part
 * @param {Report} report
 * @param {"planned" | "committed"} base
 */
function of(part, report, base) {
  const found = share(part, report[base]);
  return found === null ? `nothing is ${base}` : `${found} of ${base}`;
}

/**
 * @param {Report} report
 * @param {boolean} over
 */
function leftOver(report, over) {
  if (over) return "▲ the plan does not suffice";
  const found = share(report.left, report.planned);
  return found === null ? "nothing is planned" : `${found} of planned`;
}

/** Return the rows of the budget lines. @param {Report} report */
export function budgetRows(report) {
  return report.lines.map((line) => {
    const over = value(line.left) < 0;
    const name = html(
      "th",
      { scope: "row" },
      html("span", { class: "code" }, line.cost_code),
      " ",
      line.title,
    );
    if (over) name.append(" ", html("span", { class: "state state-over" }, "Over plan"));
    return html(
      "tr",
      {},
      name,
      number("Planned", plain(line.planned)),
      number("Committed", plain(line.committed)),
      number("Invoiced", plain(line.invoiced)),
      number("Left", plain(line.left), over),
    );
  });
}

/** Return the row that adds them up. @param {Report} report */
export function budgetSum(report) {
  return html(
    "tr",
    {},
    html("th", { scope: "row" }, "Whole project"),
    number("Planned", plain(report.planned)),
    number("Committed", plain(report.committed)),
    number("Invoiced", plain(report.invoiced)),
    number("Left", plain(report.left), value(report.left) < 0),
  );
}

/** Return the rows of contracts under which more is invoiced than is agreed. @param {Overrun[]} overruns */
export function overrunRows(overruns) {
  return overruns.map((overrun) =>
    html(
      "tr",
      {},
      contractHeading(overrun.contract_id, overrun),
      number("Agreed", exact(overrun.agreed)),
      number("Invoiced", exact(overrun.invoiced)),
      number("Above", `▲ ${exact(overrun.excess)}`, true),
    ),
  );
}

/** Return the rows of contracts. @param {Contract[]} contracts */
export function contractRows(contracts) {
  return contracts.map((contract) =>
    html(
      "tr",
      {},
      contractHeading(contract.id, contract),
      cell("Cost code", contract.cost_code),
      html(
        "td",
        { "data-label": "Status" },
        html("span", { class: `state state-${contract.status}` }, titled(contract.status)),
      ),
      number("Agreed", exact(contract.agreed_sum)),
    ),
  );
}

/** Return one sentence about what is committed in other currencies, empty where nothing is. @param {Money[]} sums */
export function foreignSums(sums) {
  if (!sums.length) return "";
  const listed = new Intl.ListFormat(document.documentElement.lang).format(sums.map(exact));
  return `Also committed, and in no figure here: ${listed}.`;
}

/** Return how much more an overrun needs, for a sentence. @param {Report} report */
export function shortage(report) {
  return exact(negated(report.left));
}

/**
 * @param {string} id
 * @param {{number: string, title: string}} contract
 */
function contractHeading(id, contract) {
  return html(
    "th",
    { scope: "row" },
    html("span", { class: "code" }, contract.number),
    " ",
    html("a", { href: `/contracts/${encodeURIComponent(id)}/` }, contract.title),
  );
}

/**
 * @param {string} label
 * @param {string} text
 */
function number(label, text, over = false) {
  return html("td", { class: over ? "number over" : "number", "data-label": label }, text);
}

/**
 * @param {string} label
 * @param {string} text
 */
function cell(label, text) {
  return html("td", { "data-label": label }, text);
}

/** @param {string} word */
function titled(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
