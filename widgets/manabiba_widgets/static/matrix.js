import { exercise, make } from "./card.js";
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
      return cells[name].select;
    }),
  );
  const keys = sheetKeys(grid, (select) => choose(select, select.dataset.before || ""));
  const messages = make("ul", { class: "mb-sheet-messages", hidden: true });
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
    messages,
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
    const mark = make("span", { class: "mb-cell-mark", id: `${id}-mark`, role: "img", hidden: true });
    const message = make("p", { class: "mb-message", id: `${id}-message` });
    const link = make("a", { href: `#${id}`, onclick: (event) => follow(event, select) }, `${rows[row]} ${columns[column]}`);
    select.value = chosen[name] || "";
    return { select, say, item: make("li", {}, link, message), element: make("span", { class: "mb-matrix-cell" }, mark, select) };

    /** What is said about the cell: nothing, or whether it is right, and why (here or in `elsewhere`). */
    function say({ ok, text = "", elsewhere = null } = {}) {
      const about = [ok !== undefined && !elsewhere && mark.id, text && message.id, elsewhere].filter(Boolean);
      if (about.length) select.setAttribute("aria-describedby", about.join(" "));
      else select.removeAttribute("aria-describedby");
      if (ok === false) select.setAttribute("aria-invalid", "true");
      else select.removeAttribute("aria-invalid");
      mark.hidden = ok === undefined || Boolean(elsewhere);
      mark.textContent = ok ? "◯" : "✕";
      mark.setAttribute("aria-label", ok ? "合っています" : "見直しましょう");
      message.textContent = text;
      message.classList.toggle("mb-bad", ok === false);
    }

    function changed() {
      if (select.value) chosen[name] = select.value;
      else delete chosen[name];
      say();
      cells[name].item.remove();
      messages.hidden = !messages.children.length;
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
    const empty = [];
    const items = [];
    for (const cell of Object.values(cells)) cell.say();
    for (const { input: name, ok, message } of parts) {
      const cell = cells[name];
      if (!cell) continue;
      if (!ok && !cell.select.value) {
        empty.push(cell);
        continue;
      }
      cell.say({ ok, text: message });
      if (message) items.push(cell.item);
    }
    messages.replaceChildren(...(empty.length ? [stillEmpty(empty)] : []), ...items);
    messages.hidden = !messages.children.length;
    showRules(parts.filter(({ input, message }) => input.startsWith("rule:") && message));
  }

  /** One message for all cells that are still empty, and the way to the first. */
  function stillEmpty(empty) {
    const id = `${api.id}-empty`;
    for (const cell of empty) cell.say({ ok: false, elsewhere: id });
    return make(
      "li",
      {},
      make("a", { href: `#${empty[0].select.id}`, onclick: (event) => follow(event, empty[0].select) }, "最初の空欄へ"),
      make("p", { class: "mb-message mb-bad", id }, `まだ選んでいない欄が${empty.length}か所あります。`),
    );
  }

  function showRules(told) {
    rules.hidden = told.length === 0;
    const items = told.map(({ ok, message }) => make("li", {}, make("p", { class: ok ? "mb-message" : "mb-message mb-bad" }, `${ok ? "◯" : "✕"} ${message}`)));
    rules.replaceChildren(make("h4", {}, "表の全体"), make("ul", {}, ...items));
  }
}

function follow(event, select) {
  event.preventDefault();
  select.focus();
}

export default exercise({ draw });
