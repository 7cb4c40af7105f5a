import { exercise, make, messageFor } from "./card.js";
import { readDuration, showDuration } from "./duration_text.js";
import { sheetKeys } from "./sheet_keys.js";

function draw(body, api) {
  const { days, categories, summed } = api.spec;
  const typed = {};
  const cells = {};
  const says = {};
  const grid = [];
  const keys = sheetKeys(grid, (input) => restore(input));

  body.append(
    make("p", { class: "mb-how" }, "書き方の例: 8:00、1時間30分、90分。0分の欄は、空けたままでかまいません。"),
    make("p", { class: "mb-how mb-keys" }, "矢印キーとEnterで欄を移れます。Escで元に戻せます。"),
  );
  for (const day of days) body.append(dayOf(day));
  return { show };

  function dayOf(day) {
    const given = (api.answer.minutes || {})[day.id] || {};
    typed[day.id] = {};
    const running = make("p", { class: "mb-day-sum", "aria-live": "polite" });
    const message = make("p", { class: "mb-message", hidden: true });
    says[day.id] = (text) => {
      message.textContent = text;
      message.hidden = !text;
      message.classList.toggle("mb-bad", Boolean(text));
    };
    const fields = categories.map((category) => fieldOf(day, category, given[category.id], showSum));
    grid.push(fields.map(({ input }) => input));
    const box = make(
      "fieldset",
      { class: "mb-day" },
      make("legend", {}, day.label),
      day.note ? make("p", { class: "mb-step-note" }, day.note) : null,
      make("div", { class: "mb-day-fields" }, ...fields.map(({ element }) => element)),
      running,
      message,
    );
    showSum();
    return box;

    function showSum() {
      const isBegun = Object.values(cells).some(({ day: one, input }) => one === day && input.value.trim());
      running.textContent = isBegun ? sumOf(day) : "";
    }
  }

  function fieldOf(day, category, text, changed) {
    const id = `${api.id}-${day.id}-${category.id}`;
    const input = make("input", {
      type: "text",
      id,
      class: "mb-number-box",
      autocomplete: "off",
      size: 8,
      onkeydown: (event) => keys.onkeydown(event),
      onblur: () => keys.onblur(),
      onfocus: () => (input.dataset.before = input.value),
      oninput: () => {
        typed[day.id][category.id] = input.value;
        say("");
        says[day.id]("");
        echoBack();
        changed();
        api.edit({ minutes: Object.fromEntries(Object.entries(typed).map(([name, one]) => [name, { ...one }])) });
      },
    });
    const echo = make("output", { class: "mb-echo", for: id });
    const { element: message, say } = messageFor(input, `${id}-message`);
    const name = `${day.id}.${category.id}`;
    says[name] = say;
    cells[name] = { day, category, input };
    if (typeof text === "string") typed[day.id][category.id] = input.value = text;
    echoBack();
    const label = make("label", { for: id }, make("span", { class: "mb-visually-hidden" }, `${day.label} `), category.label);
    return { input, element: make("div", { class: "mb-day-field" }, label, input, echo, message) };

    function echoBack() {
      const read = readDuration(input.value);
      const shown = read.value === undefined ? "" : showDuration(read.value);
      if (read.error) echo.textContent = "→ まだ時間として読めません";
      else echo.textContent = shown && shown !== input.value.trim() ? `→ ${shown}` : "";
    }
  }

  /** What the entered minutes add up to, beside what was worked. */
  function sumOf(day) {
    if (!summed.length) return "";
    const sum = summed.reduce((total, name) => total + (readDuration(cells[`${day.id}.${name}`].input.value).value ?? 0), 0);
    const rest = day.worked - sum;
    const told = rest ? `${showDuration(Math.abs(rest))} ${rest > 0 ? "足りない" : "多い"}` : "一致";
    return `いまの合計 ${showDuration(sum)} / 働いた時間 ${showDuration(day.worked)}(${told})`;
  }

  function restore(input) {
    input.value = input.dataset.before || "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function show(parts) {
    for (const say of Object.values(says)) say("");
    for (const { input, ok, message } of parts) says[input]?.(ok ? "◯ 合っています。" : message, ok);
  }
}

export default exercise({ draw });
