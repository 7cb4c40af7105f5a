import { exercise, make, messageFor } from "./card.js";
import { checkList, rubricBox } from "./check_list.js";
import { readDate, showDate } from "./date_text.js";
import { clean, fillPaper, isMapping, isNothing, readFigure } from "./document_paper.js";
import { documentRows } from "./document_rows.js";
import { showNumber } from "./number_text.js";

const WIDE_PX = 640; // from here on the paper stands beside the form

function draw(body, api) {
  const { spec } = api;
  const given = isMapping(api.answer.fields) ? { ...api.answer.fields } : {};
  const drawn = new Map(); // field id → { say, first }
  const sheet = make("div", { class: "mb-paper", role: "group", "aria-label": `「${spec.paper}」の下書き`, tabindex: 0 });
  const paper = make("details", { class: "mb-paper-box" }, make("summary", {}, "書類のかたちで見る"), sheet);
  const form = make("div", { class: "mb-document-form" }, ...spec.fields.map(fieldOf));
  const checks = checkList(
    (id) => drawn.has(id) && { label: spec.fields.find((field) => field.id === id).label, input: drawn.get(id).first() },
    ({ ok, message }, label) => (ok ? message || label || "書類の全体" : message),
  );

  const rubric = rubricBox(spec.rubric);
  body.append(
    ...(rubric ? [rubric] : []),
    make("div", { class: "mb-document-both" }, form, paper),
    checks.element,
    ...linksOf(spec, api),
  );
  showPaper();
  openWhereThereIsRoom(body, paper);

  function fieldOf(field) {
    const id = `${api.id}-${field.id}`;
    const made = KINDS[field.kind]({
      id,
      field,
      given: given[field.id],
      edit(value) {
        given[field.id] = value;
        made.about.say("");
        showPaper();
        api.edit({ fields: { ...given } });
      },
    });
    drawn.set(field.id, made);
    const isGroup = field.kind === "rows";
    const name = [field.label, field.required ? null : make("span", { class: "mb-optional" }, "(なくてもかまいません)")];
    const about = [field.help, field.kind === "date" ? "例: 2025/4/1、令和7年4月1日" : ""].filter(Boolean).join("\n");
    const help = about ? make("p", { class: "mb-how", id: `${id}-help` }, ...lines(about)) : null;
    if (help) made.first().setAttribute("aria-describedby", [help.id, made.first().getAttribute("aria-describedby")].filter(Boolean).join(" "));
    return make(
      isGroup ? "fieldset" : "div",
      { class: isGroup ? "mb-field mb-group" : "mb-field" },
      isGroup ? make("legend", { class: "mb-legend" }, ...name.filter(Boolean)) : make("label", { for: id }, ...name.filter(Boolean)),
      help,
      field.example ? exampleOf(field) : null,
      made.element,
      made.about.element,
    );
  }

  function showPaper() {
    sheet.replaceChildren(...fillPaper(spec, given).map(blockOf));
  }

  return {
    show(parts) {
      for (const { about } of drawn.values()) about.say("");
      for (const part of parts) {
        if (!part.ok) drawn.get(part.input)?.about.say(part.message);
      }
      checks.show(parts);
    },
  };
}

const KINDS = {
  line: (one) => textOf(one, make("input", { type: "text", id: one.id, class: "mb-line-box", autocomplete: "off" })),
  text: (one) => textOf(one, make("textarea", { id: one.id, rows: 5 })),
  number: (one) => echoed(one, "mb-number-box", (text) => readFigure(one.field, text), showNumber, "数字"),
  date: (one) =>
    echoed(one, "mb-date-box", (text) => (isNothing(one.field, text) ? {} : readDate(text)), showDate, "日付"),
  choice: choiceOf,
  rows: documentRows,
};

function textOf({ id, field, given, edit }, input) {
  const about = messageFor(input, `${id}-message`);
  const count = field.length ? make("p", { class: "mb-count", id: `${id}-count` }) : null;
  input.value = typeof given === "string" ? given : "";
  if (count) input.setAttribute("aria-describedby", count.id);
  input.addEventListener("input", () => {
    edit(input.value);
    showCount();
  });
  showCount();
  return { element: make("div", {}, input, count), about, first: () => input };

  function showCount() {
    if (!count) return;
    const [least, most] = field.length;
    count.textContent = `${[...clean(input.value)].length}字(めやす ${least ? `${least}〜${most}字` : `${most}字まで`})`;
  }
}

