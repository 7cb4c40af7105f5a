// Which rows of a table are seen, and in which order: sorting, searching, filtering, as in a spreadsheet.

import { make } from "./card.js";

/**
 * The controls, and `update()` (sort and filter now), `count()` and `reset()` (all rows again).
 *
 * A row is `{ number, textOf(column) }`; `show(rows)` is called with those to be seen. Typing in a cell moves no row:
 * rows are sorted and filtered when a control is used.
 */
export function rowView({ id, columns, mark, rows, isMarked, show }) {
  const sort = chooser("sort", "並べかえ", [["", "元の順"], ...columns.map(({ label }, at) => [String(at), `${label}の順`])]);
  const search = make("input", { type: "text", id: `${id}-search`, autocomplete: "off", oninput: update });
  const filters = columns.map((column, at) => (column.filter ? chooser(`filter-${column.id}`, `${column.label}で絞る`, valuesOf(at)) : null));
  const marked = mark ? chooser("marked", `「${mark}」の印で絞る`, [["", "すべて"], ["yes", "印のある行"], ["no", "印のない行"]]) : null;
  const told = make("p", { class: "mb-count", role: "status" });
  let visible = rows;
  const all = [sort, ...filters, marked].filter(Boolean);
  const box = make(
    "fieldset",
    { class: "mb-group mb-data-view" },
    make("legend", {}, "表の見え方(解答は変わりません)"),
    sort.element,
    make("div", { class: "mb-data-choice" }, make("label", { for: search.id }, "さがす"), search),
    ...[...filters, marked].filter(Boolean).map((one) => one.element),
    make("button", { type: "button", class: "mb-button", onclick: reset }, "元の順で全部見る"),
  );
  return { elements: [box, told], update, count, reset };

  function chooser(name, label, options) {
    const select = make("select", { id: `${id}-${name}`, onchange: update }, ...options.map(([value, text]) => make("option", { value }, text)));
    return { select, element: make("div", { class: "mb-data-choice" }, make("label", { for: select.id }, label), select) };
  }

  function valuesOf(at) {
    const values = [...new Set(rows.map((row) => row.textOf(at).trim()))].sort(compare);
    return [["", "すべて"], ...values.map((value) => [`=${value}`, value || "(空)"])];
  }

  function update() {
    const wanted = plain(search.value);
    visible = rows.filter(
      (row) =>
        columns.some((_, at) => plain(row.textOf(at)).includes(wanted)) &&
        filters.every((one, at) => !one || !one.select.value || one.select.value === `=${row.textOf(at).trim()}`) &&
        (!marked || !marked.select.value || (marked.select.value === "yes") === isMarked(row)),
    );
    const at = sort.select.value;
    if (at) visible.sort((one, other) => compare(one.textOf(Number(at)), other.textOf(Number(at)), columns[at].kind) || one.number - other.number);
    show(visible);
    count();
  }

  function count() {
    const isAll = visible.length === rows.length;
    const marks = mark ? `。「${mark}」の印は${rows.filter(isMarked).length}行` : "";
    told.textContent = `${isAll ? `全部で${rows.length}行` : `${visible.length}行を表示(全部で${rows.length}行)`}${marks}`;
  }

  function reset() {
    for (const { select } of all) select.value = "";
    search.value = "";
    update();
  }
}

function compare(one, other, kind = "text") {
  if (kind !== "text") {
    const difference = Number(digits(one)) - Number(digits(other));
    if (difference) return difference;
  }
  return plain(one).localeCompare(plain(other), "ja");
}

function digits(text) {
  return text.normalize("NFKC").replace(/[^0-9.]/gu, "") || "0";
}

/** As it is compared: half width, without blanks and hyphens. */
function plain(text) {
  return text.normalize("NFKC").replace(/[\s\-−‐‑–—]/gu, "").toLowerCase();
}
