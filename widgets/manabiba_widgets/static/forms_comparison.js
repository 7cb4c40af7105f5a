import { make, messageFor } from "./card.js";
import { chooser, explorable, figureBox, labelled, wholeNumber } from "./explorable.js";
import { weigh } from "./form_choice.js";

const MOST = 9999;
const GROUPS = [
  ["◯ 合う点", ({ stance, unverified }) => stance === "FOR" && !unverified],
  ["◇ 合いそうな点", ({ stance, unverified }) => stance === "FOR" && unverified],
  ["✕ 合わない点", ({ stance, unverified }) => stance === "AGAINST" && !unverified],
  ["△ 合わないかもしれない点", ({ stance, unverified }) => stance === "AGAINST" && unverified],
  ["? 先に確かめる点", ({ stance }) => stance === "ASK"],
];
const PURPOSES = [
  ["yes", "20の分野で、広く多くの人のため"],
  ["no", "分野が違う、または仲間のため"],
  ["", "まだ分からない"],
];
const DISCLOSURE = [
  ["yes", "毎年、公開してよい"],
  ["no", "公開したくない"],
  ["", "まだ決めていない"],
];
const LEGAL = [
  ["", "なくてもよい"],
  ["yes", "必要(契約・補助金など)"],
];
const decided = (value) => (value === "" ? null : value === "yes");

function draw(body, { id, spec, told, tell }) {
  const wish = {
    people: 10,
    officers: 4,
    relatives: 0,
    inFields: true,
    days: null,
    needsLegalPerson: false,
    acceptsDisclosure: true,
  };
  const about = {};
  let before = null;

  const box = (name, label, least) => {
    const input = figureBox(`${id}-${name}`, String(wish[name]), (text) => {
      const read = wholeNumber(text, { least, most: MOST, unit: "人" });
      about[name].say(read.error || "");
      if (read.error) return;
      wish[name] = read.value;
      about.relatives.say(family());
      show();
    });
    about[name] = messageFor(input, `${id}-${name}-message`);
    return labelled(label, input, { unit: "人", about: about[name].element });
  };
  const pick = (name, label, options, value, read) =>
    labelled(
      label,
      chooser(`${id}-${name}`, options, value, (chosen) => {
        wish[name] = read(chosen);
        show();
      }),
    );

  const cards = make("div", { class: "mbx-forms" });
  body.append(
    make(
      "div",
      { class: "mbx-inputs" },
      box("people", "表決権を持つ人(社員)になる人", 1),
      box("officers", "役員(理事と監事)になる人", 0),
      box("relatives", "役員のうち、互いに親族の人(いちばん多い家族)", 0),
      pick("inFields", "活動の目的", PURPOSES, "yes", decided),
      pick("days", "いつまでに必要か", Object.entries(spec.hurry).sort(([one], [other]) => one - other), "", (value) => (value ? Number(value) : null)),
      pick("needsLegalPerson", "法人格", LEGAL, "", (value) => value === "yes"),
      pick("acceptsDisclosure", "報告書を公開すること", DISCLOSURE, "yes", decided),
    ),
    told,
    cards,
    make(
      "details",
      { class: "mbx-more" },
      make("summary", {}, "3つの形の決まりを読む"),
      ...spec.forms.map(traits),
    ),
    make("p", { class: "mb-note" }, `${spec.source}最後は、所轄庁や専門家に確かめてから決めましょう。`),
  );
  show();

  function family() {
    return wish.relatives > wish.officers ? `役員は${wish.officers}人です。親族の人数を確かめましょう。` : "";
  }

  function show() {
    const found = spec.forms.map((form) => ({ form, ...weigh(form, wish) }));
    cards.replaceChildren(...found.map(card));
    const now = found.map(({ form, ...weighed }) => `${form.label}: ${verdict(weighed)}`);
    const changed = before ? now.filter((sentence, i) => sentence !== before[i]) : now;
    tell(family() || changed.join("") || "結果は変わりません。");
    before = now;
  }

  function card({ form, holds, points }) {
    const title = `${id}-${form.id}`;
    return make(
      "section",
      { class: "mbx-form", "aria-labelledby": title },
      make("h4", { id: title }, form.label),
      make("p", { class: "mbx-verdict" }, verdict({ holds, points })),
      ...GROUPS.flatMap(([heading, belongs]) => {
        const mine = points.filter(belongs);
        return mine.length ? [make("h5", {}, heading), make("ul", {}, ...mine.map(point))] : [];
      }),
    );
  }

  /** Never more than what was verified. */
  function verdict({ holds, points }) {
    const labels = (stance, sure) => points.filter((point) => point.stance === stance && (!sure || !point.unverified)).map(({ label }) => label);
    if (holds) return "くらべた点では、合わない点はありません。";
    if (holds === false) return `合わない点があります(${labels("AGAINST", true).join("・")})。`;
    const against = labels("AGAINST", false);
    const ask = labels("ASK", false);
    const unsure = points.some(({ unverified }) => unverified) ? "未確認の点があるので、ここでは決められません。" : "";
    return [
      against.length ? `合わないかもしれない点があります(${against.join("・")})。` : "",
      ask.length ? `先に確かめる点があります(${ask.join("・")})。` : "",
      unsure,
    ].join("");
  }

  function point({ label, stance, texts, source, unverified, note }) {
    return make(
      "li",
      {},
      make("strong", {}, `${label}: `),
      texts[stance],
      unverified ? make("span", { class: "mbx-unverified" }, "未確認") : null,
      make("small", { class: "mbx-under" }, `${source}${note ? `(${note})` : ""}`),
    );
  }

  function traits(form) {
    return make(
      "div",
      {},
      make("h4", {}, form.label),
      make(
        "dl",
        { class: "mbx-traits" },
        ...form.traits.flatMap(({ name, text, source, unverified }) => [
          make("dt", {}, name),
          make("dd", {}, text, unverified ? make("span", { class: "mbx-unverified" }, "未確認") : null, make("small", { class: "mbx-under" }, source)),
        ]),
      ),
    );
  }
}

export default explorable({ draw });
