// What somebody wrote where the lesson has no place for it any more: an exercise that is gone, or
// one that asks in another form now. It is shown to be copied, and nothing of it is thrown away.

const WORDS = /[^\x00-\x7f]|^[\s\d.,%+-]+$/; // what people type, not the ids of what they pick

/** The texts and numbers in an answer that a person typed. */
export function typed(answer) {
  if (typeof answer === "string") return answer.trim() && WORDS.test(answer) ? [answer] : [];
  if (answer && typeof answer === "object") return Object.values(answer).flatMap(typed);
  return [];
}

/** What was typed and is not to be seen in `el`. */
export function unseen(answer, el) {
  const controls = [...el.querySelectorAll("input, select, textarea")];
  const seen = `${el.textContent}\n${controls.map((control) => control.value).join("\n")}`;
  return typed(answer).filter((text) => !seen.includes(text.replaceAll("\r\n", "\n")));
}

/** Show texts that lost their place before `place`; `forget` is offered when it is given. */
export function showLeftovers(place, { title, texts, forget }) {
  if (texts.length === 0) return;
  const box = document.createElement("section");
  box.className = "leftover";
  box.setAttribute("aria-label", "前の教材で書いた内容");
  const words = document.createElement("p");
  words.textContent = `教材が新しくなり、${title}に書いた次の内容は入る場所がなくなりました。必要なら書き写してください。`;
  box.append(words);
  for (const text of texts) {
    const quote = document.createElement("blockquote");
    quote.textContent = text;
    box.append(quote);
  }
  if (forget) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "書き写したので消す";
    button.addEventListener("click", () => {
      box.remove();
      forget();
    });
    box.append(button);
  }
  place.prepend(box);
}
