// The part of anywidget's model that exercises use.

export class Model {
  /** `onSet(model, name)` hears each change of the exercise's own, `onSave(model, names)` saves. */
  constructor(state, { onSet = () => {}, onSave = () => {} } = {}) {
    this.state = state;
    this.onSet = onSet;
    this.onSave = onSave;
    this.changed = new Set();
    this.listeners = new Map();
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    this.state[name] = value;
    this.changed.add(name);
    this.#tell(name);
    this.onSet(this, name);
  }

  /** Set from outside the exercise: nothing is sent because of it. */
  receive(name, value) {
    this.state[name] = value;
    this.#tell(name);
  }

  save_changes() {
    const changed = new Set(this.changed);
    this.changed.clear();
    this.onSave(this, changed);
  }

  on(event, listener) {
    const name = event.replace(/^change:/, "");
    if (!this.listeners.has(name)) this.listeners.set(name, new Set());
    this.listeners.get(name).add(listener);
  }

  off(event, listener) {
    this.listeners.get(event.replace(/^change:/, ""))?.delete(listener);
  }

  #tell(name) {
    for (const listener of this.listeners.get(name) || []) listener();
  }
}
