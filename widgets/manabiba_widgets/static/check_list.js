import { make } from "./card.js";

/** What the one who grades by hand looks for, when there is anything. */
export function rubricOf(rubric) {
  if (!rubric.length) return [];
  const criteria = rubric.map(({ label, points, description }) =>
    make("li", {}, `${label}(${points}点)${description ? `: ${description}` : ""}`),
  );
  return [make("div", { class: "mb-rubric" }, make("p", {}, "講師は次の観点で読みます。"), make("ul", {}, ...criteria))];
}

/**
 * The judge's checks as a list 「できているか」 in `box`, hidden when there are none. `fieldOf(id)` gives the
 * `{ label, input }` of the field that a check is about.
 */
export function showChecks(box, parts, fieldOf) {
  const told = parts.filter((part) => part.input.startsWith("check:"));
  box.hidden = told.length === 0;
  box.replaceChildren(make("h4", {}, "できているか"), make("ul", {}, ...told.map((part) => checkOf(part, fieldOf(part.input.split(":")[1])))));
}

function checkOf(part, field) {
  const text = part.ok ? part.message || field?.label || "書類の全体" : part.message;
  const go = (event) => {
    event.preventDefault();
    field.input.focus();
  };
  return make(
    "li",
    { class: part.ok ? "mb-check-ok" : "mb-check-open" },
    make("span", { class: "mb-check-mark" }, part.ok ? "○" : "まだ"),
    make("span", {}, text),
    field && !part.ok ? make("a", { href: `#${field.input.id}`, onclick: go }, `「${field.label}」へ`) : null,
  );
}
