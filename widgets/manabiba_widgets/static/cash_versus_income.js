import { make } from "./card.js";
import { explorable, figure, table, yen } from "./explorable.js";
import { BLUE, INK, PALE, fitted, legend, svg } from "./figure.js";
import { incomeLine, reasonTotal, walk } from "./cash_line.js";

const LEFT = 58;
const TOP = 14;
const PLOT = 210;
const STEP_ROW = 40;
const RED = "#ce0000";
const LINES = {
  cash: { stroke: INK, dash: null, mark: circle },
  walked: { stroke: BLUE, dash: "2 5", mark: triangle },
  income: { stroke: RED, dash: "9 5", mark: square },
};

function draw(body, { id, spec, told, tell }) {
  const { months, reasons } = spec;
  const cash = walk(months, []);
  const income = incomeLine(months);
  let step = 0;

  const legendBox = make("div");
  const now = make("div", { class: "mbx-now" });
  const rows = make("div");
  const picture = fitted(id, "月ごとの線と理由ごとの棒で、現金預金の増減と、収益と費用の差をくらべた図。", paint);
  const button = (text, act, primary) =>
    make("button", { type: "button", class: primary ? "mb-button mb-primary" : "mb-button", onclick: act }, text);
  body.append(
    make(
      "div",
      { class: "mb-actions mbx-off-paper" },
      button("次の理由を足す", () => go(step + 1), true),
      button("1つ戻す", () => go(step - 1)),
      button("はじめから", () => go(0)),
    ),
    told,
    now,
    legendBox,
    picture.element,
    rows,
    make("details", { class: "mbx-more" }, make("summary", {}, "月ごとの数字を見る"), monthTable()),
  );
  show();
  tell(opening());

  function go(next) {
    if (next < 0) return tell(`まだ理由を足していません。${opening()}`);
    if (next > reasons.length) return tell(`理由は全部足しました。${ending()}`);
    const before = step;
    step = next;
    show();
    if (!step) return tell(opening());
    const reason = reasons[step - 1];
    const total = at(step);
    const moved = next > before ? `理由${step}「${reason.name}」の${signed(reasonTotal(months, reason.key))}を足しました。` : `理由${step}「${reason.name}」まで戻しました。`;
    const left = income.at(-1) - total;
    return tell(`${moved}合計は${yen(total)}。${left ? `収益と費用の差まで、あと${yen(Math.abs(left))}${left > 0 ? "足します" : "引きます"}。` : ending()}`);
  }

  function keys(count) {
    return reasons.slice(0, count).map((reason) => reason.key);
  }

  function at(count) {
    return walk(months, keys(count)).at(-1);
  }

  function opening() {
    return `1年で現金預金は${yen(Math.abs(cash.at(-1)))}${cash.at(-1) < 0 ? "減り" : "増え"}、収益と費用の差は${yen(income.at(-1))}です。ちがいは${yen(Math.abs(income.at(-1) - cash.at(-1)))}。理由を1つずつ足していきましょう。`;
  }

  function ending() {
    return `理由を全部足すと、収益と費用の差${yen(income.at(-1))}と一致しました。`;
  }

  function show() {
    const reason = reasons[step - 1];
    now.replaceChildren(
      ...(reason
        ? [
            make("h4", {}, `理由${step} ${reason.name} ${signed(reasonTotal(months, reason.key))}`),
            make("p", {}, reason.why),
            make("ul", { class: "mbx-steps" }, ...reason.entries.map((entry) => make("li", {}, `${entry.text}: ${signed(entry.yen)}`))),
          ]
        : []),
    );
    legendBox.replaceChildren(
      legend(id, [
        { sample: sampleOf("cash"), text: `現金預金の増減(${months[0].label}から足した額) ${yen(cash.at(-1))}` },
        ...(step ? [{ sample: sampleOf("walked"), text: `現金に理由1${step > 1 ? `から${step}` : ""}を足した線 ${yen(at(step))}` }] : []),
        { sample: sampleOf("income"), text: `収益 − 費用 ${yen(income.at(-1))}` },
      ]),
    );
    rows.replaceChildren(bridgeTable());
    picture.draw();
  }

  function bridgeTable() {
    let total = cash.at(-1);
    const lines = reasons.map((reason, number) => {
      const part = reasonTotal(months, reason.key);
      total += part;
      const isNow = number + 1 === step;
      const name = `${number + 1} ${reason.name}`;
      return [isNow ? make("strong", {}, `${name}(いま)`) : name, signedFigure(part), number < step ? figure(total) : "まだ"];
    });
    return table(
      "現金預金の増減から、収益と費用の差まで(1年分。単位: 円)",
      ["理由", "足す額", "ここまで"],
      [["現金預金の増減", "", figure(cash.at(-1))], ...lines],
      { foot: [["収益 − 費用", "", figure(income.at(-1))]] },
    );
  }

  function monthTable() {
    const pair = (total, one, other) => [figure(total), make("small", { class: "mbx-under" }, one), make("small", { class: "mbx-under" }, other)];
    return table(
      "月ごとの現金と、収益・費用(単位: 円)",
      ["月", "現金預金の増減", "収益 − 費用"],
      months.map((month) => [
        month.label,
        pair(month.cash_in - month.cash_out, `入 ${figure(month.cash_in)}`, `出 ${figure(month.cash_out)}`),
        pair(month.revenue - month.expense, `収益 ${figure(month.revenue)}`, `費用 ${figure(month.expense)}`),
      ]),
      { foot: [["合計", figure(cash.at(-1)), figure(income.at(-1))]] },
    );
  }

  function paint(width) {
    const walked = walk(months, keys(step));
    const chart = lineChart(width, walked);
    const steps = stairs(width, TOP + PLOT + 44);
    const text = `年の終わりに、現金は${yen(cash.at(-1))}、収益と費用の差は${yen(income.at(-1))}、いまの線は${yen(walked.at(-1))}。`;
    return { height: TOP + PLOT + 44 + (reasons.length + 2) * STEP_ROW, children: [...chart, ...steps], text };
  }

  function lineChart(width, walked) {
    const values = [0, ...cash, ...income, ...walked];
    const ticks = ticksOf(Math.min(...values), Math.max(...values));
    const [low, high] = [ticks[0], ticks.at(-1)];
    const x = (month) => LEFT + ((month + 0.5) * (width - LEFT)) / months.length;
    const y = (value) => TOP + PLOT - ((value - low) / (high - low)) * PLOT;
    const every = width < 420 ? 2 : 1;
    const grid = ticks.flatMap((tick) => [
      svg("path", { d: `M${LEFT} ${y(tick)}H${width}`, stroke: tick ? "#d9d9d9" : INK, "stroke-width": tick ? 1 : 1.5 }),
      svg("text", { x: LEFT - 6, y: y(tick) + 5, "text-anchor": "end", "font-size": 13 }, shortYen(tick)),
    ]);
    const labels = months
      .map(({ label }, i) => (i % every ? null : svg("text", { x: x(i), y: TOP + PLOT + 18, "text-anchor": "middle", "font-size": 13 }, label)))
      .filter(Boolean);
    const last = months.length - 1;
    const left = income[last] - walked[last];
    const gap = left
      ? [svg("path", { d: `M${x(last)} ${y(walked[last])}V${y(income[last])}`, stroke: INK, "stroke-width": 7, "stroke-opacity": 0.25 })]
      : [];
    const lines = [["cash", cash], ...(step ? [["walked", walked]] : []), ["income", income]].flatMap(([name, line]) => lineOf(LINES[name], line.map((value, i) => [x(i), y(value)])));
    return [...grid, ...labels, ...gap, ...lines];
  }

  /** The year's total, reason by reason: from the cash at the top down to the income at the bottom. */
  function stairs(width, top) {
    const totals = [cash.at(-1)];
    for (const reason of reasons) totals.push(totals.at(-1) + reasonTotal(months, reason.key));
    const [low, high] = [Math.min(0, ...totals), Math.max(0, ...totals)];
    const x = (value) => 1 + ((value - low) / (high - low || 1)) * (width - 2);
    const bar = (row, from, to, fill, isDashed) =>
      svg("rect", {
        x: Math.min(x(from), x(to)),
        y: top + row * STEP_ROW + 20,
        width: Math.max(Math.abs(x(to) - x(from)), 2),
        height: 13,
        fill,
        stroke: INK,
        "stroke-width": 1.5,
        "stroke-dasharray": isDashed ? "3 3" : null,
      });
    const words = (row, name, amount, isBold) => [
      svg("text", { x: 0, y: top + row * STEP_ROW + 15, "font-weight": isBold ? "bold" : null }, name),
      svg("text", { x: width, y: top + row * STEP_ROW + 15, "text-anchor": "end", "font-weight": isBold ? "bold" : null }, amount),
    ];
    const bottom = top + (reasons.length + 2) * STEP_ROW - 6;
    return [
      svg("path", { d: `M${x(0)} ${top + 18}V${bottom}`, stroke: INK, "stroke-width": 1.5 }),
      ...words(0, "現金預金の増減", yen(cash.at(-1)), true),
      bar(0, 0, cash.at(-1), INK),
      ...reasons.flatMap((reason, number) => {
        const part = reasonTotal(months, reason.key);
        const isDone = number < step;
        const fill = !isDone ? "#ffffff" : number + 1 === step ? BLUE : part < 0 ? `url(#${id}-hatch)` : PALE;
        const name = `${number + 1} ${reason.name}${number + 1 === step ? " ← いま" : ""}`;
        return [...words(number + 1, name, signed(part), number + 1 === step), bar(number + 1, totals[number], totals[number + 1], fill, !isDone)];
      }),
      ...words(reasons.length + 1, "収益 − 費用", yen(income.at(-1)), true),
      bar(reasons.length + 1, 0, income.at(-1), `url(#${id}-cross)`),
    ];
  }
}

