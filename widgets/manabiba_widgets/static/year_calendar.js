import { make } from "./card.js";
import { chooser, explorable, labelled } from "./explorable.js";
import { calendarFile } from "./calendar_file.js";
import { dayOf, weekdayOf, yearCalendar } from "./year_days.js";

const WEEKDAYS = "日月火水木金土";
const MONTHS = Array.from({ length: 12 }, (_, i) => [String(i + 1), `${i + 1}月`]);
const ALARM_DAYS = 7;

function draw(body, { id, spec, told, tell }) {
  const today = localDay(new Date());
  const chosen = {
    month: spec.fiscal_year_end_month,
    year: runningYear(spec.fiscal_year_end_month),
    hasStaff: false,
    hasProfitBusiness: false,
    hasSpecialTerm: false,
  };
  const explained = new Set(); // what comes every month is explained once
  let entries = [];

  const month = chooser(`${id}-month`, MONTHS, String(chosen.month), (value) => {
    chosen.month = Number(value);
    chosen.year = runningYear(chosen.month);
    fillYears();
    show();
  });
  const year = chooser(`${id}-year`, [], "", (value) => {
    chosen.year = Number(value);
    show();
  });
  const staff = tick("hasStaff", "職員がいる(給与を払っている)");
  const special = tick("hasSpecialTerm", "納期の特例の承認を受けている");
  const business = tick("hasProfitBusiness", "収益事業をしている");
  const alarm = make("input", { type: "checkbox", id: `${id}-alarm` });
  const months = make("div", { class: "mbx-months" });
  const text = make("textarea", { id: `${id}-text`, rows: 12, readonly: true });
  const save = make("button", { type: "button", class: "mb-button mb-primary", onclick: download }, "カレンダーに入れるファイルを保存する");

  body.append(
    make("div", { class: "mbx-inputs" }, labelled("決算の月", month), labelled("いつの1年か", year)),
    make("fieldset", { class: "mb-group" }, make("legend", {}, "あてはまるものを選んでください"), staff, special, business),
    told,
    make("p", {}, `${spec.on_closed_days}「未確認」は、教材ではまだ確かめていない日です。`),
    months,
    make(
      "div",
      { class: "mbx-off-paper" },
      make("h4", {}, "自分のカレンダーに入れる"),
      option(alarm, `${ALARM_DAYS}日前に知らせる`),
      save,
      make("p", { class: "mb-how" }, "ファイル(.ics)は、スマートフォンやパソコンのカレンダーで開けます。"),
      make("details", { class: "mbx-more" }, make("summary", {}, "ファイルを使わずに、文字で写す"), make("label", { for: text.id }, "1年の予定(文字)"), text),
    ),
    make("p", { class: "mb-note" }, `基準日 ${spec.read_on}。`),
  );
  fillYears();
  show();

  /** The closing year whose next twelve months hold today, or the nearest that is offered. */
  function runningYear(closingMonth) {
    const offered = spec.years[closingMonth];
    const running = Number(today.slice(0, 4)) - (today > dayOf(Number(today.slice(0, 4)), closingMonth, 31) ? 0 : 1);
    return Math.min(Math.max(running, offered[0]), offered.at(-1));
  }

  function fillYears() {
    const options = spec.years[chosen.month].map((each) => {
      const [first, last] = [dayOf(each, chosen.month + 1, 1), dayOf(each, chosen.month + 12, 31)];
      return make("option", { value: String(each) }, `${monthName(first)}から${monthName(last)}まで`);
    });
    year.replaceChildren(...options);
    year.value = String(chosen.year);
  }

  function tick(name, label) {
    const input = make("input", { type: "checkbox", id: `${id}-${name}` });
    input.addEventListener("change", () => {
      chosen[name] = input.checked;
      show();
    });
    return option(input, label);
  }

  function option(input, label) {
    return make("div", { class: "mb-option" }, input, make("label", { for: input.id }, label));
  }

  function show() {
    special.hidden = !chosen.hasStaff;
    entries = yearCalendar(spec.rules, chosen);
    const events = spec.events.filter(({ needs_staff: needsStaff }) => chosen.hasStaff || !needsStaff);
    const byMonth = grouped(entries);
    explained.clear();
    months.replaceChildren(
      ...[...byMonth].map(([each, found]) => make("section", {}, make("h4", {}, monthName(each)), make("ul", { class: "mbx-days" }, ...found.map(item)))),
      make(
        "section",
        {},
        make("h4", {}, "起きたときに、すぐすること"),
        make("ul", { class: "mbx-days" }, ...events.map((event) => make("li", {}, make("strong", {}, event.within), ` ${event.event}`, mark(event), make("small", { class: "mbx-under" }, event.source)))),
      ),
    );
    text.value = asText(events);
    const next = entries.find(({ on }) => on >= today);
    tell(
      `${chosen.month}月決算の1年に、${entries.length}件の予定があります。` +
        (next ? `今日からいちばん近いのは、${dayName(next.on)}の「${next.rule.title}」です。` : ""),
    );
  }

  function item({ on, rule }) {
    const about = explained.has(rule.key) ? null : make("small", { class: "mbx-under" }, `${rule.how} 出典: ${rule.source}`);
    explained.add(rule.key);
    const closed = rule.is_fixed && [0, 6].includes(weekdayOf(on)) ? make("small", { class: "mbx-under" }, `${WEEKDAYS[weekdayOf(on)]}曜日です。提出先に確認してください。`) : null;
    return make(
      "li",
      {},
      make("strong", {}, `${Number(on.slice(8))}日(${WEEKDAYS[weekdayOf(on)]})`),
      ` ${rule.title}`,
      mark(rule),
      about,
      closed,
    );
  }

  function mark(about) {
    return about.mark ? make("span", { class: "mbx-unverified" }, about.mark) : null;
  }

  function marked(title, about) {
    return about.mark ? `${title}(${about.mark})` : title;
  }

  function asText(events) {
    return [
      `${chosen.month}月決算の1年の予定(基準日 ${spec.read_on})`,
      spec.on_closed_days,
      "",
      ...entries.map(({ on, rule }) => `${dayName(on)} ${marked(rule.title, rule)}`),
      "",
      "起きたときに、すぐすること",
      ...events.map((event) => `${event.within} ${marked(event.event, event)}`),
    ].join("\n");
  }

  function download() {
    const file = calendarFile({
      name: `${chosen.month}月決算の1年の予定`,
      stamp: new Date(),
      alarmDays: alarm.checked ? ALARM_DAYS : 0,
      events: entries.map(({ on, rule }) => ({
        uid: `${rule.key}-${on.replaceAll("-", "")}@year-calendar.manabiba`,
        on,
        title: marked(rule.title, rule),
        text: `${rule.how}\n出典: ${rule.source}\n基準日: ${spec.read_on}\n${spec.on_closed_days}`,
      })),
    });
    const url = URL.createObjectURL(new Blob([file], { type: "text/calendar;charset=utf-8" }));
    const link = make("a", { href: url, download: `yotei-${dayOf(chosen.year, chosen.month + 1, 1).slice(0, 7)}.ics`, hidden: true });
    body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    tell(`${entries.length}件の予定をファイルにしました。保存したファイルを開くと、カレンダーに入れられます。`);
  }
}

function grouped(entries) {
  const found = new Map();
  for (const entry of entries) {
    const each = entry.on.slice(0, 7);
    found.set(each, [...(found.get(each) || []), entry]);
  }
  return found;
}

function localDay(now) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function monthName(day) {
  const [year, month] = day.split("-").map(Number);
  return `${year}年${month}月`;
}

function dayName(day) {
  return `${monthName(day)}${Number(day.slice(8))}日(${WEEKDAYS[weekdayOf(day)]})`;
}

export default explorable({ draw });
