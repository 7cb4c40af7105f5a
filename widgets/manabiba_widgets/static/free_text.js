import { exercise, make, messageFor } from "./card.js";
import { rubricBox } from "./check_list.js";

function draw(body, api) {
  const id = `${api.id}-text`;
  const { min_chars: least, max_chars: most, rubric } = api.spec;
  const area = make("textarea", { id, rows: 8, class: "mb-text" });
  const count = make("p", { class: "mb-count", id: `${id}-count` });
  const { element, say } = messageFor(area, `${id}-message`);
  area.value = api.answer.text || "";
  area.setAttribute("aria-describedby", count.id);
  area.addEventListener("input", () => {
    showCount();
    say("");
    api.edit({ text: area.value });
  });

  function showCount() {
    const length = [...area.value.trim()].length;
    const asked = least ? `${least}〜${most}字` : `${most}字まで`;
    count.textContent = `${length}字(めやす ${asked})`;
  }

  body.append(
    rubricBox(rubric),
    make("div", { class: "mb-field" }, make("label", { for: id }, "あなたの文章"), area, count, element),
  );
  showCount();

  return { show() {} };
}

export default exercise({ draw });
