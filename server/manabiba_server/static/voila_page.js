// Brings Voilà's own front end to a lesson page that shows other widgets than exercises. Text and
// exercises do not wait for it; without a kernel it only says so and tries again.

import { pause } from "./answers.js";
import { tell } from "./notices.js";

const LOOK_MS = 20000;

async function attach(data) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(data.urls.kernel, {
        method: "POST",
        headers: { Accept: "application/json", "X-XSRFToken": data.xsrf },
        credentials: "same-origin",
      });
      const { kernel, version } = await response.json();
      if (kernel && version === data.version) return kernel;
    } catch {
      // The next turn tries again.
    }
    await new Promise((resolve) => setTimeout(resolve, pause(attempt, { longest: 30000 })));
  }
}

/** The front end waits for the window's load event, which was long ago when it comes. */
function startAtOnce() {
  const listen = window.addEventListener;
  window.addEventListener = function add(type, listener, ...options) {
    if (type === "load" && document.readyState === "complete") setTimeout(listener);
    else listen.call(this || window, type, listener, ...options);
  };
}

async function lives(kernel) {
  try {
    return (await fetch(`/api/kernels/${kernel}`, { credentials: "same-origin" })).ok;
  } catch {
    return true; // nobody knows: the host says that the line is cut
  }
}

/** Load the front end into a page whose `config` element says where it is. */
export async function bringFrontEnd(data, config) {
  const kernel = await attach(data);
  const known = JSON.parse(config.textContent);
  config.textContent = JSON.stringify({ ...known, kernelId: kernel });
  startAtOnce();
  const script = document.createElement("script");
  script.src = `${known.fullStaticUrl}/voila.js`;
  document.head.append(script);
  const watch = setInterval(async () => {
    if (document.visibilityState === "hidden" || (await lives(kernel))) return;
    clearInterval(watch);
    tell("widgets", "動かせる図の接続が終わりました。読み直すと、また動かせます。解答は残ります。", {
      action: "読み直す",
      act: () => location.reload(),
    });
  }, LOOK_MS);
}
