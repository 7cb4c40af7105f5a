// Renews the instructor's table every five seconds; a reload by hand does the same.
const PAUSE_MS = 5000;

async function renew() {
  if (document.visibilityState === "visible" && !document.activeElement?.closest("#room")) {
    try {
      const response = await fetch(location.href, { credentials: "same-origin" });
      if (response.ok) {
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        document.getElementById("room").replaceWith(page.getElementById("room"));
      }
    } catch {
      // The next turn tries again.
    }
  }
  setTimeout(renew, PAUSE_MS);
}

setTimeout(renew, PAUSE_MS);
