// An iCalendar file (RFC 5545): CRLF, lines of at most 75 octets, texts escaped.

import { dayAfter } from "./year_days.js";

const MOST_OCTETS = 75;
const octets = new TextEncoder();

/** A content line, folded between characters so that no line has more than 75 octets. */
export function folded(line) {
  const lines = [];
  let now = "";
  let length = 0;
  for (const character of line) {
    const size = octets.encode(character).length;
    if (length + size > MOST_OCTETS) {
      lines.push(now);
      now = " ";
      length = 1;
    }
    now += character;
    length += size;
  }
  return [...lines, now].join("\r\n");
}

/** A text value: backslash, semicolon, comma and line break escaped (3.3.11). */
export function escaped(text) {
  return text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r\n|\r|\n/g, "\\n");
}

/**
 * A calendar of whole days. `events` are `{ uid, on, title, text }`; the same event has the same
 * uid in every file, so that a second import replaces it. `stamp` is a Date, `alarmDays` 0 for none.
 */
export function calendarFile({ name, stamp, events, alarmDays = 0 }) {
  const compact = (day) => day.replaceAll("-", "");
  const stamped = `${stamp.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Manabiba//Year calendar//JA",
    "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap(({ uid, on, title, text }) => [
      "BEGIN:VEVENT",
      `UID:${escaped(uid)}`,
      `DTSTAMP:${stamped}`,
      `DTSTART;VALUE=DATE:${compact(on)}`,
      `DTEND;VALUE=DATE:${compact(dayAfter(on))}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(text)}`,
      "TRANSP:TRANSPARENT",
      ...(alarmDays
        ? ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(title)}`, `TRIGGER:-P${alarmDays}D`, "END:VALARM"]
        : []),
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}
