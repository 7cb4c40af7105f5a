// Renews the instructor's table every five seconds; a reload by hand does the same.
const PAUSE_MS = 5000;
const LOST = "いまつながりません。表は少し前のようすです。つながると、また新しくなります。";

function show(room) {
  const old = document.getElementById("room");
  const scrolled = old.querySelector(".table-scroll")?.scrollLeft ?? 0;
  old.replaceWith(room);
  const table = room.querySelector(".table-scroll");
  if (table) table.scrollLeft = scrolled;
}

function tellLost() {
  const status = document.querySelector("#room [role=status]");
  if (status.textContent !== LOST) status.textContent = LOST;
}

async function renew() {
  if (document.visibilityState === "visible" && !document.activeElement?.closest("#room")) {
    try {
      const response = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const room = page.getElementById("room");
      if (response.ok && room) show(room);
      else tellLost();
    } catch {
      tellLost(); // the next turn tries again
    }
  }
  setTimeout(renew, PAUSE_MS);
}

setTimeout(renew, PAUSE_MS);
