"use strict";
(() => {
  const MOST_SHOWN = 200;
  const MOST_KINDS = 4;
  const STEPS = [1, 3, 8, 20];
  const NARROW = 760;
  const find = (id) => document.getElementById(id);
  const board = find("matrix");
  if (!board) return;

  const data = JSON.parse(find("data").textContent);
  const decoded = (coded) => {
    const texts = [];
    for (let i = 0; i < coded.length; i += 2) {
      texts.push((i ? texts[texts.length - 1] : "").slice(0, coded[i]) + coded[i + 1]);
    }
    return texts;
  };
  const labels = data.labels;
  const kinds = data.kinds;
  const files = decoded(data.files);
  const symbols = decoded(data.symbols);
  const cells = [...document.querySelectorAll("#cells a")];
  const items = [...find("list").children];
  const pairs = data.pairs.map(([row, column, lines, rest], number) => ({
    row,
    column,
    lines,
    rest,
    cell: cells[number],
    item: items[number],
    cut: cells[number].classList.contains("x"),
    title: cells[number].querySelector("title"),
    rect: cells[number].querySelector("rect"),
    text: cells[number].querySelector("text"),
    details: items[number].querySelector("details"),
    count: 0,
    binding: 0,
    seen: true,
  }));
  const size = Number(board.dataset.cell);
  const labelSize = Number(board.dataset.label);
  const svg = { columns: find("columns"), rows: find("rows"), cells: find("cells") };
  const rowNames = [...svg.rows.children];
  const columnNames = [...svg.columns.children];
  const frames = [...svg.cells.querySelectorAll(".frame")];
  const grid = board.querySelector(".grid");
  const bands = [find("band-row"), find("band-column")];
  const state = { search: "", focus: -1, kinds: new Set(kinds.keys()), tests: true, zoom: 1 };
  let shown = labels.map((_, number) => number);
  let place = shown.slice();
  let current = null;

  if (size < 24) grid.dataset.small = "";
  find("tools").hidden = false;

  /* ---- which lines and pairs are asked for ---- */

  const matching = (texts) => texts.map((text) => text.toLowerCase().includes(state.search));

  const sieve = () => {
    const inFiles = matching(files);
    const inSymbols = matching(symbols);
    const inLabels = matching(labels);
    const passes = (code) => state.kinds.has(code >> 2) && (state.tests || !(code & 1));
    return {
      line: (pair, at) =>
        passes(pair.lines[at]) &&
        (inLabels[pair.row] || inLabels[pair.column] || inFiles[pair.lines[at + 1]] || inSymbols[pair.lines[at + 3]]),
      rest: (pair, at) => passes(pair.rest[at]) && (!state.search || inLabels[pair.row] || inLabels[pair.column]),
    };
  };

  const sieveAll = { line: () => true, rest: () => true };

  const count = (pair, by) => {
    const all = new Map();
    const binding = new Map();
    pair.count = 0;
    pair.binding = 0;
    const add = (code, number) => {
      const kind = code >> 2;
      pair.count += number;
      all.set(kind, (all.get(kind) || 0) + number);
      if (code & 2) return;
      pair.binding += number;
      binding.set(kind, (binding.get(kind) || 0) + number);
    };
    for (let at = 0; at < pair.lines.length; at += 4) if (by.line(pair, at)) add(pair.lines[at], 1);
    for (let at = 0; at < pair.rest.length; at += 2) if (by.rest(pair, at)) add(pair.rest[at], pair.rest[at + 1]);
    pair.number = pair.binding || pair.count;
    pair.kinds = [...(pair.binding ? binding : all)].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  };

  const inFocus = (pair) => state.focus < 0 || pair.row === state.focus || pair.column === state.focus;

  const neighbours = () => {
    if (state.focus < 0) return labels.map((_, number) => number);
    const near = new Set([state.focus]);
    for (const pair of pairs) {
      if (pair.count && inFocus(pair)) near.add(pair.row).add(pair.column);
    }
    return [...near].sort((a, b) => a - b);
  };

  /* ---- drawing ---- */

  const thousands = new Intl.NumberFormat("en");
  const shortly = (number) => thousands.format(number);
  const named = (number, noun) => `${shortly(number)} ${noun}${number === 1 ? "" : "s"}`;
  const set = (element, attributes) => {
    for (const name in attributes) element.setAttribute(name, attributes[name]);
  };
  const hide = (element, hidden) =>
    hidden ? element.setAttribute("display", "none") : element.removeAttribute("display");

  const drawNames = () => {
    place = new Array(labels.length).fill(-1);
    shown.forEach((number, at) => (place[number] = at));
    labels.forEach((_, number) => {
      const at = place[number];
      hide(rowNames[number], at < 0);
      hide(columnNames[number], at < 0);
      rowNames[number].classList.toggle("on", number === state.focus);
      columnNames[number].classList.toggle("on", number === state.focus);
      if (at < 0) return;
      const middle = at * size + size / 2;
      rowNames[number].querySelector("text").setAttribute("y", middle);
      columnNames[number].setAttribute("transform", `translate(${middle} ${labelSize - 8}) rotate(-90)`);
    });
  };

  const drawGround = () => {
    const side = shown.length * size;
    const lines = [];
    const diagonal = [];
    for (let at = 0; at <= side; at += size) lines.push(`M0 ${at}H${side}M${at} 0V${side}`);
    for (let at = 0; at < side; at += size) diagonal.push(`M${at} ${at}h${size}v${size}h-${size}z`);
    svg.cells.querySelector(".lines").setAttribute("d", lines.join(""));
    svg.cells.querySelector(".diagonal").setAttribute("d", diagonal.join(""));
    for (const frame of frames) {
      const inside = shown.filter((n) => n >= Number(frame.dataset.from) && n < Number(frame.dataset.to));
      hide(frame, inside.length < 2);
      if (inside.length < 2) continue;
      const from = place[inside[0]] * size;
      set(frame, { x: from, y: from, width: inside.length * size, height: inside.length * size });
    }
  };

  const drawCell = (pair) => {
    const visible = pair.count > 0 && place[pair.row] >= 0 && place[pair.column] >= 0;
    hide(pair.cell, !visible);
    if (!visible) return;
    const x = place[pair.column] * size;
    const y = place[pair.row] * size;
    set(pair.rect, { x: x + 1, y: y + 1 });
    const shade = 1 + STEPS.filter((step) => pair.number > step).length;
    const letter = !pair.binding ? "t" : pair.cut ? "x" : "u";
    pair.cell.setAttribute(
      "class",
      `${letter} s${shade}${inFocus(pair) ? "" : " dim"}${pair === current ? " on" : ""}`,
    );
    pair.title.textContent =
      `${labels[pair.row]} uses ${labels[pair.column]}: ${named(pair.number, "crossing")}` +
      (pair.count > pair.number ? `, ${shortly(pair.count - pair.number)} more in tests or migrations` : "") +
      (pair.cut ? ", to be cut" : "");
    if (pair.text) {
      set(pair.text, { x: x + size / 2, y: y + size / 2 });
      pair.text.textContent = pair.number < 1000 ? pair.number : `${Math.floor(pair.number / 1000)}k`;
    }
  };

  const drawItem = (pair) => {
    pair.seen = pair.count > 0 && inFocus(pair);
    pair.item.hidden = !pair.seen;
    if (!pair.seen) return;
    pair.details.querySelector(".n").textContent = shortly(pair.number);
    const words = pair.kinds
      .slice(0, MOST_KINDS)
      .map(([kind, number]) => `${kinds[kind]} ${shortly(number)}`);
    if (pair.kinds.length > MOST_KINDS) words.push(named(pair.kinds.length - MOST_KINDS, "more kind"));
    if (pair.count > pair.number) words.push(`${shortly(pair.count - pair.number)} in tests or migrations`);
    pair.details.querySelector(".kinds").textContent = words.join(" · ");
    if (pair.details.open) fill(pair, MOST_SHOWN);
  };

  const zoomed = () => {
    const side = shown.length * size;
    const z = state.zoom;
    grid.toggleAttribute("data-far", size * z < 9);
    set(svg.columns, { width: side * z, height: labelSize * z, viewBox: `0 0 ${side} ${labelSize}` });
    set(svg.rows, { width: labelSize * z, height: side * z, viewBox: `0 0 ${labelSize} ${side}` });
    set(svg.cells, { width: side * z, height: side * z, viewBox: `0 0 ${side} ${side}` });
  };

  const draw = () => {
    const by = sieve();
    for (const pair of pairs) count(pair, by);
    shown = neighbours();
    drawAll();
    tell();
  };

  const drawAll = () => {
    drawNames();
    drawGround();
    pairs.forEach(drawCell);
    pairs.forEach(drawItem);
    zoomed();
    lit(null);
  };

  /** Say how much is seen, and let one cell and one name be reached by the Tab key. */
  const tell = () => {
    const seen = pairs.filter((pair) => pair.seen);
    const crossings = seen.reduce((sum, pair) => sum + pair.count, 0);
    find("status").textContent = `${named(seen.length, "pair")}, ${named(crossings, "crossing")}`;
    find("empty").hidden = seen.length > 0;
    rove(pairs.filter((pair) => !pair.cell.hasAttribute("display")).map((pair) => pair.cell));
    rove(shown.map((number) => rowNames[number]));
  };

  /* ---- the lines behind a cell ---- */

  const made = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const button = (text, act) => {
    const element = made("button", "", text);
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  };

  const lineOf = (pair, at) => {
    const [code, file, line, symbol] = pair.lines.slice(at, at + 4);
    const element = made("li");
    element.append(
      made("span", "at", `${files[file]}:${line}`),
      made("span", "kind", kinds[code >> 2] + (code & 1 ? " · test" : "")),
      made("span", "symbol", symbols[symbol]),
    );
    return element;
  };

  const fill = (pair, most) => {
    const by = sieve();
    const wanted = [];
    for (let at = 0; at < pair.lines.length; at += 4) if (by.line(pair, at)) wanted.push(at);
    wanted.sort((one, other) => (pair.lines[one] & 2) - (pair.lines[other] & 2));
    const list = made("ul");
    list.append(...wanted.slice(0, most).map((at) => lineOf(pair, at)));
    const body = pair.details.lastElementChild;
    body.replaceChildren(list);
    if (wanted.length > most) {
      body.append(button(`Show ${named(wanted.length - most, "more line")}`, () => fill(pair, wanted.length)));
    }
    if (pair.count > wanted.length) body.append(left(pair, pair.count - wanted.length));
    body.append(button("Show in the matrix", () => pointAt(pair)));
  };

  const left = (pair, number) => {
    const words = made("p", "", `${named(number, "more line")}: `);
    const ends = [labels[pair.row], labels[pair.column]].map((label) => `--component ${label}`);
    words.append(made("code", "", `bulkhead survey ${ends.join(" ")} --all`));
    return words;
  };

  const choose = (pair) => {
    if (current) {
      current.cell.classList.remove("on");
      current.item.classList.remove("on");
    }
    current = pair;
    pair.cell.classList.add("on");
    pair.item.classList.add("on");
  };

  const openLines = (pair) => {
    if (!pair.seen) reset();
    choose(pair);
    pair.details.open = true;
    fill(pair, MOST_SHOWN);
    const summary = pair.details.firstElementChild;
    if (window.innerWidth < 992) {
      summary.scrollIntoView({ block: "start" });
    } else {
      const list = find("list");
      list.scrollTop += summary.getBoundingClientRect().top - list.getBoundingClientRect().top;
      find("picture").querySelector(".board").scrollIntoView({ block: "nearest" });
    }
    summary.focus({ preventScroll: true });
  };

  const pointAt = (pair) => {
    choose(pair);
    board.scrollIntoView({ block: "nearest" });
    const z = state.zoom;
    board.scrollTo(
      place[pair.column] * size * z - (board.clientWidth - labelSize * z) / 2,
      place[pair.row] * size * z - (board.clientHeight - labelSize * z) / 2,
    );
    pair.cell.focus({ preventScroll: true });
  };

  /* ---- what is done by hand ---- */

  const lit = (pair) => {
    bands.forEach((band) => hide(band, !pair));
    for (const name of grid.querySelectorAll(".lit")) name.classList.remove("lit");
    if (!pair) return;
    const side = shown.length * size;
    set(bands[0], { x: 0, y: place[pair.row] * size, width: side, height: size });
    set(bands[1], { x: place[pair.column] * size, y: 0, width: size, height: side });
    rowNames[pair.row].classList.add("lit");
    columnNames[pair.column].classList.add("lit");
  };

  const rove = (elements) => {
    const chosen = elements.find((element) => element.getAttribute("tabindex") === "0") || elements[0];
    for (const element of elements) element.setAttribute("tabindex", element === chosen ? "0" : "-1");
  };

  const move = (from, to) => {
    if (!to) return;
    from.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus();
  };

  const ARROWS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  /** The nearest cell in a direction; one in the same row or column goes before all others. */
  const nextCell = (from, [right, down]) => {
    let best = null;
    let nearest = Infinity;
    for (const pair of pairs) {
      if (pair.cell.hasAttribute("display")) continue;
      const dx = place[pair.column] - place[from.column];
      const dy = place[pair.row] - place[from.row];
      const along = dx * right + dy * down;
      if (along <= 0) continue;
      const distance = along + Math.abs(right ? dy : dx) * labels.length;
      if (distance < nearest) {
        nearest = distance;
        best = pair;
      }
    }
    return best && best.cell;
  };

  const pairOf = (element) => pairs[cells.indexOf(element.closest("#cells a"))];

  const focusOn = (number) => {
    state.focus = state.focus === number ? -1 : number;
    find("focus").value = state.focus < 0 ? "" : labels[state.focus];
    draw();
    board.scrollTo(0, 0);
  };

  const fit = () => {
    const side = shown.length * size + labelSize + 12;
    const room = board.parentElement.clientWidth;
    state.zoom = Math.min(shown.length > 20 ? 1 : 1.25, room / side);
    zoomed();
  };

  const reset = () => {
    Object.assign(state, { search: "", focus: -1, kinds: new Set(kinds.keys()), tests: true });
    find("tools").reset();
    draw();
  };

  svg.cells.addEventListener("click", (event) => {
    const pair = pairOf(event.target);
    if (!pair) return;
    event.preventDefault();
    openLines(pair);
  });
  svg.cells.addEventListener("keydown", (event) => {
    const pair = pairOf(event.target);
    if (!pair || !ARROWS[event.key]) return;
    event.preventDefault();
    move(pair.cell, nextCell(pair, ARROWS[event.key]));
  });
  for (const name of ["pointerover", "focusin"]) {
    svg.cells.addEventListener(name, (event) => lit(pairOf(event.target) || null));
  }
  for (const name of ["pointerleave", "focusout"]) svg.cells.addEventListener(name, () => lit(null));

  for (const element of rowNames) element.setAttribute("role", "button");
  svg.rows.addEventListener("click", (event) => {
    const name = event.target.closest("a");
    if (!name) return;
    event.preventDefault();
    focusOn(Number(name.dataset.c));
  });
  svg.rows.addEventListener("keydown", (event) => {
    const at = place[Number(event.target.dataset.c)];
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === " ") {
      event.preventDefault();
      focusOn(Number(event.target.dataset.c));
    } else if (by) {
      event.preventDefault();
      move(event.target, rowNames[shown[at + by]]);
    }
  });
  svg.columns.addEventListener("click", (event) => {
    const name = event.target.closest("text");
    if (name) focusOn(Number(name.dataset.c));
  });

  find("list").addEventListener(
    "toggle",
    (event) => {
      const pair = pairs[items.indexOf(event.target.parentElement)];
      if (!pair || !pair.details.open) return;
      fill(pair, MOST_SHOWN);
      choose(pair);
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-pair]");
    if (!link) return;
    event.preventDefault();
    openLines(pairs[Number(link.dataset.pair)]);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      find("search").focus();
    } else if (event.key === "Escape") {
      reset();
    }
  });

  find("tools").addEventListener("submit", (event) => event.preventDefault());
  find("search").addEventListener("input", (event) => {
    state.search = event.target.value.trim().toLowerCase();
    draw();
  });
  find("focus").addEventListener("change", (event) => {
    state.focus = event.target.value ? labels.indexOf(event.target.value) : -1;
    draw();
    board.scrollTo(0, 0);
  });
  find("kinds").addEventListener("change", (event) => {
    const kind = kinds.indexOf(event.target.value);
    if (event.target.checked) state.kinds.add(kind);
    else state.kinds.delete(kind);
    draw();
  });
  find("tests").addEventListener("change", (event) => {
    state.tests = !event.target.checked;
    draw();
  });
  find("everything").addEventListener("click", reset);
  find("fit").addEventListener("click", fit);
  find("larger").addEventListener("click", () => {
    state.zoom = Math.min(3, state.zoom * 1.25);
    zoomed();
  });
  find("smaller").addEventListener("click", () => {
    state.zoom = Math.max(0.1, state.zoom / 1.25);
    zoomed();
  });

  find("tools").reset();
  for (const pair of pairs) count(pair, sieveAll);
  tell();
  if (window.innerWidth > NARROW && labels.length <= 60) fit();
})();
