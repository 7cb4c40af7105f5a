import { exercise, make } from "./card.js";
import { planEntries } from "./plan_entries.js";
import { planFigure } from "./plan_figure.js";
import { sortZones } from "./sort_zones.js";

function draw(body, api) {
  const { columns, entries, rubric } = api.spec;
  if (entries) {
    const groups = Object.fromEntries(columns.map(({ id, label }) => [id, label]));
    const about = columns.filter(({ help }) => help).map(({ label, help }) => make("li", {}, `${label}: ${help}`));
    body.append(make("p", { class: "mb-how" }, columns.map(({ label }) => label).join(" → ")), make("ul", { class: "mb-how" }, ...about));
    return sortZones(body, { id: api.id, groups, items: entries, placed: api.answer.placed, settle: (placed) => api.edit({ placed }) });
  }
  const checks = make("div", { class: "mb-plan-checks", hidden: true });
  const written = planEntries(api, () => figure.draw());
  const figure = planFigure(`${api.id}-model`, columns, written.now);
  body.append(
    ...(rubric?.length ? [rubricOf(rubric)] : []),
    ...written.elements,
    make("div", { class: "mb-plan-figure" }, make("h4", {}, "計画の図"), figure.element),
    checks,
  );
  return { show };

  function show(parts) {
    written.show(parts.filter(({ input, ok }) => !ok && !input.startsWith("check:")));
    const told = parts.filter(({ input }) => input.startsWith("check:"));
    checks.hidden = told.length === 0;
    checks.replaceChildren(make("h4", {}, "できているか"), make("ul", {}, ...told.map(checkOf)));
  }

  function checkOf({ input, ok, message }) {
    const column = columns.find(({ id }) => id === input.split(":")[1]);
    const go = (event) => {
      event.preventDefault();
      written.focus(column.id);
    };
    return make(
      "li",
      { class: ok ? "mb-plan-ok" : "mb-plan-open" },
      make("span", { class: "mb-plan-mark" }, ok ? "○" : "まだ"),
      make("span", {}, [column?.label, message].filter(Boolean).join(": ")),
      column && !ok ? make("a", { href: `#${written.fieldId(column.id)}`, onclick: go }, `「${column.label}」へ`) : null,
    );
  }
}

function rubricOf(rubric) {
  const items = rubric.map(({ label, points, description }) => make("li", {}, `${label}(${points}点)${description ? `: ${description}` : ""}`));
  return make("div", { class: "mb-rubric" }, make("p", {}, "講師は次の観点で読みます。"), make("ul", {}, ...items));
}

export default exercise({ draw });
