import { make, messageFor } from "./card.js";
import { readDate, showDate } from "./date_text.js";
import { chooser, explorable, figureBox, labelled, sinceTheHandMoved, table } from "./explorable.js";
import { BLUE, INK, PALE, fitted, legend, svg } from "./figure.js";
import { leaveGrants } from "./leave_grants.js";
import { readNumber } from "./number_text.js";

const BAR = 20;
const ROW = 62;

function draw(body, { id, spec, told, tell }) {
  const chosen = {
    hired: spec.hired,
    daysAWeek: spec.days_a_week,
    hoursAWeek: Number(spec.hours_a_week),
    few: [],
  };
  const begin = sinceTheHandMoved();
  let grants = leaveGrants(chosen, spec);

  const hired = figureBox(`${id}-hired`, words(spec.hired), (text) => {
    const read = readDate(text);
    if (read.empty || read.error) return aboutHired.say("「2026年4月1日」や「令和8年4月1日」のように書いてください。");
    const next = leaveGrants({ ...chosen, hired: read.value }, spec);
    if (!next.length) return aboutHired.say(`${words(spec.earliest)}から、付与の日が${words(spec.latest)}までになる日を書いてください。`);
    aboutHired.say("");
    change({ hired: read.value, few: [] });
    return periods();
  });
  const aboutHired = messageFor(hired, `${id}-hired-message`);
  const days = chooser(
    `${id}-days`,
    Array.from({ length: spec.most_days }, (_, i) => [String(i + 1), `週${i + 1}日`]),
    String(chosen.daysAWeek),
    (value) => change({ daysAWeek: Number(value) }),
  );
  const hours = figureBox(`${id}-hours`, spec.hours_a_week, (text) => {
    const read = readNumber(text, "時間");
    const value = Number(read.value);
    const isFine = !read.empty && !read.error && value > 0 && value <= spec.most_hours;
    aboutHours.say(isFine ? "" : `0より大きく${spec.most_hours}以下の数で書いてください。29.5のような数も使えます。`);
    if (isFine) change({ hoursAWeek: value });
  });
  const aboutHours = messageFor(hours, `${id}-hours-message`);
  const few = make("div");
  const rows = make("div");
  const picture = fitted(id, "付与ごとに、5日を取る1年と、使える期間を並べた線。", paint);
  body.append(
    make(
      "div",
      { class: "mbx-inputs" },
      labelled("入職の日", hired, { about: aboutHired.element }),
      labelled("週の所定労働日数", days),
      labelled("週の所定労働時間", hours, { unit: "時間", about: aboutHours.element }),
      few,
    ),
    told,
    legend(id, [
      { sample: sample(`url(#${id}-hatch)`), text: `${spec.duty_days}日を取る1年(義務)` },
      { sample: sample(PALE), text: `使える期間(${spec.usable})` },
    ]),
    picture.element,
    rows,
    make(
      "p",
      { class: "mb-note" },
      "付与した日数のうち、いつまで使えるか(時効)は、この教材では確かめていません。社会保険労務士や労働基準監督署に確かめてください。",
    ),
    make(
      "details",
      { class: "mbx-more" },
      make("summary", {}, "日数の表の出どころを見る"),
      make("ul", { class: "mbx-steps" }, ...spec.sources.map((text) => make("li", {}, text))),
    ),
  );
  periods();
  show();
  tell(summary());

  function change(part) {
    if (Object.entries(part).every(([key, value]) => chosen[key] === value)) return;
    const before = begin(grants);
    Object.assign(chosen, part);
    grants = leaveGrants(chosen, spec);
    show();
    const [was, now] = [before[0], grants[0]];
    const first = was.days === now.days && was.grantedOn === now.grantedOn ? "" : `1回目は${words(was.grantedOn)}の${was.days}日から、${words(now.grantedOn)}の${now.days}日に変わりました。`;
    const others = grants.slice(1).filter((grant, i) => before[i + 1] && before[i + 1].days !== grant.days).length;
    const more = others ? `2回目からあとも、${others}回分の日数が変わりました。` : "";
    tell(`${first || (more ? "" : "日数は変わりません。")}${more}${summary()}`);
  }

  function summary() {
    const [first] = grants;
    if (first.isShort) return `出勤が${spec.attendance}に満たないので、${words(first.grantedOn)}の付与は0日です。次の年は数え直します。`;
    const duty = first.fiveBy ? `${words(first.fiveBy)}までに${spec.duty_days}日を取れるようにします。` : `付与が${spec.tables.duty[0].granted}日に満たないので、${spec.duty_days}日の義務はありません。`;
    return `${words(first.grantedOn)}に${first.days}日。${duty}`;
  }

  function periods() {
    const select = chooser(
      `${id}-few`,
      [["", "なし"], ...grants.map(({ grantedOn }, number) => [String(number), `${words(grantedOn)}の前`])],
      String(chosen.few[0] ?? ""),
      (value) => change({ few: value === "" ? [] : [Number(value)] }),
    );
    few.replaceChildren(labelled(`出勤が${spec.attendance}に満たなかった期間`, select));
  }

  function show() {
    rows.replaceChildren(
      table(
        "付与の日と日数",
        ["回", "付与の日", "日数", `${spec.duty_days}日を取る期限`],
        grants.map(({ grantedOn, days: granted, fiveBy, isShort }, i) => [
          String(i + 1),
          words(grantedOn),
          isShort ? `0日(出勤${spec.attendance}未満)` : `${granted}日`,
          fiveBy ? words(fiveBy) : "義務なし",
        ]),
      ),
    );
    picture.draw();
  }

  function paint(width) {
    const from = Date.parse(chosen.hired);
    const to = Math.max(...grants.map(({ usableUntil }) => Date.parse(usableUntil)));
    const place = (day) => 1 + ((Date.parse(day) - from) / (to - from)) * (width - 2);
    const children = grants.flatMap(({ grantedOn, days: granted, fiveBy, usableUntil, isShort }, i) => {
      const y = i * ROW;
      const bar = (last, top, height, fill) =>
        svg("rect", { x: place(grantedOn), y: y + top, width: Math.max(place(last) - place(grantedOn), 2), height, fill, stroke: INK, "stroke-width": 1.5 });
      const label = `${i + 1}回目 ${words(grantedOn)} ${isShort ? `0日(出勤${spec.attendance}未満)` : `${granted}日`}`;
      return [
        svg("text", { x: 0, y: y + 16, "font-weight": "bold", stroke: "#ffffff", "stroke-width": 4, "paint-order": "stroke" }, label),
        granted ? bar(usableUntil, 24, BAR, PALE) : svg("circle", { cx: place(grantedOn), cy: y + 34, r: 5, fill: "#ffffff", stroke: BLUE, "stroke-width": 2 }),
        fiveBy ? bar(fiveBy, 24, BAR, `url(#${id}-hatch)`) : null,
      ];
    });
    const axis = grants.length * ROW;
    const years = [];
    const step = (to - from) / (365.25 * 24 * 60 * 60 * 1000) / (width / 60) > 1 ? 2 : 1;
    for (let year = Number(chosen.hired.slice(0, 4)) + 1; Date.parse(`${year}-01-01`) < to; year += step) {
      const x = place(`${year}-01-01`);
      years.push(svg("line", { x1: x, x2: x, y1: 22, y2: axis, stroke: INK, "stroke-width": 1, "stroke-dasharray": "2 5" }));
      years.push(svg("text", { x, y: axis + 14, "font-size": 12, "text-anchor": x < width - 44 ? "start" : "end" }, `${year}年`));
    }
    const text = grants.map(({ grantedOn, days: granted, fiveBy }, i) => `${i + 1}回目 ${words(grantedOn)} ${granted}日${fiveBy ? ` ${words(fiveBy)}までに${spec.duty_days}日` : ""}`).join("、");
    return { height: axis + 20, children: [...years, ...children], text };
  }
}

function words(day) {
  return showDate(day).replace(/\(.*\)$/, "");
}

function sample(fill) {
  return [svg("rect", { x: 1, y: 1, width: 34, height: 18, fill, stroke: INK, "stroke-width": 1.5 })];
}

export default explorable({ draw });
