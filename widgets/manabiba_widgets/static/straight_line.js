// 定額法 in the browser: the twin of manabiba_subjects.depreciation (a test compares them).

/** Months of the first fiscal year, the one of the start and the closing month both counted. */
export function firstMonths(startMonth, closingMonth) {
  return ((closingMonth - startMonth + 12) % 12) + 1;
}

/** Yen for a year: cost × rate × months / 12, below one yen cut off. `rate` is a text with a point, such as one of the table. */
export function yearly(cost, rate, months) {
  const [whole, fraction = ""] = rate.split(".");
  const scale = 10n ** BigInt(fraction.length);
  return Number((BigInt(cost) * BigInt(whole + fraction) * BigInt(months)) / (12n * scale));
}

/** The fiscal years until only `memorandum` yen are left: `{ months, amount, left }` each. */
export function depreciationYears({ cost, rate, startMonth, closingMonth, memorandum }) {
  const years = [];
  let left = cost;
  let months = firstMonths(startMonth, closingMonth);
  while (left > memorandum) {
    const amount = Math.min(Math.max(yearly(cost, rate, months), 1), left - memorandum);
    left -= amount;
    years.push({ months, amount, left });
    months = 12;
  }
  return years;
}
