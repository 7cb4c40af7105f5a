// The page host: gives every exercise on a lesson page its model, saves what is entered,
// and asks the kernel for a judgement. It shows at once what is in the page.

import { AnswerSaver, judgeDrafts } from "./answers.js";
import { askWhich, freeze } from "./choices.js";
import { Drafts, sameText } from "./drafts.js";
import { CheckRefused, KernelLink } from "./kernel.js";
import { showLeftovers, typed, unseen } from "./leftovers.js";
import { Model } from "./model.js";
import { tell } from "./notices.js";
import { openTerms } from "./terms.js";
import { bringFrontEnd } from "./voila_page.js";

const FORMER = "~former"; // an exercise's words from before it got another form
const COPIED = "~copied"; // words without an exercise that somebody does not need to see again
const ASLEEP_MS = 20000;
const LOST = "接続が切れました。入力は続けられます。つながったら自動で保存します。";

const NOTHING_SAVED = { answer: {}, hints_opened: 0, revision: 0, saved_at: "", feedback: null };

const inPage = (id) => JSON.parse(document.getElementById(id).textContent);
const data = { ...inPage("lesson-exercises"), ...inPage("lesson-data") };
data.exercises = data.exercises.map((exercise) => ({
  ...exercise,
  ...(data.saved[exercise.id] || NOTHING_SAVED),
}));
const progress = document.getElementById("progress");
const slotOf = (id) => document.querySelector(`[data-model="exercise-${id}"]`);
const exercises = data.exercises.filter((exercise) => slotOf(exercise.id));
const savedOf = Object.fromEntries(exercises.map((exercise) => [exercise.id, exercise]));
const models = new Map();
const views = new Map(); // exercise → the module's default export
const drafts = new Drafts(`manabiba ${data.person} ${data.run} ${data.lesson} `);
const left = drafts.left();

const saver = new AnswerSaver({
  url: data.urls.answers,
  xsrf: data.xsrf,
  drafts,
  exercises: exercises.map(({ id, revision, spec }) => ({ id, revision, title: spec.title })),
  listener: {
    saved(id, at) {
      models.get(id).receive("saved_at", at);
      tell("refused", "");
      if (!saver.endangered) tell("unkept", "");
    },
    conflict(id, current) {
      ask(id, current, [{ ...current, isSaved: true }]);
    },
    refused(status, message) {
      const signedOut = status === 401 || status === 403;
      tell(
        "refused",
        signedOut
          ? "接続の期限が切れました。受講者用リンクをもう一度開いてください。入力した内容はこの端末に残っています。"
          : message || "この解答は保存できませんでした。入力した内容はこの端末に残っています。ページを読み直してください。",
        reload,
      );
    },
    offline() {
      tell("connection", LOST, { action: "いますぐ保存してみる", act: () => saver.tryNow() });
      kernel.drop();
    },
    online() {
      tell("connection", "つながりました。入力した内容を保存しました。");
      kernel.wake();
    },
    version: tellVersion,
    unkept() {
      tell(
        "unkept",
        "この端末には書きかけの控えを残せません。「保存しました」と出るまで、このページを閉じないでください。",
      );
    },
  },
});

const kernel = new KernelLink({
  attachUrl: data.urls.kernel,
  xsrf: data.xsrf,
  version: data.version,
  listener: {
    lost() {
      if (saver.connected) tell("connection", LOST);
    },
    back() {
      if (!saver.connected) saver.tryNow();
      else tell("connection", "つながりました。");
    },
    version: tellVersion,
  },
});

const reload = { action: "読み直す", act: () => location.reload() };

function tellVersion(version) {
  if (version === data.version) return;
  tell("version", "教材が新しくなりました。読み直すと続きから学べます。解答は残ります。", reload);
}

function onSet(model, name) {
  if (name !== "answer" && name !== "hints_opened") return;
  const id = model.get("exercise_id");
  saver.keep(id, model.get("answer"), model.get("hints_opened"));
  saver.whenDue(() => {
    if (saver.isOverdue(id)) model.receive("saved_at", ""); // the card no longer says 「保存しました」
  });
  showProgress();
  kernel.warm(); // so that it is there when the answer is checked
}

function onSave(model, changed) {
  if (changed.has("answer") || changed.has("hints_opened")) saver.send(model.get("exercise_id"));
  if (changed.has("check")) judge(model);
}

