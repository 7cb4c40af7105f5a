// Sharing a cost in the browser: the twin of manabiba_subjects.share (a test compares them).

/**
 * Each share as `{ exact, cut, extra, yen }`: `exact` as text with at most two decimals, `cut`
 * below one yen cut off, `extra` the odd yen it takes. `weights` are texts like "33.3", in order;
 * `takes` is the number of the share that takes the rest, or null for "largest remainder first".
 */
export function shareOut(amount, weights, takes) {
  const { scaled, all } = scale(weights);
  const total = BigInt(amount);
  const shares = scaled.map((weight) => ({
    exact: exactText(total * weight, all),
    cut: (total * weight) / all,
    over: (total * weight) % all,
    extra: 0n,
  }));
  const rest = total - shares.reduce((sum, share) => sum + share.cut, 0n);
  if (takes !== null) shares[takes].extra = rest;
  else {
    const byRemainder = [...shares].sort((one, other) => Number(other.over > one.over) - Number(other.over < one.over));
    for (const share of byRemainder.slice(0, Number(rest))) share.extra = 1n;
  }
  return shares.map(({ exact, cut, extra }) => ({ exact, cut: Number(cut), extra: Number(extra), yen: Number(cut + extra) }));
}

/** How many yen are left when every share is cut off below one yen. */
export function oddYen(amount, shares) {
  return amount - shares.reduce((sum, share) => sum + share.cut, 0);
}

/** The sum of weights, as a text. */
export function addUp(weights) {
  const { all, digits } = scale(weights);
  const unit = 10n ** BigInt(digits);
  const fraction = String(all % unit).padStart(digits, "0").replace(/0+$/, "");
  return `${all / unit}${digits && fraction ? `.${fraction}` : ""}`;
}

/** Weights as whole numbers of their smallest decimal place. */
function scale(weights) {
  const digits = Math.max(...weights.map((weight) => (weight.split(".")[1] || "").length));
  const scaled = weights.map((weight) => {
    const [whole, fraction = ""] = weight.split(".");
    return BigInt(whole + fraction.padEnd(digits, "0"));
  });
  return { scaled, digits, all: scaled.reduce((sum, weight) => sum + weight, 0n) };
}

function exactText(numerator, denominator) {
  const hundredths = (numerator * 100n) / denominator;
  const decimals = String(hundredths % 100n).padStart(2, "0");
  const goesOn = (numerator * 100n) % denominator > 0n;
  const fraction = goesOn ? `${decimals}…` : decimals.replace(/0+$/, "");
  return `${hundredths / 100n}${fraction ? `.${fraction}` : ""}`;
}
