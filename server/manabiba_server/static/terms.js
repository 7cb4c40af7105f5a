// A term of the glossary opens beside its word; without scripts its link leads to the glossary.

const GAP_PX = 6;

/** Let the page's term links open `terms`: [{ anchor, term, reading, meaning, lesson, url }]. */
export function openTerms(terms) {
  const known = new Map(terms.map((term) => [term.anchor, term]));
  const box = document.createElement("dialog");
  box.className = "term-box";
  box.setAttribute("aria-labelledby", "term-box-title");
  document.body.append(box);
  let word = null;

  function fill({ term, reading, meaning, lesson, url }) {
    const title = element("p", "term-box-title", term);
    title.id = "term-box-title";
    const taught = element("p", "term-box-lesson");
    if (url) taught.append(link(url, `第${lesson}回で学びます`));
    else if (lesson) taught.append("この回で学びます");
    const close = element("button", "", "閉じる");
    close.type = "button";
    close.addEventListener("click", () => box.close());
    const actions = element("p", "term-box-actions");
    actions.append(close, link(word.href, "用語集を見る"));
    box.replaceChildren(
      title,
      element("p", "term-reading", reading),
      element("p", "", meaning),
      taught,
      actions,
    );
    return close;
  }

  function place() {
    const at = word.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(at.left, wide - box.offsetWidth - 8));
    const fits = at.bottom + GAP_PX + box.offsetHeight < innerHeight;
    const top = fits ? at.bottom + GAP_PX : at.top - GAP_PX - box.offsetHeight;
    box.style.setProperty("--term-left", `${left + scrollX}px`);
    box.style.setProperty("--term-top", `${Math.max(8, top) + scrollY}px`);
  }

  document.addEventListener("click", (event) => {
    const found = event.target.closest?.("a.term");
    if (!found) {
      if (box.open && !box.contains(event.target)) box.close();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const term = known.get(decodeURIComponent(found.hash.slice(1)));
    if (!term) return;
    event.preventDefault();
    if (box.open) box.close();
    word = found;
    const close = fill(term);
    box.show();
    place();
    close.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.open) box.close();
  });
  box.addEventListener("close", () => {
    if (box.contains(document.activeElement) || document.activeElement === document.body) word.focus();
  });
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function link(href, text) {
  const made = element("a", "", text);
  made.href = href;
  return made;
}
