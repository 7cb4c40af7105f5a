// 給与計算 in the browser: the twin of manabiba_subjects.labour.payslip (a test compares them).
//
// Rates are texts with a point, such as those of the tables; all arithmetic is exact.

/** `[numerator, denominator]` of a rate. */
function exact(rate) {
  const [whole, fraction = ""] = rate.split(".");
  return [BigInt(whole + fraction), 10n ** BigInt(fraction.length)];
}

/** A rate times whole yen, as a fraction. */
function of(amount, rate) {
  const [top, bottom] = exact(rate);
  return [BigInt(amount) * top, bottom];
}

function cut([top, bottom]) {
  return Number(top / bottom);
}

/** Above half a yen one more, half a yen and less cut off (50銭以下切捨て). */
function halfDown([top, bottom]) {
  const rest = top % bottom;
  return Number(top / bottom) + (rest * 2n > bottom ? 1 : 0);
}

/** A fraction whose denominator is a power of ten, as a text without useless zeros. */
function decimalText([top, bottom]) {
  const digits = String(bottom).length - 1;
  const text = String(top).padStart(digits + 1, "0");
  const fraction = digits ? text.slice(-digits).replace(/0+$/, "") : "";
  const whole = digits ? text.slice(0, -digits) : text;
  return fraction ? `${whole}.${fraction}` : whole;
}

function halves(base, rate) {
  const whole = of(base, rate);
  const employee = halfDown([whole[0], whole[1] * 2n]);
  return { employee, employer: cut(whole) - employee };
}

function sumOf(one, other) {
  const [top, bottom] = exact(one);
  const [otherTop, otherBottom] = exact(other);
  return decimalText([top * otherBottom + otherTop * bottom, bottom * otherBottom]);
}

/** The 標準報酬月額 of an average pay: the highest grade that begins at or below it. */
export function standardOf(pay, { lower, standards }) {
  return Math.max(...standards.filter((_, i) => pay >= lower[i]));
}

/** The tax of the excerpt, or null where the official table has to be looked into. */
export function taxOf(taxable, dependants, excerpt) {
  const taxes = excerpt?.taxes[dependants];
  const row = taxes ? excerpt.lower.findIndex((low, i) => taxable >= low && taxable < excerpt.upper[i]) : -1;
  return row < 0 ? null : taxes[row];
}

/** Yen for overtime: hourly pay × (1 + rate), hours above the limit dearer, each line rounded at half a yen. */
export function overtimePay(monthlyPay, monthlyHours, hours, { overtime, over60, limit }) {
  const line = (worked, rate) => {
    const [top, bottom] = exact(rate);
    const whole = BigInt(monthlyPay) * BigInt(worked) * (bottom + top);
    const under = BigInt(monthlyHours) * bottom;
    return Number((whole * 2n + under) / (under * 2n));
  };
  const within = Math.min(hours, limit);
  return line(within, overtime) + line(hours - within, over60);
}

/** Every line of a payslip; `tax` is null outside the excerpt, and then `net` is null as well. */
export function payroll({ monthlyPay, commuting, overtimeHours, age, dependants }, month, spec) {
  const { rates } = month;
  const grades = spec.grades[month.grades];
  const excerpt = spec.excerpts[month.excerpt];
  const overtime = overtimePay(monthlyPay, spec.monthly_hours, overtimeHours, spec.premium);
  const gross = monthlyPay + commuting + overtime;
  const standard = standardOf(monthlyPay + commuting, grades);
  const pensionBase = Math.min(Math.max(standard, grades.lowest), grades.highest);
  const cares = age >= spec.care_ages[0] && age <= spec.care_ages[1];
  const plain = halves(standard, rates.health.rate);
  const health = cares ? halves(standard, sumOf(rates.health.rate, rates.care.rate)) : plain;
  const support = halves(standard, rates.child_support.rate);
  const pension = halves(pensionBase, rates.pension.rate);
  const employment = halfDown(of(gross, rates.employment.rate));
  const insurance = health.employee + support.employee + pension.employee + employment;
  const taxable = gross - commuting - insurance;
  const tax = taxOf(taxable, dependants, excerpt);
  const beforeTax = gross - insurance - spec.resident_tax;
  return {
    overtime,
    gross,
    standard,
    pensionBase,
    health: plain.employee,
    care: health.employee - plain.employee,
    support: support.employee,
    pension: pension.employee,
    employment,
    insurance,
    taxable,
    tax,
    residentTax: spec.resident_tax,
    beforeTax,
    net: tax === null ? null : beforeTax - tax,
    employers: {
      health: String(health.employer),
      support: String(support.employer),
      pension: String(pension.employer),
      contribution: String(cut(of(pensionBase, rates.child_contribution.rate))),
      employment: decimalText(of(gross, rates.employment_employer.rate)),
      accident: decimalText(of(gross, rates.accident.rate)),
    },
  };
}
