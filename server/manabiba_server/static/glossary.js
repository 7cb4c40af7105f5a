// Filters the glossary as one types; without it the form asks the server.
const input = document.getElementById("q");

function fold(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s/g, "")
    .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
}

function filter(terms, told) {
  const wanted = fold(input.value);
  let shown = 0;
  for (const { element, texts } of terms) {
    element.hidden = !texts.some((text) => text.includes(wanted));
    if (!element.hidden) shown += 1;
  }
  for (const row of document.querySelectorAll(".term-row")) {
    row.hidden = !row.querySelector(".terms > div:not([hidden])");
  }
  told.textContent = shown
    ? `${terms.length}語のうち${shown}語を表示しています。`
    : "見つかりませんでした。ひらがなや、短いことばでもさがせます。";
}

if (input) {
  const told = document.getElementById("found");
  const terms = [...document.querySelectorAll(".terms > div")].map((element) => ({
    element,
    texts: [
      element.querySelector("dt").firstChild.textContent,
      element.querySelector(".term-reading").textContent,
      element.querySelector(".term-meaning").textContent,
    ].map(fold),
  }));
  input.addEventListener("input", () => filter(terms, told));
  input.form.addEventListener("submit", (event) => event.preventDefault());
}
