import { exercise, make, messageFor, wholeChoice } from "./card.js";

function draw(body, api) {
  const marked = { ...(api.answer.marked || {}) };
  const says = {};
  const list = make("ol", { class: "mb-lines" });

  for (const line of api.spec.lines) {
    const id = `${api.id}-${line.id}`;
    const box = make("input", { type: "checkbox", id, "aria-label": `${line.heading}はまちがい` });
    const options = Object.entries(line.corrections).map(([value, text]) => make("option", { value }, text));
    const label = `${line.heading}の直し方`;
    const select = make("select", { id: `${id}-fix`, "aria-label": label }, make("option", { value: "" }, "どう直すかを選ぶ"), ...options);
    const whole = wholeChoice(select);
    const fix = make("div", { class: "mb-field mb-fix" }, make("label", { for: select.id }, "直し方"), select, whole.element);
    const { element, say } = messageFor(select, `${id}-message`);
    says[line.id] = say;
    box.checked = line.id in marked;
    select.value = line.corrections[marked[line.id]] ? marked[line.id] : "";
    box.addEventListener("change", edit);
    select.addEventListener("change", edit);
    list.append(
      make(
        "li",
        { class: "mb-line" },
        make("p", { class: "mb-line-heading" }, line.heading),
        ...written(line),
        make("div", { class: "mb-option" }, box, make("label", { for: id }, "まちがい")),
        fix,
        element,
      ),
    );
    showFix();

    function edit() {
      if (box.checked) marked[line.id] = select.value;
      else delete marked[line.id];
      showFix();
      say("");
      api.edit({ marked: { ...marked } });
    }

    function showFix() {
      fix.hidden = !box.checked;
      whole.show();
    }
  }
  body.append(list);

  return {
    show(parts) {
      for (const say of Object.values(says)) say("");
      for (const part of parts) says[part.input]?.(part.ok ? "◯ 合っています。" : part.message, part.ok);
    },
  };
}

/** What stands in the line: a text, and cells beside each other where there is room. */
function written(line) {
  const cells = Object.entries(line.cells || {}).map(([label, text]) =>
    make("div", { class: "mb-cell" }, make("dt", {}, label), ...text.split("\n").map((row) => make("dd", {}, row))),
  );
  return [
    line.text ? make("p", { class: "mb-line-text" }, line.text) : null,
    cells.length ? make("dl", { class: "mb-cells" }, ...cells) : null,
  ].filter(Boolean);
}

export default exercise({ draw });
