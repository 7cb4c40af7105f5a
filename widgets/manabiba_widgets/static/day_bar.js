// A day of work as a bar over its hours: breaks hatched, the hours from 22:00 to 5:00 dotted.

import { INK, PALE, fitted, legend, svg } from "./figure.js";

const BAR_TOP = 26;
const BAR_PX = 30;
const NIGHT_HOURS = [
  [0, 300],
  [1320, 1740],
  [2760, 2880],
];

/** Minutes after midnight as 9:00, the next day's as 24:30(翌日0:30). */
export function clock(minutes) {
  const at = (all) => `${Math.floor(all / 60)}:${String(all % 60).padStart(2, "0")}`;
  return minutes > 1440 ? `${at(minutes)}(翌日${at(minutes - 1440)})` : at(minutes);
}

/** What a day's bar shows, in words. */
export function dayWords({ spans, breaks }) {
  const times = (all) => all.map(([from, to]) => `${clock(from)}〜${clock(to)}`).join("、");
  return `${times(spans)}${breaks.length ? ` / 休憩 ${times(breaks)}` : " / 休憩なし"}`;
}

/** The hours that the bars of these days share: whole hours around all of them. */
export function hoursOf(days) {
  const all = days.flatMap(({ spans }) => spans.flat());
  return [Math.floor(Math.min(...all) / 60) * 60, Math.ceil(Math.max(...all) / 60) * 60];
}

/** The bar of a day over the hours `[first, last]` (in minutes). */
export function dayBar(id, day, [first, last]) {
  const { element, draw } = fitted(id, `${day.label} ${dayWords(day)}。`, (width) => {
    const [left, right] = [14, width - 14];
    const at = (minutes) => left + ((minutes - first) / (last - first)) * (right - left);
    const nights = NIGHT_HOURS.map(([from, to]) => [Math.max(from, first), Math.min(to, last)]).filter(([from, to]) => from < to);
    return {
      height: BAR_TOP + BAR_PX + 30,
      children: [
        ...nights.flatMap(([from, to]) => night(id, at(from), at(to))),
        svg("path", { d: `M${left} ${BAR_TOP + BAR_PX}H${right}`, stroke: INK }),
        ...hourLines(at, first, last),
        ...day.spans.map(([from, to]) => box(at(from), at(to), { fill: PALE })),
        ...day.breaks.flatMap(([from, to]) => rest(id, at(from), at(to))),
      ],
      text: nights.length ? "22時から翌朝5時までに印があります。" : "",
    };
  });
  draw();
  return element;
}

/** What the fills of the bars mean; `id` is that of one of them. */
export function barLegend(id) {
  const sample = (fill) => [svg("rect", { x: 1, y: 1, width: 34, height: 18, fill, stroke: INK })];
  return legend(id, [
    { sample: sample(PALE), text: "働いた時間" },
    { sample: sample(`url(#${id}-hatch)`), text: "休憩" },
    { sample: sample(`url(#${id}-dots)`), text: "深夜の時間帯(22時〜翌朝5時)" },
  ]);
}

function box(from, to, look) {
  return svg("rect", { x: from, y: BAR_TOP, width: to - from, height: BAR_PX, stroke: INK, "stroke-width": 1.5, ...look });
}

function rest(id, from, to) {
  const found = [box(from, to, { fill: `url(#${id}-hatch)` })];
  if (to - from < 34) return found;
  const middle = (from + to) / 2;
  return [
    ...found,
    svg("rect", { x: middle - 16, y: BAR_TOP + 5, width: 32, height: BAR_PX - 10, fill: "#ffffff" }),
    svg("text", { x: middle, y: BAR_TOP + 20, "text-anchor": "middle" }, "休憩"),
  ];
}

/** The hours of 深夜 behind the bar, and their name above where there is room. */
function night(id, from, to) {
  const top = BAR_TOP - 8;
  const found = [svg("rect", { x: from, y: top, width: to - from, height: BAR_PX + 16, fill: `url(#${id}-dots)`, stroke: INK, "stroke-dasharray": "4 3" })];
  if (to - from >= 28) found.push(svg("text", { x: (from + to) / 2, y: 13, "text-anchor": "middle" }, "深夜"));
  return found;
}

/** A line at each hour, named as often as there is room for. */
function hourLines(at, first, last) {
  const hour = at(first + 60) - at(first);
  const every = [1, 2, 3, 6].find((count) => count * hour >= 34) ?? 12;
  const found = [];
  for (let minutes = first; minutes <= last; minutes += 60) {
    const isNamed = (minutes / 60) % every === 0;
    const y = BAR_TOP + BAR_PX;
    found.push(svg("path", { d: `M${at(minutes)} ${y}v${isNamed ? 10 : 5}`, stroke: INK }));
    if (!isNamed) continue;
    const text = minutes < 1440 ? `${minutes / 60}` : minutes === 1440 ? "24" : `翌${minutes / 60 - 24}`;
    found.push(svg("text", { x: at(minutes), y: y + 25, "text-anchor": "middle" }, text));
  }
  return found;
}
