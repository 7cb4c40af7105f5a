import { exercise, make } from "./card.js";
import { cellMessage, cellMessages } from "./cell_messages.js";
import { sheetKeys } from "./sheet_keys.js";

function draw(body, api) {
  const { rows, columns, options, given } = api.spec;
  const rowIds = Object.keys(rows);
  const columnIds = Object.keys(columns);
  const optionIds = Object.keys(options);
  const chosen = chosenOf(api.answer.cells);
  const cells = {};
  const grid = rowIds.map((row) =>
    columnIds.map((column) => {
      const name = `${row}.${column}`;
      if (name in given) return null;
      cells[name] = cellOf(name, row, column);
      return cells[name].control;
    }),
  );
  const keys = sheetKeys(grid, (select) => choose(select, select.dataset.before || ""));
  const messages = cellMessages(api.id, "選んで");
  const rules = make("div", { class: "mb-matrix-rules", hidden: true });

  body.append(
    make(
      "p",
      { class: "mb-how mb-keys" },
      `矢印キーとEnterで欄を移れます。数字のキーで選べます(${optionIds.map((option, n) => `${n + 1} ${options[option]}`).join("、")}、0 消す)。スペースで一覧が開きます。`,
    ),
    make(
      "div",
      { class: "mb-matrix-box" },
      make(
        "table",
        { class: "mb-matrix-table", role: "table" },
        make("caption", { class: "mb-visually-hidden" }, api.spec.title),
        make("thead", { role: "rowgroup" }, headRow()),
        make("tbody", { role: "rowgroup" }, ...rowIds.map(lineOf)),
      ),
    ),
    messages.element,
    rules,
  );
  return { show };

  function headRow() {
    const corner = api.spec.corner ? make("th", { scope: "col", role: "columnheader" }, api.spec.corner) : make("td", { role: "cell" });
    return make("tr", { role: "row" }, corner, ...columnIds.map((id) => make("th", { scope: "col", role: "columnheader", id: headId("column", id) }, columns[id])));
  }

  function lineOf(row) {
    return make(
      "tr",
      { role: "row" },
      make("th", { scope: "row", role: "rowheader", id: headId("row", row) }, rows[row]),
      ...columnIds.map((column) => {
        const name = `${row}.${column}`;
        // Where cells stand below each other, each says which column it is of.
        const label = make("span", { class: "mb-matrix-column", "aria-hidden": "true" }, columns[column]);
        if (name in given) return make("td", { role: "cell", class: "mb-matrix-given" }, label, make("span", {}, options[given[name]]));
        return make("td", { role: "cell" }, label, cells[name].element);
      }),
    );
  }

  function cellOf(name, row, column) {
    const id = `${api.id}-${name}`;
    const select = make(
      "select",
      {
        id,
        "aria-labelledby": `${headId("row", row)} ${headId("column", column)}`,
        onchange: changed,
        onkeydown: pressed,
        onmousedown: (event) => keys.onopen(event),
        onblur: () => keys.onblur(),
        onfocus: () => (select.dataset.before = select.value),
      },
      make("option", { value: "" }, "選ぶ"),
      ...optionIds.map((option) => make("option", { value: option }, options[option])),
    );
    select.value = chosen[name] || "";
    const cell = cellMessage(select, `${rows[row]} ${columns[column]}`);
    return { ...cell, element: make("span", { class: "mb-matrix-cell" }, cell.sign, select) };

    function changed() {
      if (select.value) chosen[name] = select.value;
      else delete chosen[name];
      messages.drop(cells[name]);
      rules.hidden = true; // what was said of the whole table was said of another one
      keys.onchoose();
      api.edit({ cells: { ...chosen } });
    }

    function pressed(event) {
      const number = "0123456789".indexOf(event.key.normalize("NFKC"));
      const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
      if (isPlain && event.key.length === 1 && number >= 0 && number <= optionIds.length) {
        choose(select, number ? optionIds[number - 1] : "");
        event.preventDefault();
      } else keys.onkeydown(event);
    }
  }

  function choose(select, option) {
    if (select.value === option) return;
    select.value = option;
    select.dispatchEvent(new Event("change"));
  }

  function headId(what, id) {
    return `${api.id}-${what}-${id}`;
  }

  /** What is chosen in each cell that is asked for. */
  function chosenOf(answer) {
    const found = {};
    for (const row of rowIds) {
      for (const column of columnIds) {
        const name = `${row}.${column}`;
        if (!(name in given) && optionIds.includes(answer?.[name])) found[name] = answer[name];
      }
    }
    return found;
  }

  function show(parts) {
    messages.show(cells, parts);
    showRules(parts.filter(({ input, message }) => input.startsWith("rule:") && message));
  }

  function showRules(told) {
    rules.hidden = told.length === 0;
    const items = told.map(({ ok, message }) => make("li", {}, make("p", { class: ok ? "mb-message" : "mb-message mb-bad" }, `${ok ? "◯" : "✕"} ${message}`)));
    rules.replaceChildren(make("h4", {}, "表の全体"), make("ul", {}, ...items));
  }
}

export default exercise({ draw });