async function judge(model) {
  const check = model.get("check");
  const isWanted = () => model.get("check") === check;
  const unavailable = (message) => {
    if (isWanted()) model.receive("feedback", { check, status: "unavailable", score: 0, message, parts: [] });
  };
  try {
    const feedback = await kernel.check(model.get("exercise_id"), {
      read: () => ({ answer: model.get("answer"), hints_opened: model.get("hints_opened") }),
      isWanted,
      delayed: () =>
        unavailable("つながりしだい、自動で確かめます。そのまま入力を続けられます。入力した内容は残っています。"),
    });
    if (feedback && isWanted()) model.receive("feedback", { ...feedback, check });
  } catch (error) {
    unavailable(
      error instanceof CheckRefused && error.message === "version"
        ? "教材が新しくなりました。ページを読み直すと確かめられます。解答は残ります。"
        : "いまは確かめられませんでした。入力した内容は残っています。少し待ってから、もう一度「確かめる」を押してください。",
    );
  }
}

function isAnswered(model) {
  const filled = (value) => {
    if (typeof value === "string") return value.trim() !== "";
    if (value && typeof value === "object") return Object.values(value).some(filled);
    return value != null && value !== false;
  };
  return filled(model.get("answer"));
}

function showProgress() {
  const done = [...models.values()].filter(isAnswered).length;
  progress.textContent = `${models.size}問中${done}問に取り組みました`;
  for (const item of document.querySelectorAll("[data-progress]")) {
    const model = models.get(item.dataset.progress);
    if (model) item.dataset.answered = String(isAnswered(model));
  }
}

/** Ask which version of an answer counts; until then this page's is kept and not sent. */
function ask(id, current, others) {
  const model = models.get(id);
  saver.hold(id);
  askWhich(slotOf(id), {
    others: others.map((other) => ({
      ...other,
      label: other.isSaved ? "別の画面の解答" : "この端末に残っていた解答",
      when: other.isSaved ? other.saved_at : clock(other.at),
    })),
    render(other, el) {
      const state = {
        ...model.state,
        exercise_id: `${id}-${other.isSaved ? "saved" : other.at}`,
        spec: { ...model.get("spec"), title: other.label, prompt: "", hints: [] },
        answer: other.answer,
        feedback: {},
        saved_at: "",
        page: null,
      };
      views.get(id).render({ model: new Model(state), el });
      freeze(el);
    },
    keepMine() {
      saver.insist(id, current.revision);
      forgetLeft(id);
    },
    take(other) {
      model.receive("hints_opened", Math.max(other.hints_opened, model.get("hints_opened")));
      model.receive("answer", other.answer);
      if (other.isSaved) {
        model.receive("saved_at", current.saved_at);
        saver.yieldTo(id, current);
      } else {
        saver.keep(id, other.answer, model.get("hints_opened"));
        saver.insist(id, current.revision);
      }
      forgetLeft(id);
      showProgress();
    },
  });
}

function forgetLeft(id) {
  for (const draft of left.get(id) || []) drafts.forget(draft);
}

const clock = (at) =>
  new Date(at).toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit" });

function mount(exercise, view) {
  const { id } = exercise;
  const slot = slotOf(id);
  const { draft, revision, others } = judgeDrafts(left.get(id) || [], exercise, drafts);
  const model = new Model(
    {
      exercise_id: id,
      exercise_kind: exercise.kind,
      spec: exercise.spec,
      answer: draft ? draft.answer : exercise.answer,
      hints_opened: Math.max(draft?.hints_opened || 0, exercise.hints_opened),
      saved_at: draft ? "" : exercise.saved_at,
      feedback: (!draft && exercise.feedback) || {},
      check: 0,
      page: {
        documents: `${data.urls.documents}/${id}`,
        save: () => saver.tryNow(),
        open: (address) => location.assign(address),
      },
    },
    { onSet, onSave },
  );
  models.set(id, model);
  if (draft) saver.adopt(id, { ...draft, hints_opened: model.get("hints_opened") }, revision);
  views.set(id, view);
  const el = document.createElement("div");
  slot.append(el);
  slot.querySelector(".exercise-loading")?.remove();
  const written = model.get("answer");
  try {
    view.render({ model, el });
  } catch {
    // An answer from another form of this exercise: begin anew, the old one is shown below.
    el.replaceChildren();
    model.state.answer = {};
    view.render({ model, el });
  }
  keepUnseen(exercise, written, slot, el);
  if (others.length) ask(id, exercise, others);
  else if (draft) saver.send(id);
}

