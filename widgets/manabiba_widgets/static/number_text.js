// The browser's twin of number_text.py: same texts, same numbers (a test compares them).

const MINUS = "-−‐‑–—ー▲△";

/** `{ value: text }` of the number read, `{ empty: true }`, or `{ error: true }`. */
export function readNumber(text, unit = "") {
  let plain = text.normalize("NFKC").replace(/\s/gu, "").replaceAll("、", ",");
  if (!plain) return { empty: true };
  if (plain.length > 40) return { error: true };
  let negative = false;
  let signs = 0;
  if (plain.startsWith("(") && plain.endsWith(")")) {
    negative = true;
    plain = plain.slice(1, -1);
  }
  while (plain && (MINUS + "+¥\\").includes(plain[0])) {
    if (MINUS.includes(plain[0])) signs += 1;
    plain = plain.slice(1);
  }
  for (const suffix of [unit.normalize("NFKC"), "円"]) {
    if (suffix && plain.endsWith(suffix)) {
      plain = plain.slice(0, -suffix.length);
      break;
    }
  }
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$/.exec(plain);
  if (signs > 1 || (signs && negative) || !match) return { error: true };
  const digits = match[1].replaceAll(",", "").replace(/^0+(?=\d)/, "");
  const fraction = (match[2] || "").replace(/\.?0+$/, "");
  const zero = digits === "0" && !fraction;
  return { value: (negative || signs) && !zero ? `-${digits}${fraction}` : `${digits}${fraction}` };
}

/** A value from readNumber with separators and ▲ for minus. */
export function showNumber(value) {
  const [digits, fraction] = value.replace("-", "").split(".");
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${value.startsWith("-") ? "▲" : ""}${grouped}${fraction ? `.${fraction}` : ""}`;
}
