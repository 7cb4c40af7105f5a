// A block of cells as spreadsheets put it on the clipboard: rows of texts parted by tabs.

import { readNumber } from "./number_text.js";

/** The rows of a pasted text, or null where it is one cell only (the browser pastes that); `read` takes a cell's text. */
export function readBlock(text, read = figureText) {
  const rows = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  if (rows.length === 1 && !rows[0].includes("\t")) return null;
  return rows.map((row) => row.split("\t").map(read));
}

/** A cell without the quotes that a spreadsheet may put around it. */
export function cellText(text) {
  return text.trim().replace(/^"(.*)"$/, "$1").trim();
}

function figureText(text) {
  const plain = cellText(text);
  return /^[-−ー－]$/.test(plain) ? "0" : plain; // how an accounting format writes nothing
}

/**
 * Where each text of a block belongs: `[row, column, text]`, counted in the table's rows and columns.
 *
 * Rows that bring the labels of the table's own rows go there, others follow one another from the
 * cell in which one pastes. A line that only repeats the heads of the columns is left out.
 */
export function placeBlock(block, { row, column, rows, columns }) {
  const heads = columns.map(plainLabel);
  const lines = block.filter((cells) => isBlank(cells) || !cells.every((cell) => !cell || heads.includes(plainLabel(cell))));
  const width = Math.max(...lines.map((cells) => cells.length));
  const firsts = lines.map((cells) => cells[0]).filter(Boolean);
  const isLabelled = width > 1 && firsts.length > 0 && firsts.every(isWord);
  const start = isLabelled && width > columns.length ? 0 : column;
  const labels = rows.map(plainLabel);
  const found = [];
  let next = row;
  for (const cells of lines) {
    const label = isLabelled ? plainLabel(cells[0]) : "";
    const named = label ? [labels.indexOf(label, next), labels.indexOf(label)].find((at) => at >= 0) : undefined;
    const here = named ?? next;
    cells.slice(isLabelled ? 1 : 0).forEach((text, at) => {
      if (text) found.push([here, start + at, text]);
    });
    next = here + 1;
  }
  return found;
}

/** Put a text into an input as if it were typed, so that the browser can undo it. */
export function enter(input, text) {
  input.focus();
  input.select();
  const page = input.ownerDocument;
  const isDone = text ? page.execCommand("insertText", false, text) : !input.value || page.execCommand("delete");
  if (isDone && input.value === text) return;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function isBlank(cells) {
  return cells.every((cell) => !cell);
}

function isWord(text) {
  return Boolean(text) && Boolean(readNumber(text).error) && !/[0-9]/.test(text.normalize("NFKC"));
}

function plainLabel(text) {
  return text.normalize("NFKC").replace(/\s/gu, "");
}
