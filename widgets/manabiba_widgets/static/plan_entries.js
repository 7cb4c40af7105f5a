// The form of a plan: entries in each column, and the ones in the next column each leads to.

import { make, messageFor } from "./card.js";

/** `{ elements, now(), show(parts), first(column) }`, the last a column's first input; `changed()` is called after each change. */
export function planEntries(api, changed) {
  const { columns, most } = api.spec;
  const entries = {};
  const links = arrowsOf(api.answer.arrows);
  const drawn = {};
  const told = make("p", { class: "mb-visually-hidden", "aria-live": "polite" });
  let last = 0;

  for (const { id } of columns) {
    const given = Array.isArray(api.answer.entries?.[id]) ? api.answer.entries[id] : [];
    entries[id] = given.filter((entry) => typeof entry?.id === "string" && typeof entry?.text === "string").slice(0, most).map(({ id: name, text }) => ({ id: name, text }));
    for (const { id: name } of entries[id]) last = Math.max(last, Number(name.slice(1)) || 0);
  }
  for (const { id } of columns) if (!entries[id].length) entries[id].push(newEntry());
  const down = () => make("p", { class: "mb-plan-down", "aria-hidden": "true" }, "↓");
  const elements = [...columns.flatMap((column, at) => [...(at ? [down()] : []), columnOf(column, at)]), told];
  columns.forEach((_, at) => showLinks(at));
  return { elements, now, show, first: (column) => first(column).area };

  function newEntry() {
    last += 1;
    return { id: `e${last}`, text: "" };
  }

  function written(column) {
    return entries[column.id].filter(({ text }) => text.trim());
  }

  /** What is written: `{ entries: { column: [{ id, text }] }, arrows: [[id, id]] }`. */
  function now() {
    const shown = Object.fromEntries(columns.map((column) => [column.id, written(column).map((entry) => ({ ...entry }))]));
    const arrows = columns.slice(1).flatMap((column, at) =>
      written(columns[at]).flatMap(({ id }) =>
        written(column)
          .filter((target) => isLinked(id, target.id))
          .map((target) => [id, target.id]),
      ),
    );
    return { entries: shown, arrows };
  }

  function isLinked(start, end) {
    return links.has(`${start} ${end}`);
  }

  function edit() {
    api.edit(now());
    changed();
  }

  function columnOf(column, at) {
    const list = make("ol", { class: "mb-plan-entries" });
    const add = make("button", { type: "button", class: "mb-button", onclick: grow }, `「${column.label}」を書き足す`);
    const helpId = `${api.id}-${column.id}-help`;
    const help = column.help ? make("p", { class: "mb-how", id: helpId }, column.help) : null;
    const box = make("fieldset", { class: "mb-plan-column" }, make("legend", {}, column.label), help, list, add);
    drawn[column.id] = { list, fields: new Map(), add, helpId: help ? helpId : null };
    for (const entry of entries[column.id]) list.append(entryOf(column, at, entry));
    number(column);
    return box;

    function grow() {
      const entry = newEntry();
      entries[column.id].push(entry);
      list.append(entryOf(column, at, entry));
      number(column);
      drawn[column.id].fields.get(entry.id).area.focus();
    }
  }

  function entryOf(column, at, entry) {
    const id = `${api.id}-${entry.id}`;
    const { helpId, fields } = drawn[column.id];
    const area = make("textarea", { id, rows: 2, "aria-describedby": helpId });
    const label = make("label", { for: id, class: "mb-visually-hidden" });
    const remove = make("button", { type: "button", class: "mb-button mb-plan-remove", onclick: drop }, "消す");
    const leads = make("fieldset", { class: "mb-group mb-plan-leads", hidden: true });
    const { element, say } = messageFor(area, `${id}-message`);
    const item = make("li", {}, label, make("div", { class: "mb-plan-entry" }, area, remove), element, leads);
    area.value = entry.text;
    area.addEventListener("input", () => {
      entry.text = area.value;
      say("");
      showLinks(at);
      if (at) showLinks(at - 1);
      edit();
    });
    fields.set(entry.id, { item, area, label, remove, leads, say });
    return item;

    function drop() {
      entries[column.id] = entries[column.id].filter((other) => other !== entry);
      fields.delete(entry.id);
      item.remove();
      number(column);
      showLinks(at);
      if (at) showLinks(at - 1);
      told.textContent = `「${column.label}」を1つ消しました。`;
      drawn[column.id].add.focus();
      edit();
    }
  }

  /** Names of the entries, which say their number; the only one stays. */
  function number(column) {
    const { fields, add } = drawn[column.id];
    entries[column.id].forEach((entry, n) => {
      const { label, remove } = fields.get(entry.id);
      label.textContent = `${column.label} ${n + 1}`;
      remove.setAttribute("aria-label", `「${column.label} ${n + 1}」を消す`);
      remove.hidden = entries[column.id].length === 1;
    });
    add.hidden = entries[column.id].length >= most;
  }

  /** For each entry of a column, the entries of the next one that it may lead to. */
  function showLinks(at) {
    const [column, next] = [columns[at], columns[at + 1]];
    if (!next) return;
    const targets = written(next);
    for (const entry of entries[column.id]) {
      const { leads } = drawn[column.id].fields.get(entry.id);
      leads.hidden = !targets.length || !entry.text.trim();
      leads.replaceChildren(
        make("legend", {}, `つながる${next.label}(選ぶと矢印になります)`),
        ...targets.map((target) => choiceOf(entry, target)),
      );
    }
  }

  function choiceOf(entry, target) {
    const id = `${api.id}-${entry.id}-${target.id}`;
    const input = make("input", { type: "checkbox", id });
    input.checked = isLinked(entry.id, target.id);
    input.addEventListener("change", () => {
      if (input.checked) links.add(`${entry.id} ${target.id}`);
      else links.delete(`${entry.id} ${target.id}`);
      edit();
    });
    return make("div", { class: "mb-option" }, input, make("label", { for: id }, `→ ${target.text.trim()}`));
  }

  function first(column) {
    return drawn[column].fields.get(entries[column][0].id);
  }

  function show(parts) {
    for (const { fields } of Object.values(drawn)) for (const { say } of fields.values()) say("");
    for (const { input, message } of parts) if (drawn[input]) first(input).say(message);
  }
}

/** An answer's arrows as a set of "from to". */
function arrowsOf(given) {
  const isPair = (arrow) => Array.isArray(arrow) && arrow.length === 2;
  return new Set((Array.isArray(given) ? given : []).filter(isPair).map(([start, end]) => `${start} ${end}`));
}
