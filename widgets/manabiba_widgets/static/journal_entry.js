import { exercise, make } from "./card.js";
import { readNumber, showNumber } from "./number_text.js";
import { accountOf } from "./account_search.js";
import { SIDES, rowOfEntry, sideOfEntry, totalsOfEntry } from "./entry_rows.js";

const MOST_ROWS = 12;

function draw(body, api) {
  const entries = {};
  const says = {};

  for (const transaction of api.spec.transactions) {
    const saved = (api.answer.entries || {})[transaction.id] || {};
    entries[transaction.id] = { debit: rowsOf(saved.debit), credit: rowsOf(saved.credit) };
    body.append(transactionCard(api, transaction, entries[transaction.id], says, save));
  }

  function save() {
    api.edit({ entries: JSON.parse(JSON.stringify(entries)) });
  }

  return {
    show(parts) {
      for (const say of Object.values(says)) say("");
      for (const part of parts) says[part.input]?.(part.ok ? "◯ 合っています。" : part.message, part.ok);
    },
  };
}

/** One transaction: two sides of rows, their totals, and what is said about the whole. */
function transactionCard(api, transaction, entry, says, save) {
  const id = `${api.id}-${transaction.id}`;
  const totals = make("p", { class: "mb-totals" });
  const message = make("p", { class: "mb-message", id: `${id}-message`, hidden: true });
  const sides = Object.keys(SIDES).map(filledSide);

  says[transaction.id] = (text, ok) => {
    message.hidden = !text;
    message.textContent = text;
    message.classList.toggle("mb-bad", Boolean(text) && !ok);
    for (const element of sides) {
      if (text) element.setAttribute("aria-describedby", message.id);
      else element.removeAttribute("aria-describedby");
    }
  };
  showTotals();
  return make(
    "section",
    { class: "mb-transaction", "aria-labelledby": `${id}-text` },
    make("p", { class: "mb-transaction-text", id: `${id}-text` }, transaction.text),
    make("div", { class: "mb-sides" }, ...sides),
    totals,
    message,
  );

  function changed() {
    says[transaction.id]("");
    showTotals();
    save();
  }

  function showTotals() {
    totals.textContent = totalsOfEntry(entry);
  }

  function filledSide(side) {
    const { element, list, add } = sideOfEntry(side, addRow);
    let shown = [];
    fill();
    return element;

    function fill() {
      shown = entry[side].map(shownRow);
      list.replaceChildren(...shown.map((one) => one.element));
      add.hidden = entry[side].length >= MOST_ROWS;
    }

    function addRow() {
      entry[side].push({ account: "", amount: "" });
      fill();
      shown.at(-1).account.focus();
      changed();
    }

    function removeRow(number) {
      entry[side].splice(number, 1);
      delete says[`${transaction.id}-${side}-${entry[side].length}`];
      fill();
      shown[Math.max(number - 1, 0)].account.focus();
      changed();
    }

    function shownRow(row, number) {
      const rowId = `${id}-${side}-${number}`;
      const echo = make("output", { class: "mb-echo", for: `${rowId}-amount` });
      const made = rowOfEntry({
        id: rowId,
        name: `${SIDES[side]} ${number + 1}行目`,
        accounts: api.spec.accounts,
        row,
        isOnly: entry[side].length === 1,
        beside: echo,
        onEdit() {
          echoBack();
          say("");
          changed();
        },
        onRemove: () => removeRow(number),
      });
      says[`${transaction.id}-${side}-${number}`] = say;
      echoBack();
      return made;

      // The judge speaks of the row; the account is what it cannot read first.
      function say(text) {
        const isKnown = accountOf(api.spec.accounts, row.account);
        made.aboutAmount.say(isKnown ? text : "");
        made.aboutAccount.say(isKnown ? "" : text);
      }

      function echoBack() {
        const read = readNumber(row.amount, "円");
        if (read.value !== undefined) echo.textContent = `→ ${showNumber(read.value)}円`;
        else echo.textContent = read.error ? "→ 数字として読めません" : "";
      }
    }
  }
}

/** Saved rows as this page needs them: texts, at least one row, not more than may be added. */
function rowsOf(saved) {
  const rows = Array.isArray(saved) && saved.length ? saved.slice(0, MOST_ROWS) : [{}];
  const text = (value) => (typeof value === "string" ? value : "");
  return rows.map((row) => ({ account: text(row?.account), amount: text(row?.amount) }));
}

export default exercise({ draw });
