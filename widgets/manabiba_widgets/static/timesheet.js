import { exercise, make, messageFor } from "./card.js";
import { barLegend, dayBar, dayWords, hoursOf } from "./day_bar.js";
import { readDuration, showDuration } from "./duration_text.js";
import { sheetKeys } from "./sheet_keys.js";

function draw(body, api) {
  const { days, categories, summed } = api.spec;
  const hours = hoursOf(days);
  const typed = {};
  const cells = {};
  const says = {};
  const rows = [];
  const grid = [];
  const keys = sheetKeys(grid, restore);

  const how = make("p", { class: "mb-how", id: `${api.id}-how` }, "書き方の例: 8:00、1時間30分、90分。0分の欄は空けておけます。");
  body.append(
    barLegend(barId(days[0])),
    how,
    howToAdd(),
    make("p", { class: "mb-how mb-keys" }, "矢印キーとEnterで欄を移れます。F2で数字を直し、Escで元に戻せます。"),
    ...days.map(dayOf),
  );
  return { show };

  function howToAdd() {
    if (!summed.length) return "";
    const labels = categories.filter(({ id }) => summed.includes(id)).map(({ label }) => label);
    const onTop = categories.some(({ id }) => id === "night") ? "深夜は、それに重ねて数えます。" : "";
    return make("p", { class: "mb-how" }, `${labels.join("+")} = 働いた時間(休憩を除く)。${onTop}`);
  }

  function barId(day) {
    return `${api.id}-${day.id}-bar`;
  }

  function dayOf(day) {
    const given = (api.answer.minutes || {})[day.id] || {};
    typed[day.id] = {};
    const running = summed.length ? make("p", { class: "mb-day-sum", id: `${api.id}-${day.id}-sum` }) : null;
    const message = make("p", { class: "mb-message mb-bad", hidden: true });
    says[day.id] = (text) => {
      message.textContent = text;
      message.hidden = !text;
    };
    const fields = categories.map((category) => fieldOf(day, category, given[category.id], running));
    rows.push(fields.map(({ input }) => input));
    showSum(day, running);
    return make(
      "fieldset",
      { class: "mb-day" },
      make("legend", {}, day.label),
      day.note ? make("p", { class: "mb-step-note" }, day.note) : null,
      make("p", { class: "mb-day-times" }, dayWords(day)),
      dayBar(barId(day), day, hours),
      make("div", { class: "mb-day-fields" }, ...fields.map(({ element }) => element)),
      running,
      message,
    );
  }

  function fieldOf(day, category, text, running) {
    const id = `${api.id}-${day.id}-${category.id}`;
    const isSummed = running && summed.includes(category.id);
    const input = make("input", {
      type: "text",
      id,
      class: "mb-number-box",
      autocomplete: "off",
      size: 8,
      "aria-describedby": isSummed ? `${how.id} ${running.id}` : how.id,
      onkeydown: moved,
      onblur: () => keys.onblur(),
      onfocus: () => (input.dataset.before = input.value),
      oninput: changed,
    });
    const echo = make("output", { class: "mb-echo", for: id });
    const { element: message, say } = messageFor(input, `${id}-message`);
    const name = `${day.id}.${category.id}`;
    says[name] = say;
    cells[name] = input;
    if (typeof text === "string") typed[day.id][category.id] = input.value = text;
    echoBack();
    const label = make("label", { for: id }, make("span", { class: "mb-visually-hidden" }, `${day.label} `), category.label);
    return { input, element: make("div", { class: "mb-field mb-day-field" }, label, input, echo, message) };

    function changed() {
      typed[day.id][category.id] = input.value;
      say("");
      says[day.id]("");
      echoBack();
      showSum(day, running);
      api.edit({ minutes: Object.fromEntries(Object.entries(typed).map(([key, one]) => [key, { ...one }])) });
    }

    // Where one typed the time as it would be shown, there is nothing to echo.
    function echoBack() {
      const read = readDuration(input.value);
      const shown = read.value === undefined ? "" : showDuration(read.value);
      if (read.error) echo.textContent = "→ まだ時間として読めません";
      else echo.textContent = shown && shown !== input.value.trim() ? `→ ${shown}` : "";
    }
  }

  /** Keys move as one sees the fields: rows of a table, or one below the other on a phone. */
  function moved(event) {
    const [first, second] = rows[0];
    const isStacked = second && second.getBoundingClientRect().top > first.getBoundingClientRect().bottom;
    grid.splice(0, grid.length, ...(isStacked ? rows.flat().map((input) => [input]) : rows));
    keys.onkeydown(event);
  }

  function restore(input) {
    input.value = input.dataset.before || "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** What was entered so far beside what was worked. */
  function showSum(day, running) {
    if (!running) return;
    const minutes = summed.map((name) => readDuration(cells[`${day.id}.${name}`].value).value);
    const sum = minutes.reduce((total, value) => total + (value ?? 0), 0);
    const rest = day.worked - sum;
    const told = rest ? `${showDuration(Math.abs(rest))} ${rest > 0 ? "足りない" : "多い"}` : "一致";
    const isBegun = minutes.some((value) => value !== undefined);
    running.textContent = `働いた時間 ${showDuration(day.worked)}${isBegun ? ` / いまの合計 ${showDuration(sum)}(${told})` : ""}`;
  }

  function show(parts) {
    for (const say of Object.values(says)) say("");
    for (const { input, ok, message } of parts) {
      const isEmpty = cells[input] && !cells[input].value.trim();
      if (ok) says[input]?.(isEmpty ? "◯ 0分で合っています。" : "◯ 合っています。", true);
      else says[input]?.(isEmpty ? `空いているので0分と数えました。${message}` : message);
    }
  }
}

export default exercise({ draw });
