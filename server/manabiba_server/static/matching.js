// Says that something slow has begun, sends it only once, and moves to what came of it.
for (const form of document.querySelectorAll("form[data-slow]")) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) {
      event.preventDefault();
      return;
    }
    isSent = true;
    form.querySelector("[data-progress]").textContent = form.dataset.slow;
  });
  addEventListener("pageshow", () => {
    isSent = false;
    form.querySelector("[data-progress]").textContent = "";
  });
}

document.querySelector("[data-focus]")?.focus();
