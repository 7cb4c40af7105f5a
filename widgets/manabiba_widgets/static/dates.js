import { exercise, make, messageFor } from "./card.js";
import { readDate, showDate } from "./date_text.js";

function draw(body, api) {
  const values = { ...(api.answer.values || {}) };
  const says = {};

  for (const field of api.spec.fields) {
    const id = `${api.id}-${field.id}`;
    const input = make("input", { type: "text", id, class: "mb-date-box", autocomplete: "off", size: 20 });
    const echo = make("output", { class: "mb-echo", for: id });
    const { element, say } = messageFor(input, `${id}-message`);
    says[field.id] = say;
    input.value = typeof values[field.id] === "string" ? values[field.id] : "";
    input.setAttribute("aria-describedby", `${id}-how`);
    echoBack();
    input.addEventListener("input", () => {
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
        make("p", { class: "mb-how", id: `${id}-how` }, howTo(field)),
        make("span", { class: "mb-entry" }, input, echo),
        element,
      ),
    );

    function echoBack() {
      const read = readDate(input.value, field.year);
      if (read.value) echo.textContent = `→ ${showDate(read.value)}`;
      else echo.textContent = read.error ? "→ まだ日付として読めません" : "";
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

function howTo(field) {
  if (field.year === null) return "例: 2025/4/1、令和7年4月1日";
  return "例: 4/1、2025/4/1、令和7年4月1日";
}

export default exercise({ draw });
