import { exercise, make, messageFor } from "./card.js";
import { readDate, showDate } from "./date_text.js";
import { orderOf, placeMessage, showSteps, stepList } from "./step_list.js";
import { gapWords, timelineFigure } from "./timeline_figure.js";

function draw(body, api) {
  const byId = Object.fromEntries(api.spec.steps.map((step) => [step.id, step]));
  const ids = Object.keys(byId);
  const chosen = orderOf(api.answer.order, ids);
  const typed = { ...(api.answer.dates || {}) };
  let order = chosen || ids;
  let isSettled = Boolean(chosen);
  const says = {};
  const gaps = {};

  const asked = api.spec.steps.filter((step) => step.asks_date);
  const how = make("p", { class: "mb-how", id: `${api.id}-how` }, `日付の書き方: ${asked.every(({ year }) => year !== null) ? "4/1、" : ""}2025/4/1、令和7年4月1日`);
  body.append(make("p", { class: "mb-how" }, "手順の札を動かすか、↑と↓で、早いものが上になるように並べます。"));
  if (asked.length) body.append(how);
  const steps = api.spec.steps.map((step) => ({ id: step.id, label: step.label, details: detailsOf(step) }));
  stepList(body, { steps, start: order, isSettled, settle });
  const figure = timelineFigure(`${api.id}-line`, stepsNow);
  const lead = make("p", { class: "mb-how" });
  if (asked.length || api.spec.steps.some((step) => step.given)) body.append(make("div", { class: "mb-timeline-figure" }, lead, figure.element));
  refresh();
  return { show: (parts) => showSteps(says, parts, "◯ 日付は合っています。") };

  function settle(next) {
    order = next;
    isSettled = true;
    for (const id of ids) says[`order.${id}`]("");
    edit();
  }

  function edit() {
    api.edit({ ...(isSettled ? { order: [...order] } : {}), dates: { ...typed } });
    refresh();
  }

  /** The steps in their present order, with what is known of their days. */
  function stepsNow() {
    return order.map((id) => {
      const step = byId[id];
      const read = step.asks_date ? readDate(textOf(typed[id]), step.year) : { value: step.given };
      const told = read.error ? "日付が読めません" : step.asks_date ? "日付がまだです" : "日付は問いません";
      return { id, label: step.label, day: read.value || null, told };
    });
  }

  function refresh() {
    const now = stepsNow();
    const words = gapWords(now);
    now.forEach(({ id }, number) => {
      gaps[id].textContent = words[number];
      gaps[id].hidden = !words[number];
    });
    const dated = now.filter(({ day }) => day).length;
    lead.textContent = dated > 1 ? "日付のあいだの長さは、日数に比例しています。" : "日付が2つ以上入ると、あいだの日数が線になります。";
    figure.draw();
  }

  function detailsOf(step) {
    const place = placeMessage();
    says[`order.${step.id}`] = place.say;
    const note = step.note ? make("p", { class: "mb-step-note" }, step.note) : null;
    const given = step.given ? make("p", { class: "mb-step-date" }, showDate(step.given)) : null;
    gaps[step.id] = make("p", { class: "mb-step-gap", hidden: true });
    return [note, place.element, given, step.asks_date ? fieldOf(step) : null, gaps[step.id]].filter(Boolean);
  }

  function fieldOf(step) {
    const id = `${api.id}-${step.id}`;
    const input = make("input", { type: "text", id, class: "mb-date-box", autocomplete: "off", size: 16, "aria-describedby": how.id });
    const echo = make("output", { class: "mb-echo", for: id });
    const { element, say } = messageFor(input, `${id}-message`);
    says[step.id] = say;
    input.value = textOf(typed[step.id]);
    echoBack();
    input.addEventListener("input", () => {
      typed[step.id] = input.value;
      say("");
      echoBack();
      edit();
    });
    const label = make("label", { for: id }, make("span", { class: "mb-visually-hidden" }, `${step.label} `), "日付");
    return make("div", { class: "mb-field mb-step-date" }, make("span", { class: "mb-entry" }, label, input, echo), element);

    function echoBack() {
      const read = readDate(input.value, step.year);
      if (read.value) echo.textContent = `→ ${showDate(read.value)}`;
      else echo.textContent = read.error ? "→ まだ日付として読めません" : "";
    }
  }
}

function textOf(value) {
  return typeof value === "string" ? value : "";
}

export default exercise({ draw });
