// A list of steps that is put into order: by dragging a step, or with the ↑ and ↓ beside it.

import { make } from "./card.js";
import { draggable } from "./drag.js";

/** An answer's order, or null unless it has each step once. */
export function orderOf(given, ids) {
  const isWhole = Array.isArray(given) && given.length === ids.length && ids.every((id) => given.includes(id));
  return isWhole ? given : null;
}

/** Where something is said of a step's place in the order. */
export function placeMessage() {
  const element = make("p", { class: "mb-message", hidden: true });
  const say = (text, ok = false) => {
    element.hidden = !text;
    element.textContent = text;
    element.classList.toggle("mb-bad", Boolean(text) && !ok);
  };
  return { element, say };
}

/** What the judge says: of a step's place at `order.<step>`, of all else with the words `right` where it is. */
export function showSteps(says, parts, right) {
  for (const say of Object.values(says)) say("");
  const isPlace = ({ input }) => input.startsWith("order.");
  // While some steps have to move, the places of the others say nothing yet.
  const isInOrder = parts.filter(isPlace).every(({ ok }) => ok);
  for (const part of parts) {
    const { input, ok, message } = part;
    if (!isPlace(part)) says[input]?.(ok ? right : message, ok);
    else if (isInOrder || !ok) says[input]?.(ok ? "◯ 順番は合っています。" : `✕ 順番: ${message}`, ok);
  }
}

/**
 * Fill `body` with the steps `[{ id, label, details }]`; `details` are elements below a step's label.
 *
 * `settle(order)` is told each order somebody chose; until then (`isSettled`) a button takes the one shown.
 */
export function stepList(body, { steps, start, isSettled, settle }) {
  const labels = Object.fromEntries(steps.map(({ id, label }) => [id, label]));
  let order = start.filter((step) => step in labels);
  const list = make("ol", { class: "mb-steps" });
  const told = make("p", { class: "mb-visually-hidden", "aria-live": "polite" });
  const keep = make("button", { type: "button", class: "mb-button", onclick: () => choose() }, "この順番でよい");
  keep.hidden = isSettled;
  const items = {};

  for (const { id: step, label, details = [] } of steps) {
    const button = (name, by) =>
      make(
        "button",
        { type: "button", class: "mb-button mb-move", "aria-label": `「${label}」を${name}`, onclick: (event) => shift(step, by, event.currentTarget) },
        by < 0 ? "↑" : "↓",
      );
    const handle = make("span", { class: "mb-step-label" }, label);
    const item = make("li", { class: "mb-step" }, handle, button("上へ", -1), button("下へ", 1), ...details);
    items[step] = item;
    draggable(item, handle, { drop: (x, y) => drop(step, y) });
  }
  body.append(list, keep, told);
  show();

  function show() {
    for (const step of order) list.append(items[step]);
  }

  function choose() {
    keep.hidden = true;
    settle([...order]);
  }

  function shift(step, by, button) {
    const from = order.indexOf(step);
    const to = from + by;
    if (to < 0 || to >= order.length) {
      told.textContent = by < 0 ? "いちばん上です。" : "いちばん下です。";
      return;
    }
    order.splice(from, 1);
    order.splice(to, 0, step);
    show();
    button.focus();
    told.textContent = `「${labels[step]}」を${to + 1}番目にしました。`;
    choose();
  }

  function drop(step, y) {
    const rest = order.filter((other) => other !== step);
    const above = rest.filter((other) => {
      const box = items[other].getBoundingClientRect();
      return box.top + box.height / 2 < y;
    });
    order = [...above, step, ...rest.filter((other) => !above.includes(other))];
    show();
    choose();
  }
}
