// 年次有給休暇 in the browser: the twin of manabiba_subjects.labour.leave_calendar (a test compares them).
//
// Days are texts such as "2026-10-01"; they sort as they are.

/** The day after `months` months that start with `first`: the corresponding day, or the first of the month after. */
export function dayAfterMonths(first, months) {
  const [year, month, day] = first.split("-").map(Number);
  const begun = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(begun.getUTCFullYear(), begun.getUTCMonth() + 1, 0)).getUTCDate();
  if (day <= last) return asText(Date.UTC(begun.getUTCFullYear(), begun.getUTCMonth(), day));
  return asText(Date.UTC(begun.getUTCFullYear(), begun.getUTCMonth() + 1, 1));
}

/** The last day of `months` months that start with `first`. */
export function monthsFrom(first, months) {
  return asText(Date.parse(dayAfterMonths(first, months)) - 24 * 60 * 60 * 1000);
}

/** The grants, as far as the tables go: `{ grantedOn, days, fiveBy, usableUntil, isShort }`; `few` are the numbers of grants before which too little was worked. */
export function leaveGrants({ hired, daysAWeek, hoursAWeek, few = [] }, { tables, most }) {
  const start = rowAt(tables.ordinary, hired);
  const found = [];
  for (let number = 0; number < most && start; number += 1) {
    const grantedOn = dayAfterMonths(hired, start.first_months + 12 * number);
    const full = rowAt(tables.ordinary, grantedOn);
    if (!full) break;
    const isFull = hoursAWeek >= full.weekly_hours || daysAWeek >= full.weekly_days;
    const { days: series } = isFull ? full : rowAt(tables[`weekly${daysAWeek}`], grantedOn);
    const isShort = few.includes(number);
    const days = isShort ? 0 : series[Math.min(number, series.length - 1)];
    const duty = rowAt(tables.duty, grantedOn);
    found.push({
      grantedOn,
      days,
      fiveBy: days >= duty.granted ? monthsFrom(grantedOn, duty.months) : null,
      usableUntil: monthsFrom(grantedOn, rowAt(tables.expiry, grantedOn).months),
      isShort,
    });
  }
  return found;
}

function rowAt(rows, day) {
  return rows.find((row) => row.from <= day && day <= row.until);
}

function asText(time) {
  return new Date(time).toISOString().slice(0, 10);
}
