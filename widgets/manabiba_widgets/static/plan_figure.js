// A plan as boxes in columns with arrows between them; on a phone the columns stand below each other
// and the arrows run beside them.

import { BLUE, INK, fitted, svg } from "./figure.js";
import { LINE_PX, lines, wrapped } from "./svg_text.js";

const WIDE_PX = 560;
const PAD = 8;
const GAP = 30; // between columns
const LANES = 56; // beside the columns, on a phone

/** `{ element, draw() }` of what `now()` gives: `{ entries: { column: [{ id, text }] }, arrows: [[id, id]] }`. */
export function planFigure(id, columns, now) {
  return fitted(id, "計画の図。", (width) => {
    const { entries, arrows } = now();
    const isWide = width >= WIDE_PX * (columns.length / 5);
    const { height, children, boxes } = isWide ? beside(columns, entries, width) : below(columns, entries, width);
    const path = isWide ? across : aside;
    const paths = arrows.map(([start, end], number) =>
      svg("path", { d: path(boxes[start], boxes[end], width, number), fill: "none", stroke: BLUE, "stroke-width": 2, "marker-end": `url(#${id}-head)` }),
    );
    const head = svg(
      "marker",
      { id: `${id}-head`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto" },
      svg("path", { d: "M0 0L10 5L0 10z", fill: BLUE }),
    );
    return { height, children: [svg("defs", {}, head), ...children, ...paths], text: inWords(columns, entries, arrows) };
  });
}

function inWords(columns, entries, arrows) {
  const texts = Object.fromEntries(Object.values(entries).flat().map(({ id, text }) => [id, text.trim()]));
  const told = columns.map(({ id, label }) => `${label}: ${entries[id].map((entry) => texts[entry.id]).join("、") || "まだ空です"}。`);
  return [...told, ...arrows.map(([start, end]) => `矢印: ${texts[start]}から${texts[end]}へ。`)].join("");
}

/** Columns beside each other. */
function beside(columns, entries, width) {
  const room = (width - GAP * (columns.length - 1)) / columns.length;
  const heads = columns.map(({ label }) => wrapped(label, room - 4));
  const top = Math.max(...heads.map(({ length }) => length)) * LINE_PX + 8;
  const children = [];
  const boxes = {};
  let height = top + 44;
  columns.forEach((column, at) => {
    const left = at * (room + GAP);
    children.push(...lines(heads[at], left + 2, 16, { "font-weight": "bold" }));
    let y = top;
    for (const entry of shownOf(entries[column.id])) y = boxAt(children, boxes, entry, left, y, room) + 12;
    height = Math.max(height, y);
  });
  return { height, children, boxes };
}

/** Columns below each other, as wide as the page but for the lanes of the arrows. */
function below(columns, entries, width) {
  const room = width - LANES;
  const children = [];
  const boxes = {};
  let y = 0;
  for (const column of columns) {
    children.push(svg("text", { x: 2, y: y + 16, "font-weight": "bold" }, column.label));
    y += LINE_PX + 6;
    for (const entry of shownOf(entries[column.id])) y = boxAt(children, boxes, entry, 1, y, room) + 10;
    y += 8;
  }
  return { height: y, children, boxes };
}

function shownOf(entries) {
  return entries.length ? entries : [{ id: null, text: "" }];
}

/** Add a box with its text and tell where it ends; an empty one has a broken edge. */
function boxAt(children, boxes, { id, text }, x, y, width) {
  const texts = id ? wrapped(text.trim().replace(/\s+/g, " "), width - 2 * PAD) : ["まだ空です"];
  const height = texts.length * LINE_PX + 2 * PAD;
  const edge = id ? { stroke: INK } : { stroke: "#949494", "stroke-dasharray": "4 3" };
  children.push(
    svg("rect", { x: x + 1, y, width: width - 2, height, rx: 6, fill: "#ffffff", ...edge }),
    ...lines(texts, x + PAD, y + PAD + 15, { fill: id ? INK : "#595959" }),
  );
  if (id) boxes[id] = { left: x, right: x + width, middle: y + height / 2 };
  return y + height;
}

function across(start, end) {
  const half = (end.left - start.right) / 2;
  return `M${start.right} ${start.middle}C${start.right + half} ${start.middle} ${end.left - half} ${end.middle} ${end.left - 1} ${end.middle}`;
}

function aside(start, end, width, number) {
  const lane = width - LANES + 20 + (number % 5) * 8;
  // What leads on leaves a box below what leads there.
  return `M${start.right} ${start.middle + 6}H${lane}V${end.middle - 6}H${end.right + 1}`;
}
