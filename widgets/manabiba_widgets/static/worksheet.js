import { exercise, make } from "./card.js";
import { cellMessage, cellMessages } from "./cell_messages.js";
import { readNumber, showNumber } from "./number_text.js";
import { sheetKeys } from "./sheet_keys.js";
import { enter, placeBlock, readBlock } from "./sheet_paste.js";

const MOST = 999_999_999_999; // what the judge takes as a figure
const LONG = 12; // from here on the heads of several columns stay in sight

function draw(body, api) {
  const { rows, columns } = api.spec;
  const typed = { ...(api.answer.cells || {}) };
  const cells = {};
  const totals = [];
  const grid = rows.map((row) =>
    columns.map((column) => {
      if (!row.ask.includes(column.id)) return null;
      const name = `${row.id}.${column.id}`;
      cells[name] = cellOf(name, row, column);
      return cells[name].control;
    }),
  );
  const keys = sheetKeys(grid, (input) => enter(input, input.dataset.before || ""));
  const messages = cellMessages(api.id, "入って");
  const news = make("p", { class: "mb-how", role: "status" });
  let latest = null; // the cell one is in, or was last

  const wide = make("p", { class: "mb-how", hidden: true }, "表は横に動かせます。");
  const box = make(
    "div",
    { class: `mb-sheet-scroll${rows.length > LONG && columns.length > 1 ? " mb-sheet-long" : ""}`, oncopy: copyRows },
    make(
      "table",
      { class: "mb-sheet" },
      make("caption", {}, api.spec.unit ? `単位: ${api.spec.unit}` : "", make("span", { class: "mb-visually-hidden" }, api.spec.title)),
      make("thead", {}, headRow()),
      ...sections(),
    ),
  );
  new ResizeObserver(() => (wide.hidden = box.scrollWidth <= box.clientWidth)).observe(box);
  body.append(
    wide,
    box,
    make("p", { class: "mb-how mb-keys" }, "矢印キーとEnterで欄を移れます。F2で数字を直し、Escで元に戻せます。Excelの表も貼り付けられます。"),
    make("button", { type: "button", class: "mb-button mb-minus", onmousedown: keepFocus, onclick: turnSign }, "▲をつける・外す"),
    news,
    messages.element,
  );
  showTotals();
  return { show: (parts) => messages.show(cells, parts) };

  function headRow() {
    const corner = api.spec.corner ? make("th", { scope: "col", class: "mb-sheet-label" }, api.spec.corner) : make("td", { class: "mb-sheet-label" });
    return make("tr", {}, corner, ...columns.map(({ id, label }) => make("th", { scope: "col", id: columnId(id) }, label)));
  }

  /** A body for what stands under each heading. */
  function sections() {
    const bodies = [];
    rows.forEach((row, number) => {
      const isHeading = !row.ask.length && !Object.keys(row.given).length;
      if (isHeading || !bodies.length) bodies.push(make("tbody"));
      const unit = row.unit !== api.spec.unit && row.unit ? `(${row.unit})` : "";
      const label = make(
        "th",
        { scope: isHeading ? "rowgroup" : "row", id: rowId(row.id), class: `mb-sheet-label mb-level-${Math.min(row.level, 3)}` },
        row.label + unit,
      );
      const line = make("tr", { class: row.total ? "mb-sheet-total" : isHeading ? "mb-sheet-heading" : null }, label);
      columns.forEach((column, at) => line.append(dataOf(row, column, grid[number][at])));
      bodies.at(-1).append(line);
    });
    return bodies;
  }

  function dataOf(row, column, input) {
    if (input) return make("td", {}, cells[`${row.id}.${column.id}`].element);
    const given = row.given[column.id];
    if (given === undefined) return make("td", { class: "mb-sheet-blank" });
    const summed = row.sum.map(([id, sign]) => [`${id}.${column.id}`, sign]);
    const running = summed.some(([name]) => cells[name]) ? make("span", { class: "mb-running" }) : null;
    if (running) totals.push({ running, summed, given: Number(given), decimals: row.decimals });
    return make("td", { class: "mb-sheet-given" }, showNumber(given), running);
  }

  function cellOf(name, row, column) {
    const id = `${api.id}-${name}`;
    const input = make("input", {
      type: "text",
      id,
      class: "mb-number-box",
      "aria-labelledby": `${rowId(row.id)} ${columnId(column.id)}`,
      inputmode: row.decimals ? "decimal" : "numeric",
      autocomplete: "off",
      onkeydown: (event) => keys.onkeydown(event),
      onblur: () => keys.onblur(),
      onfocus: entered,
      oninput: changed,
      onpaste: pasted,
    });
    const echo = make("output", { class: "mb-echo", for: id });
    input.value = typeof typed[name] === "string" ? typed[name] : "";
    echoBack();
    const cell = cellMessage(input, `${row.label} ${column.label}`, { go });
    return { ...cell, element: make("span", { class: "mb-cell-box" }, cell.sign, input, echo) };

    function entered() {
      latest = input;
      input.dataset.before = input.value;
    }

    function changed() {
      typed[name] = input.value;
      messages.drop(cells[name]);
      echoBack();
      showTotals();
      api.edit({ cells: { ...typed } });
    }

    // Where one typed the figure as it would be shown, there is nothing to echo.
    function echoBack() {
      const read = readNumber(input.value, row.unit);
      const shown = read.value === undefined ? "" : showNumber(read.value);
      if (read.error) echo.textContent = "→ 読めません";
      else echo.textContent = shown && shown !== input.value.trim() ? `→ ${shown}` : "";
    }

    function go() {
      input.focus();
      input.select();
    }

    function pasted(event) {
      const block = readBlock(event.clipboardData.getData("text/plain"));
      if (!block) return;
      event.preventDefault();
      const at = rows.indexOf(row);
      const placed = placeBlock(block, {
        row: at,
        column: columns.indexOf(column),
        rows: rows.map(({ label }) => label),
        columns: columns.map(({ label }) => label),
      });
      const fitting = placed.filter(([r, c]) => grid[r]?.[c]);
      for (const [r, c, text] of fitting) enter(grid[r][c], text);
      input.focus();
      const left = placed.length - fitting.length;
      news.textContent = `${fitting.length}か所に貼り付けました。${left ? `記入欄でない${left}か所は入れていません。` : ""}`;
    }
  }

  function rowId(id) {
    return `${api.id}-row-${id}`;
  }

  function columnId(id) {
    return `${api.id}-column-${id}`;
  }

  function keepFocus(event) {
    event.preventDefault(); // the keyboard of a phone stays open
  }

  function turnSign() {
    if (!latest) {
      news.textContent = "先に、▲をつける欄を選んでください。";
      return;
    }
    const plain = latest.value.trim();
    enter(latest, /^[▲△−-]/.test(plain) ? plain.slice(1) : `▲${plain}`);
    latest.setSelectionRange(latest.value.length, latest.value.length);
  }

  function valueOf(name) {
    const [id, column] = name.split(".");
    const row = rows.find((one) => one.id === id);
    const text = cells[name] ? readNumber(cells[name].control.value, row.unit).value : row.given[column];
    const value = Number(text ?? 0);
    return Math.abs(value) <= MOST ? value : 0;
  }

  function showTotals() {
    for (const { running, summed, given, decimals } of totals) {
      const isBegun = summed.some(([name]) => cells[name]?.control.value.trim());
      const exact = (value) => Number(value.toFixed(decimals));
      const sum = exact(summed.reduce((total, [name, sign]) => total + sign * valueOf(name), 0));
      const rest = exact(given - sum);
      const shown = (value) => showNumber(String(value));
      const told = rest ? `${shown(Math.abs(rest))} ${rest > 0 ? "足りない" : "多い"}` : "一致";
      running.textContent = isBegun ? `いまの計 ${shown(sum)}(${told})` : "";
    }
  }

  /** Rows marked with the mouse are copied with their figures, as a spreadsheet takes them. */
  function copyRows(event) {
    const selection = event.currentTarget.ownerDocument.getSelection();
    if (selection.isCollapsed || event.target.matches?.("input")) return;
    const lines = [...event.currentTarget.querySelectorAll("tr")].filter((line) => selection.containsNode(line, true));
    if (lines.length < 2) return;
    const text = lines.map((line) => [...line.cells].map(textOf).join("\t")).join("\n");
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  }

  function textOf(cell) {
    const input = cell.querySelector("input");
    return input ? input.value : cell.firstChild?.textContent || "";
  }
}

export default exercise({ draw });
