import { exercise, make, messageFor } from "./card.js";
import { readNumber, showNumber } from "./number_text.js";

function draw(body, api) {
  const values = { ...(api.answer.values || {}) };
  const says = {};

  for (const field of api.spec.fields) {
    const id = `${api.id}-${field.id}`;
    const input = field.pick ? picker(field, id) : box(field, id);
    const echo = field.pick ? null : make("output", { class: "mb-echo", for: id });
    const { element, say } = messageFor(input, `${id}-message`);
    says[field.id] = say;
    input.value = values[field.id] || "";
    echoBack();
    input.addEventListener(field.pick ? "change" : "input", () => {
      values[field.id] = input.value;
      say("");
      echoBack();
      api.edit({ values: { ...values } });
    });
    body.append(
      make(
        "div",
        { class: "mb-field" },
        make("label", { for: id }, field.label),
        make("span", { class: "mb-entry" }, input, field.pick ? null : make("span", { class: "mb-unit" }, field.unit), echo),
        element,
      ),
    );

    function echoBack() {
      if (!echo) return;
      const read = readNumber(input.value, field.unit);
      if (read.value !== undefined) echo.textContent = `→ ${showNumber(read.value)}${field.unit}`;
      else echo.textContent = read.error ? "→ 数字として読めません" : "";
    }
  }

  return {
    show(parts) {
      for (const say of Object.values(says)) say("");
      for (const part of parts) {
        if (!says[part.input]) continue;
        if (part.ok && parts.length > 1) says[part.input]("◯ 合っています。", true);
        else if (!part.ok) says[part.input](part.message);
      }
    },
  };
}

function box(field, id) {
  return make("input", { type: "text", id, class: "mb-number-box", inputmode: "text", autocomplete: "off", size: 16 });
}

function picker(field, id) {
  const options = Object.entries(field.options).map(([value, label]) => make("option", { value }, label));
  return make("select", { id }, make("option", { value: "" }, "選んでください"), ...options);
}

export default exercise({ draw });
