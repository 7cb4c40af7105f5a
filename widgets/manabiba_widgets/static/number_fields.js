import { make, messageFor, wholeChoice } from "./card.js";
import { readNumber, showNumber } from "./number_text.js";

/** Labelled numbers and picks: `edit(values)` is called at each change, `show(parts)` puts messages at them. */
export function numberFields(id, fields, given, edit) {
  const values = { ...given };
  const says = {};
  return { elements: fields.map((field) => fieldOf(field, `${id}-${field.id}`)), show };

  function fieldOf(field, fieldId) {
    const input = field.pick ? picker(field, fieldId) : box(fieldId);
    const echo = field.pick ? null : make("output", { class: "mb-echo", for: fieldId });
    const whole = field.pick ? wholeChoice(input) : null;
    const { element, say } = messageFor(input, `${fieldId}-message`);
    says[field.id] = say;
    input.value = values[field.id] || "";
    echoBack();
    input.addEventListener(field.pick ? "change" : "input", () => {
      values[field.id] = input.value;
      say("");
      echoBack();
      edit({ ...values });
    });
    return make(
      "div",
      { class: "mb-field" },
      make("label", { for: fieldId }, field.label),
      make("span", { class: "mb-entry" }, input, field.pick ? null : make("span", { class: "mb-unit" }, field.unit), echo),
      whole && whole.element,
      element,
    );

    function echoBack() {
      if (whole) {
        whole.show();
        return;
      }
      const read = readNumber(input.value, field.unit);
      if (read.value !== undefined) echo.textContent = `→ ${showNumber(read.value)}${field.unit}`;
      else echo.textContent = read.error ? "→ 数字として読めません" : "";
    }
  }

  function show(parts) {
    for (const say of Object.values(says)) say("");
    for (const part of parts) {
      if (!says[part.input]) continue;
      if (part.ok && parts.length > 1) says[part.input]("◯ 合っています。", true);
      else if (!part.ok) says[part.input](part.message);
    }
  }
}

function box(id) {
  return make("input", { type: "text", id, class: "mb-number-box", inputmode: "text", autocomplete: "off", size: 16 });
}

function picker(field, id) {
  const options = Object.entries(field.options).map(([value, label]) => make("option", { value }, label));
  return make("select", { id }, make("option", { value: "" }, "選んでください"), ...options);
}
