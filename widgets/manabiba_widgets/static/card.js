// The frame every exercise stands in: title, prompt, input, check, hints, result, save time.
//
// A kind calls `exercise({ draw })`; `draw(body, api)` fills the body and returns
// `{ show(parts) }`, which puts the judge's messages next to the inputs they belong to.
// `api` is `{ id, spec, answer, edit(next), page, save() }`; `page` is what only our page host
// gives (null in JupyterLab). Only model.get/set/save_changes/on are used and nothing outside `el`
// is touched, so that a module runs on a page and in JupyterLab alike.

const PATIENCE_MS = 20000;
const TYPING_PAUSE_MS = 400;

const STATUS = {
  right: { mark: "◯", word: "正解です" },
  partial: { mark: "△", word: "あと少しです" },
  wrong: { mark: "✕", word: "もう一度" },
  incomplete: { mark: "…", word: "まだ途中です" },
  formal: { mark: "✓", word: "記入できています" },
  unavailable: { mark: "!", word: "いまは確かめられません" },
};

/** An element with attributes and children; text is always set as text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** A message tied to an input: `say(text)` shows it, an empty text takes it away. */
export function messageFor(input, id) {
  const element = make("p", { class: "mb-message", id, hidden: true });
  const say = (text, ok = false) => {
    element.hidden = !text;
    element.textContent = text;
    if (ok || !text) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
    const others = (input.getAttribute("aria-describedby") || "")
      .split(" ")
      .filter((other) => other && other !== id);
    input.setAttribute("aria-describedby", text ? [...others, id].join(" ") : others.join(" "));
    if (!input.getAttribute("aria-describedby")) input.removeAttribute("aria-describedby");
  };
  return { element, say };
}

const SHORT_CHOICE = 14; // characters that a closed list shows on a phone

/** The chosen words once more, below a list: a phone's closed list cuts off long ones. `show()` after each change. */
export function wholeChoice(select) {
  const element = make("p", { class: "mb-echo mb-whole-choice", "aria-hidden": "true", hidden: true });
  const show = () => {
    const chosen = select.value ? select.selectedOptions[0].text : "";
    element.textContent = chosen;
    element.hidden = chosen.length <= SHORT_CHOICE;
  };
  return { element, show };
}

export function paragraphs(text) {
  return text.split("\n\n").map((part) => {
    return make("p", {}, ...withBreaks(part));
  });
}

/** The lines of a text with a `br` between them. */
export function withBreaks(text) {
  return text.split("\n").flatMap((line, number) => (number ? [make("br"), line] : [line]));
}

function points(value) {
  return String(Math.round(value * 10) / 10);
}

export function exercise({ draw }) {
  return {
    render({ model, el }) {
      const spec = model.get("spec");
      const id = model.get("exercise_id");
      const name = (part) => `mb-${id}-${part}`;
      let typing = null;
      let waiting = null;
      let writing = false;
      let drawn = null;

      const body = make("div", { class: "mb-body" });
      const result = make("div", { class: "mb-result", role: "status", "aria-live": "polite" });
      const saved = make("span", { class: "mb-saved" });
      const hints = make("ol", { class: "mb-hints" });
      const hintButton = make("button", { type: "button", class: "mb-button", onclick: openHint });
      const checkButton = make(
        "button",
        { type: "button", class: "mb-button mb-primary", onclick: check },
        spec.check === "form" ? "記入もれを確かめる" : "確かめる",
      );
      const worth = spec.points ? make("span", { class: "mb-points" }, `${points(spec.points)}点`) : null;

      el.append(
        make(
          "section",
          { class: `mb-exercise mb-${model.get("exercise_kind")}`, "aria-labelledby": name("title") },
          make("h3", { class: "mb-title", id: name("title") }, make("span", {}, spec.title), worth),
          make("div", { class: "mb-prompt" }, ...paragraphs(spec.prompt)),
          spec.check === "form"
            ? make("p", { class: "mb-note" }, spec.rubric ? "講師が読んで採点します。" : "この問の正誤は、採点のあとでお知らせします。")
            : null,
          body,
          make("div", { class: "mb-actions" }, checkButton, hintButton, saved),
          hints,
          result,
        ),
      );

      function flush() {
        clearTimeout(typing);
        typing = null;
        model.save_changes();
      }

      function edit(next) {
        writing = true;
        model.set("answer", next);
        writing = false;
        clearTimeout(typing);
        typing = setTimeout(flush, TYPING_PAUSE_MS);
      }

      function check() {
        result.replaceChildren(make("p", {}, "確かめています…"));
        clearTimeout(waiting);
        waiting = setTimeout(() => {
          result.replaceChildren(
            make("p", {}, "時間がかかっています。解答は消えません。もう一度「確かめる」を押してください。"),
          );
        }, PATIENCE_MS);
        model.set("check", model.get("check") + 1);
        flush();
      }

      function openHint() {
        model.set("hints_opened", Math.min(model.get("hints_opened") + 1, spec.hints.length));
        flush();
      }

      function showHints() {
        const opened = model.get("hints_opened");
        const left = spec.hints.length - opened;
        hints.replaceChildren(...spec.hints.slice(0, opened).map((hint) => make("li", {}, hint)));
        hints.hidden = opened === 0;
        hintButton.hidden = left <= 0;
        hintButton.textContent = opened ? `次のヒントを見る(あと${left}つ)` : `ヒントを見る(${left}つ)`;
      }

      function showSaved() {
        const at = model.get("saved_at");
        saved.textContent = at ? `保存しました ${at}` : "";
      }

      function showFeedback() {
        const feedback = model.get("feedback") || {};
        clearTimeout(waiting);
        if (!feedback.status) {
          result.replaceChildren();
          drawn.show([]);
          return;
        }
        const status = STATUS[feedback.status] || STATUS.wrong;
        const earned =
          spec.points && ["right", "partial", "wrong"].includes(feedback.status)
            ? make("span", { class: "mb-points" }, `${points(spec.points)}点中 ${points(feedback.score * spec.points)}点`)
            : null;
        result.replaceChildren(
          make(
            "p",
            { class: `mb-status mb-status-${feedback.status}` },
            make("span", { class: "mb-mark", "aria-hidden": "true" }, status.mark),
            make("strong", {}, status.word),
            earned,
          ),
          ...paragraphs(feedback.message || ""),
        );
        drawn.show(feedback.parts || []);
      }

      function redraw() {
        body.replaceChildren();
        drawn = draw(body, {
          id: name("input"),
          spec,
          get answer() {
            return model.get("answer") || {};
          },
          edit,
          page: model.get("page") || null,
          /** Where there is a page: whether everything typed is on the server now. */
          save() {
            flush();
            return model.get("page").save();
          },
        });
      }

      redraw();
      showHints();
      showSaved();
      showFeedback();
      // An answer that changes without being typed here comes from another device or a restart.
      model.on("change:answer", () => {
        if (writing) return;
        redraw();
        showFeedback();
      });
      model.on("change:hints_opened", showHints);
      model.on("change:saved_at", showSaved);
      model.on("change:feedback", showFeedback);
      return () => clearTimeout(typing);
    },
  };
}
