// A campaign in the browser: the twin of manabiba_subjects.crowdfunding (a test compares them).
//
// Yen and people are whole numbers, rates are per cent as texts ("17", "2.5"): nothing is rounded on the way.

/** A rate in per cent as a fraction of whole numbers. */
function fraction(percent) {
  const [whole, decimals = ""] = percent.split(".");
  return { over: BigInt(whole + decimals), under: 100n * 10n ** BigInt(decimals.length) };
}

/** Yen of the fee and the tax on it, below one yen cut off. */
export function feeOf(gross, rate, tax) {
  const [one, other] = [fraction(rate), fraction(tax)];
  return Number((BigInt(gross) * one.over * (other.under + other.over)) / (one.under * other.under));
}

/** What comes of a campaign: who gives, what is raised, whether it is paid out, and what is left. */
export function campaign({ goal, average, conversion, visitors, returnCost, rate, tax, method }) {
  const { over, under } = fraction(conversion);
  const supporters = Number((BigInt(visitors) * over) / under);
  const raised = supporters * average;
  const isReached = raised >= goal;
  const isPaid = isReached || method === "ALL_IN";
  const gross = isPaid ? raised : 0;
  const fee = feeOf(gross, rate, tax);
  const returns = isPaid ? supporters * returnCost : 0;
  const people = Math.ceil(goal / average);
  return {
    supporters,
    raised,
    isReached,
    isPaid,
    gross,
    fee,
    returns,
    net: gross - fee - returns,
    supportersNeeded: people,
    visitorsNeeded: over ? Number((BigInt(people) * under + over - 1n) / over) : null,
    netAtGoal: goal - feeOf(goal, rate, tax) - people * returnCost,
  };
}
