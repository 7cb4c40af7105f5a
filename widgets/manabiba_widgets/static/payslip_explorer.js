import { make, messageFor } from "./card.js";
import { chooser, explorable, figure, figureBox, labelled, moved, sinceTheHandMoved, table, wholeNumber, yen } from "./explorable.js";
import { INK, PALE, fitted, legend, svg } from "./figure.js";
import { payroll } from "./payroll.js";

const BAR = 30;
const LEFT_OPEN = "国税庁の税額表で引きます";

function draw(body, { id, spec, told, tell }) {
  const chosen = {
    monthlyPay: spec.monthly_pay,
    commuting: spec.commuting,
    overtimeHours: spec.overtime_hours,
    age: spec.age,
    dependants: spec.dependants,
    month: spec.month,
  };
  const begin = sinceTheHandMoved();
  let before = null;
  let slip = made();

  const rows = make("div");
  const employers = make("div");
  const steps = make("ul", { class: "mbx-steps" });
  const picture = fitted(id, "総支給額が、手取りと差し引かれるものに分かれる帯。", paint);
  body.append(
    make(
      "div",
      { class: "mbx-inputs" },
      ...number("pay", "月給(基本給と手当。通勤手当は別)", "monthlyPay", 1, spec.most_pay, "円"),
      ...number("commuting", "通勤手当", "commuting", 0, spec.most_pay, "円"),
      ...number("overtime", "時間外の時間", "overtimeHours", 0, spec.most_hours, "時間"),
      ...number("age", "年齢", "age", spec.ages[0], spec.ages[1], "歳"),
      labelled(
        "扶養する親族の数",
        chooser(
          `${id}-dependants`,
          Array.from({ length: spec.most_dependants + 1 }, (_, i) => [String(i), `${i}人`]),
          String(chosen.dependants),
          (value) => change({ dependants: Number(value) }),
        ),
      ),
      labelled(
        "給与を払う月",
        chooser(`${id}-month`, spec.months.map(({ key, label }) => [key, label]), chosen.month, (value) => change({ month: value })),
      ),
    ),
    told,
    legend(id, [
      { sample: sample(PALE), text: "手取り(所得税を引く前のこともあります)" },
      { sample: sample(`url(#${id}-hatch)`), text: "社会保険料" },
      { sample: sample(`url(#${id}-dots)`), text: "税" },
    ]),
    picture.element,
    rows,
    make("h4", {}, "なぜこの額になるか"),
    steps,
    employers,
    make(
      "p",
      { class: "mb-note" },
      `毎月末日締め・翌月${spec.payday}日払い、標準報酬月額は月給と通勤手当だけで決まったとみています。住民税は通知書の額です。通勤手当は全額を非課税とみています。率の基準日は${spec.read_on}です。`,
    ),
    make(
      "details",
      { class: "mbx-more" },
      make("summary", {}, "率と額の出どころを見る"),
      make("ul", { class: "mbx-steps" }, ...spec.sources.map((text) => make("li", {}, text))),
    ),
  );
  show();
  tell(summary());

  function monthOf() {
    return spec.months.find(({ key }) => key === chosen.month);
  }

  function made() {
    return payroll(chosen, monthOf(), spec);
  }

  function number(part, label, key, least, most, unit) {
    const box = figureBox(`${id}-${part}`, figure(chosen[key]), (text) => {
      const read = wholeNumber(text, { least, most, unit });
      about.say(read.error || "");
      if (!read.error) change({ [key]: read.value });
    });
    const about = messageFor(box, `${id}-${part}-message`);
    return [labelled(label, box, { unit, about: about.element })];
  }

  function change(part) {
    if (Object.entries(part).every(([key, value]) => chosen[key] === value)) return;
    before = begin(slip);
    Object.assign(chosen, part);
    slip = made();
    show();
    const names = linesOf(before)
      .map((was, i) => ({ was, now: linesOf(slip)[i] }))
      .filter(({ was, now }) => was.amount !== now.amount && !now.total)
      .map(({ was, now }) => `${now.name}が${worded(was.amount)}から${worded(now.amount)}`);
    tell(`${names.length ? `${names.join("、")}に変わりました。` : "どの行の額も変わりません。"}${summary()}`);
  }

  function summary() {
    if (slip.net !== null) return `差引支給額(手取り)は${yen(slip.net)}です。`;
    return `源泉所得税は、この教材の税額表の抜粋にない範囲です。${LEFT_OPEN}。所得税を引く前の額は${yen(slip.beforeTax)}です。`;
  }

  function worded(amount) {
    return amount === null ? "(税額表で引く額)" : yen(amount);
  }

  function linesOf({ overtime, gross, health, care, support, pension, employment, insurance, tax, residentTax, net, beforeTax }) {
    return [
      { name: "月給", amount: chosen.monthlyPay, kept: true },
      { name: "通勤手当", amount: chosen.commuting, kept: true },
      { name: "時間外手当", amount: overtime },
      { name: "総支給額", amount: gross, total: true },
      { name: "健康保険", amount: health },
      { name: "介護保険", amount: care },
      { name: "子ども・子育て支援金", amount: support },
      { name: "厚生年金", amount: pension },
      { name: "雇用保険", amount: employment },
      { name: "社会保険料の計", amount: insurance, total: true },
      { name: "源泉所得税", amount: tax },
      { name: "住民税", amount: residentTax },
      net === null ? { name: "所得税を引く前の額", amount: beforeTax, total: true } : { name: "差引支給額(手取り)", amount: net, total: true },
    ];
  }

  function show() {
    const was = before && linesOf(before);
    const made = table(
      `${monthOf().label}に払う給与の明細(単位: 円)`,
      ["項目", "金額", "動き"],
      linesOf(slip).map(({ name, amount, kept }, i) => {
        const earlier = was && !kept && was[i].name === name ? was[i].amount : null;
        const change = earlier !== null && amount !== null ? moved(amount - earlier) : "";
        return [name, amount === null ? "税額表で引く" : figure(amount), change ? [make("span", { class: "mbx-moved" }, change)] : ""];
      }),
    );
    linesOf(slip).forEach(({ total }, i) => {
      if (total) made.querySelectorAll("tbody tr")[i].className = "mbx-total";
    });
    rows.replaceChildren(made);
    const { employers: share } = slip;
    employers.replaceChildren(
      table("事業主が負担する分(単位: 円)", ["項目", "金額"], [
        ["健康保険と介護保険", figure(share.health)],
        ["子ども・子育て支援金", figure(share.support)],
        ["厚生年金", figure(share.pension)],
        ["子ども・子育て拠出金(事業主だけ)", figure(share.contribution)],
        ["雇用保険(年度更新で精算)", figure(share.employment)],
        ["労災保険(事業主だけ、年度更新で精算)", figure(share.accident)],
      ]),
    );
    steps.replaceChildren(...reasons().map((text) => make("li", {}, text)));
    picture.draw();
  }

  function reasons() {
    const month = monthOf();
    const { rates } = month;
    const half = (name, base, rate, amount) => `${name}: ${yen(base)} × ${rate.text} ÷ 2 → ${yen(amount)}(${rate.since}からの率)`;
    const [least, most] = spec.care_ages;
    const hourly = `${yen(chosen.monthlyPay)} ÷ 月${spec.monthly_hours}時間`;
    return [
      `時間外手当: ${hourly}が1時間分。${percentOf(spec.premium.overtime)}増し(${spec.premium.limit}時間を超えた分は${percentOf(spec.premium.over60)}増し)で${chosen.overtimeHours}時間 → ${yen(slip.overtime)}。通勤手当は割増の基礎に入れません。`,
      `標準報酬月額: 月給と通勤手当の${yen(chosen.monthlyPay + chosen.commuting)}は、${yen(slip.standard)}の等級です。社会保険料は前の月(${month.social})の分を引きます。`,
      half("健康保険", slip.standard, rates.health, slip.health),
      chosen.age >= least && chosen.age <= most
        ? `${half("介護保険", slip.standard, rates.care, slip.care)}。端数は健康保険と合わせて決めます。`
        : `介護保険: ${least}歳から${most}歳までの人だけなので、${chosen.age}歳では0円です。`,
      half("子ども・子育て支援金", slip.standard, rates.child_support, slip.support),
      half("厚生年金", slip.pensionBase, rates.pension, slip.pension),
      `雇用保険: 総支給額${yen(slip.gross)} × ${rates.employment.text} → ${yen(slip.employment)}(${rates.employment.since}からの率。標準報酬月額には掛けません)`,
      "本人の負担は、50銭以下を切り捨て、50銭を超えると切り上げます。",
      `源泉所得税: 総支給額${yen(slip.gross)} − 通勤手当${yen(chosen.commuting)} − 社会保険料${yen(slip.insurance)} = ${yen(slip.taxable)}、扶養${chosen.dependants}人 → ${slip.tax === null ? `抜粋にない範囲なので、${LEFT_OPEN}。` : `税額表(月額表・甲欄の抜粋)で${yen(slip.tax)}`}`,
    ];
  }

  function paint(width) {
    const parts = [
      { name: slip.net === null ? "所得税を引く前" : "手取り", amount: slip.net ?? slip.beforeTax, fill: PALE },
      { name: "社会保険料", amount: slip.insurance, fill: `url(#${id}-hatch)` },
      { name: "税", amount: (slip.tax ?? 0) + slip.residentTax, fill: `url(#${id}-dots)` },
    ];
    let x = 1;
    const bars = parts.map(({ amount, fill }) => {
      const size = Math.max(0, (Math.max(amount, 0) / slip.gross) * (width - 2));
      const bar = svg("rect", { x, y: 24, width: size, height: BAR, fill, stroke: INK, "stroke-width": 1.5 });
      x += size;
      return size > 0.5 ? bar : null;
    });
    const words = parts.map(({ name, amount }) => `${name}${yen(amount)}`);
    const children = [
      svg("text", { x: 0, y: 16, "font-weight": "bold" }, `総支給額 ${yen(slip.gross)}`),
      ...bars,
      ...words.map((text, i) => svg("text", { x: 0, y: 24 + BAR + 22 * (i + 1) }, text)),
    ];
    return { height: 24 + BAR + 22 * words.length + 8, children, text: `総支給額${yen(slip.gross)}: ${words.join("、")}` };
  }
}

function percentOf(rate) {
  return `${Number(rate) * 100}%`;
}

function sample(fill) {
  return [svg("rect", { x: 1, y: 1, width: 34, height: 18, fill, stroke: INK, "stroke-width": 1.5 })];
}

export default explorable({ draw });
