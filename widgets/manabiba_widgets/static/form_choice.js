// What speaks for and against a form: the twin of manabiba_subjects.npo_law.form_choice.

/** How a wish stands to a condition: "FOR", "AGAINST", "ASK" or "BESIDE" (it does not matter). */
export function stanceOf({ topic, limits }, wish) {
  const [limit] = limits;
  let holds = null; // null: not decided yet
  if (topic === "PEOPLE") holds = wish.people >= limit;
  else if (topic === "OFFICERS") holds = wish.officers >= limit;
  else if (topic === "RELATIVES") {
    if (wish.relatives <= 1) return "BESIDE";
    holds = wish.relatives - 1 <= limit && wish.relatives * limits[1] <= wish.officers;
  } else if (topic === "PURPOSE") holds = limit ? wish.inFields : true;
  else if (topic === "TIME") {
    if (wish.days === null) return "BESIDE";
    holds = wish.days >= limit;
  } else if (topic === "LEGAL_PERSON") {
    if (!wish.needsLegalPerson) return "BESIDE";
    holds = limit === 1;
  } else if (topic === "DISCLOSURE") holds = limit ? wish.acceptsDisclosure : true;
  if (holds === null) return "ASK";
  return holds ? "FOR" : "AGAINST";
}

/** `{ holds, points }`: true or false only where all that decides was verified, otherwise null. */
export function weigh(form, wish) {
  const points = form.conditions
    .map((condition) => ({ ...condition, stance: stanceOf(condition, wish) }))
    .filter(({ stance }) => stance !== "BESIDE");
  if (points.some(({ stance, unverified }) => stance === "AGAINST" && !unverified)) return { holds: false, points };
  const isSure = points.every(({ stance, unverified }) => stance === "FOR" && !unverified);
  return { holds: isSure ? true : null, points };
}
