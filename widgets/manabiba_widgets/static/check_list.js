// What a paper or a plan is judged by: its checks, and the rubric of what is graded by hand.

import { make } from "./card.js";

/**
 * The list 「できているか」: `{ element, show(parts) }`.
 *
 * `fieldOf(id)` gives `{ label, input }` of a check's field, or nothing; `words(part, label)` what is said of it.
 */
export function checkList(fieldOf, words) {
  const element = make("div", { class: "mb-checks", hidden: true });
  return { element, show };

  function show(parts) {
    const told = parts.filter(({ input }) => input.startsWith("check:"));
    element.hidden = told.length === 0;
    element.replaceChildren(make("h4", {}, "できているか"), make("ul", {}, ...told.map(itemOf)));
  }

  function itemOf(part) {
    const field = fieldOf(part.input.split(":")[1]);
    const go = (event) => {
      event.preventDefault();
      field.input.focus();
    };
    return make(
      "li",
      { class: part.ok ? "mb-check-ok" : "mb-check-open" },
      make("span", { class: "mb-check-mark" }, part.ok ? "○" : "まだ"),
      make("span", {}, words(part, field?.label)),
      field && !part.ok ? make("a", { href: `#${field.input.id}`, onclick: go }, `「${field.label}」へ`) : null,
    );
  }
}

/** What the instructor looks for, or null. */
export function rubricBox(rubric = []) {
  if (!rubric.length) return null;
  const criteria = rubric.map(({ label, points, description }) =>
    make("li", {}, `${label}(${points}点)${description ? `: ${description}` : ""}`),
  );
  return make("div", { class: "mb-rubric" }, make("p", {}, "講師は次の観点で読みます。"), make("ul", {}, ...criteria));
}
