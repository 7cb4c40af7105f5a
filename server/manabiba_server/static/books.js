// Tells at once when a file is too large to send, shows that a file is being read,
// and moves to what has to be put right.
const LARGEST_FILE = 5_000_000;

function tellTooLarge(input) {
  const error = document.getElementById(`${input.id}-error`);
  const file = input.files[0];
  const isTooLarge = file !== undefined && file.size > LARGEST_FILE;
  error.hidden = !isTooLarge;
  error.textContent = isTooLarge
    ? `「${file.name}」は大きすぎます(5MBまで)。仕訳帳と期首残高のシートだけを残して保存しなおし、選びなおしてください。`
    : "";
  if (isTooLarge) {
    input.setAttribute("aria-invalid", "true");
  } else {
    input.removeAttribute("aria-invalid");
  }
  return isTooLarge;
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const inputs = [...form.querySelectorAll("input[type=file]")];
  for (const input of inputs) {
    input.addEventListener("change", () => tellTooLarge(input));
  }
  form.addEventListener("submit", (event) => {
    const tooLarge = inputs.filter(tellTooLarge);
    if (tooLarge.length > 0) {
      event.preventDefault();
      tooLarge[0].focus();
      return;
    }
    if (form.dataset.upload === "sent") {
      event.preventDefault(); // a second press would make a second set of books
      return;
    }
    form.dataset.upload = "sent";
    form.querySelector("[data-progress]").textContent = "読んでいます。しばらくお待ちください。";
  });
  addEventListener("pageshow", () => {
    form.dataset.upload = "";
    form.querySelector("[data-progress]").textContent = "";
  });
}

document.querySelector("[data-focus]")?.focus();
