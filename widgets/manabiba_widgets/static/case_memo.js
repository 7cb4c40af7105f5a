// What comes at the end of a case: whom to ask, and the memo to take along.

import { make, messageFor } from "./card.js";

export function words(value) {
  return typeof value === "string" ? value : "";
}

/** Whom to ask: `{ element, chosen(), show(said) }`. */
export function consultation(api, edit) {
  const names = api.spec.consultants;
  const saved = Array.isArray(api.answer.consult) ? api.answer.consult : [];
  const message = make("p", { class: "mb-message", id: `${api.id}-consult-message`, hidden: true });
  const rows = names.map((name, index) => {
    const id = `${api.id}-consult-${index}`;
    const input = make("input", { type: "checkbox", id });
    const beside = make("p", { class: "mb-message", id: `${id}-message`, hidden: true });
    input.checked = saved.includes(name);
    input.addEventListener("change", () => {
      putMessage(beside, "", input);
      putMessage(message, "");
      edit();
    });
    return { name, input, beside, element: make("div", { class: "mb-option" }, input, make("label", { for: id }, name), beside) };
  });
  const element = make(
    "fieldset",
    { class: "mb-group mb-case-consult" },
    make("legend", {}, "だれに相談しますか(いくつでも)"),
    ...rows.map((row) => row.element),
    message,
  );
  if (!names.length) element.hidden = true;
  return {
    element,
    chosen: () => rows.filter(({ input }) => input.checked).map(({ name }) => name),
    show(said) {
      putMessage(message, said.consult?.message || "");
      for (const { name, input, beside } of rows) {
        const part = said[`consult:${name}`];
        const wrong = () => `✕ ${part.message || "この件の相談先ではありません。"}`;
        putMessage(beside, part ? (part.ok ? "◯ 合っています。" : wrong()) : "", input);
      }
    },
  };
}

/** Show a message at its input, or take it away with an empty text. */
export function putMessage(message, text, input = null) {
  message.textContent = text;
  message.hidden = !text;
  if (text) input?.setAttribute("aria-describedby", message.id);
  else input?.removeAttribute("aria-describedby");
}

/** The memo to take along: `{ element, written(), show(said) }`; printing prints it alone. */
export function note(api, consultants, edit) {
  const { memo_label: label, memo_template: template } = api.spec;
  const id = `${api.id}-memo`;
  const area = make("textarea", { id, rows: 10, maxlength: 4000 });
  const { element: message, say: sayHere } = messageFor(area, `${id}-message`);
  const paperText = make("p", { class: "mb-case-words" });
  const paperAsked = make("p", {});
  const paper = make("div", { class: "mb-case-paper" }, make("p", { class: "mb-case-paper-title" }, label), paperAsked, paperText);
  area.value = words(api.answer.memo) || template;
  area.addEventListener("input", () => {
    sayHere("");
    fillPaper();
    edit();
  });
  const element = make(
    "div",
    { class: "mb-case-memo" },
    make("div", { class: "mb-field" }, make("label", { for: id }, label), make("p", { class: "mb-how", id: `${id}-how` }, "4つの行に、ご自分のことばで書き足してください。名前や口座番号など、個人の情報は書かないでください。"), area, message),
    make("button", { type: "button", class: "mb-button", onclick: print }, "メモだけを印刷する"),
    paper,
  );
  area.setAttribute("aria-describedby", `${id}-how`);
  fillPaper();

  function fillPaper() {
    const asked = consultants();
    paperText.textContent = area.value;
    paperAsked.textContent = asked.length ? `相談先: ${asked.join("・")}` : "";
  }

  function print() {
    fillPaper();
    paper.classList.add("mb-case-printing");
    addEventListener("afterprint", () => paper.classList.remove("mb-case-printing"), { once: true });
    globalThis.print();
  }

  return {
    element,
    written: () => (area.value.trim() === template.trim() ? "" : area.value),
    show(said) {
      sayHere(said.memo?.message || "");
      fillPaper();
    },
  };
}
