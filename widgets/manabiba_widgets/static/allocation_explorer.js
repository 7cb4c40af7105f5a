import { make, messageFor } from "./card.js";
import { chooser, explorable, figure, figureBox, labelled, table, wholeNumber, yen } from "./explorable.js";
import { BLUE, INK, PALE, fitted, svg } from "./figure.js";
import { readNumber } from "./number_text.js";
import { addUp, oddYen, shareOut } from "./sharing.js";

const TO_ONE = "REMAINDER_TO_ONE";
const ROW = 64;
const COIN = 15;
const COINS_DRAWN = 3;
const FILLS = [BLUE, "hatch", PALE, "dots", "cross", "bars"];

function draw(body, { id, spec, told, tell }) {
  let cost = spec.costs[0];
  let chosen = null;
  let shares = [];
  const inputs = make("div");
  const rows = make("div");
  const rule = make("p", { class: "mb-note" });
  const check = make("p", { class: "mbx-check" });
  const aboutWhole = make("p", { class: "mb-note" });
  const picture = fitted(id, "部門ごとの配分額の棒グラフ。", paint);
  const costs = chooser(
    `${id}-cost`,
    spec.costs.map(({ name, amount }, number) => [String(number), `${name} ${yen(amount)}`]),
    "0",
    (number) => {
      begin(spec.costs[Number(number)]);
      work(`${cost.name}に変えました。`);
    },
  );
  body.append(labelled("共通の費用を選ぶ", costs), inputs, rule, told, picture.element, rows, check, aboutWhole);
  begin(cost);
  work("");

  /** Start with a cost: its amount, weights and rule may be changed from there. */
  function begin(next) {
    cost = next;
    chosen = { amount: cost.amount, weights: cost.shares.map(({ weight }) => weight), rule: cost.rule, takes: cost.takes };
    const amount = figureBox(`${id}-amount`, figure(cost.amount), (text) => {
      const read = wholeNumber(text, { least: 1, most: spec.most_amount });
      aboutAmount.say(read.error || "");
      if (!read.error) change({ amount: read.value }, `金額を${yen(read.value)}に変えました。`);
    });
    const aboutAmount = messageFor(amount, `${id}-amount-message`);
    const rules = chooser(`${id}-rule`, spec.roundings.map(({ rule: key, text }) => [key, text]), chosen.rule, (value) => {
      takesBox.hidden = value !== TO_ONE;
      change({ rule: value }, "端数の決め方を変えました。");
    });
    const takes = chooser(
      `${id}-takes`,
      cost.shares.map(({ name }, number) => [String(number), name]),
      String(chosen.takes),
      (value) => change({ takes: Number(value) }, `端数を入れる部門を${cost.shares[Number(value)].name}に変えました。`),
    );
    const takesBox = labelled("端数を入れる部門", takes);
    takesBox.hidden = chosen.rule !== TO_ONE;
    inputs.replaceChildren(
      make("div", { class: "mbx-inputs mbx-many" }, labelled("金額", amount, { unit: "円", about: aboutAmount.element }), ...cost.shares.map(weightField)),
      cost.basis ? make("p", { class: "mb-note" }, `割合のもと: ${cost.basis}`) : "",
      make("div", { class: "mbx-inputs" }, labelled("端数の決め方", rules), takesBox),
    );
  }

  function weightField({ name, weight }, number) {
    const box = figureBox(`${id}-weight-${number}`, weight, (text) => {
      const read = readNumber(text, spec.unit);
      const bad = read.value === undefined || read.value.startsWith("-") || read.value.replace(/\..*/, "").length > 6;
      about.say(bad ? "0から999,999までの数で書いてください。" : "");
      if (bad) return;
      const weights = chosen.weights.map((old, i) => (i === number ? read.value : old));
      if (weights.every((one) => !/[1-9]/.test(one))) {
        about.say("すべて0では分けられません。どれかを0より大きくしてください。");
        return;
      }
      change({ weights }, `${name}の割合を${read.value}${spec.unit}に変えました。`);
    });
    const about = messageFor(box, `${id}-weight-${number}-message`);
    return labelled(`${name}の割合`, box, { unit: spec.unit, about: about.element });
  }

  function change(part, sentence) {
    Object.assign(chosen, part);
    work(sentence);
  }

  function work(sentence) {
    shares = shareOut(chosen.amount, chosen.weights, chosen.rule === TO_ONE ? chosen.takes : null);
    const rest = oddYen(chosen.amount, shares);
    const cut = chosen.amount - rest;
    const name = chosen.rule === TO_ONE ? `(${cost.shares[chosen.takes].name})` : "";
    rule.textContent = `いまの決め方: ${spec.roundings.find((one) => one.rule === chosen.rule).text}${name}`;
    rows.replaceChildren(
      table(
        "配分額(単位: 円)",
        ["部門", "計算のまま", "端数", "配分額"],
        shares.map(({ exact, extra, yen: part }, number) => [
          [cost.shares[number].name, make("small", { class: "mbx-under" }, `割合 ${chosen.weights[number]}${spec.unit}`)],
          exactFigure(exact),
          extra ? make("strong", { class: "mbx-moved" }, `＋${figure(extra)}`) : "",
          figure(part),
        ]),
        { foot: [["合計", "", rest ? `＋${figure(rest)}` : "", figure(sum())]] },
      ),
    );
    check.textContent =
      `検算: 配分額の合計 ${yen(sum())} ${sum() === chosen.amount ? "=" : "≠"} もとの金額 ${yen(chosen.amount)}` +
      (sum() === chosen.amount ? "(一致しています)" : "(一致していません)");
    const whole = addUp(chosen.weights);
    aboutWhole.hidden = spec.unit !== "%" || whole === "100";
    aboutWhole.textContent = `割合の合計は${whole}%です。100%にならないときも、合計を全体とみて分けています。`;
    picture.draw();
    tell(sentence + story(rest, cut));
  }

  function sum() {
    return shares.reduce((total, share) => total + share.yen, 0);
  }

  function story(rest, cut) {
    if (!rest) return "どの部門も円単位で割り切れたので、端数はありません。合計はもとの金額と一致します。";
    const takers = shares.map(({ extra }, number) => [extra, cost.shares[number].name]).filter(([extra]) => extra);
    const where = takers.map(([extra, name]) => `${name}に${yen(extra)}`).join("、");
    return `円未満を切り捨てると合計は${yen(cut)}で、${yen(rest)}余ります。余りは${where}足しました。合計はもとの金額と一致します。`;
  }

  function paint(width) {
    const room = width - 2 - COINS_DRAWN * 2 * COIN;
    const most = Math.max(...shares.map((share) => share.yen), 1);
    const children = shares.flatMap((share, number) => {
      const y = number * ROW;
      const fill = FILLS[number];
      const length = Math.max((share.yen / most) * room, 2);
      const paintOf = fill.startsWith("#") ? fill : `url(#${id}-${fill})`;
      return [
        svg("text", { x: 0, y: y + 18, "font-weight": "bold" }, cost.shares[number].name),
        svg("text", { x: width, y: y + 18, "text-anchor": "end" }, share.extra ? `${figure(share.cut)} ＋ 端数${yen(share.extra)}` : yen(share.yen)),
        svg("rect", { x: 1, y: y + 26, width: length, height: 22, fill: paintOf, stroke: INK, "stroke-width": 1.5 }),
        ...Array.from({ length: Math.min(share.extra, COINS_DRAWN) }, (_, i) => coin(length + 2 + COIN + i * 2 * COIN, y + 37)),
      ];
    });
    const text = shares.map((share, number) => `${cost.shares[number].name} ${yen(share.yen)}`).join("、");
    return { height: shares.length * ROW, children, text };
  }
}

/** A yen that was left over. */
function coin(x, y) {
  return svg(
    "g",
    {},
    svg("circle", { cx: x, cy: y, r: COIN - 2, fill: "#ffffff", stroke: INK, "stroke-width": 2 }),
    svg("text", { x, y: y + 4, "text-anchor": "middle", "font-size": 12, "font-weight": "bold" }, "1円"),
  );
}

function exactFigure(text) {
  const [whole, fraction] = text.split(".");
  return fraction ? `${figure(whole)}.${fraction}` : figure(whole);
}

export default explorable({ draw });
