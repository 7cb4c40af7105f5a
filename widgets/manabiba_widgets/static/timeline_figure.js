// Dated steps as a line whose distances are their days: bars beside the labels where there is room,
// a line downwards on a phone.

import { BLUE, INK, fitted, svg } from "./figure.js";
import { LINE_PX, lines, textWidth, wrapped } from "./svg_text.js";

const WIDE_PX = 560;
const MOST_TICKS = 7;
const TICK_MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 600, 2400, 24_000];
const MUTED = "#595959";

/** The days from one "2026-09-10" to another. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** For each step `{ label, day }` the words of its distance from the dated step before it, or "". */
export function gapWords(steps) {
  let last = null;
  return steps.map((step) => {
    if (!step.day) return "";
    const since = last;
    last = step;
    if (!since) return "";
    const days = daysBetween(since.day, step.day);
    const from = since.label.length > 14 ? "前の手順" : since.label;
    if (!days) return `${from}と同じ日`;
    return days > 0 ? `${from}から${days}日` : `${from}より${-days}日前`;
  });
}

/** The figure: `{ element, draw() }` of what `stepsNow()` gives, `[{ label, day, told }]`; `told` is said of a step without a day. */
export function timelineFigure(id, stepsNow) {
  return fitted(id, "手順を日付で並べた線。", (width) => {
    const steps = stepsNow();
    const gaps = gapWords(steps);
    const days = steps.map(({ day }) => day).filter(Boolean).sort();
    const rows = steps.map((step, number) => ({
      title: `${number + 1}. ${step.label}`,
      day: step.day,
      words: step.day ? shortDay(step.day) : step.told,
      gap: gaps[number],
    }));
    const text = rows.map(({ title, words, gap }) => `${title}: ${words}${gap ? `、${gap}` : ""}。`).join("");
    const scale = { first: days[0], last: days.at(-1), span: days.length ? daysBetween(days[0], days.at(-1)) : 0 };
    return { ...(width >= WIDE_PX ? bars(rows, scale, width) : downwards(rows, scale, width)), text };
  });
}

/** A row for each step: its label, and a bar from the day of the step before to its own. */
function bars(rows, scale, width) {
  const left = Math.round(width * 0.32);
  const right = width - 12;
  const at = (day) => left + (scale.span ? (daysBetween(scale.first, day) / scale.span) * (right - left) : 0);
  const children = [];
  let top = 24;
  let last = null; // where the bar before ended
  for (const row of rows) {
    const title = wrapped(row.title, left - 16);
    const height = Math.max(title.length * LINE_PX, 44) + 12;
    const words = [row.words, row.gap].filter(Boolean).join("・");
    const x = row.day ? at(row.day) : left;
    const barY = top + 34;
    children.push(...lines(title, 0, top + 14, { "font-weight": "bold" }));
    if (row.day) {
      const from = last ? last.x : x;
      if (last) children.push(svg("path", { d: `M${last.x} ${last.y}V${barY}`, stroke: MUTED, "stroke-dasharray": "3 3" }));
      children.push(...bar(from, x, barY), dot(x, barY));
      last = { x, y: barY };
    }
    const wordsX = Math.max(left, Math.min(row.day ? x : left + 8, right - textWidth(words)));
    children.push(svg("text", { x: wordsX, y: top + 16, fill: row.day ? INK : MUTED }, words));
    top += height;
  }
  return { height: top, children: [...ticks(scale, at, { width, height: top }), ...children] };
}

/** A bar, an empty one with a broken edge where it leads back in time. */
function bar(from, to, y) {
  if (from === to) return [];
  const box = { x: Math.min(from, to), y: y - 6, width: Math.abs(to - from), height: 12, stroke: BLUE };
  return to > from ? [svg("rect", { ...box, fill: BLUE })] : [svg("rect", { ...box, fill: "#ffffff", "stroke-dasharray": "4 3" })];
}

function dot(cx, cy) {
  return svg("circle", { cx, cy, r: 7, fill: "#ffffff", stroke: INK, "stroke-width": 3 });
}

/** A line at the first of every so many months, as many as there is room for. */
function ticks({ first, last, span }, at, { width, height }) {
  const found = [];
  if (!span) return found;
  const [year, month] = first.split("-").map(Number);
  const step = TICK_MONTHS.find((months) => span / 30.4 / months <= MOST_TICKS);
  let count = Math.ceil((year * 12 + month) / step) * step; // months since the year 0
  for (; count < 10_000 * 12; count += step) {
    const begin = new Date(Date.UTC(Math.floor(count / 12), count % 12, 1)).toISOString().slice(0, 10);
    if (begin > last) break;
    const text = count % 12 ? `${(count % 12) + 1}月` : `${count / 12}年`;
    found.push(
      svg("path", { d: `M${at(begin)} 20V${height}`, stroke: "#d9d9d9" }),
      svg("text", { x: Math.min(at(begin), width - 24), y: 14, "text-anchor": "middle", fill: MUTED }, text),
    );
  }
  return found;
}

/** Dots on a line downwards; the labels beside it keep their distance and are led to. */
function downwards(rows, scale, width) {
  const axis = 18;
  const labels = 50;
  const blocks = rows.map((row) => {
    const room = width - labels - 4;
    return { ...row, title: wrapped(row.title, room), rest: [row.words, row.gap].filter(Boolean).flatMap((text) => wrapped(text, room)) };
  });
  const heights = blocks.map(({ title, rest }) => (title.length + rest.length) * LINE_PX + 14);
  const length = scale.span ? heights.reduce((sum, height) => sum + height, 0) - heights.at(-1) : 0;
  const at = (day) => 12 + (scale.span ? (daysBetween(scale.first, day) / scale.span) * length : 0);
  const children = [];
  const dots = [];
  let free = 0; // from here on there is room for a label
  let last = null;
  blocks.forEach(({ day, title, rest }, number) => {
    const y = day ? Math.max(at(day) - 12, free) : free;
    if (day) {
      if (last !== null && last !== at(day)) {
        const isBack = at(day) < last; // then beside the line, so that both are seen
        const d = isBack ? `M${axis} ${last}H4V${at(day)}H${axis}` : `M${axis} ${last}V${at(day)}`;
        const dashes = isBack ? { "stroke-width": 2, "stroke-dasharray": "4 3" } : { "stroke-width": 5 };
        children.push(svg("path", { d, fill: "none", stroke: BLUE, ...dashes }));
      }
      last = at(day);
      dots.push(svg("path", { d: `M${axis} ${last}H${axis + 12}L${labels - 8} ${y + 12}H${labels - 4}`, fill: "none", stroke: MUTED }), dot(axis, last));
    }
    children.push(
      ...lines(title, labels, y + 17, { "font-weight": "bold" }),
      ...lines(rest, labels, y + 17 + title.length * LINE_PX, { fill: day ? INK : MUTED }),
    );
    free = y + heights[number];
  });
  return { height: Math.max(free, 12 + length + 12), children: [...children, ...dots] };
}

function shortDay(day) {
  const [year, month, date] = day.split("-").map(Number);
  const weekday = "日月火水木金土"[new Date(Date.UTC(year, month - 1, date)).getUTCDay()];
  return `${year}年${month}月${date}日(${weekday})`;
}
