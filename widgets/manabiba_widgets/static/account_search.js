// A text field that suggests accounts by name or kana reading: the ARIA 1.2 combobox with a list.

import { make } from "./card.js";

/** Width and kana folded, so that 「ﾌﾂｳ」 and 「フツウ」 find 「ふつうよきん」. */
function fold(text) {
  return text
    .normalize("NFKC")
    .replace(/\s/gu, "")
    .replace(/[ァ-ヶ]/gu, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
}

/** The accounts whose name or reading holds what was typed; those that begin with it come first. */
function search(accounts, typed) {
  const wanted = fold(typed);
  const keys = (account) => [fold(account.name), fold(account.reading)];
  const found = accounts.filter((account) => keys(account).some((key) => key.includes(wanted)));
  const first = found.filter((account) => keys(account).some((key) => key.startsWith(wanted)));
  return [...first, ...found.filter((account) => !first.includes(account))];
}

/** The account somebody means by its whole name or reading; undefined when there is none. */
export function accountOf(accounts, typed) {
  const wanted = fold(typed);
  return accounts.find((account) => [account.name, account.reading].map(fold).includes(wanted));
}

/** `{ input, element }`; `onChange()` is called when what stands in the input changes. */
export function accountSearch(accounts, id, value, onChange) {
  const listId = `${id}-list`;
  const input = make("input", {
    type: "text",
    id,
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    autocomplete: "off",
    class: "mb-account",
  });
  const list = make("ul", {
    id: listId,
    role: "listbox",
    "aria-label": "勘定科目の候補",
    class: "mb-suggestions",
    hidden: true,
    onmousedown: (event) => event.preventDefault(), // the field keeps the focus
  });
  const count = make("p", { class: "mb-visually-hidden", role: "status" });
  let found = [];
  let active = -1;
  input.value = value;

  function open() {
    found = search(accounts, input.value);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...found.map(option));
    count.textContent = found.length ? `候補が${found.length}件あります` : "合う科目がありません";
    count.classList.toggle("mb-visually-hidden", found.length > 0);
    show(found.length > 0);
  }

  function option(account, number) {
    return make(
      "li",
      { role: "option", id: `${listId}-${number}`, "aria-selected": "false", onclick: () => choose(number) },
      account.name,
      make("small", {}, account.reading),
    );
  }

  function show(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) input.removeAttribute("aria-activedescendant");
  }

  function close() {
    show(false);
    count.textContent = "";
    count.classList.add("mb-visually-hidden");
  }

  function activate(number) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (number + found.length) % found.length;
    list.children[active].setAttribute("aria-selected", "true");
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active].id);
  }

  function choose(number) {
    write(found[number].name);
    close();
  }

  function write(text) {
    if (input.value === text) return;
    input.value = text;
    onChange();
  }

  input.addEventListener("input", () => {
    open();
    onChange();
  });
  input.addEventListener("click", () => list.hidden && open());
  input.addEventListener("blur", () => {
    close();
    const meant = accountOf(accounts, input.value);
    if (meant) write(meant.name);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      if (!found.length) return;
      if (event.key === "ArrowDown") activate(active + 1);
      else activate(active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      if (active >= 0) choose(active);
      else if (input.value.trim()) choose(0);
      else close();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  return { input, element: make("div", { class: "mb-combobox" }, input, list, count) };
}
