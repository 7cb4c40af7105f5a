import { exercise, make, messageFor } from "./card.js";
import { readDate, showDate } from "./date_text.js";
import { stepList } from "./step_list.js";

function draw(body, api) {
  const ids = api.spec.steps.map((step) => step.id);
  const chosen = orderOf(api.answer.order, ids);
  const typed = { ...(api.answer.dates || {}) };
  let order = chosen || ids;
  let isSettled = Boolean(chosen);
  const says = {};

  const steps = api.spec.steps.map((step) => ({ id: step.id, label: step.label, details: detailsOf(step) }));
  stepList(body, { steps, start: order, isSettled, settle });
  return { show };

  function settle(next) {
    order = next;
    isSettled = true;
    for (const id of ids) says[`order.${id}`]("");
    edit();
  }

  function edit() {
    api.edit({ ...(isSettled ? { order: [...order] } : {}), dates: { ...typed } });
  }

  function detailsOf(step) {
    const place = make("p", { class: "mb-message", hidden: true });
    says[`order.${step.id}`] = (text) => {
      place.textContent = text;
      place.hidden = !text;
      place.classList.toggle("mb-bad", Boolean(text) && !text.startsWith("◯"));
    };
    const note = step.note ? make("p", { class: "mb-step-note" }, step.note) : null;
    const given = step.given ? make("p", { class: "mb-step-date" }, showDate(step.given)) : null;
    return [note, given, step.asks_date ? fieldOf(step) : null, place].filter(Boolean);
  }

  function fieldOf(step) {
    const id = `${api.id}-${step.id}`;
    const input = make("input", { type: "text", id, class: "mb-date-box", autocomplete: "off", size: 20 });
    const echo = make("output", { class: "mb-echo", for: id });
    const { element, say } = messageFor(input, `${id}-message`);
    says[step.id] = say;
    input.value = typeof typed[step.id] === "string" ? typed[step.id] : "";
    echoBack();
    input.addEventListener("input", () => {
      typed[step.id] = input.value;
      say("");
      echoBack();
      edit();
    });
    const label = make("label", { for: id }, make("span", { class: "mb-visually-hidden" }, `「${step.label}」の`), "日付");
    return make("div", { class: "mb-step-date" }, make("span", { class: "mb-entry" }, label, input, echo), element);

    function echoBack() {
      const read = readDate(input.value, step.year);
      if (read.value) echo.textContent = `→ ${showDate(read.value)}`;
      else echo.textContent = read.error ? "→ まだ日付として読めません" : "";
    }
  }

  function show(parts) {
    for (const say of Object.values(says)) say("");
    for (const { input, ok, message } of parts) says[input]?.(ok ? "◯ 合っています。" : message, ok);
  }
}

/** An answer's order, or null unless it has each step once. */
function orderOf(given, ids) {
  const isWhole = Array.isArray(given) && given.length === ids.length && ids.every((id) => given.includes(id));
  return isWhole ? given : null;
}

export default exercise({ draw });
