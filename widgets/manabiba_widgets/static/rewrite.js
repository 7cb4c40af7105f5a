import { exercise, make, withBreaks } from "./card.js";
import { checkList, rubricBox } from "./check_list.js";
import { plainJapanese } from "./plain_japanese.js";

function draw(body, api) {
  const { spec } = api;
  const measure = plainJapanese(spec.rules);
  const before = measure(spec.text);
  const id = `${api.id}-text`;
  const area = make("textarea", { id, rows: 6, "aria-describedby": `${id}-count`, oninput: changed });
  const count = make("p", { class: "mb-count", id: `${id}-count` });
  const help = make("dl", { class: "mb-rewrite-help" });
  const checks = checkList(() => undefined, ({ message }) => message);
  const rubric = rubricBox(spec.rubric);
  const copy = make("button", { type: "button", class: "mb-button", onclick: copyText }, "元の文を欄に写す");
  area.value = typeof api.answer.text === "string" ? api.answer.text : "";

  body.append(
    ...(rubric ? [rubric] : []),
    make(
      "figure",
      { class: "mb-rewrite-given" },
      make("figcaption", {}, `元の文(${before.length}字)`),
      make("blockquote", {}, ...withBreaks(spec.text)),
    ),
    make("div", { class: "mb-field" }, make("label", { for: id }, "書きかえた文"), area, count, copy),
    make(
      "section",
      { class: "mb-rewrite-hints", "aria-labelledby": `${id}-hints` },
      make("h4", { id: `${id}-hints` }, "書きかえの手がかり"),
      make("p", { class: "mb-how" }, "数えて出した目安です。点数にはなりません。必要な言葉は、そのまま使ってかまいません。"),
      help,
    ),
    checks.element,
  );
  showHelp();

  return {
    show(parts) {
      checks.show(parts);
    },
  };

  function changed() {
    showHelp();
    api.edit({ text: area.value });
  }

  function copyText() {
    area.value = spec.text;
    changed();
    area.focus();
    area.setSelectionRange(0, 0);
  }

  function showHelp() {
    const text = area.value.trim();
    const found = measure(text);
    copy.hidden = Boolean(text);
    count.textContent = counted(found.length);
    const { longest_sentence: most } = spec.rules;
    const size = [...found.longest].length;
    help.replaceChildren(
      ...item("いちばん長い文", text ? [`${size}字(めやす ${most}字まで)`, size > most ? quote(found.longest) : ""] : ["まだありません"]),
      ...item("漢字の割合", [text ? `${found.kanji}%(元の文 ${before.kanji}%)` : `まだありません(元の文 ${before.kanji}%)`]),
      ...item("むずかしいかもしれない言葉", listed(found.hard.map(([word, easier]) => `${word} → ${easier}`))),
      ...item("漢字が長くつながる言葉", listed(found.compounds)),
      ...item("「ない」が重なる言い方", listed(found.double_negatives)),
    );
  }

  function counted(length) {
    if (spec.limit === null) return `${length}字(空白と改行は数えません)`;
    const rest = spec.limit - length;
    return `${length}字(${spec.limit}字まで。${rest < 0 ? `${-rest}字多い` : `あと${rest}字`}。空白と改行は数えません)`;
  }
}

function item(name, about) {
  return [make("dt", {}, name), make("dd", {}, ...about)];
}

function listed(texts) {
  return texts.length ? [make("ul", {}, ...texts.map((text) => make("li", {}, text)))] : ["なし"];
}

function quote(text) {
  return make("span", { class: "mb-rewrite-quote" }, `「${text}」`);
}

export default exercise({ draw });
