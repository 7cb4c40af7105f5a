// Rows of an entry for an explorable: an account and an amount on each side, by typing, by
// choosing a card, or by dragging one.

import { make } from "./card.js";
import { draggable, holds } from "./drag.js";
import { accountOf } from "./account_search.js";
import { SIDES, rowOfEntry, sideOfEntry, totalsOfEntry } from "./entry_rows.js";
import { chooser, labelled, wholeNumber } from "./explorable.js";

const MOST_ROWS = 8;
const MOST_YEN = 999_999_999_999;

/** Empty rows. */
export function emptyRows() {
  return { debit: [{ account: "", amount: "" }], credit: [{ account: "", amount: "" }] };
}

/** `{ element, show(rows), read() }`; `show` edits the given rows in place, `read` gives an entry or null. */
export function entryEditor(id, accounts, types) {
  const totals = make("p", { class: "mb-totals" });
  const boxes = {};
  let rows = emptyRows();
  let drawn = [];

  for (const side of Object.keys(SIDES)) boxes[side] = sideOfEntry(side, () => addRow(side, ""));
  const sides = Object.values(boxes).map((box) => box.element);
  const element = make("div", {}, make("div", { class: "mb-sides" }, ...sides), totals, cards());
  fill();
  return {
    element,
    show(next) {
      rows = next;
      fill();
    },
    read,
  };

  function fill() {
    drawn = [];
    for (const [side, { list, add }] of Object.entries(boxes)) {
      const made = rows[side].map((row, number) => shownRow(side, row, number));
      drawn.push(...made);
      list.replaceChildren(...made.map((one) => one.element));
      add.hidden = rows[side].length >= MOST_ROWS;
    }
    showTotals();
  }

  function shownRow(side, row, number) {
    const made = rowOfEntry({
      id: `${id}-${side}-${number}`,
      name: `${SIDES[side]} ${number + 1}行目`,
      accounts,
      row,
      isOnly: rows[side].length === 1,
      onEdit: showTotals,
      onRemove() {
        rows[side].splice(number, 1);
        fill();
        find(side, Math.max(number - 1, 0)).account.focus();
      },
    });
    return { ...made, side, number, row };
  }

  function find(side, number) {
    return drawn.find((one) => one.side === side && one.number === number);
  }

  /** Put an account into the first row without one, or into a new row. */
  function addRow(side, account) {
    let number = rows[side].findIndex((row) => account && !row.account.trim());
    if (number < 0 && rows[side].length < MOST_ROWS) number = rows[side].push({ account: "", amount: "" }) - 1;
    if (number < 0) return;
    if (account) rows[side][number].account = account;
    fill();
    const { account: first, amount } = find(side, number);
    (account ? amount : first).focus();
  }

  function cards() {
    const list = make("ul", { class: "mbx-cards" });
    const type = chooser(`${id}-type`, types.map((name) => [name, name]), types[0], show);
    show(types[0]);
    return make(
      "details",
      { class: "mbx-more mbx-off-paper" },
      make("summary", {}, "科目カードから入れる(引っぱって左右の箱へ、またはボタンで)"),
      labelled("カードのグループ", type),
      list,
    );

    function show(chosen) {
      list.replaceChildren(...accounts.filter((account) => account.type === chosen).map(card));
    }
  }

  function card(account) {
    const handle = make("span", { class: "mb-chip-label" }, make("span", { "aria-hidden": "true" }, "⠿ "), account.name);
    const to = (side, word) =>
      make(
        "button",
        { type: "button", class: "mb-button", "aria-label": `${account.name}を${word}へ`, onclick: () => addRow(side, account.name) },
        `${word}へ`,
      );
    const chip = make("li", { class: "mb-chip" }, handle, to("debit", "借方"), to("credit", "貸方"));
    draggable(chip, handle, {
      over: (x, y) => {
        for (const { element: box } of Object.values(boxes)) box.classList.toggle("mb-over", holds(box, x, y));
      },
      drop: (x, y) => {
        for (const [side, { element: box }] of Object.entries(boxes)) {
          box.classList.remove("mb-over");
          if (holds(box, x, y)) addRow(side, account.name);
        }
      },
    });
    return chip;
  }

  function read() {
    const entry = { debit: [], credit: [] };
    let first = null;
    for (const one of drawn) {
      const { account, amount } = one.row;
      if (!account.trim() && !amount.trim()) continue;
      const meant = accountOf(accounts, account);
      const read = wholeNumber(amount, { least: 1, most: MOST_YEN });
      const unknown = account.trim() ? "一覧にない科目です。候補から選びなおしてください。" : "勘定科目を選んでください。";
      one.aboutAccount.say(meant ? "" : unknown);
      one.aboutAmount.say(read.error || "");
      if (!meant) first ||= one.account;
      else if (read.error) first ||= one.amount;
      else entry[one.side].push({ account: meant.name, amount: read.value });
    }
    if (first) {
      first.focus();
      return null;
    }
    return entry;
  }

  function showTotals() {
    totals.textContent = totalsOfEntry(rows);
  }
}
