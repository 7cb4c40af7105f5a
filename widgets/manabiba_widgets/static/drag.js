// Dragging with mouse, pen or finger. Only the handle takes the pointer, so a page still
// scrolls by touch everywhere else.

const BEGINS_AFTER_PX = 6;

/** Make `item` draggable by `handle`; `over(x, y)` while moving, `drop(x, y)` at the end. */
export function draggable(item, handle, { over = () => {}, drop = () => {} }) {
  let from = null;

  handle.classList.add("mb-handle");
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY, moving: false };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!from) return;
    const dx = event.clientX - from.x;
    const dy = event.clientY - from.y;
    if (!from.moving && Math.hypot(dx, dy) < BEGINS_AFTER_PX) return;
    from.moving = true;
    item.classList.add("mb-dragging");
    item.style.transform = `translate(${dx}px, ${dy}px)`;
    over(event.clientX, event.clientY);
  });
  const end = (event) => {
    if (!from) return;
    const moved = from.moving;
    from = null;
    item.classList.remove("mb-dragging");
    item.style.transform = "";
    if (moved && event.type === "pointerup") drop(event.clientX, event.clientY);
    else over(-1, -1);
  };
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", end);
}

/** Whether a point lies in an element. */
export function holds(element, x, y) {
  const box = element.getBoundingClientRect();
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
