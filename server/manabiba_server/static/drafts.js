// What the browser keeps of answers until the server has them.
//
// All pages of a browser share one storage, so each page writes under its own name and never
// touches what a living page wrote. A page that is gone leaves its drafts to the next one.

const BEAT_MS = 2000;
const SILENT_MS = 10000;

/** Text that is the same for the same content, whatever the order of its keys. */
export function sameText(value) {
  const ordered = (key, item) =>
    item && typeof item === "object" && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item;
  return JSON.stringify(value ?? null, ordered).replaceAll("\\u0000", ""); // the server drops NUL too
}

/** The storages this browser allows: the lasting one first, then the one that survives a reload. */
function allowedStorages() {
  const found = [];
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].getItem("");
      found.push(window[name]);
    } catch {
      // Forbidden: the page still has the text, and says that it must not be closed.
    }
  }
  return found;
}

export class Drafts {
  constructor(prefix) {
    this.prefix = prefix;
    this.page = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
    this.storages = allowedStorages();
    this.beating = null;
  }

  /** Keep an exercise's draft under this page's name; whether the browser took it. */
  put(exercise, draft) {
    this.#beat();
    const text = JSON.stringify({ ...draft, at: Date.now() });
    return this.storages.some((storage) => {
      try {
        storage.setItem(this.#key(exercise), text);
        return true;
      } catch {
        return false; // full: the next storage may have room
      }
    });
  }

  /** Keep something under `name` for every later page. */
  leaveBehind(name, draft) {
    try {
      this.storages[0]?.setItem(`${this.prefix}${name} -`, JSON.stringify({ ...draft, at: Date.now() }));
    } catch {
      // Full: it is shown again by the answer it came from, as long as that is not changed.
    }
  }

  /** Forget what was left behind under `name`. */
  dropLeft(name) {
    this.storages[0]?.removeItem(`${this.prefix}${name} -`);
  }

  /** Forget this page's draft of an exercise: the server has it, or it was given up. */
  drop(exercise) {
    for (const storage of this.storages) storage.removeItem(this.#key(exercise));
  }

  /** Drafts that pages left behind, by exercise, the newest first. */
  left() {
    const found = new Map();
    for (const storage of this.storages) {
      for (let i = 0; i < storage.length; i += 1) {
        const key = storage.key(i);
        if (!key.startsWith(this.prefix)) continue;
        const [exercise, page] = key.slice(this.prefix.length).split(" ");
        if (page === this.page || this.#lives(page)) continue;
        const draft = read(storage, key);
        if (!draft?.answer) continue;
        if (!found.has(exercise)) found.set(exercise, new Map());
        const of = found.get(exercise); // a full storage may hold an older state of the same draft
        if (!(of.get(page)?.at > draft.at)) of.set(page, { ...draft, key });
      }
    }
    return new Map(
      [...found].map(([id, drafts]) => [id, [...drafts.values()].sort((a, b) => b.at - a.at)]),
    );
  }

  /** Forget a draft that `left` gave. */
  forget(draft) {
    for (const storage of this.storages) {
      if (read(storage, draft.key)?.at <= draft.at) storage.removeItem(draft.key);
    }
  }

  /** This page goes: whatever it could not send is the next page's to send. */
  leave() {
    clearInterval(this.beating);
    this.beating = null;
    for (const storage of this.storages) storage.removeItem(this.#pulse(this.page));
  }

  #key(exercise) {
    return `${this.prefix}${exercise} ${this.page}`;
  }

  #pulse(page) {
    return `manabiba-page ${page}`;
  }

  #beat() {
    if (this.beating) return;
    const beat = () => {
      try {
        this.storages[0]?.setItem(this.#pulse(this.page), String(Date.now()));
      } catch {
        // Full: another page may take this one for gone and show its draft too; nothing is lost.
      }
    };
    beat();
    this.beating = setInterval(beat, BEAT_MS);
  }

  #lives(page) {
    return this.storages.some(
      (storage) => Date.now() - Number(storage.getItem(this.#pulse(page)) || 0) < SILENT_MS,
    );
  }
}

function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}
