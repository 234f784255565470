// @ts-check
/** Draws budget lines as bars: planned as a frame, committed in it, invoiced in that. */

import { svg } from "./elements.js";
import { negated, short, value, whole } from "./money.js";

/** @typedef {import("./money.js").Money} Money */
/** @typedef {import("./api.js").Schemas["CostLine"]} Line */
/** @typedef {ReturnType<typeof shapeOf>} Shape */

const AXIS = 28;
const NARROW = 560;

/**
 * Return the chart as wide as it is to be shown.
 *
 * @param {Line[]} lines
 * @param {string} currency
 * @param {number} width in pixels
 */
export function drawn(lines, currency, width) {
  const shape = shapeOf(lines, width);
  const height = AXIS + lines.length * shape.row + 4;
  const picture = svg("svg", {
    class: "chart",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-labelledby": "chart-title",
    "aria-describedby": "chart-text",
  });
  picture.append(
    svg("title", { id: "chart-title" }, "Planned, committed and invoiced by budget line"),
    svg("desc", { id: "chart-text" }, described(lines)),
    hatching(),
    ...axis(shape, currency, height),
    ...lines.map((line, place) => row(line, place, shape)),
  );
  return picture;
}

/** Cut labels that are wider than their place; only a chart that is on the page can be measured. @param {Element} picture */
export function fit(picture) {
  for (const label of picture.querySelectorAll("text")) {
    if (label.dataset.room === undefined) continue;
    const room = Number(label.dataset.room);
    let text = label.textContent ?? "";
    while (text.length > 1 && label.getComputedTextLength() > room) {
      text = text.slice(0, -1).trimEnd();
      label.textContent = `${text}…`;
    }
  }
}

/**
 * @param {Line[]} lines
 * @param {number} width
 */
function shapeOf(lines, width) {
  const narrow = width < NARROW;
  const left = narrow ? 1 : Math.min(240, Math.round(width * 0.27));
  const right = narrow ? 8 : 128;
  const largest = Math.max(1, ...lines.map((line) => Math.max(...amounts(line))));
  const step = niceStep(largest / (narrow ? 3 : 5));
  const end = Math.ceil(largest / step) * step;
  const scale = (width - left - right) / end;
  return { narrow, left, right, width, step, end, scale, row: narrow ? 56 : 38 };
}

/** @param {Line} line */
function amounts(line) {
  return [value(line.planned), value(line.committed), value(line.invoiced)];
}

/** @param {number} rough */
function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10);
}

function hatching() {
  const stripe = svg("path", { class: "hatch", d: "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2" });
  const pattern = { id: "over-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" };
  return svg("defs", {}, svg("pattern", pattern, stripe));
}

/**
 * @param {Shape} shape
 * @param {string} currency
 * @param {number} height
 */
function axis(shape, currency, height) {
  const marks = [];
  for (let at = 0; at <= shape.end + shape.step / 2; at += shape.step) {
    const x = shape.left + at * shape.scale;
    const last = at + shape.step > shape.end + shape.step / 2;
    const anchor = at === 0 && shape.narrow ? "start" : last && shape.narrow ? "end" : "middle";
    marks.push(
      svg("line", { class: "grid", x1: x, x2: x, y1: AXIS - 6, y2: height }),
      svg(
        "text",
        { class: "tick", x, y: 14, "text-anchor": anchor },
        short({ amount: String(at), currency }),
      ),
    );
  }
  return marks;
}

/**
 * @param {Line} line
 * @param {number} place
 * @param {Shape} shape
 */
function row(line, place, shape) {
  const top = AXIS + place * shape.row;
  const group = svg("g", { class: "line" }, svg("title", {}, told(line)));
  group.append(...labels(line, top, shape), ...bars(line, top + (shape.narrow ? 25 : 7), shape));
  return group;
}

/**
 * @param {Line} line
 * @param {number} top
 * @param {Shape} shape
 */
function labels(line, top, shape) {
  const over = value(line.left) < 0;
  const base = top + (shape.narrow ? 17 : 24);
  const room = shape.narrow ? shape.width - 118 : shape.left - 18;
  return [
    svg("text", { class: "label", x: 0, y: base, "data-room": room }, name(line)),
    svg(
      "text",
      {
        class: over ? "remark remark-over" : "remark",
        x: shape.width,
        y: base,
        "text-anchor": "end",
      },
      over ? `▲ ${short(negated(line.left))} over` : `${short(line.left)} left`,
    ),
  ];
}

/**
 * @param {Line} line
 * @param {number} top
 * @param {Shape} shape
 */
function bars(line, top, shape) {
  const [planned, committed, invoiced] = amounts(line);
  const expected = planned - value(line.left);
  const found = [
    bar("planned", 0, planned, top, 24, shape),
    bar("committed", 0, committed, top + 4, 16, shape),
    bar("invoiced", 0, invoiced, top + 8, 8, shape),
  ];
  if (expected > planned) found.push(bar("excess", planned, expected, top + 4, 16, shape));
  const x = shape.left + planned * shape.scale;
  found.push(svg("line", { class: "limit", x1: x, x2: x, y1: top - 1, y2: top + 25 }));
  return found;
}

/**
 * @param {"planned" | "committed" | "invoiced" | "excess"} kind
 * @param {number} from
 * @param {number} to
 * @param {number} y
 * @param {number} height
 * @param {Shape} shape
 */
function bar(kind, from, to, y, height, shape) {
  const width = Math.max(0, to - from) * shape.scale;
  const x = shape.left + from * shape.scale;
  const fill = kind === "excess" ? "url(#over-hatch)" : null;
  return svg("rect", { class: kind, x, y, width, height, fill });
}

/** @param {Line} line */
function name(line) {
  return `${line.cost_code} ${line.title}`;
}

/** @param {Line} line */
function told(line) {
  const end =
    value(line.left) < 0 ? `${whole(negated(line.left))} over` : `${whole(line.left)} left`;
  return (
    `${name(line)}: planned ${whole(line.planned)}, committed ${whole(line.committed)}, ` +
    `invoiced ${whole(line.invoiced)}, ${end}`
  );
}

/** @param {Line[]} lines */
function described(lines) {
  const over = lines.filter((line) => value(line.left) < 0);
  const summary = over.length
    ? `${over.length} of ${lines.length} lines cost more than planned: ${over.map(name).join(", ")}.`
    : `None of ${lines.length} lines costs more than planned.`;
  return `${summary} The table below has every figure.`;
}
