// When an answer was written in two places: all versions are shown, one is chosen, none is lost
// before that.

/**
 * Ask in `slot` which version counts. `others` are `{ label, when, answer, … }`;
 * `render(version, el)` shows one without letting it be changed; `keepMine()` and
 * `take(other)` say what was chosen.
 */
export function askWhich(slot, { others, render, keepMine, take }) {
  slot.querySelector(":scope > .conflict")?.remove();
  const box = document.createElement("div");
  box.className = "conflict";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent =
    "この問は、別の画面で書きかえられています。どちらも残してあります。どちらを使いますか。" +
    "選ぶまで、この問は保存されません。入力は続けられます。";
  const choose = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      box.remove();
      act();
    });
    return button;
  };
  box.append(words, choose("この画面の解答を使う", keepMine));
  for (const other of others) {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = `${other.label}を見る(${other.when})`;
    const preview = document.createElement("div");
    details.append(summary, preview);
    details.addEventListener("toggle", () => render(other, preview), { once: true });
    box.append(choose(`${other.label}を使う`, () => take(other)), details);
  }
  slot.prepend(box);
}

/** Make everything in a preview unchangeable; it stays readable. */
export function freeze(el) {
  for (const control of el.querySelectorAll("input, select, textarea")) control.disabled = true;
  for (const button of el.querySelectorAll("button")) button.remove();
}
