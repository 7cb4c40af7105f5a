// Filters the chronology as one chooses; without it the form asks the server.
const form = document.querySelector(".history-filter");
const entries = [...document.querySelectorAll("[data-entry]")];
const told = document.getElementById("shown");

function filter() {
  const side = form.elements.side.value;
  const years = [Number(form.elements.from.value), Number(form.elements.to.value)];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  let shown = 0;
  for (const entry of entries) {
    const year = Number(entry.dataset.year);
    const fits = (!side || entry.dataset.side === side) && first <= year && year <= last;
    entry.hidden = !fits;
    shown += fits;
    document.querySelector(`[data-mark="${entry.dataset.entry}"]`).classList.toggle("history-off", !fits);
  }
  told.textContent = `${entries.length}件のうち${shown}件を表示しています。`;
  // In the address the choice is there again for who comes back, reloads or passes it on.
  history.replaceState(null, "", `?${new URLSearchParams(new FormData(form))}`);
}

form.addEventListener("change", filter);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  filter();
});
filter(); // the browser may have kept another choice than the server knows
