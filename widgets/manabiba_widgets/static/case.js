import { exercise, make } from "./card.js";
import { consultation, note, putMessage, words } from "./case_memo.js";

const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function draw(body, api) {
  const { spec } = api;
  const scenes = new Map(spec.scenes.map((scene) => [scene.id, scene]));
  const endings = new Map(spec.endings.map((ending) => [ending.id, ending]));
  const reasons = isPlain(api.answer.reasons) ? { ...api.answer.reasons } : {};
  const last = {}; // scene → the option taken there before somebody went back
  let path = walked(api.answer.path, spec.scenes[0], scenes);
  let said = {}; // what the judge said, by input

  const way = make("div", { class: "mb-case-way" });
  const place = make("div", { class: "mb-case-place" });
  const told = make("p", { class: "mb-visually-hidden", role: "status", "aria-live": "polite" });
  const consult = consultation(api, edit);
  const memo = note(api, () => consult.chosen(), edit);
  const after = make("div", { class: "mb-case-after" }, consult.element, memo.element);
  body.append(way, place, after, told);
  show();

  function here() {
    const at = path.length ? scenes.get(path.at(-1)[0]).options.find(({ id }) => id === path.at(-1)[1]).to : spec.scenes[0].id;
    return scenes.get(at) || endings.get(at);
  }

  function edit() {
    api.edit({ path: path.map((step) => [...step]), reasons: { ...reasons }, consult: consult.chosen(), memo: memo.written() });
  }

  /** Another place: what the judge said is about another way; the focus goes where one reads on. */
  function move(next, announcement) {
    path = next;
    said = {};
    show();
    edit();
    told.textContent = announcement;
    place.querySelector("h4").focus();
  }

  function show() {
    const now = here();
    const ended = endings.has(now.id);
    way.replaceChildren(...(path.length ? [wayHeading(), make("ol", { class: "mb-case-steps" }, ...path.map(step))] : []));
    place.replaceChildren(
      make("h4", { class: "mb-case-heading", tabindex: "-1" }, ended ? "結末" : `場面${path.length + 1}`),
      conversation(now.lines),
      ...(ended ? [] : choosing(now)),
      moves(now, ended),
    );
    after.hidden = !ended && !consult.chosen().length && !memo.written();
    consult.show(said);
    memo.show(said);
  }

  function wayHeading() {
    return make("h4", {}, "ここまでの道すじ");
  }

  /** A step taken: its choice, its reason, the scene to read again, and what the judge said. */
  function step([id, option], index) {
    const scene = scenes.get(id);
    const reason = scene.reason ? pastReason(scene, index) : null;
    const judged = said[`step:${id}`];
    return make(
      "li",
      {},
      make("p", { class: "mb-case-chosen" }, scene.options.find((one) => one.id === option).label),
      judged?.message ? make("p", { class: "mb-message" }, `${judged.ok ? "◯" : "△"} ${judged.message}`) : null,
      reason,
      make("details", {}, make("summary", {}, `場面${index + 1}を読み返す`), conversation(scene.lines)),
    );
  }

  function pastReason(scene, index) {
    const text = words(reasons[scene.id]).trim();
    const judged = said[`reason:${scene.id}`];
    const box = make("div", { class: "mb-case-reason" });
    const open = make("button", { type: "button", class: "mb-button", onclick: write }, text ? "理由を書きなおす" : "理由を書く");
    open.append(make("span", { class: "mb-visually-hidden" }, `(場面${index + 1})`));
    box.append(make("p", {}, `理由: ${text || "(まだ書いていません)"}`), open);
    if (judged && !text) box.append(make("p", { class: "mb-message" }, judged.message));
    return box;

    function write() {
      const field = reasonField(scene, `${api.id}-past-${index}`);
      box.replaceChildren(field);
      field.querySelector("textarea").focus();
    }
  }

  function reasonField(scene, id) {
    const area = make("textarea", { id, rows: 3, maxlength: 2000 });
    area.value = words(reasons[scene.id]);
    area.addEventListener("input", () => {
      reasons[scene.id] = area.value;
      edit();
    });
    return make("div", { class: "mb-field" }, make("label", { for: id }, scene.reason), area);
  }

  function choosing(scene) {
    const message = make("p", { class: "mb-message", id: `${api.id}-choose`, role: "status", hidden: true });
    const inputs = scene.options.map((option, index) => {
      const input = make("input", { type: "radio", id: `${api.id}-option-${index}`, name: `${api.id}-option`, value: option.id });
      input.checked = last[scene.id] === option.id;
      input.addEventListener("change", () => tell(""));
      return input;
    });
    const options = scene.options.map((option, index) =>
      make("div", { class: "mb-option mb-case-option" }, inputs[index], make("label", { for: inputs[index].id }, option.label)),
    );
    const go = make("button", { type: "button", class: "mb-button mb-primary", onclick: forward }, "この選択で進む");
    return [
      make("fieldset", { class: "mb-group" }, make("legend", {}, "どうしますか。1つ選んでください"), ...options),
      scene.reason ? reasonField(scene, `${api.id}-reason`) : null,
      message,
      go,
    ].filter(Boolean);

    function tell(text) {
      for (const input of inputs) putMessage(message, text, input);
    }

    function forward() {
      const chosen = inputs.find((input) => input.checked);
      if (!chosen) {
        tell("1つ選ぶと進めます。あとで「一つ戻る」で選びなおせます。");
        inputs[0].focus();
        return;
      }
      last[scene.id] = chosen.value;
      const next = [...path, [scene.id, chosen.value]];
      const { to } = scene.options.find(({ id }) => id === chosen.value);
      move(next, endings.has(to) ? "結末に着きました。" : `場面${next.length + 1}に進みました。`);
    }
  }

  function moves(now, ended) {
    if (!path.length) return "";
    const back = make("button", { type: "button", class: "mb-button", onclick: goBack }, "一つ戻る");
    const restart = make("button", { type: "button", class: "mb-button", onclick: ask }, "最初から");
    const question = make("div", { class: "mb-case-ask", role: "group", "aria-label": "最初からやり直しますか", hidden: true });
    const yes = make("button", { type: "button", class: "mb-button mb-primary", onclick: goToStart }, "最初の場面に戻る");
    const no = make("button", { type: "button", class: "mb-button", onclick: stay }, "このまま続ける");
    question.append(
      make("p", {}, "最初の場面に戻りますか。道すじは選びなおしになります。書いた理由とメモは残ります。同じ場面に来ると、また出てきます。"),
      make("div", { class: "mb-case-moves" }, yes, no),
    );
    return make(
      "div",
      {},
      ended ? make("p", { class: "mb-case-tip" }, "ほかの道もためせます。戻っても、書いたことは消えません。") : null,
      make("div", { class: "mb-case-moves" }, back, restart),
      question,
    );

    function goBack() {
      const [id, option] = path.at(-1);
      last[id] = option;
      move(path.slice(0, -1), "一つ戻りました。書いたことは残っています。");
    }
    function ask() {
      question.hidden = false;
      no.focus();
    }
    function stay() {
      question.hidden = true;
      restart.focus();
    }
    function goToStart() {
      for (const [id, option] of path) last[id] = option;
      move([], "最初の場面に戻りました。書いたことは残っています。");
    }
  }

  return {
    show(parts) {
      said = Object.fromEntries(parts.map((part) => [part.input, part]));
      show();
    },
  };
}

/** The steps of a saved path that can be walked from the first scene. */
function walked(saved, first, scenes) {
  const path = [];
  let scene = first;
  for (const taken of Array.isArray(saved) ? saved : []) {
    const option = Array.isArray(taken) && scene?.id === taken[0] && scene.options.find(({ id }) => id === taken[1]);
    if (!option) break;
    path.push([scene.id, option.id]);
    scene = scenes.get(option.to);
  }
  return path;
}

/** Who says what; a line without a name tells. */
function conversation(lines) {
  return make(
    "div",
    { class: "mb-case-talk" },
    ...lines.map(({ who, text }) =>
      who
        ? make("div", { class: who === "あなた" ? "mb-case-said mb-case-mine" : "mb-case-said" }, make("p", { class: "mb-case-who" }, who), make("p", { class: "mb-case-words" }, text))
        : make("p", { class: "mb-case-words mb-case-told" }, text),
    ),
  );
}

export default exercise({ draw });