function signed(value) {
  return `${signedFigure(value)}円`;
}

function signedFigure(value) {
  return value > 0 ? `＋${figure(value)}` : figure(value);
}

function lineOf({ stroke, dash, mark }, points) {
  const d = points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  return [
    svg("path", { d, fill: "none", stroke, "stroke-width": 2.5, "stroke-dasharray": dash }),
    ...points.map(([x, y]) => mark(x, y, stroke)),
  ];
}

function circle(cx, cy, fill) {
  return svg("circle", { cx, cy, r: 4, fill });
}

function square(x, y, stroke) {
  return svg("rect", { x: x - 4, y: y - 4, width: 8, height: 8, fill: "#ffffff", stroke, "stroke-width": 2 });
}

function triangle(x, y, fill) {
  return svg("path", { d: `M${x} ${y - 5}L${x + 5} ${y + 4}H${x - 5}Z`, fill });
}

function sampleOf(name) {
  return lineOf(LINES[name], [
    [6, 10],
    [18, 10],
    [30, 10],
  ]);
}

/** Round figures from below the least to above the greatest value. */
function ticksOf(least, most) {
  const rough = Math.max((most - least) / 5, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const ticks = [];
  for (let tick = Math.floor(least / step) * step; tick < most + step; tick += step) ticks.push(tick);
  return ticks;
}

function shortYen(value) {
  if (value % 10000 || !value) return figure(value);
  return `${figure(value / 10000)}万`;
}

export default explorable({ draw });
