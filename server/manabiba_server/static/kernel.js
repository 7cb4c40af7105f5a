// The page's connection to its kernel: attached on demand, disposable, comm messages only.
// It comes back by itself, later and later, as long as somebody works on the page.

import { pause } from "./answers.js";

const REPLY_MS = 8000;
const PATIENCE_MS = 5000;
const OPEN_MS = 10000; // asking again is harmless: the server starts one kernel
const REST_MS = 30000;
const TRIES_WITHOUT_REPLY = 3;
const LONGEST_PAUSE_MS = 30000;
const AT_WORK_MS = 600000; // as long as the server keeps an idle kernel

/** No judgement is to be had, however often one asks. */
export class CheckRefused extends Error {}

/** The connection may come back: ask again. */
class Unreachable extends Error {}

/** One kernel connection. `listener` gets `lost()`, `back()`, `version(text)`. */
export class KernelLink {
  constructor({ attachUrl, xsrf, version, listener }) {
    this.attachUrl = attachUrl;
    this.xsrf = xsrf;
    this.version = version;
    this.listener = listener;
    this.opening = null;
    this.socket = null;
    this.session = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
    this.sent = Date.now(); // a check's number is new in every page, whatever kernel judges it
    this.waiting = new Map(); // number sent → { answered, lost }
    this.sleepers = new Set();
    this.usedAt = -Infinity;
    this.restUntil = 0;
    this.isLost = false;
    this.returning = false;
  }

  /** A connected kernel; several callers share one attempt. Rejects when none can be had. */
  connect() {
    this.usedAt = Date.now();
    return this.#connect();
  }

  /** Have a kernel ready, if that needs no insisting. */
  async warm() {
    if (this.returning || Date.now() < this.restUntil) return;
    await this.connect().catch(() => {
      this.restUntil = Date.now() + REST_MS;
    });
  }

  #connect() {
    if (this.socket && this.socket.readyState === WebSocket.OPEN) return Promise.resolve();
    if (!this.opening) {
      this.opening = this.#open().finally(() => {
        this.opening = null;
      });
    }
    return this.opening;
  }

  /** Give the connection up: it may be dead without having said so. */
  drop() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    for (const { lost } of this.waiting.values()) lost();
  }

  /** What waits for its next turn tries now. */
  wake() {
    for (const wakeUp of this.sleepers) wakeUp();
  }

  /**
   * Have the state `read()` gives judged. Asks again until there is a judgement, as long as it
   * `isWanted()`; `delayed()` is called when it cannot be had at once. Rejects with
   * CheckRefused when asking again is useless, resolves to null when it is not wanted any more.
   */
  async check(exercise, { read, isWanted, delayed }) {
    const patience = setTimeout(delayed, PATIENCE_MS);
    try {
      let unanswered = 0;
      for (let attempt = 0; isWanted(); attempt += 1) {
        try {
          await this.connect();
          return await this.#ask(exercise, read());
        } catch (error) {
          if (error instanceof CheckRefused) throw error;
          this.drop();
          if (!(error instanceof Unreachable)) unanswered += 1;
          if (unanswered >= TRIES_WITHOUT_REPLY) throw new CheckRefused("no reply");
          if (this.isLost) delayed();
          if (attempt > 0) await this.#sleep(attempt - 1);
        }
      }
      return null;
    } finally {
      clearTimeout(patience);
    }
  }

  async #open() {
    const { kernel, version } = await this.#attach();
    if (version !== this.version) {
      this.listener.version(version);
      throw new CheckRefused("version");
    }
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(
      `${scheme}://${location.host}/api/kernels/${kernel}/channels?session_id=${this.session}`,
    );
    await new Promise((resolve, reject) => {
      const fail = () => {
        clearTimeout(timer);
        socket.close();
        this.#unreachable();
        reject(new Unreachable("websocket"));
      };
      const timer = setTimeout(fail, OPEN_MS);
      socket.onopen = () => {
        clearTimeout(timer);
        resolve();
      };
      socket.onerror = fail;
      socket.onclose = fail;
    });
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onerror = null;
    socket.onclose = (event) => this.#closed(socket, event);
    this.socket = socket;
    if (this.isLost) {
      this.isLost = false;
      this.listener.back();
    }
  }

  async #attach() {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), OPEN_MS);
    let response;
    let reply;
    try {
      response = await fetch(this.attachUrl, {
        method: "POST",
        headers: { Accept: "application/json", "X-XSRFToken": this.xsrf },
        credentials: "same-origin",
        signal: giveUp.signal,
      });
      reply = await response.json();
    } catch {
      this.#unreachable();
      throw new Unreachable("attach");
    } finally {
      clearTimeout(timer);
    }
    if (response.ok && reply.kernel) return reply;
    if (response.status >= 400 && response.status < 500 && response.status !== 429) {
      throw new CheckRefused(`attach: ${response.status}`);
    }
    throw new Unreachable(`attach: ${response.status}`);
  }

  #unreachable() {
    if (!this.isLost) this.listener.lost();
    this.isLost = true;
    this.#comeBack();
  }

  #closed(socket, event) {
    if (this.socket !== socket) return;
    this.socket = null;
    for (const { lost } of this.waiting.values()) lost();
    // Code 1001: the server ended the kernel, mostly because it was long idle.
    if (event.code !== 1001) this.#comeBack();
  }

  async #comeBack() {
    if (this.returning) return;
    this.returning = true;
    for (let attempt = 0; Date.now() - this.usedAt < AT_WORK_MS; attempt += 1) {
      await this.#sleep(attempt);
      if (document.visibilityState === "hidden" || this.socket) break; // the next edit connects
      try {
        await this.#connect();
        break;
      } catch (error) {
        if (error instanceof CheckRefused) break;
      }
    }
    this.returning = false;
  }

  #sleep(attempt) {
    return new Promise((resolve) => {
      const wakeUp = () => {
        clearTimeout(timer);
        this.sleepers.delete(wakeUp);
        resolve();
      };
      const timer = setTimeout(wakeUp, pause(attempt, { longest: LONGEST_PAUSE_MS }));
      this.sleepers.add(wakeUp);
    });
  }

  #ask(exercise, state) {
    this.sent += 1;
    const number = this.sent;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(reject, new Error("no reply")), REPLY_MS);
      const done = (settle, value) => {
        clearTimeout(timer);
        this.waiting.delete(number);
        settle(value);
      };
      this.waiting.set(number, {
        answered: (feedback) => done(resolve, feedback),
        lost: () => done(reject, new Unreachable("kernel ended")),
      });
      this.socket.send(
        JSON.stringify({
          header: { msg_id: `${this.session}-${number}`, msg_type: "comm_msg" },
          parent_header: {},
          metadata: {},
          content: {
            comm_id: `exercise-${exercise}`,
            data: { method: "update", state: { ...state, check: number } },
          },
          channel: "shell",
        }),
      );
    });
  }

  #receive(text) {
    if (typeof text !== "string") return;
    const message = JSON.parse(text);
    if (message.header.msg_type !== "comm_msg") return;
    const { comm_id: comm, data } = message.content;
    const feedback = data.method === "update" && data.state.feedback;
    if (feedback && comm.startsWith("exercise-")) this.waiting.get(feedback.check)?.answered(feedback);
  }
}
