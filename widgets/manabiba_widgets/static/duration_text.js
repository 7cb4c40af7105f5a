// The browser's twin of duration_text.py: same texts, same minutes (a test compares them).

const LONGEST = 48 * 60;

/** `{ value: minutes }`, `{ empty: true }`, or `{ error: true }`. */
export function readDuration(text) {
  const plain = text.normalize("NFKC").replace(/\s/gu, "").toUpperCase();
  if (!plain) return { empty: true };
  if ([...plain].length > 20) return { error: true };
  let match = /^(\d{1,2}):(\d\d)$/.exec(plain);
  if (match) return durationOf(match[1], match[2]);
  match = /^(\d{1,3}(?:\.\d{1,4})?)(?:時間?|H)(?:(\d{1,4})(?:分|M(?:IN)?)?|(半))?$/.exec(plain);
  if (match) {
    const minutes = match[3] ? 30 : match[2] || 0;
    return Number(minutes) && match[1].includes(".") ? { error: true } : durationOf(match[1], minutes);
  }
  match = /^(\d{1,4})(?:分|M(?:IN)?)?$/.exec(plain);
  if (!match || Number(match[1]) > LONGEST) return { error: true };
  return { value: Number(match[1]) };
}

function durationOf(hours, minutes) {
  const total = Math.round(hours * 60 * 10000) / 10000 + Number(minutes);
  const isReal = minutes < 60 && Number.isInteger(total) && total <= LONGEST;
  return isReal ? { value: total } : { error: true };
}

/** Minutes as 1時間30分. */
export function showDuration(minutes) {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours ? `${hours}時間` : ""}${rest || !hours ? `${rest}分` : ""}`;
}
