// Copies the personal link; where the browser forbids it, selects it to be copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const input = document.getElementById(button.dataset.copy);
    const told = document.getElementById("copied");
    try {
      await navigator.clipboard.writeText(input.value);
      told.textContent = button.dataset.done ?? "コピーしました。メールやメモに貼りつけて保存してください。";
    } catch {
      input.focus();
      input.select();
      told.textContent = "リンクを選びました。長押しか右クリックでコピーしてください。";
    }
  });
}
