import { exercise, make } from "./card.js";

function draw(body, api) {
  const type = api.spec.multiple ? "checkbox" : "radio";
  const chosen = new Set(api.answer.chosen || []);
  const inputs = {};
  const says = {};

  const options = Object.entries(api.spec.options).map(([option, label]) => {
    const id = `${api.id}-${option}`;
    const input = make("input", { type, id, name: api.id, value: option });
    input.checked = chosen.has(option);
    input.addEventListener("change", edit);
    inputs[option] = input;
    const message = make("p", { class: "mb-message", id: `${id}-message`, hidden: true });
    says[option] = message;
    return make("div", { class: "mb-option" }, input, make("label", { for: id }, label), message);
  });
  const legend = api.spec.multiple ? "あてはまるものをすべて選んでください" : "1つ選んでください";
  body.append(make("fieldset", { class: "mb-group" }, make("legend", {}, legend), ...options));

  let reason = null;
  if (api.spec.reason) {
    const id = `${api.id}-reason`;
    reason = make("textarea", { id, rows: 3, maxlength: 2000, oninput: edit });
    reason.value = api.answer.reason || "";
    body.append(make("div", { class: "mb-field" }, make("label", { for: id }, api.spec.reason), reason));
  }

  function edit() {
    const now = Object.keys(inputs).filter((option) => inputs[option].checked);
    api.edit(reason ? { chosen: now, reason: reason.value } : { chosen: now });
  }

  return {
    show(parts) {
      for (const [option, message] of Object.entries(says)) {
        message.hidden = true;
        inputs[option].removeAttribute("aria-describedby");
      }
      for (const part of parts) {
        const message = says[part.input];
        if (!message) continue;
        message.textContent = part.ok ? `◯ ${part.message || "合っています。"}` : `✕ ${part.message || "これではありません。"}`;
        message.hidden = false;
        inputs[part.input].setAttribute("aria-describedby", message.id);
      }
    },
  };
}

export default exercise({ draw });