/** Show what was written into an earlier form of an exercise until somebody says it is copied. */
function keepUnseen({ id, spec }, written, slot, el) {
  const name = `${id}${FORMER}`;
  const earlier = (left.get(name) || []).map((draft) => draft.answer);
  const texts = [...new Set(unseen([written, ...earlier], el))];
  if (texts.length) drafts.leaveBehind(name, { answer: { texts }, title: spec.title });
  showLeftovers(slot, { title: "この問", texts, forget: () => drafts.dropLeft(name) });
}

/** What was written for exercises that this lesson does not have any more. */
function showFormer() {
  const place = document.querySelector(".lesson-body");
  for (const former of data.former) {
    const name = `${former.id}${COPIED}`;
    const isCopied = (left.get(name) || []).some((d) => sameText(d.answer) === sameText(former.answer));
    if (isCopied) continue;
    showLeftovers(place, {
      title: "以前の問",
      texts: typed(former.answer),
      forget: () => drafts.leaveBehind(name, { answer: former.answer }),
    });
  }
  const saved = new Set(data.former.flatMap((former) => typed(former.answer)));
  for (const [id, found] of left) {
    if (savedOf[id.replace(FORMER, "")] || id.endsWith(COPIED)) continue;
    for (const draft of found) {
      showLeftovers(place, {
        title: `「${draft.title}」`,
        texts: typed(draft.answer).filter((text) => !saved.has(text)),
        forget: () => drafts.forget(draft),
      });
    }
  }
}

/** A figure the reader moves: nothing of it is saved, and no kernel is asked. */
function mountExplorable({ id, kind, spec }, view) {
  const slot = document.querySelector(`[data-model="explorable-${id}"]`);
  if (!slot) return;
  const model = new Model({ explorable_id: id, explorable_kind: kind, spec });
  const el = document.createElement("div");
  slot.replaceChildren(el);
  view.render({ model, el });
}

for (const submit of document.querySelectorAll("[data-needs-saving]")) {
  submit.addEventListener("click", async (event) => {
    if (!saver.unsaved) return;
    event.preventDefault();
    if (await saver.tryNow()) location.assign(submit.href);
    else {
      tell("submit", "まだ保存されていない解答があります。保存されてから、もう一度「提出する」を押してください。");
      document.getElementById("notice").scrollIntoView({ block: "center" });
    }
  });
}

addEventListener("pagehide", () => {
  saver.sendAll();
  drafts.leave();
});
addEventListener("beforeunload", (event) => {
  if (!saver.endangered) return;
  event.preventDefault();
  event.returnValue = ""; // older browsers
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saver.sendAll();
  else comeBack();
});
addEventListener("online", comeBack);
addEventListener("offline", () => tell("connection", LOST));

function comeBack() {
  if (saver.unsaved) saver.tryNow();
  else if (saver.connected && !kernel.isLost) tell("connection", "");
  kernel.wake();
  if (kernel.isLost) kernel.warm();
}

// After a sleep the connection looks open and is not.
let awakeAt = Date.now();
setInterval(() => {
  const slept = Date.now() - awakeAt > ASLEEP_MS;
  awakeAt = Date.now();
  if (!slept || document.visibilityState === "hidden") return;
  kernel.drop();
  comeBack();
}, 5000);

// The modules are preloaded; all exercises appear in one task, so that no frame shows a part.
const kinds = [...new Set([...exercises, ...data.explorables].map(({ kind }) => kind))];
Promise.all(kinds.map((kind) => import(data.modules[kind]).catch(() => null))).then((found) => {
  for (const exercise of exercises) {
    const module = found[kinds.indexOf(exercise.kind)];
    if (module) mount(exercise, module.default);
    else tell("incomplete", "読みこめなかった問があります。電波のよいところで読み直してください。", reload);
  }
  for (const explorable of data.explorables) {
    const module = found[kinds.indexOf(explorable.kind)];
    if (module) mountExplorable(explorable, module.default); // else its table stays
  }
  showProgress();
  showFormer();
  document.documentElement.dataset.ready = "true";
});

openTerms(data.terms);

// Beside the text there is room for the contents; on a phone they would fill the first screen.
document.getElementById("contents").open = matchMedia("(min-width: 1000px)").matches;

const frontEnd = document.getElementById("jupyter-config-data");
if (frontEnd) bringFrontEnd(data, frontEnd);
