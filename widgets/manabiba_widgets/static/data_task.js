import { exercise, make } from "./card.js";
import { cellMessage, cellMessages } from "./cell_messages.js";
import { rowView } from "./data_view.js";
import { numberFields } from "./number_fields.js";
import { sheetKeys } from "./sheet_keys.js";
import { cellText, enter, readBlock } from "./sheet_paste.js";

const LONG = 12; // from here on the heads of the columns stay in sight

function draw(body, api) {
  const { columns, mark } = api.spec;
  const changed = texts(api.answer.cells);
  const marks = new Set(Array.isArray(api.answer.marks) ? api.answer.marks : []);
  let values = texts(api.answer.values);
  const places = {}; // what a message is about: `cell.row.column` or `row.id`
  const rows = api.spec.rows.map(rowOf);
  const grid = [];
  const keys = sheetKeys(grid, (input) => enter(input, input.dataset.before || ""));
  const news = make("p", { class: "mb-how", role: "status" });
  const messages = cellMessages(api.id);
  const tableBody = make("tbody");
  const box = make(
    "div",
    { class: `mb-sheet-scroll mb-data${rows.length > LONG ? " mb-sheet-long" : ""}` },
    make("table", { class: "mb-sheet" }, make("caption", { class: "mb-visually-hidden" }, api.spec.title), make("thead", {}, headRow()), tableBody),
  );
  const wide = make("p", { class: "mb-how", hidden: true }, "表は横に動かせます。");
  const view = rowView({ id: api.id, columns, mark, rows, isMarked: (row) => marks.has(row.id), show: showRows });
  const fields = numberFields(`${api.id}-value`, api.spec.fields, values, (next) => {
    values = next;
    save();
  });
  new ResizeObserver(() => (wide.hidden = box.scrollWidth <= box.clientWidth)).observe(box);
  body.append(
    ...view.elements,
    wide,
    box,
    columns.some((column) => column.editable)
      ? make("p", { class: "mb-how mb-keys" }, "矢印キーとEnterで欄を移れます。F2で文字を直し、Escで元に戻せます。Excelの表も貼り付けられます。")
      : "",
    news,
    messages.element,
    ...fields.elements,
  );
  view.update();
  return { show };

  function headRow() {
    const head = (label, id) => make("th", { scope: "col", id }, label);
    return make(
      "tr",
      {},
      make("th", { scope: "col", class: "mb-sheet-label" }, "行"),
      mark ? head(mark, `${api.id}-mark`) : null,
      ...columns.map((column) => head(column.label, columnId(column))),
    );
  }

  function columnId(column) {
    return `${api.id}-column-${column.id}`;
  }

  function rowOf(given, number) {
    const label = make("th", { scope: "row", id: `${api.id}-row-${given.id}`, class: "mb-sheet-label" }, `${number + 1}`);
    const row = { id: given.id, number, label, inputs: [], textOf: (at) => row.inputs[at]?.value ?? given.cells[at] };
    const cells = columns.map((column, at) => (column.editable ? cellOf(row, column, given.cells[at]) : make("td", { class: "mb-data-fixed" }, given.cells[at])));
    row.inputs = columns.map((column) => places[`cell.${given.id}.${column.id}`]?.control || null);
    row.element = make("tr", {}, label, mark ? markOf(row) : null, ...cells);
    return row;
  }

  function markOf(row) {
    const input = make("input", {
      type: "checkbox",
      id: `${api.id}-mark-${row.id}`,
      "aria-labelledby": `${row.label.id} ${api.id}-mark`,
      onchange() {
        if (input.checked) marks.add(row.id);
        else marks.delete(row.id);
        messages.drop(place);
        save();
        view.count();
      },
    });
    input.checked = marks.has(row.id);
    const place = placeOf(`row.${row.id}`, input, `${row.number + 1}行目の「${mark}」`, row);
    return make("td", { class: "mb-data-mark" }, make("label", {}, input), place.sign);
  }

  function cellOf(row, column, given) {
    const name = `${row.id}.${column.id}`;
    const input = make("input", {
      type: "text",
      id: `${api.id}-${name}`,
      class: "mb-data-box",
      size: sizeOf(columns.indexOf(column), api.spec.rows),
      "aria-labelledby": `${row.label.id} ${columnId(column)}`,
      inputmode: { phone: "tel", number: "numeric", text: "text" }[column.kind],
      autocomplete: "off",
      onkeydown: (event) => keys.onkeydown(event),
      onblur: () => keys.onblur(),
      onfocus: () => (input.dataset.before = input.value),
      oninput: typed,
      onpaste: pasted,
    });
    const was = make("span", { class: "mb-data-was", id: `${api.id}-${name}-was` });
    input.value = changed[name] ?? given;
    const place = placeOf(`cell.${name}`, input, `${row.number + 1}行目 ${column.label}`, row, was);
    showWas();
    return make("td", {}, make("span", { class: "mb-cell-box" }, place.sign, input, was));

    function typed() {
      if (input.value === given) delete changed[name];
      else changed[name] = input.value;
      showWas();
      messages.drop(place);
      save();
    }

    function showWas() {
      was.textContent = input.value === given ? "" : `元: ${given || "(空)"}`;
      place.say();
    }

    function pasted(event) {
      const block = readBlock(event.clipboardData.getData("text/plain"), cellText);
      if (!block) return;
      event.preventDefault();
      const heads = columns.map(({ label }) => label);
      const lines = block.filter((cells) => !cells.every((cell) => heads.includes(cell)));
      const top = grid.findIndex((inputs) => inputs.includes(input));
      const left = grid[top].indexOf(input);
      let count = 0;
      let missed = 0;
      lines.forEach((cells, down) =>
        cells.forEach((text, across) => {
          const target = grid[top + down]?.[left + across];
          if (target) enter(target, text);
          if (target) count += 1;
          else missed += 1;
        }),
      );
      input.focus();
      news.textContent = `${count}か所に貼り付けました。${missed ? `記入欄でない${missed}か所は入れていません。` : ""}`;
    }
  }

  /** Where a message about `cell.row.column` or `row.id` goes. */
  function placeOf(name, control, label, row, note = null) {
    const go = () => {
      if (!row.element.isConnected) view.reset();
      control.focus();
    };
    places[name] = cellMessage(control, label, { note, go });
    return places[name];
  }

  function showRows(visible) {
    tableBody.replaceChildren(...visible.map((row) => row.element));
    grid.splice(0, grid.length, ...visible.map((row) => row.inputs));
  }

  function save() {
    const kept = rows.map((row) => row.id).filter((id) => marks.has(id));
    api.edit({ cells: { ...changed }, marks: kept, values: { ...values } });
  }

  function show(parts) {
    const items = [];
    for (const place of Object.values(places)) place.say();
    for (const { input, ok, message } of parts) {
      const place = places[input];
      if (place) place.say({ ok, text: message });
      if (place && message) items.push(place.item);
      if (input === "marks" || input === "cells") items.push(make("li", {}, make("p", { class: "mb-message mb-bad" }, message)));
    }
    messages.put(items);
    const about = (part) => ({ ...part, input: part.input.slice("value.".length) });
    fields.show(parts.filter((part) => part.input.startsWith("value.")).map(about));
  }
}

function texts(given) {
  const entries = given !== null && typeof given === "object" && !Array.isArray(given) ? Object.entries(given) : [];
  return Object.fromEntries(entries.filter(([, text]) => typeof text === "string"));
}

/** As wide as the widest cell of the column; a full-width character takes two. */
function sizeOf(at, rows) {
  const width = (text) => [...text].reduce((sum, one) => sum + (one.codePointAt(0) > 0xff ? 2 : 1), 0);
  return Math.min(28, Math.max(6, ...rows.map(({ cells }) => width(cells[at])))) + 1;
}

export default exercise({ draw });
