// The frame every explorable stands in: title, what it is for, its parts, and one sentence that
// says what changed.
//
// A kind calls `explorable({ draw })`; `draw(body, api)` fills the body. `api` is
// `{ id, spec, told, tell(sentence) }`: `told` is the live region, which the kind puts behind its
// inputs. Only model.get is used and nothing outside `el` is touched; what a reader does here
// is kept nowhere.

import { make, paragraphs } from "./card.js";
import { readNumber, showNumber } from "./number_text.js";

const TELLING_PAUSE_MS = 250; // a slider moves through many figures; only the last one is told

export function explorable({ draw }) {
  return {
    render({ model, el }) {
      const spec = model.get("spec");
      const id = `mbx-${model.get("explorable_id")}`;
      const told = make("p", { class: "mbx-told", role: "status", "aria-live": "polite" });
      const body = make("div", { class: "mb-body" });
      let telling = null;
      el.append(
        make(
          "section",
          { class: `mb-exercise mb-explorable mbx-${model.get("explorable_kind")}`, "aria-labelledby": `${id}-title` },
          make(
            "h3",
            { class: "mb-title", id: `${id}-title` },
            make("span", {}, spec.title),
            make("span", { class: "mb-points" }, "動かしてみる図・採点なし"),
          ),
          spec.lead ? make("div", { class: "mb-prompt" }, ...paragraphs(spec.lead)) : null,
          body,
        ),
      );
      draw(body, {
        id,
        spec,
        told,
        tell(sentence) {
          clearTimeout(telling);
          told.setAttribute("aria-busy", "true");
          telling = setTimeout(() => {
            told.removeAttribute("aria-busy");
            told.textContent = sentence;
          }, TELLING_PAUSE_MS);
        },
      });
      return () => clearTimeout(telling);
    },
  };
}

/** `begin(value)` gives the value of the last told sentence: typing a number is one movement, not one for each digit. */
export function sinceTheHandMoved() {
  let last = -Infinity;
  let kept = null;
  return (value) => {
    const now = performance.now();
    if (now - last > TELLING_PAUSE_MS) kept = value;
    last = now;
    return kept;
  };
}

/** Whole yen with separators and ▲; `yen(-1200)` is 「▲1,200円」. */
export function yen(value) {
  return `${figure(value)}円`;
}

/** A number or BigInt with separators and ▲. */
export function figure(value) {
  return showNumber(String(value));
}

/** How a figure moved, in a sign and a word; empty when it did not. */
export function moved(change) {
  if (!change) return "";
  return change > 0 ? `＋${figure(change)} 増` : `${figure(change)} 減`;
}

/** A labelled control, its unit behind it, and what is wrong with it below. */
export function labelled(label, control, { unit = "", about = null } = {}) {
  const shown = unit ? make("span", { class: "mbx-with-unit" }, control, unit) : control;
  return make("div", { class: "mbx-field" }, make("label", { for: control.id }, label), shown, about);
}

/** A text field for a figure; `onInput(text)` is called at each change. */
export function figureBox(id, value, onInput) {
  const input = make("input", { type: "text", id, class: "mb-number-box", inputmode: "text", autocomplete: "off" });
  input.value = value;
  input.addEventListener("input", () => onInput(input.value));
  return input;
}

/** A select of `[value, text]` pairs. */
export function chooser(id, options, value, onChange) {
  const select = make("select", { id });
  select.append(...options.map(([key, text]) => make("option", { value: key }, text)));
  select.value = value;
  select.addEventListener("change", () => onChange(select.value));
  return select;
}

/** A whole number in a text, or `{ error }` with what to write instead. */
export function wholeNumber(text, { least, most, unit = "円" }) {
  const read = readNumber(text, unit);
  if (read.empty) return { error: "数字を入れてください。" };
  if (read.error) return { error: "数字として読めませんでした。「12,345」のように書いてください。" };
  if (read.value.includes(".")) return { error: "小数のない数で書いてください。" };
  const value = Number(read.value);
  if (!(value >= least && value <= most)) {
    return { error: `${figure(least)}から${figure(most)}までの数で書いてください。` };
  }
  return { value };
}

/** A table: `columns` are headings, each row's first cell is its heading; a cell is a text or nodes. */
export function table(caption, columns, rows, { foot = [] } = {}) {
  const line = (cells) =>
    make("tr", {}, make("th", { scope: "row" }, ...all(cells[0])), ...cells.slice(1).map((cell) => make("td", {}, ...all(cell))));
  return make(
    "table",
    { class: "mbx-table" },
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...rows.map(line)),
    foot.length ? make("tfoot", {}, ...foot.map(line)) : null,
  );
}

function all(cell) {
  return Array.isArray(cell) ? cell : [cell];
}
