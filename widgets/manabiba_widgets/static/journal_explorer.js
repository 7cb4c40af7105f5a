import { make } from "./card.js";
import { chooser, explorable, figure, labelled, moved, table, yen } from "./explorable.js";
import { emptyRows, entryEditor } from "./entry_editor.js";
import { activities, balanceOf, balanceSheet, differenceOf, growsOnDebit, post, trialBalance } from "./ledger.js";

const OWN = "own";
const NAMED_ACCOUNTS = 6;

function draw(body, { id, spec, told, tell }) {
  const { book, balances: start, transactions } = spec;
  const types = [...new Set(book.accounts.map((account) => account.type))];
  const posted = [];
  const drafts = { [OWN]: emptyRows() };
  const editor = entryEditor(id, book.accounts, types);
  const what = make("p", { class: "mb-transaction-text" });
  const problem = make("p", { class: "mb-message mb-bad", role: "alert", hidden: true });
  const books = make("ol", { class: "mbx-posted" });
  const booksBox = make("div", { hidden: true }, make("h4", {}, "記帳した仕訳"), books);
  const views = make("div", { class: "mbx-views" });
  const trialTotal = make("summary");
  const trial = make("div");
  const options = [
    ...transactions.map((transaction, number) => [String(number), shorten(transaction.text)]),
    [OWN, "自分で仕訳を作る"],
  ];
  const choose = chooser(`${id}-choose`, options, options[0][0], pick);
  const button = (text, act, primary) =>
    make("button", { type: "button", class: primary ? "mb-button mb-primary" : "mb-button", onclick: act }, text);
  const actions = make(
    "div",
    { class: "mb-actions" },
    button("記帳する", enter, true),
    button("1つ戻す", stepBack),
    button("はじめから", restart),
  );
  body.append(
    make("div", { class: "mbx-off-paper" }, labelled("取引を選ぶ", choose), what, editor.element, problem, actions),
    told,
    booksBox,
    views,
    make("details", { class: "mbx-more" }, trialTotal, trial),
  );
  pick(choose.value);
  show(start, start);
  tell("取引を選んで「記帳する」を押すと、下の表が動きます。");

  function pick(key) {
    drafts[key] ||= rowsOf(transactions[Number(key)]);
    what.textContent = key === OWN ? "科目と金額を、借方と貸方の両方に入れてください。" : transactions[Number(key)].text;
    complain("");
    editor.show(drafts[key]);
  }

  function complain(text) {
    problem.hidden = !text;
    problem.textContent = text;
  }

  function balances() {
    return posted.reduce((before, { entry }) => post(before, entry), start);
  }

  function enter() {
    const entry = editor.read();
    if (!entry) {
      complain("まだ読めない行があります。行の下の説明を見てください。");
      return;
    }
    const difference = differenceOf(entry);
    if (!entry.debit.length || !entry.credit.length) {
      complain("借方と貸方の両方に、科目と金額を入れてください。");
      return;
    }
    if (difference) {
      const [more, less] = difference > 0 ? ["借方", "貸方"] : ["貸方", "借方"];
      complain(`${more}が${yen(Math.abs(difference))}多く、左右が合いません。${less}に足すか、${more}を減らしてください。`);
      return;
    }
    complain("");
    const before = balances();
    const key = choose.value;
    posted.push({ entry, text: key === OWN ? "自分で作った仕訳" : transactions[Number(key)].text });
    drafts[key] = undefined;
    drafts[OWN] ||= emptyRows();
    const next = key === OWN ? OWN : String((Number(key) + 1) % transactions.length);
    choose.value = next;
    pick(next);
    moveOn(before, "記帳しました。", entry);
  }

  function stepBack() {
    complain("");
    if (!posted.length) {
      tell("まだ何も記帳していません。");
      return;
    }
    const before = balances();
    const { entry } = posted.pop();
    moveOn(before, "1つ戻しました。", entry);
  }

  function restart() {
    complain("");
    posted.length = 0;
    show(start, start);
    tell("はじめの状態に戻しました。");
  }

  function moveOn(before, opening, entry) {
    const after = balances();
    show(before, after, entry);
    tell(opening + sentenceOf(book, before, after));
  }

  function show(before, after, entry) {
    booksBox.hidden = posted.length === 0;
    books.replaceChildren(...posted.map(({ entry: one, text }) => make("li", {}, text, make("br"), inWords(one))));
    views.replaceChildren(
      ...(entry ? [ledgers(before, after, entry)] : []),
      make("div", { class: "mbx-pair" }, activityTable(before, after), sheetTable(before, after)),
    );
    showTrial(before, after);
  }

  function ledgers(before, after, entry) {
    const touched = [...new Set([...entry.debit, ...entry.credit].map((line) => line.account))];
    return make(
      "section",
      { "aria-labelledby": `${id}-ledgers` },
      make("h4", { id: `${id}-ledgers` }, "T勘定(いま動いた科目)"),
      make("div", { class: "mbx-ledgers" }, ...touched.map((name) => tAccount(name, after))),
    );
  }

  function tAccount(name, after) {
    const sides = { debit: [], credit: [] };
    const first = start[name] || 0;
    if (first) sides[first > 0 ? "debit" : "credit"].push(["はじめの残高", Math.abs(first)]);
    posted.forEach(({ entry }, number) => {
      for (const side of ["debit", "credit"]) {
        for (const line of entry[side]) {
          if (line.account === name) sides[side].push([`${number + 1}番の仕訳`, line.amount, number === posted.length - 1]);
        }
      }
    });
    const height = Math.max(sides.debit.length, sides.credit.length, 1);
    const cell = (line) =>
      line
        ? make("td", { class: line[2] ? "mbx-new" : null }, make("small", {}, line[2] ? `${line[0]}(いま)` : line[0]), figure(line[1]))
        : make("td");
    const rows = Array.from({ length: height }, (_, i) => make("tr", {}, cell(sides.debit[i]), cell(sides.credit[i])));
    const { type } = book.accounts.find((account) => account.name === name);
    const grows = growsOnDebit(book, name) ? "左で増える" : "右で増える";
    return make(
      "table",
      { class: "mbx-t" },
      make("caption", {}, make("strong", {}, name), ` ${type}・${grows}`),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "借方"), make("th", { scope: "col" }, "貸方"))),
      make("tbody", {}, ...rows),
      make("tfoot", {}, make("tr", {}, make("td", { colspan: "2" }, `残高 ${yen(balanceOf(book, after, name))}`))),
    );
  }

  function activityTable(before, after) {
    return statement("活動計算書(単位: 円)", activityLines(before), activityLines(after));
  }

  function activityLines(at) {
    const found = activities(book, at);
    return [
      ...linesOf("経常収益", found.revenue),
      { label: "経常収益計", amount: found.revenue.total, total: true },
      ...linesOf("経常費用", found.expense),
      { label: "経常費用計", amount: found.expense.total, total: true },
      { label: "当期経常増減額", amount: found.ordinary, total: true },
      ...linesOf("経常外収益", found.extraordinaryRevenue),
      ...linesOf("経常外費用", found.extraordinaryExpense),
      ...linesOf("法人税等", found.tax),
      { label: "当期正味財産増減額", amount: found.change, total: true },
      { label: "前期繰越正味財産額", amount: found.opening },
      { label: "次期繰越正味財産額", amount: found.closing, total: true },
    ];
  }

  function sheetTable(before, after) {
    return statement("貸借対照表(単位: 円)", sheetLines(before), sheetLines(after));
  }

  function sheetLines(at) {
    const found = balanceSheet(book, at);
    return [
      ...linesOf("資産の部", found.assets),
      { label: "資産合計", amount: found.assets.total, total: true },
      ...linesOf("負債の部", found.liabilities),
      { label: "負債合計", amount: found.liabilities.total, total: true },
      { label: "正味財産の部", heading: true },
      { label: "前期繰越正味財産", amount: found.opening },
      { label: "当期正味財産増減額", amount: found.change },
      { label: "正味財産合計", amount: found.closing, total: true },
      { label: "負債及び正味財産合計", amount: found.right, total: true },
    ];
  }

  function showTrial(before, after) {
    const was = trialBalance(book, before);
    const now = trialBalance(book, after);
    const cell = (amount, earlier) => {
      const change = moved(amount - earlier);
      const shown = amount || change ? figure(amount) : "";
      return change ? [shown, make("small", { class: "mbx-moved" }, change)] : shown;
    };
    const rowOf = (found, name) => found.rows.find((row) => row.name === name) || { debit: 0, credit: 0 };
    const rows = book.accounts
      .map(({ name }) => [name, rowOf(now, name), rowOf(was, name)])
      .filter(([, one, other]) => one.debit || one.credit || other.debit || other.credit)
      .map(([name, one, other]) => [name, cell(one.debit, other.debit), cell(one.credit, other.credit)]);
    const foot = [["合計(左右は同じ)", cell(now.debit, was.debit), cell(now.credit, was.credit)]];
    trialTotal.textContent = `残高試算表 合計 ${yen(now.debit)}`;
    trial.replaceChildren(table("残高試算表(単位: 円)", ["勘定科目", "借方残高", "貸方残高"], rows, { foot }));
  }
}

