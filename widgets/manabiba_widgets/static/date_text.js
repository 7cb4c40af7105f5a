// The browser's twin of date_text.py: same texts, same dates (a test compares them).

const ERAS = [
  ["令和", "R", [2019, 5, 1], 2018],
  ["平成", "H", [1989, 1, 8], 1988],
  ["昭和", "S", [1926, 12, 25], 1925],
  ["大正", "T", [1912, 7, 30], 1911],
  ["明治", "M", [1873, 1, 1], 1867],
];
const WITH_YEAR =
  /^(?:(\d{4})|(令和|平成|昭和|大正|明治|令|平|昭|大|明|[RHSTM])(\d{1,2}|元))(?:年(\d{1,2})月(\d{1,2})日?|-(\d{1,2})-(\d{1,2}))$/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/;
const WITHOUT_YEAR = /^(\d{1,2})(?:月(\d{1,2})日?|-(\d{1,2}))$/;

/** `{ value: "2026-09-10" }`, `{ empty: true }`, or `{ error: true }`; `year` as in the spec. */
export function readDate(text, year = null) {
  let plain = text.normalize("NFKC").replace(/\s/gu, "").toUpperCase();
  if (!plain) return { empty: true };
  if ([...plain].length > 40) return { error: true };
  plain = plain.replace(/\([^()]*\)$|[月火水木金土日]曜日?$/, "").replace(/[/.−‐‑–—ー]/g, "-");
  let match = COMPACT.exec(plain);
  if (match) return dateOf(Number(match[1]), match[2], match[3]);
  match = WITH_YEAR.exec(plain);
  if (match) {
    const [month, day] = [match[4] || match[6], match[5] || match[7]];
    return match[1] ? dateOf(Number(match[1]), month, day) : dateInEra(match[2], match[3], month, day);
  }
  match = WITHOUT_YEAR.exec(plain);
  if (!match || year === null) return { error: true };
  const [month, day] = [Number(match[1]), Number(match[2] || match[3])];
  if (typeof year === "number") return dateOf(year, month, day);
  const [fromYear, fromMonth, fromDay] = year.split("-").map(Number);
  const later = month < fromMonth || (month === fromMonth && day < fromDay);
  return dateOf(fromYear + (later ? 1 : 0), month, day);
}

function dateInEra(name, number, month, day) {
  const place = ERAS.findIndex(([era, letter]) => letter === name || era.startsWith(name));
  const [, , first, before] = ERAS[place];
  const count = number === "元" ? 1 : Number(number);
  const read = count ? dateOf(before + count, month, day) : { error: true };
  if (read.error || read.value < iso(...first)) return { error: true };
  return place && read.value >= iso(...ERAS[place - 1][2]) ? { error: true } : read;
}

function dateOf(year, month, day) {
  const found = new Date(Date.UTC(year, month - 1, day));
  const isReal = year >= 1000 && found.getUTCMonth() === month - 1 && found.getUTCDate() === Number(day);
  return isReal ? { value: iso(year, month, day) } : { error: true };
}

function iso(year, month, day) {
  return [String(year), ...[month, day].map((part) => String(Number(part)).padStart(2, "0"))].join("-");
}

/** A value from readDate as 2026年9月10日(令和8年・木). */
export function showDate(value) {
  const [year, month, day] = value.split("-").map(Number);
  const weekday = "日月火水木金土"[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  const era = ERAS.find(([, , first]) => value >= iso(...first));
  const count = era ? year - era[3] : 0;
  const named = era ? `${era[0]}${count === 1 ? "元" : count}年・` : "";
  return `${year}年${month}月${day}日(${named}${weekday})`;
}
