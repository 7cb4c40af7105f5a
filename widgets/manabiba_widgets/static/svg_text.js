// Text in an SVG figure, which does not break by itself.

import { svg } from "./figure.js";

export const LINE_PX = 20; // from one line of text to the next

/** Texts below each other, the first with its baseline at y. */
export function lines(texts, x, y, attributes) {
  return texts.map((text, number) => svg("text", { x, y: y + number * LINE_PX, ...attributes }, text));
}

/** A text in lines that are not wider than `room`. */
export function wrapped(text, room) {
  const found = [""];
  for (const letter of text) {
    if (found.at(-1) && textWidth(found.at(-1) + letter) > room) found.push("");
    found[found.length - 1] += letter;
  }
  return found;
}

/** About how wide a text is at 14 px. */
export function textWidth(text) {
  return [...text].reduce((width, letter) => width + (letter < "\u0100" ? 8.5 : 14.5), 0);
}
