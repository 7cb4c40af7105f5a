// What the page has to say about itself, above the lesson: one line for each matter.

const box = document.getElementById("notice");
const lines = new Map();

/** Say `text` about `matter` until something else is said about it; an empty text takes it away. */
export function tell(matter, text, { action = "閉じる", act = () => tell(matter, "") } = {}) {
  lines.get(matter)?.remove();
  lines.delete(matter);
  if (text) {
    const line = document.createElement("div");
    line.className = "notice-line";
    const words = document.createElement("p");
    words.textContent = text;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = action;
    button.addEventListener("click", act);
    line.append(words, button);
    lines.set(matter, line);
    box.append(line);
  }
  box.hidden = lines.size === 0;
}
