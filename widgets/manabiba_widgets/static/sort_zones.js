// Items that are put into boxes: by the list beside each item, or by dragging its name.

import { make } from "./card.js";
import { draggable, holds } from "./drag.js";

/**
 * Fill `body` with a box for each of `groups` and the `items` (both id → text) to be put into them.
 *
 * `placed` says where each item is; `settle(placed)` is told each change.
 */
export function sortZones(body, { id: prefix, groups, items, placed: start, settle }) {
  const placed = { ...(start || {}) };
  const zones = {};
  const chips = {};

  const zone = (group, label) => {
    const list = make("ul", { class: "mb-zone-items" });
    const headingId = `${prefix}-zone-${group || "none"}`;
    const box = make(
      "div",
      { role: "group", class: group ? "mb-zone" : "mb-zone mb-tray", "aria-labelledby": headingId },
      make("h4", { id: headingId }, label),
      list,
    );
    zones[group] = { box, list };
    return box;
  };
  const tray = zone("", "まだ分けていないもの");
  const boxes = Object.entries(groups).map(([group, label]) => zone(group, label));

  for (const [item, label] of Object.entries(items)) {
    const id = `${prefix}-${item}`;
    const choices = Object.entries(groups).map(([value, text]) => make("option", { value }, text));
    const select = make("select", { id }, make("option", { value: "" }, "分ける先を選ぶ"), ...choices);
    const handle = make("label", { for: id, class: "mb-chip-label" }, label);
    const message = make("p", { class: "mb-message", id: `${id}-message`, hidden: true });
    const chip = make("li", { class: "mb-chip" }, handle, select, message);
    chips[item] = { chip, select, message };
    select.addEventListener("change", () => move(item, select.value, true));
    draggable(chip, handle, {
      over: (x, y) => {
        for (const { box } of Object.values(zones)) box.classList.toggle("mb-over", holds(box, x, y));
      },
      drop: (x, y) => {
        for (const [group, { box }] of Object.entries(zones)) {
          box.classList.remove("mb-over");
          if (holds(box, x, y)) move(item, group, false);
        }
      },
    });
    put(item, placed[item] || "");
  }
  body.append(tray, make("div", { class: "mb-zones" }, ...boxes));
  showTray();

  function put(item, group) {
    const { chip, select } = chips[item];
    zones[zones[group] ? group : ""].list.append(chip);
    select.value = zones[group] ? group : "";
  }

  function move(item, group, byKeyboard) {
    if ((placed[item] || "") === group) return;
    if (group) placed[item] = group;
    else delete placed[item];
    put(item, group);
    say(item, "", true);
    showTray();
    if (byKeyboard) chips[item].select.focus();
    settle({ ...placed });
  }

  function showTray() {
    tray.hidden = zones[""].list.children.length === 0;
  }

  function say(item, text, ok) {
    const { select, message } = chips[item];
    message.textContent = text;
    message.hidden = !text;
    if (text && !ok) select.setAttribute("aria-invalid", "true");
    else select.removeAttribute("aria-invalid");
    if (text) select.setAttribute("aria-describedby", message.id);
    else select.removeAttribute("aria-describedby");
  }

  return {
    show(parts) {
      for (const item of Object.keys(chips)) say(item, "", true);
      for (const part of parts) {
        if (chips[part.input]) say(part.input, part.ok ? "◯" : `✕ ${part.message}`, part.ok);
      }
    },
  };
}
