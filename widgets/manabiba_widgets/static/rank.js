import { exercise, make, messageFor } from "./card.js";
import { BLUE, PALE, svg } from "./figure.js";
import { readNumber } from "./number_text.js";
import { orderOf, placeMessage, showSteps, stepList } from "./step_list.js";

const MOST = 5;
const BAR_PX = 150; // the bar of 5 × 5

function draw(body, api) {
  const { items, scales } = api.spec;
  const ids = items.map(({ id }) => id);
  const chosen = orderOf(api.answer.order, ids);
  const values = {};
  for (const [id, own] of Object.entries(mappingOf(api.answer.values))) values[id] = { ...mappingOf(own) };
  const products = { ...mappingOf(api.answer.products) };
  let order = chosen || ids;
  let isSettled = Boolean(chosen);
  const says = {};

  body.append(
    make("p", { class: "mb-how" }, `${scales.map(({ label }) => `「${label}」`).join("と")}の点をかけた数の大きいものが上になるように、札を動かすか、↑と↓で並べます。`),
    ...scales.filter(({ levels }) => levels.length).map(levelsOf),
  );
  const steps = items.map((item) => ({ id: item.id, label: item.label, details: detailsOf(item) }));
  stepList(body, { steps, start: order, isSettled, settle });
  return { show: (parts) => showSteps(says, parts, "◯ 合っています。") };

  function settle(next) {
    order = next;
    isSettled = true;
    for (const id of ids) says[`order.${id}`]("");
    edit();
  }

  function edit() {
    api.edit({ ...(isSettled ? { order: [...order] } : {}), values: structuredClone(values), products: { ...products } });
  }

  function levelsOf({ label, levels }) {
    return make("p", { class: "mb-how" }, `${label}: ${levels.map((level, n) => `${n + 1} ${level}`).join("、")}`);
  }

  function detailsOf(item) {
    const place = placeMessage();
    says[`order.${item.id}`] = place.say;
    const note = item.note ? make("p", { class: "mb-step-note" }, item.note) : null;
    return [note, place.element, ...(item.given ? productOf(item) : valuesOf(item))].filter(Boolean);
  }

  /** The product of given values, to be typed. */
  function productOf(item) {
    const id = `${api.id}-${item.id}`;
    const bar = barOf();
    const input = make("input", { type: "text", id, class: "mb-number-box", inputmode: "numeric", autocomplete: "off", size: 6 });
    const { element, say } = messageFor(input, `${id}-message`);
    says[item.id] = say;
    input.value = typeof products[item.id] === "string" ? products[item.id] : "";
    const show = () => bar.show(Number(readNumber(input.value, "点").value ?? 0));
    show();
    input.addEventListener("input", () => {
      products[item.id] = input.value;
      say("");
      show();
      edit();
    });
    const told = scales.map(({ label, levels }, n) => `${label} ${item.given[n]}${levels.length ? `(${levels[item.given[n] - 1]})` : ""}`);
    const label = make("label", { for: id }, make("span", { class: "mb-visually-hidden" }, `${item.label} `), "かけた数");
    return [
      make("p", { class: "mb-rank-given" }, told.join(" × ")),
      make("div", { class: "mb-field mb-rank-figures" }, make("span", { class: "mb-entry" }, label, input, bar.element), element),
    ];
  }

  /** Two values to be chosen, and their product. */
  function valuesOf(item) {
    const own = (values[item.id] ||= {});
    const bar = barOf();
    const product = make("output", { class: "mb-rank-product" });
    const chosen = () => scales.map(({ id }) => own[id]).filter(isValue).map(Number);
    const fields = scales.map((scale) => {
      const id = `${api.id}-${item.id}-${scale.id}`;
      const options = Array.from({ length: MOST }, (_, n) => make("option", { value: n + 1 }, [n + 1, scale.levels[n]].filter(Boolean).join(" ")));
      const select = make("select", { id }, make("option", { value: "" }, "選ぶ"), ...options);
      const { element, say } = messageFor(select, `${id}-message`);
      says[`${item.id}.${scale.id}`] = say;
      select.value = isValue(own[scale.id]) ? own[scale.id] : "";
      select.addEventListener("change", () => {
        if (select.value) own[scale.id] = select.value;
        else delete own[scale.id];
        say("");
        show();
        edit();
      });
      const label = make("label", { for: id }, make("span", { class: "mb-visually-hidden" }, `${item.label} `), scale.label);
      return make("div", { class: "mb-field mb-rank-value" }, make("span", { class: "mb-entry" }, label, select), element);
    });
    show();
    return [
      make("div", { class: "mb-rank-figures" }, ...fields),
      make("p", { class: "mb-rank-sum" }, product, bar.element),
    ];

    function show() {
      const found = chosen();
      const isWhole = found.length === scales.length;
      product.textContent = isWhole ? `${found.join(" × ")} = ${found[0] * found[1]}` : "2つの点を選ぶと、かけた数が出ます。";
      bar.show(isWhole ? found[0] * found[1] : 0);
    }
  }
}

/** A bar as long as a product; what it shows stands beside it in figures. */
function barOf() {
  const bar = svg("rect", { height: 12, fill: BLUE });
  const element = svg(
    "svg",
    { viewBox: `0 0 ${BAR_PX} 12`, width: BAR_PX, height: 12, class: "mb-rank-bar", "aria-hidden": "true" },
    svg("rect", { width: BAR_PX, height: 12, fill: "#ffffff", stroke: PALE }),
    bar,
  );
  const show = (product) => {
    element.toggleAttribute("hidden", !(product > 0));
    bar.setAttribute("width", (Math.min(Math.max(product, 0), MOST * MOST) / (MOST * MOST)) * BAR_PX);
  };
  return { element, show };
}

function isValue(value) {
  return typeof value === "string" && /^[1-5]$/.test(value);
}

function mappingOf(value) {
  return value && typeof value === "object" && !Array.isArray(value) ? value : {};
}

export default exercise({ draw });
