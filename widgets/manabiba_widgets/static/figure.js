// Own SVG for explorables: elements, patterns that differ without colour, and a figure that is
// drawn for the width it gets, so that its letters are as large on a phone as anywhere.

const SVG = "http://www.w3.org/2000/svg";
const NARROWEST = 260;
const WIDEST = 720;

export const INK = "#1a1a1a";
export const BLUE = "#0017c1";
export const PALE = "#c5d7fb";

/** An SVG element; texts are set as text. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null) element.setAttribute(name, value);
  element.append(...children.filter((child) => child != null));
  return element;
}

/** The patterns; use as `fill="url(#<id>-hatch)"`, `-dots`, `-bars`, `-cross`. */
export function patterns(id) {
  const line = (d) => svg("path", { d, stroke: BLUE, "stroke-width": 2 });
  const pattern = (name, size, ...marks) =>
    svg(
      "pattern",
      { id: `${id}-${name}`, width: size, height: size, patternUnits: "userSpaceOnUse" },
      svg("rect", { width: size, height: size, fill: "#ffffff" }),
      ...marks,
    );
  return svg(
    "defs",
    {},
    pattern("hatch", 8, line("M-2 2 2 -2M0 8 8 0M6 10 10 6")),
    pattern("dots", 8, svg("circle", { cx: 4, cy: 4, r: 1.7, fill: BLUE })),
    pattern("bars", 6, line("M3 0V6")),
    pattern("cross", 8, line("M0 4H8M4 0V8")),
  );
}

/** `{ element, draw() }`: `paint(width)` gives the SVG's children and height, again at each new width. */
export function fitted(id, label, paint) {
  const box = document.createElement("div");
  box.className = "mbx-figure";
  let width = 0;
  const draw = () => {
    const { height, children, text } = paint(width || 320);
    box.replaceChildren(
      svg(
        "svg",
        { viewBox: `0 0 ${width || 320} ${height}`, role: "img", "aria-label": text ? `${label} ${text}` : label, "font-size": 14, fill: INK },
        patterns(id),
        ...children,
      ),
    );
  };
  new ResizeObserver(([entry]) => {
    const now = Math.round(Math.min(Math.max(entry.contentRect.width, NARROWEST), WIDEST));
    if (now === width) return;
    width = now;
    draw();
  }).observe(box);
  return { element: box, draw };
}

/** A sample of a fill or a line with its words, for a legend. */
export function legend(id, items) {
  const list = document.createElement("ul");
  list.className = "mbx-legend";
  for (const { sample, text } of items) {
    const item = document.createElement("li");
    item.append(svg("svg", { viewBox: "0 0 36 20", width: 36, height: 20, "aria-hidden": "true" }, ...sample), text);
    list.append(item);
  }
  return list;
}
