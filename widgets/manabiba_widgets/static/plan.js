import { exercise, make } from "./card.js";
import { checkList, rubricBox } from "./check_list.js";
import { planEntries } from "./plan_entries.js";
import { planFigure } from "./plan_figure.js";
import { sortZones } from "./sort_zones.js";

function draw(body, api) {
  return api.spec.entries ? drawSorting(body, api) : drawWriting(body, api);
}

function drawSorting(body, { id, spec, answer, edit }) {
  const groups = Object.fromEntries(spec.columns.map((column) => [column.id, column.label]));
  const about = spec.columns.filter(({ help }) => help).map(({ label, help }) => make("li", {}, `${label}: ${help}`));
  body.append(make("p", { class: "mb-how" }, Object.values(groups).join(" → ")), make("ul", { class: "mb-how" }, ...about));
  return sortZones(body, { id, groups, items: spec.entries, placed: answer.placed, settle: (placed) => edit({ placed }) });
}

function drawWriting(body, api) {
  const { columns } = api.spec;
  const written = planEntries(api, () => figure.draw());
  const figure = planFigure(`${api.id}-model`, columns, written.now);
  const labels = Object.fromEntries(columns.map(({ id, label }) => [id, label]));
  const checks = checkList(
    (id) => id in labels && { label: labels[id], input: written.first(id) },
    ({ message }, label) => [label, message].filter(Boolean).join(": "),
  );
  const rubric = rubricBox(api.spec.rubric);
  body.append(
    ...(rubric ? [rubric] : []),
    ...written.elements,
    make("div", { class: "mb-plan-figure" }, make("h4", {}, "計画の図"), figure.element),
    checks.element,
  );
  return {
    show(parts) {
      written.show(parts.filter(({ input, ok }) => !ok && !input.startsWith("check:")));
      checks.show(parts);
    },
  };
}

export default exercise({ draw });
