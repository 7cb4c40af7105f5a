// The paper a document becomes, for the preview: the browser's twin of document_form.py and
// document_paper.py (a test compares them).

import { readDate } from "./date_text.js";
import { readNumber, showNumber } from "./number_text.js";

const LINE = "＿";
const EMPTY = {
  line: LINE.repeat(12),
  text: LINE.repeat(80),
  number: LINE.repeat(6),
  date: `${LINE.repeat(4)}年${LINE.repeat(2)}月${LINE.repeat(2)}日`,
  choice: LINE.repeat(8),
};
const NOT_FILLED_IN = "(記入なし)";
const UNITS = ["人", "名", "回", "件", "日", "か月", "年", "か所", "時間", "世帯", "%", "m2"];
const NOTHING = ["なし", "無し", "ない", "無", "該当なし", "特になし", ..."-ー―—–−"];
const OFTEN = /\s*\/\s*1?(?:時間?|回)$/; // how often an amount is paid, behind it
export const MOST_ROWS = 50;
const EMPTY_ROWS = 3;
const BREAKS = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
const UNPRINTABLE = /[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/gu;

/** A text as it can be printed; anything else is empty. */
export function clean(text) {
  return typeof text === "string" ? text.replace(BREAKS, "\n").replace(UNPRINTABLE, "").trim() : "";
}

/** Blocks `{ role, lines }` of spans `{ text, empty }`, and tables; `fields` is the answer's part. */
export function fillPaper(spec, fields) {
  const byId = Object.fromEntries(spec.fields.map((field) => [field.id, field]));
  const isBegun = spec.fields.some((field) =>
    field.kind === "rows" ? enteredRows(field, fields[field.id]).length : inWords(field, fields[field.id]),
  );
  const title = { role: "title", lines: [[{ text: spec.paper, empty: false }]] };
  return [
    title,
    ...spec.blocks.map((block) =>
      block.block === "rows"
        ? tableOf(byId[block.field], block.total, fields[block.field])
        : { role: block.block, lines: linesOf(block.text, byId, fields, isBegun) },
    ),
  ];
}

function linesOf(pattern, byId, fields, isBegun) {
  const lines = [[]];
  pattern.split(/\{([a-z0-9][a-z0-9_-]*)\}/).forEach((part, number, parts) => {
    let words = part;
    let empty = false;
    if (number % 2) {
      words = inWords(byId[part], fields[part]);
      empty = !words && (byId[part].required || !isBegun);
      const isLabelled = parts[number - 1].endsWith(": ") && /^(\n|$)/.test(parts[number + 1]);
      words = empty ? EMPTY[byId[part].kind] : words || (isLabelled ? NOT_FILLED_IN : "");
    }
    const [first, ...others] = words.split("\n");
    if (first) lines.at(-1).push({ text: first, empty });
    for (const line of others) lines.push(line ? [{ text: line, empty: false }] : []);
  });
  const isNotFilledIn = (line) => line.at(-1)?.text === NOT_FILLED_IN;
  if (lines.length > 1 && lines.every(isNotFilledIn)) return [[{ text: NOT_FILLED_IN, empty: false }]];
  return lines;
}

function tableOf(field, total, given) {
  const rows = enteredRows(field, given).map((row) => field.columns.map((column) => cellInWords(column, row[column.id])));
  let last = null;
  if (total !== null) {
    const sum = totalOf(field, total, given);
    last = field.columns.map((column) => (column.id === total ? (sum === null ? EMPTY.number : showNumber(sum)) : ""));
    last[0] ||= "合計";
  }
  const blank = Array.from({ length: EMPTY_ROWS }, () => field.columns.map(() => ""));
  return {
    title: field.label,
    heads: field.columns.map((column) => column.label),
    numeric: field.columns.map((column) => column.kind === "number"),
    rows: rows.length ? rows : blank,
    total: last,
  };
}

/** readNumber, whatever the unit. */
export function readAmount(text) {
  const plain = clean(text).normalize("NFKC");
  return readNumber(plain, UNITS.find((unit) => plain.endsWith(unit)) || "");
}

/** readAmount for a field of its own: 1,200円/時; なし is nothing where a field may stay empty. */
export function readFigure(field, text) {
  return isNothing(field, text) ? { empty: true } : readAmount(clean(text).normalize("NFKC").replace(OFTEN, ""));
}

export function isNothing(field, text) {
  return !field.required && NOTHING.includes(clean(text).normalize("NFKC"));
}

/** What is entered in a field that has no rows, as a person reads it. */
export function inWords(field, given) {
  const text = clean(given);
  if (field.kind === "choice") return field.options.includes(text) ? text : "";
  if (field.kind === "number") return numberInWords(text, readFigure(field, text));
  if (field.kind !== "date") return text;
  const { value } = readDate(text);
  if (!value) return text;
  const [year, month, day] = value.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

function cellInWords(column, text) {
  return column.kind === "number" ? numberInWords(text, readAmount(text)) : text;
}

function numberInWords(text, { value }) {
  return value === undefined ? text : showNumber(value);
}

function enteredRows(field, given) {
  const rows = Array.isArray(given) ? given.slice(0, MOST_ROWS) : [];
  return rows
    .map((row) => Object.fromEntries(field.columns.map(({ id }) => [id, clean(isMapping(row) ? row[id] : "")])))
    .filter((row) => Object.values(row).some(Boolean));
}

export function isMapping(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The sum of a column's numbers as a value of readNumber, null when there is none. */
export function totalOf(field, column, given) {
  const values = enteredRows(field, given)
    .map((row) => readAmount(row[column]).value)
    .filter((value) => value !== undefined);
  if (!values.length) return null;
  const places = Math.max(...values.map((value) => (value.split(".")[1] || "").length));
  const sum = values.reduce((all, value) => {
    const [whole, fraction = ""] = value.split(".");
    return all + BigInt(whole + fraction.padEnd(places, "0"));
  }, 0n);
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${sum < 0n ? "-" : ""}${whole}${fraction ? `.${fraction}` : ""}`;
}
