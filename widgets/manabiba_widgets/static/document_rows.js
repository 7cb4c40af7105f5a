// A small table in a form: rows of labelled boxes, rows to add and to take away, running totals.

import { make, messageFor } from "./card.js";
import { MOST_ROWS, isMapping, readAmount, totalOf } from "./document_paper.js";
import { showNumber } from "./number_text.js";

/** `{ element, about, first() }` like the other kinds of fields; `edit(rows)` hears each change. */
export function documentRows({ id, field, given, edit }) {
  const rows = Array.isArray(given) ? given.filter(isMapping).map((row) => ({ ...row })) : [];
  if (!rows.length) rows.push({});
  const list = make("div", { class: "mb-doc-rows" });
  const add = make("button", { type: "button", class: "mb-button", onclick: addRow }, "行を足す");
  add.setAttribute("aria-label", `「${field.label}」に行を足す`);
  const totals = make("p", { class: "mb-totals", role: "status" });
  const about = messageFor(add, `${id}-message`);
  fill();
  return { element: make("div", {}, list, add, totals), about, first: () => list.querySelector("input") };

  function fill() {
    list.replaceChildren(...rows.map(rowOf));
    add.hidden = rows.length >= MOST_ROWS;
    showTotals();
  }

  function rowOf(row, number) {
    const name = `${field.label} ${number + 1}行目`;
    const remove = make("button", { type: "button", class: "mb-button mb-remove-row", onclick: () => removeRow(number) }, "行を消す");
    remove.setAttribute("aria-label", `${name}を消す`);
    const cells = field.columns.map((column) => cellOf(row, column, `${id}-${number}-${column.id}`));
    return make("div", { class: "mb-doc-row", role: "group", "aria-label": name }, ...cells, rows.length > 1 ? remove : null);
  }

  function cellOf(row, column, cell) {
    const isNumber = column.kind === "number";
    const input = make("input", { type: "text", id: cell, class: isNumber ? "mb-number-box" : "mb-line-box", autocomplete: "off" });
    const echo = isNumber ? make("output", { class: "mb-echo", for: cell }) : null;
    input.value = typeof row[column.id] === "string" ? row[column.id] : "";
    input.addEventListener("input", () => {
      row[column.id] = input.value;
      echoBack();
      showTotals();
      edit(written());
    });
    echoBack();
    return make("div", { class: isNumber ? "mb-doc-cell" : "mb-doc-cell mb-doc-cell-wide" }, make("label", { for: cell }, column.label), input, echo);

    function echoBack() {
      if (echo) echo.textContent = readAmount(input.value).error ? "→ まだ数字として読めません" : "";
    }
  }

  function addRow() {
    rows.push({});
    fill();
    list.lastElementChild.querySelector("input").focus();
  }

  function removeRow(number) {
    rows.splice(number, 1);
    fill();
    list.children[Math.max(number - 1, 0)].querySelector("input").focus();
    edit(written());
  }

  function written() {
    return rows.map((row) => ({ ...row }));
  }

  function showTotals() {
    const sums = field.columns
      .filter((column) => column.kind === "number")
      .map((column) => [column.label, totalOf(field, column.id, rows)])
      .filter(([, sum]) => sum !== null);
    totals.textContent = sums.map(([label, sum]) => `${label}の合計 ${showNumber(sum)}`).join(" / ");
  }
}