/** The lines of a part of a statement under their heading. */
function linesOf(heading, part) {
  const groups = part.groups.flatMap((group) => group.rows.map((row) => ({ label: row.name, amount: row.amount })));
  return [{ label: heading, heading: true }, ...groups];
}

/** A statement as a table; what moved says by how much, in a sign and a word. */
function statement(caption, before, after) {
  const kept = after
    .map((line, number) => ({ ...line, earlier: before[number].amount }))
    .filter((line) => line.heading || line.total || line.amount || line.earlier);
  const rows = kept
    .filter((line, number) => !line.heading || (kept[number + 1] && !kept[number + 1].heading && !kept[number + 1].total))
    .map((line) => {
      if (line.heading) return make("tr", { class: "mbx-heading" }, make("th", { scope: "rowgroup", colspan: "2" }, line.label));
      const change = moved(line.amount - line.earlier);
      return make(
        "tr",
        { class: [line.total && "mbx-total", change && "mbx-changed"].filter(Boolean).join(" ") || null },
        make("th", { scope: "row" }, line.label),
        make("td", {}, figure(line.amount), change ? make("small", { class: "mbx-moved" }, change) : null),
      );
    });
  const head = make("tr", {}, make("th", { scope: "col" }, "科目"), make("th", { scope: "col" }, "金額"));
  return make("table", { class: "mbx-table mbx-statement" }, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...rows));
}

