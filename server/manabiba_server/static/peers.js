// Moves to what came of a button, counts characters, and keeps what is typed until it is saved.
//
// What is kept stays in this tab. It goes when the page that comes back from the server has the
// same words in it; so a page that never came, or came without them, costs nobody a word.

const PREFIX = "manabiba-peers-";

/** Words as the server keeps them: the twin of `document_form.clean`. */
const plain = (words) =>
  words
    .replace(/\r\n|[\r\v\f\x85\u2028\u2029]/g, "\n")
    .replace(/[\0-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, "")
    .trim();

function storage() {
  try {
    sessionStorage.getItem("");
    return sessionStorage;
  } catch {
    return null; // forbidden: the form works without it
  }
}

function count(area) {
  const shown = document.querySelector(`[data-count="${area.id}"]`);
  shown.textContent = `いま${[...plain(area.value)].length}字`;
  shown.hidden = false;
}

function open(form) {
  const kept = storage();
  const name = PREFIX + form.dataset.keep;
  const areas = [...form.querySelectorAll("textarea")];
  const { revision } = form.elements;
  const before = JSON.parse(kept?.getItem(name) ?? "null");
  if (before && areas.every((area) => plain(before.words[area.id] ?? "") === plain(area.value))) {
    kept.removeItem(name);
  } else if (before && !document.querySelector(".problem-panel [data-focus]")) {
    for (const area of areas) area.value = before.words[area.id] ?? "";
    revision.value = before.revision; // the server tells when it has changed meanwhile
    form.querySelector("[data-kept]").hidden = false;
  }
  for (const area of areas) {
    count(area);
    area.addEventListener("input", () => {
      count(area);
      const words = Object.fromEntries(areas.map((one) => [one.id, one.value]));
      try {
        kept?.setItem(name, JSON.stringify({ revision: revision.value, words }));
      } catch {
        // Full: the words last as long as the page.
      }
    });
  }
  document.querySelector("[data-forget]")?.addEventListener("submit", () => kept?.removeItem(name));
}

for (const form of document.querySelectorAll("form[data-keep]")) open(form);
document.querySelector("[data-focus]")?.focus();
