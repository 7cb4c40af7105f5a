// The two sides of an entry: rows of an account and an amount, and what they add up to.

import { make, messageFor } from "./card.js";
import { readNumber, showNumber } from "./number_text.js";
import { accountSearch } from "./account_search.js";

export const SIDES = { debit: "借方(左)", credit: "貸方(右)" };
const YEN = /^(?!0$)\d{1,12}$/; // what the judge takes as an amount

/** One side: `{ element, list, add }`, a list for its rows and a button for one more. */
export function sideOfEntry(side, onAdd) {
  const list = make("div", { class: "mb-rows" });
  const add = make(
    "button",
    { type: "button", class: "mb-button", onclick: onAdd },
    "行を足す",
    make("span", { class: "mb-visually-hidden" }, `(${SIDES[side]})`),
  );
  return { element: make("fieldset", { class: "mb-side" }, make("legend", {}, SIDES[side]), list, add), list, add };
}

/**
 * A row that edits `row` in place: `{ element, account, amount, aboutAccount, aboutAmount }`.
 *
 * `name` is what a screen reader calls it, `beside` stands behind the amount; the only row of
 * its side (`isOnly`) cannot be taken away.
 */
export function rowOfEntry({ id, name, accounts, row, isOnly, beside = null, onEdit, onRemove }) {
  const account = accountSearch(accounts, `${id}-account`, row.account, () => {
    row.account = account.input.value;
    aboutAccount.say("");
    onEdit();
  });
  account.input.setAttribute("aria-label", `${name} 勘定科目`);
  const amount = make("input", {
    type: "text",
    id: `${id}-amount`,
    class: "mb-number-box",
    "aria-label": `${name} 金額(円)`,
    autocomplete: "off",
    inputmode: "text",
  });
  amount.value = row.amount;
  amount.addEventListener("input", () => {
    row.amount = amount.value;
    aboutAmount.say("");
    onEdit();
  });
  const aboutAccount = messageFor(account.input, `${id}-account-message`);
  const aboutAmount = messageFor(amount, `${id}-amount-message`);
  const remove = make(
    "button",
    {
      type: "button",
      class: "mb-button mb-remove-row",
      "aria-label": `${name}を消す`,
      hidden: isOnly,
      onclick: onRemove,
    },
    "消す",
  );
  const element = make(
    "div",
    { class: "mb-row" },
    make("label", { for: account.input.id }, "科目"),
    account.element,
    aboutAccount.element,
    make("label", { for: amount.id }, "金額"),
    make("span", { class: "mb-entry" }, amount, "円", beside, remove),
    aboutAmount.element,
  );
  return { element, account: account.input, amount, aboutAccount, aboutAmount };
}

/** What the rows of both sides add up to, and by how much they differ. */
export function totalsOfEntry(rows) {
  const [debit, credit] = ["debit", "credit"].map((side) => rows[side].reduce((sum, row) => sum + amountOf(row), 0));
  const inYen = (value) => `${showNumber(String(value))}円`;
  const agree = debit && debit === credit ? "(左右が一致しています)" : "";
  return `借方合計 ${inYen(debit)} / 貸方合計 ${inYen(credit)} / 差額 ${inYen(Math.abs(debit - credit))}${agree}`;
}

function amountOf(row) {
  const { value = "" } = readNumber(row.amount, "円");
  return YEN.test(value) ? Number(value) : 0;
}
