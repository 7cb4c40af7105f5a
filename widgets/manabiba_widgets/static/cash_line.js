// Cash against income in the browser: the twin of manabiba_subjects.cash_and_income.walk
// (a test compares them). A month is `{ cash_in, cash_out, revenue, expense, gaps: { key: yen } }`.

/** Cash since the beginning at each month's end, with the gaps of the named reasons added. */
export function walk(months, keys) {
  let total = 0;
  return months.map((month) => {
    total += month.cash_in - month.cash_out;
    for (const key of keys) total += month.gaps[key] || 0;
    return total;
  });
}

/** Revenue minus expenses since the beginning at each month's end. */
export function incomeLine(months) {
  let total = 0;
  return months.map((month) => (total += month.revenue - month.expense));
}

/** The year's yen of one reason. */
export function reasonTotal(months, key) {
  return months.reduce((sum, month) => sum + (month.gaps[key] || 0), 0);
}
