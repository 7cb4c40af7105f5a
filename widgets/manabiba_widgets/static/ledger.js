// Books in the browser: entries into balances, balances into statements. Balances are yen,
// debit minus credit, by account name, as `manabiba_subjects.post` has them (a test compares them).
// `book` is `{ accounts: [{ name, section }], sections: [{ name, place }] }`; a place is one of
// asset, liability, net, revenue, expense, extraordinary-revenue, extraordinary-expense, tax.

const LEFT = new Set(["asset", "expense", "extraordinary-expense", "tax"]);

/** How far the left side of an entry is above its right side. */
export function differenceOf(entry) {
  const total = (lines) => lines.reduce((sum, line) => sum + line.amount, 0);
  return total(entry.debit) - total(entry.credit);
}

/** The balances after one more entry. */
export function post(balances, entry) {
  const after = { ...balances };
  for (const { account, amount } of entry.debit) after[account] = (after[account] || 0) + amount;
  for (const { account, amount } of entry.credit) after[account] = (after[account] || 0) - amount;
  return after;
}

function placeOf(book, name) {
  const { section } = book.accounts.find((account) => account.name === name);
  return book.sections.find((found) => found.name === section).place;
}

/** Whether an account grows on the left (借方). */
export function growsOnDebit(book, name) {
  return LEFT.has(placeOf(book, name));
}

/** An account's balance on the side on which it grows. */
export function balanceOf(book, balances, name) {
  const signed = balances[name] || 0;
  return growsOnDebit(book, name) ? signed : signed === 0 ? 0 : -signed;
}

/** 残高試算表: `{ rows: [{ name, debit, credit }], debit, credit }`, accounts without a balance left out. */
export function trialBalance(book, balances) {
  const rows = book.accounts
    .map(({ name }) => ({ name, signed: balances[name] || 0 }))
    .filter(({ signed }) => signed)
    .map(({ name, signed }) => ({ name, debit: Math.max(signed, 0), credit: Math.max(-signed, 0) }));
  const total = (side) => rows.reduce((sum, row) => sum + row[side], 0);
  return { rows, debit: total("debit"), credit: total("credit") };
}

/** The groups of one place: `{ groups: [{ name, rows: [{ name, amount }], total }], total }`. */
function gather(book, balances, place) {
  const groups = book.sections
    .filter((section) => section.place === place)
    .map(({ name }) => {
      const rows = book.accounts
        .filter((account) => account.section === name)
        .map((account) => ({ name: account.name, amount: balanceOf(book, balances, account.name) }));
      return { name, rows, total: rows.reduce((sum, row) => sum + row.amount, 0) };
    });
  return { groups, total: groups.reduce((sum, group) => sum + group.total, 0) };
}

/** 活動計算書, before costs are divided into 事業費 and 管理費. */
export function activities(book, balances) {
  const part = (place) => gather(book, balances, place);
  const revenue = part("revenue");
  const expense = part("expense");
  const extraordinaryRevenue = part("extraordinary-revenue");
  const extraordinaryExpense = part("extraordinary-expense");
  const tax = part("tax");
  const ordinary = revenue.total - expense.total;
  const change = ordinary + extraordinaryRevenue.total - extraordinaryExpense.total - tax.total;
  const opening = part("net").total;
  return {
    revenue,
    expense,
    ordinary,
    extraordinaryRevenue,
    extraordinaryExpense,
    tax,
    change,
    opening,
    closing: opening + change,
  };
}

/** 貸借対照表; `right` is the total of liabilities and net assets. */
export function balanceSheet(book, balances) {
  const assets = gather(book, balances, "asset");
  const liabilities = gather(book, balances, "liability");
  const { change, opening, closing } = activities(book, balances);
  return { assets, liabilities, opening, change, closing, right: liabilities.total + closing };
}