/** What an entry did, in one sentence for each thing that moved. */
function sentenceOf(book, before, after) {
  const changes = book.accounts
    .map(({ name }) => ({ name, was: balanceOf(book, before, name), now: balanceOf(book, after, name) }))
    .filter(({ was, now }) => was !== now);
  const named = changes
    .slice(0, NAMED_ACCOUNTS)
    .map(({ name, was, now }) => `${name}が${yen(Math.abs(now - was))}${now > was ? "増えて" : "減って"}${yen(now)}`);
  const more = changes.length > NAMED_ACCOUNTS ? ` ほか${changes.length - NAMED_ACCOUNTS}科目` : "";
  const was = balanceSheet(book, before);
  const now = balanceSheet(book, after);
  const result = now.change - was.change;
  const effect = result
    ? `収益と費用の差(当期正味財産増減額)は${yen(Math.abs(result))}${result > 0 ? "増えました" : "減りました"}。`
    : "収益と費用の差(当期正味財産増減額)は変わりません。";
  const short = changes.filter(({ name, now: amount }) => amount < 0 && isAsset(book, name)).map(({ name }) => name);
  const warning = short.length ? `${short.join("と")}がマイナスになりました。手元にないお金は出せないので、順番を見直しましょう。` : "";
  const first = named.length ? `${named.join("、")}${more}になりました。` : "残高は変わりません。";
  return `${first}${effect}資産合計と、負債及び正味財産合計は、どちらも${yen(now.assets.total)}です。${warning}`;
}

function isAsset(book, name) {
  const { section } = book.accounts.find((account) => account.name === name);
  return book.sections.some((found) => found.name === section && found.place === "asset");
}

function inWords(entry) {
  const side = (lines) => lines.map((line) => `${line.account} ${yen(line.amount)}`).join("・");
  return `(借方) ${side(entry.debit)}　(貸方) ${side(entry.credit)}`;
}

function rowsOf(entry) {
  const rows = (lines) => lines.map((line) => ({ account: line.account, amount: figure(line.amount) }));
  return { debit: rows(entry.debit), credit: rows(entry.credit) };
}

function shorten(text) {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

export default explorable({ draw });
