// Saving answers: each change goes to the server by itself, is acknowledged or sent again, and
// until it is acknowledged it lies in the browser's own storage. No kernel is involved.
//
// A request whose answer was lost may have been carried out. So the very same content is sent
// again, with the same base, before anything newer: the server takes it once, and what was typed
// meanwhile is based on it instead of being in conflict with it.

import { sameText } from "./drafts.js";

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15000;
const REQUEST_MS = 10000;
const SAVED_WITHIN_MS = 2000;
const LARGEST_KEEPALIVE = 30000; // browsers refuse more than 64 KB in requests that outlive a page

/** The time before the next attempt: grows, and differs from page to page. */
export function pause(attempt, { first = FIRST_RETRY_MS, longest = LONGEST_RETRY_MS } = {}) {
  return Math.min(first * 2 ** attempt, longest) * (0.75 + Math.random() / 2);
}

/**
 * The answers of one lesson on their way to the server.
 *
 * `listener` gets `saved(id, at)`, `conflict(id, current)`, `refused(status, message)`,
 * `offline()`, `online()`, `version(text)`, `unkept()`.
 */
export class AnswerSaver {
  constructor({ url, xsrf, drafts, exercises, listener }) {
    this.url = url;
    this.xsrf = xsrf;
    this.drafts = drafts;
    this.listener = listener;
    this.connected = true;
    this.attempts = 0;
    this.retrying = null;
    this.states = new Map(
      exercises.map(({ id, revision, title }) => [
        id,
        // draft: newest content not acknowledged; sent: content whose fate is not known;
        // held: in conflict, kept and not sent; kept: in the browser's storage too;
        // since: from when on there is something that is not acknowledged
        { revision, title, draft: null, sent: null, held: false, kept: true, request: null, since: 0 },
      ]),
    );
  }

  get unsaved() {
    return [...this.states.values()].some((state) => state.draft || state.sent);
  }

  /** Whether closing the page now would lose something. */
  get endangered() {
    return [...this.states.values()].some((state) => state.draft && !state.kept);
  }

  /** Whether something has waited longer for its acknowledgement than saving takes. */
  isOverdue(exercise) {
    const { draft, sent, since } = this.states.get(exercise);
    return Boolean(draft || sent) && Date.now() - since >= SAVED_WITHIN_MS;
  }

  /** Call `later` when what was typed just now should have been acknowledged. */
  whenDue(later) {
    setTimeout(later, SAVED_WITHIN_MS + 50);
  }

  isHeld(exercise) {
    return this.states.get(exercise).held;
  }

  /** Keep a draft in the browser at once; it is sent by `send`. */
  keep(exercise, answer, hintsOpened) {
    const state = this.states.get(exercise);
    if (!state.draft && !state.sent) state.since = Date.now();
    state.draft = { answer, hints_opened: hintsOpened };
    this.#store(exercise, state);
  }

  /** Take over a draft that another page left, made from `revision`. */
  adopt(exercise, draft, revision) {
    const state = this.states.get(exercise);
    state.revision = revision;
    state.sent = draft.sent; // may still be on its way: first the same once more
    this.keep(exercise, draft.answer, draft.hints_opened);
    if (state.kept) this.drafts.forget(draft);
  }

  /** Do not send an exercise until `insist` or `yieldTo` says what counts. */
  hold(exercise) {
    this.states.get(exercise).held = true;
  }

