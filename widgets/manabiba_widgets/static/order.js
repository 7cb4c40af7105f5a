import { exercise, make } from "./card.js";
import { draggable } from "./drag.js";

function draw(body, api) {
  let order = (api.answer.order || api.spec.start).filter((step) => step in api.spec.steps);
  const list = make("ol", { class: "mb-steps" });
  const told = make("p", { class: "mb-visually-hidden", "aria-live": "polite" });
  const keep = make(
    "button",
    { type: "button", class: "mb-button", onclick: () => settle() },
    "この順番でよい",
  );
  keep.hidden = Boolean(api.answer.order);
  const items = {};

  for (const [step, label] of Object.entries(api.spec.steps)) {
    const button = (name, by) =>
      make(
        "button",
        { type: "button", class: "mb-button mb-move", "aria-label": `「${label}」を${name}`, onclick: (event) => shift(step, by, event.currentTarget) },
        by < 0 ? "↑" : "↓",
      );
    const handle = make("span", { class: "mb-step-label" }, label);
    const item = make("li", { class: "mb-step" }, handle, button("上へ", -1), button("下へ", 1));
    items[step] = item;
    draggable(item, handle, { drop: (x, y) => drop(step, y) });
  }
  body.append(list, keep, told);
  show();

  function show() {
    for (const step of order) list.append(items[step]);
  }

  function settle() {
    keep.hidden = true;
    api.edit({ order: [...order] });
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
    told.textContent = `「${api.spec.steps[step]}」を${to + 1}番目にしました。`;
    settle();
  }

  function drop(step, y) {
    const rest = order.filter((other) => other !== step);
    const above = rest.filter((other) => {
      const box = items[other].getBoundingClientRect();
      return box.top + box.height / 2 < y;
    });
    order = [...above, step, ...rest.filter((other) => !above.includes(other))];
    show();
    settle();
  }

  return { show() {} };
}

export default exercise({ draw });