function echoed({ id, given, edit }, style, read, show, what) {
  const input = make("input", { type: "text", id, class: style, autocomplete: "off", size: 16 });
  const about = messageFor(input, `${id}-message`);
  const echo = make("output", { class: "mb-echo", for: id });
  input.value = typeof given === "string" ? given : "";
  input.addEventListener("input", () => {
    edit(input.value);
    echoBack();
  });
  echoBack();
  return { element: make("span", { class: "mb-entry" }, input, echo), about, first: () => input };

  function echoBack() {
    const found = read(input.value);
    echo.textContent = found.value ? `→ ${show(found.value)}` : found.error ? `→ まだ${what}として読めません` : "";
  }
}

function choiceOf({ id, field, given, edit }) {
  const options = field.options.map((option) => make("option", { value: option }, option));
  const input = make("select", { id }, make("option", { value: "" }, "選んでください"), ...options);
  const about = messageFor(input, `${id}-message`);
  input.value = field.options.includes(given) ? given : "";
  input.addEventListener("change", () => edit(input.value));
  return { element: make("div", {}, input), about, first: () => input };
}

function exampleOf(field) {
  return make(
    "details",
    { class: "mb-example" },
    make("summary", {}, "例を見る", make("span", { class: "mb-visually-hidden" }, `(${field.label})`)),
    make("p", {}, ...lines(field.example)),
  );
}

function lines(text) {
  return text.split("\n").flatMap((line, number) => (number ? [make("br"), line] : [line]));
}

function blockOf(block) {
  if (block.heads) return paperTable(block);
  const tag = { title: "h4", heading: "h5" }[block.role] || "p";
  const spans = block.lines.flatMap((line, number) => [...(number ? [make("br")] : []), ...line.map(spanOf)]);
  return make(tag, { class: `mb-paper-${block.role}` }, ...spans);
}

function spanOf({ text, empty }) {
  if (!empty) return text;
  return make("span", {}, make("span", { class: "mb-blank", "aria-hidden": "true" }, text), make("span", { class: "mb-visually-hidden" }, "(まだ空いています)"));
}

function paperTable({ title, heads, numeric, rows, total }) {
  const cell = (text, column) => make("td", { class: numeric[column] ? "mb-paper-number" : null }, text);
  return make(
    "table",
    { class: "mb-paper-table", "aria-label": title },
    make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map(cell)))),
    total ? make("tfoot", {}, make("tr", {}, ...total.map(cell))) : null,
  );
}

/** Open beside the form; below it, on a phone, it is opened by whoever wants to see it. */
function openWhereThereIsRoom(body, paper) {
  let wide = null;
  const look = () => {
    const now = body.clientWidth >= WIDE_PX;
    if (now !== wide) paper.open = now;
    wide = now;
  };
  look();
  const observer = new ResizeObserver(() => (paper.isConnected ? look() : observer.disconnect()));
  observer.observe(body);
}

/** The paper as a file and to be printed: a server's pages, so only where one gives their address. */
function linksOf(spec, api) {
  if (!api.page) return [];
  const said = make("p", { class: "mb-links-said", role: "status" });
  const link = (href, text, attributes = {}) =>
    make("a", { class: "mb-button mb-link", href, onclick: open, ...attributes }, text);

  async function open(event) {
    event.preventDefault();
    const { href } = event.currentTarget;
    said.textContent = "書いた内容を保存しています…";
    const isSaved = await api.save();
    said.textContent = isSaved ? "" : "まだ保存できていません。「保存しました」と出てから、もう一度押してください。";
    if (isSaved) api.page.open(href);
  }

  return [
    make(
      "div",
      { class: "mb-links" },
      link(`${api.page.documents}.docx`, "Word文書(.docx)でダウンロード"),
      link(api.page.documents, "印刷用に開く"),
      said,
    ),
  ];
}

export default exercise({ draw });
