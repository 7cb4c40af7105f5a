// A memo in the reader's own words. It stays in this tab: nothing of it is sent to the server.

const LONGEST_LINK = 2000; // characters of an address that every mail program takes

const memo = document.querySelector("[data-memo]");

/** The paper as plain text: a line for what was asked, the words below it. */
function memoText() {
  const paper = memo.querySelector("[data-memo-paper]");
  const lines = [...paper.querySelectorAll("dl > div")].map((part) => {
    const words = part.querySelector("dd").textContent.trim();
    return `■ ${part.querySelector("dt").textContent.trim()}\n${words || "(まだ書いていません)"}`;
  });
  return [paper.querySelector("h3").textContent, ...lines].join("\n\n");
}

/** The mail's text: the words under short names, before them (`answers`) what was chosen. */
function mailText(answers) {
  const chosen = [...memo.querySelectorAll("[data-memo-answer]")].map((part) => part.textContent.trim());
  const words = [...memo.querySelectorAll("[data-memo-words]")]
    .filter((part) => part.textContent.trim())
    .map((part) => `■${part.dataset.memoShort}\n${part.textContent.trim()}`);
  return [...(answers ? chosen : []), ...words].join("\n");
}

/** A mail draft without a receiver: `{ href, whole }`; a memo too long for a link is to be pasted. */
function mailDraft() {
  const subject = encodeURIComponent(memo.dataset.memoSubject);
  const link = (body) => `mailto:?subject=${subject}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
  const fits = [true, false].map((answers) => link(mailText(answers))).find((href) => href.length <= LONGEST_LINK);
  return { href: fits ?? link("(コピーしたメモを、ここに貼りつけてください)"), whole: fits !== undefined };
}

function keeper(name) {
  return {
    read() {
      try {
        return sessionStorage.getItem(name) ?? "";
      } catch {
        return "";
      }
    },
    write(words) {
      try {
        if (words) sessionStorage.setItem(name, words);
        else sessionStorage.removeItem(name);
      } catch {
        // Without storage the words last as long as the page.
      }
    },
  };
}

function open() {
  const said = memo.querySelector("[data-memo-said]");
  const mail = memo.querySelector("[data-memo-mail]");
  const fields = [...memo.querySelectorAll("textarea")].map((area) => ({
    area,
    kept: keeper(`manabiba-memo-${memo.dataset.memo}-${area.id}`),
    shown: memo.querySelector(`[data-memo-words="${area.id}"]`),
  }));

  function refresh() {
    for (const { area, kept, shown } of fields) {
      kept.write(area.value);
      shown.textContent = area.value;
    }
    mail.href = mailDraft().href;
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(memoText());
      return true;
    } catch {
      getSelection().selectAllChildren(memo.querySelector("[data-memo-paper]"));
      return false;
    }
  }

  for (const { area, kept } of fields) {
    area.value = kept.read();
    area.addEventListener("input", () => {
      said.textContent = "";
      refresh();
    });
  }
  memo.querySelector("[data-memo-print]").addEventListener("click", () => window.print());
  memo.querySelector("[data-memo-copy]").addEventListener("click", async () => {
    said.textContent = (await copy())
      ? "コピーしました。メールや問合せフォームに貼りつけられます。"
      : "メモを選びました。長押しか右クリックでコピーしてください。";
  });
  mail.addEventListener("click", async () => {
    if (mailDraft().whole) return;
    said.textContent = (await copy())
      ? "メモが長いので、コピーしておきました。開いた下書きに貼りつけてください。"
      : "メモが長いので、下書きに入りません。選んだところをコピーして、下書きに貼りつけてください。";
  });
  memo.querySelector("[data-memo-clear]").addEventListener("click", () => {
    if (!window.confirm("このメモに書いたことを、すべて消しますか。")) return;
    for (const { area } of fields) area.value = "";
    refresh();
    said.textContent = "消しました。";
  });
  memo.querySelector("[data-memo-fields]").hidden = false;
  memo.querySelector("[data-memo-hand]").hidden = true;
  refresh();
}

open();
// The page may come back from the browser's own memory, after the words were cleared elsewhere.
addEventListener("pageshow", (event) => event.persisted && location.reload());
