import { make, messageFor } from "./card.js";
import { chooser, explorable, figure, figureBox, labelled, table, wholeNumber, yen } from "./explorable.js";
import { BLUE, INK, PALE, fitted, legend, svg } from "./figure.js";
import { depreciationYears, firstMonths } from "./straight_line.js";

const BAR = 22;
const ROW = 58;
const MONTHS = Array.from({ length: 12 }, (_, i) => [String(i + 1), `${i + 1}月`]);

function draw(body, { id, spec, told, tell }) {
  const chosen = {
    cost: spec.cost,
    life: String(spec.life),
    startMonth: spec.start_month,
    closingMonth: spec.closing_month,
  };
  let years = yearsOf();

  const cost = figureBox(`${id}-cost`, figure(spec.cost), (text) => {
    const read = wholeNumber(text, { least: spec.memorandum + 1, most: spec.most_cost });
    about.say(read.error || "");
    if (read.error) return;
    slider.value = String(read.value);
    slider.setAttribute("aria-valuetext", yen(read.value));
    change({ cost: read.value });
  });
  const slider = make("input", {
    type: "range",
    id: `${id}-slider`,
    min: "50000",
    max: String(Math.max(1_000_000, spec.cost * 2)),
    step: "10000",
  });
  const about = messageFor(cost, `${id}-cost-message`);
  slider.value = String(spec.cost);
  slider.setAttribute("aria-valuetext", yen(spec.cost));
  slider.addEventListener("input", () => {
    cost.value = figure(slider.value);
    slider.setAttribute("aria-valuetext", yen(slider.value));
    about.say("");
    change({ cost: Number(slider.value) });
  });
  const lives = Object.entries(spec.rates)
    .sort(([one], [other]) => one - other)
    .map(([life, rate]) => [life, `${life}年(償却率 ${rate})`]);
  const life = chooser(`${id}-life`, lives, chosen.life, (value) => change({ life: value }));
  const start = chooser(`${id}-start`, MONTHS, String(chosen.startMonth), (value) => change({ startMonth: Number(value) }));
  const closing = chooser(`${id}-closing`, MONTHS, String(chosen.closingMonth), (value) => change({ closingMonth: Number(value) }));

  const steps = make("ul", { class: "mbx-steps" });
  const rows = make("div");
  const picture = fitted(id, "年ごとに残る帳簿価額の棒グラフ。", paint);
  body.append(
    make(
      "div",
      { class: "mbx-inputs" },
      labelled("取得価額(買った値段)", cost, { unit: "円", about: about.element }),
      labelled("取得価額をつまみで動かす", slider),
      labelled("耐用年数", life),
      labelled("使い始めた月", start),
      labelled("決算月", closing),
    ),
    told,
    legend(id, [
      { sample: box(`url(#${id}-dots)`), text: "これまでに費用にした分" },
      { sample: box(BLUE), text: "その年の減価償却費" },
      { sample: box(PALE), text: "残り(帳簿価額)" },
    ]),
    picture.element,
    rows,
    make("h4", {}, "計算のしかた"),
    steps,
    make("p", { class: "mb-note" }, spec.source),
  );
  show();
  tell(summary());

  function yearsOf() {
    return depreciationYears({ ...chosen, rate: spec.rates[chosen.life], memorandum: spec.memorandum });
  }

  function change(part) {
    const before = years;
    Object.assign(chosen, part);
    years = yearsOf();
    show();
    const was = before[0].amount;
    const now = years[0].amount;
    const first = was === now ? `1年目の減価償却費は${yen(now)}のままです。` : `1年目の減価償却費が${yen(was)}から${yen(now)}に変わりました。`;
    const length = before.length === years.length ? "" : `決算の回数は${before.length}回から${years.length}回に変わりました。`;
    tell(`${first}${length}${summary()}`);
  }

  function summary() {
    const { months } = years[0];
    const begun = months === 12 ? "1年目は12か月分です。" : `1年目は使った${months}か月分だけです。`;
    return `${begun}${years.length}年目に${spec.memorandum}円(備忘価額)だけが残ります。`;
  }

  function show() {
    rows.replaceChildren(
      table(
        "年ごとの減価償却(単位: 円)",
        ["年", "月数", "減価償却費", "残り"],
        years.map(({ months, amount, left }, i) => [`${i + 1}年目`, `${months}か月`, figure(amount), figure(left)]),
        { foot: [["合計", "", figure(chosen.cost - years.at(-1).left), ""]] },
      ),
    );
    steps.replaceChildren(...formulas().map((text) => make("li", {}, text)));
    picture.draw();
  }

  function formulas() {
    const rate = spec.rates[chosen.life];
    const months = firstMonths(chosen.startMonth, chosen.closingMonth);
    const whole = years.length > 2 ? years[1].amount : null;
    const last = years.at(-1);
    const earlier = last.amount + last.left;
    const told = [`1年目: ${yen(chosen.cost)} × ${rate} × ${months}か月 ÷ 12 = ${yen(years[0].amount)}(円未満は切捨て)`];
    if (years.length === 1) told[0] = `1年目: ${spec.memorandum}円を残して、${yen(last.amount)}`;
    else {
      if (whole !== null) told.push(`2年目から: ${yen(chosen.cost)} × ${rate} = ${yen(whole)}`);
      told.push(`${years.length}年目(最後): 残り${yen(earlier)}のうち${spec.memorandum}円を残して、${yen(last.amount)}`);
    }
    return told;
  }

  function paint(width) {
    const scale = (value) => (value / chosen.cost) * (width - 2);
    const children = years.flatMap(({ months, amount, left }, i) => {
      const y = i * ROW;
      const done = scale(chosen.cost - left - amount);
      const now = Math.max(scale(amount), 2);
      const rest = scale(left);
      const bar = (x, w, fill) => (w > 0.5 ? svg("rect", { x, y: y + 24, width: w, height: BAR, fill, stroke: INK, "stroke-width": 1.5 }) : null);
      return [
        svg("text", { x: 0, y: y + 17, "font-weight": "bold" }, `${i + 1}年目`),
        svg("text", { x: width, y: y + 17, "text-anchor": "end" }, `${months}か月 −${figure(amount)} → ${yen(left)}`),
        bar(1, done, `url(#${id}-dots)`),
        bar(1 + done, now, BLUE),
        bar(1 + done + now, rest, PALE),
      ];
    });
    const text = years.map(({ amount, left }, i) => `${i + 1}年目 償却${yen(amount)} 残り${yen(left)}`).join("、");
    return { height: years.length * ROW, children, text };
  }
}

function box(fill) {
  return [svg("rect", { x: 1, y: 1, width: 34, height: 18, fill, stroke: INK, "stroke-width": 1.5 })];
}

export default explorable({ draw });
