import { make, messageFor } from "./card.js";
import { campaign } from "./crowdfunding.js";
import { chooser, explorable, figure, figureBox, labelled, moved, sinceTheHandMoved, table, wholeNumber, yen } from "./explorable.js";
import { BLUE, INK, PALE, fitted, legend, svg } from "./figure.js";
import { readNumber } from "./number_text.js";

const BAR = 26;
const ROW = 64;
const MOST_RATE = 50;

function draw(body, { id, spec, told, tell }) {
  const chosen = {
    goal: spec.goal,
    average: spec.average,
    conversion: spec.conversion,
    visitors: spec.visitors,
    returnCost: spec.return_cost,
    rate: spec.fee_rate,
    tax: spec.tax_rate,
    method: spec.method,
  };
  const begin = sinceTheHandMoved();
  let made = campaign(chosen);

  const visitors = whole("visitors", "ページを見る人", 0, spec.most_people, "人");
  const slider = make("input", { type: "range", id: `${id}-slider`, min: "0", max: String(Math.max(1000, spec.visitors * 2)), step: "10" });
  slider.addEventListener("input", () => {
    visitors.input.value = figure(slider.value);
    visitors.say("");
    change({ visitors: Number(slider.value) });
  });
  const method = chooser(`${id}-method`, spec.methods, chosen.method, (value) => change({ method: value }));
  const rows = make("div");
  const steps = make("ul", { class: "mbx-steps" });
  const picture = fitted(id, "ページを見る人から手取りまでの図。", paint);
  body.append(
    make(
      "div",
      { class: "mbx-inputs" },
      visitors.element,
      labelled("ページを見る人をつまみで動かす", slider),
      percent("conversion", "見た人のうち、支援する割合(転換率)", 100).element,
      whole("average", "1人あたりの支援額(平均)", 1, spec.most_yen, "円").element,
      whole("goal", "目標金額", 1, spec.most_yen, "円").element,
      labelled("受け取り方", method),
      percent("rate", "手数料の率", MOST_RATE).element,
      percent("tax", "手数料にかかる消費税の率", MOST_RATE).element,
      whole("returnCost", "リターンの費用(1人分)", 0, spec.most_yen, "円").element,
    ),
    told,
    legend(id, [
      { sample: box(BLUE), text: "手取り" },
      { sample: box(`url(#${id}-dots)`), text: "手数料と税" },
      { sample: box(`url(#${id}-cross)`), text: "リターンの費用" },
      { sample: [svg("path", { d: "M18 0V20", stroke: INK, "stroke-width": 3, "stroke-dasharray": "5 3" })], text: "目標" },
    ]),
    picture.element,
    rows,
    make("h4", {}, "計算のしかた"),
    steps,
    make("p", { class: "mb-note" }, "手数料の率は、サービスや時期で違います。使うサービスのページで確かめて、入れてください。"),
  );
  show(made);
  tell(summary());

  function whole(key, label, least, most, unit) {
    return field(key, label, unit, figure(chosen[key]), (text) => wholeNumber(text, { least, most, unit }));
  }

  function percent(key, label, most) {
    return field(key, label, "%", chosen[key], (text) => {
      const read = readNumber(text, "%");
      const decimals = (read.value || "").split(".")[1] || "";
      const isFine = read.value !== undefined && Number(read.value) >= 0 && Number(read.value) <= most && decimals.length <= spec.decimals;
      return isFine ? { value: read.value } : { error: `0から${most}までの数で書いてください。2.5のような数も使えます。` };
    });
  }

  function field(key, label, unit, value, read) {
    const input = figureBox(`${id}-${key}`, value, (text) => {
      const found = read(text);
      say(found.error || "");
      if (!found.error) change({ [key]: found.value });
    });
    const { element, say } = messageFor(input, `${id}-${key}-message`);
    return { element: labelled(label, input, { unit, about: element }), input, say };
  }

  function change(part) {
    if (Object.entries(part).every(([key, value]) => chosen[key] === value)) return;
    const before = begin(made);
    Object.assign(chosen, part);
    made = campaign(chosen);
    show(before);
    const [was, now] = [before.net, made.net];
    tell(`${was === now ? `手取りは${yen(now)}のままです。` : `手取りが${yen(was)}から${yen(now)}に変わりました。`}${summary()}`);
  }

  function summary() {
    const { supporters, raised, isReached, isPaid, net } = made;
    const reached = isReached ? "目標に届きます" : `目標まであと${yen(chosen.goal - raised)}です`;
    const paid = isPaid ? "" : "All-or-Nothingなので、お金は支払われず、支援した人に返されます。";
    const below = net < 0 ? "リターンの費用が多く、手取りがマイナスです。" : "";
    return `支援する人は${figure(supporters)}人、支援総額は${yen(raised)}で、${reached}。${paid}${below}`;
  }

  function show(before) {
    slider.value = String(chosen.visitors);
    slider.setAttribute("aria-valuetext", `${figure(chosen.visitors)}人`);
    const line = (label, key, unit, sign = 1) => [
      label,
      [`${figure(sign * made[key] || 0)}${unit}`, ...rise(sign * (made[key] - before[key]))],
    ];
    rows.replaceChildren(
      table(
        "人数とお金",
        ["項目", "人数・金額"],
        [
          line("支援する人", "supporters", "人"),
          line("支援総額", "raised", "円"),
          line("支払われる額", "gross", "円"),
          line("手数料と税", "fee", "円", -1),
          line("リターンの費用", "returns", "円", -1),
        ],
        { foot: [line("手取り", "net", "円")] },
      ),
    );
    steps.replaceChildren(...formulas().map((text) => make("li", {}, text)));
    picture.draw();
  }

  function rise(difference) {
    const text = moved(difference);
    return text ? [make("span", { class: "mbx-moved" }, text)] : [];
  }

  function formulas() {
    const { goal, average, conversion, visitors: people, returnCost, rate, tax } = chosen;
    const needed =
      made.visitorsNeeded === null
        ? `目標に届くまで: ${yen(goal)} ÷ ${yen(average)} = ${figure(made.supportersNeeded)}人(切上げ)`
        : `目標に届くまで: ${yen(goal)} ÷ ${yen(average)} = ${figure(made.supportersNeeded)}人(切上げ)。見る人は ${figure(made.supportersNeeded)}人 ÷ ${conversion}% = ${figure(made.visitorsNeeded)}人(切上げ)`;
    return [
      `支援する人: ${figure(people)}人 × ${conversion}% = ${figure(made.supporters)}人(1人未満は切捨て)`,
      `支援総額: ${figure(made.supporters)}人 × ${yen(average)} = ${yen(made.raised)}`,
      `手数料と税: ${yen(made.gross)} × ${rate}% × (100% + ${tax}%) = ${yen(made.fee)}(円未満は切捨て)`,
      `手取り: ${yen(made.gross)} − ${yen(made.fee)} − ${yen(made.returns)} = ${yen(made.net)}`,
      needed,
      `目標ちょうどの${yen(goal)}のとき、手取りは${yen(made.netAtGoal)}(リターン ${figure(made.supportersNeeded)}人 × ${yen(returnCost)})`,
    ];
  }

  function paint(width) {
    const inner = width - 2;
    const share = chosen.visitors ? made.supporters / chosen.visitors : 0;
    const givers = Math.max(share * inner, made.supporters ? 3 : 0);
    const whole = Math.max(chosen.goal, made.raised);
    const scale = (value) => (value / whole) * inner;
    const bar = (row, x, w, fill) =>
      w > 0.5 ? svg("rect", { x: 1 + x, y: row * ROW + 24, width: Math.min(w, inner - x), height: BAR, fill, stroke: INK, "stroke-width": 1.5 }) : null;
    const heading = (row, text, end) => [
      svg("text", { x: 0, y: row * ROW + 16, "font-weight": "bold" }, text),
      svg("text", { x: width, y: row * ROW + 16, "text-anchor": "end" }, end),
    ];
    const funnel = `M1 ${24 + BAR}H${1 + inner}L${1 + givers} ${ROW + 24}H1Z`;
    const goalAt = 1 + scale(chosen.goal);
    const net = Math.max(0, made.net);
    const fee = Math.min(made.fee, made.gross - net);
    const children = [
      svg("path", { d: funnel, fill: "#f2f2f2" }),
      ...heading(0, "ページを見る人", `${figure(chosen.visitors)}人`),
      bar(0, 0, chosen.visitors ? inner : 0, PALE),
      ...heading(1, "支援する人", `${figure(made.supporters)}人`),
      bar(1, 0, givers, PALE),
      ...heading(2, "支援総額", yen(made.raised)),
      bar(2, 0, scale(made.raised), PALE),
      svg("path", { d: `M${goalAt} ${2 * ROW + 20}V${3 * ROW - 10}`, stroke: INK, "stroke-width": 3, "stroke-dasharray": "5 3" }),
      ...heading(3, made.isPaid ? "支払われる額の行き先" : "支払われません", made.isPaid ? `手取り ${yen(made.net)}` : "0円"),
      bar(3, 0, scale(net), BLUE),
      bar(3, scale(net), scale(fee), `url(#${id}-dots)`),
      bar(3, scale(net + fee), scale(made.gross - net - fee), `url(#${id}-cross)`),
    ];
    const text = `見る人${figure(chosen.visitors)}人、支援する人${figure(made.supporters)}人、支援総額${yen(made.raised)}、目標${yen(chosen.goal)}、手数料と税${yen(made.fee)}、リターンの費用${yen(made.returns)}、手取り${yen(made.net)}。`;
    return { height: 4 * ROW, children, text };
  }
}

function box(fill) {
  return [svg("rect", { x: 1, y: 1, width: 34, height: 18, fill, stroke: INK, "stroke-width": 1.5 })];
}

export default explorable({ draw });
