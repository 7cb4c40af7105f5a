// What is said of the cells of a table: a sign in each cell, and words in a list below the table.

import { make } from "./card.js";

/**
 * `{ control, sign, item, say }`: a control with its sign, and its line in the list.
 *
 * `note` is an element that describes the control whatever is said; `go()` leads to it from the list.
 */
export function cellMessage(control, label, { note = null, go = () => control.focus() } = {}) {
  const sign = make("span", { class: "mb-cell-mark", id: `${control.id}-sign`, role: "img", hidden: true });
  const message = make("p", { class: "mb-message", id: `${control.id}-message` });
  return { control, sign, item: make("li", {}, linkTo(control, label, go), message), say };

  /** Nothing, or whether the cell is right, and why: here, or in `elsewhere`, an element's id. */
  function say({ ok, text = "", elsewhere = null } = {}) {
    const hasSign = ok !== undefined && !elsewhere;
    const about = [note?.textContent && note.id, hasSign && sign.id, text && message.id, elsewhere].filter(Boolean);
    if (about.length) control.setAttribute("aria-describedby", about.join(" "));
    else control.removeAttribute("aria-describedby");
    if (ok === false) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    sign.hidden = !hasSign;
    sign.textContent = ok ? "◯" : "✕";
    sign.setAttribute("aria-label", ok ? "合っています" : "見直しましょう");
    message.textContent = text;
    message.classList.toggle("mb-bad", ok === false);
  }
}

/** The list: `{ element, put(items), drop(cell), show(cells, parts) }`; `asked` is what an empty cell still wants. */
export function cellMessages(id, asked) {
  const element = make("ul", { class: "mb-sheet-messages", hidden: true });
  return { element, put, drop, show };

  function put(items) {
    element.replaceChildren(...items);
    element.hidden = !items.length;
  }

  /** Take back what was said of a cell that has changed. */
  function drop(cell) {
    cell.say();
    cell.item.remove();
    element.hidden = !element.children.length;
  }

  /** What the judge says of cells (by input); those that are still empty have one line together. */
  function show(cells, parts) {
    const empty = [];
    const items = [];
    for (const cell of Object.values(cells)) cell.say();
    for (const { input, ok, message } of parts) {
      const cell = cells[input];
      if (!cell) continue;
      if (!ok && !cell.control.value.trim()) {
        empty.push(cell);
        continue;
      }
      cell.say({ ok, text: message });
      if (message) items.push(cell.item);
    }
    put([...(empty.length ? [stillEmpty(empty)] : []), ...items]);
  }

  function stillEmpty(empty) {
    for (const cell of empty) cell.say({ ok: false, elsewhere: `${id}-empty` });
    const { control } = empty[0];
    return make(
      "li",
      {},
      linkTo(control, "最初の空欄へ", () => control.focus()),
      make("p", { class: "mb-message mb-bad", id: `${id}-empty` }, `まだ${asked}いない欄が${empty.length}か所あります。`),
    );
  }
}

function linkTo(control, label, go) {
  const followed = (event) => {
    event.preventDefault();
    go();
  };
  return make("a", { href: `#${control.id}`, onclick: followed }, label);
}
