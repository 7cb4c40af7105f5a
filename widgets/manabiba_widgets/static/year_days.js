// The days of a year's duties: the twin of manabiba_subjects.npo_law.year_calendar (a test compares
// them). Days are texts such as "2026-06-30"; a fiscal year ends with its month.

const DAY_MS = 86_400_000;

/** The day of a year and month (1–12, or beyond); a day the month does not have is its last. */
export function dayOf(year, month, day) {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1, Math.min(day, last))).toISOString().slice(0, 10);
}

/** What is due in the twelve months after the end of `month` in `year`: `{ on, rule }` in order. */
export function yearCalendar(rules, { year, month, hasStaff, hasProfitBusiness, hasSpecialTerm }) {
  const holding = new Set([
    hasStaff ? "staff" : "no_staff",
    hasProfitBusiness ? "business" : "no_business",
    hasSpecialTerm ? "special" : "no_special",
  ]);
  const entries = rules
    .filter((rule) => rule.when.every((condition) => holding.has(condition)))
    .flatMap((rule) => daysOf(rule, year, month).map((on) => ({ on, rule })));
  return entries.sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
}

function daysOf(rule, year, month) {
  if (rule.months !== null) return [dayOf(year, month + rule.months, 31)];
  return Array.from({ length: 12 }, (_, i) => month + 1 + i)
    .filter((each) => rule.month === null || (each - 1) % 12 === rule.month - 1)
    .map((each) => dayOf(year, each, rule.day));
}

/** The day after, and the weekday (0 is Sunday). */
export function dayAfter(day) {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

export function weekdayOf(day) {
  return new Date(Date.parse(day)).getUTCDay();
}