  /** Send what is kept of an exercise; resolves when the server has it or has not taken it. */
  send(exercise) {
    const state = this.states.get(exercise);
    if (!state.request) {
      state.request = this.#sendAllOf(exercise, state).finally(() => {
        state.request = null;
      });
    }
    return state.request;
  }

  /** Send everything; resolves to whether all of it is on the server. */
  async sendAll() {
    await Promise.all([...this.states.keys()].map((exercise) => this.send(exercise)));
    return !this.unsaved;
  }

  /** Try again now instead of at the next turn. */
  tryNow() {
    clearTimeout(this.retrying);
    this.retrying = null;
    return this.sendAll();
  }

  /** Choose this page's answer over the one that is saved as `revision`. */
  insist(exercise, revision) {
    const state = this.states.get(exercise);
    Object.assign(state, { held: false, sent: null, revision });
    this.#store(exercise, state);
    return this.send(exercise);
  }

  /** Give up this page's answer for the saved one. */
  yieldTo(exercise, current) {
    const state = this.states.get(exercise);
    Object.assign(state, { held: false, draft: null, sent: null, revision: current.revision });
    this.drafts.drop(exercise);
  }

  #store(exercise, state) {
    if (!state.draft) return;
    state.kept = this.drafts.put(exercise, {
      ...state.draft,
      title: state.title,
      base_revision: state.revision,
      sent: state.sent,
    });
    if (!state.kept) this.listener.unkept();
  }

  async #sendAllOf(exercise, state) {
    while (!state.held && (state.draft || state.sent)) {
      if (this.retrying) return;
      const content = state.sent || state.draft;
      state.sent = content;
      this.#store(exercise, state);
      const reply = await this.#put(exercise, content, state.revision);
      if (!reply) {
        this.#retryLater();
        return;
      }
      state.sent = null;
      if (reply.version) this.listener.version(reply.version);
      if (reply.current) {
        state.held = true;
        this.#store(exercise, state);
        this.listener.conflict(exercise, reply.current);
      } else if (reply.revision) {
        state.revision = reply.revision;
        state.since = Date.now();
        if (state.draft === content) {
          state.draft = null;
          this.drafts.drop(exercise);
        }
        this.listener.saved(exercise, reply.saved_at);
      } else {
        this.#store(exercise, state);
        this.listener.refused(reply.status, reply.message || "");
        return;
      }
    }
    this.#tellWhenBack();
  }

  /** The server's reply, or null when nobody knows what became of the request. */
  async #put(exercise, content, revision) {
    const body = JSON.stringify({ ...content, base_revision: revision });
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), REQUEST_MS);
    try {
      const response = await fetch(`${this.url}/${exercise}`, {
        method: "PUT",
        headers: {
          Accept: "application/json",
          "Content-Type": "application/json",
          "X-XSRFToken": this.xsrf,
        },
        body,
        credentials: "same-origin",
        keepalive: body.length < LARGEST_KEEPALIVE,
        signal: giveUp.signal,
      });
      if (response.status >= 500 || response.status === 429) return null;
      const reply = await response.json(); // a hotel's or a train's sign-in page is no JSON
      if (response.ok && !Number.isInteger(reply.revision)) return null;
      this.attempts = 0;
      this.connected = true;
      return { ...reply, status: response.status };
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  #tellWhenBack() {
    const waits = [...this.states.values()].some((s) => (s.draft || s.sent) && !s.held);
    if (!this.wasOffline || !this.connected || waits) return;
    this.wasOffline = false;
    this.listener.online();
  }

  #retryLater() {
    if (this.connected) {
      this.connected = false;
      this.wasOffline = true;
      this.listener.offline();
    }
    if (this.retrying) return;
    this.retrying = setTimeout(() => this.tryNow(), pause(this.attempts));
    this.attempts += 1;
  }
}

/**
 * What to do with drafts that earlier pages left of an exercise whose saved answer is `saved`.
 *
 * `draft`: the one to show (null: none), made from `revision`; `others`: what else there is to
 * choose from, first of all the saved answer when it is not what the draft was made from.
 */
export function judgeDrafts(left, saved, drafts) {
  const different = left.filter((draft) => {
    const isSaved =
      sameText(draft.answer) === sameText(saved.answer) && draft.hints_opened <= saved.hints_opened;
    if (isSaved) drafts.forget(draft);
    return !isSaved;
  });
  const [draft, ...others] = different;
  if (!draft) return { draft: null, revision: saved.revision, others: [] };
  const arrived = [draft, draft.sent].some((one) => one && sameText(one.answer) === sameText(saved.answer));
  const revision = arrived ? saved.revision : draft.base_revision;
  const distinct = others.filter((other) => sameText(other.answer) !== sameText(draft.answer));
  for (const other of others) if (!distinct.includes(other)) drafts.forget(other);
  return {
    draft: arrived ? { ...draft, sent: null } : draft,
    revision,
    others: revision === saved.revision ? distinct : [{ ...saved, isSaved: true }, ...distinct],
  };
}
