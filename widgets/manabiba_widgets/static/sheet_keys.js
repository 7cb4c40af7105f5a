// Moving through the cells of a table as in a spreadsheet.
//
// `grid[row][column]` is the input of a cell, or null where nothing is asked. F2 (or typing on) is for
// changing a figure: then arrows, Home and End move within the text. A cell may be a list to choose
// from instead: F2 or a click opens it, and until something is chosen its arrows go through the list.

/** The handler of keys for the inputs of a grid; `restore(input)` takes back what was typed. */
export function sheetKeys(grid, restore) {
  let changing = null; // the input whose text, or list, was opened

  return {
    onblur: close,
    onchoose: close,
    onopen(event) {
      changing = event.currentTarget;
    },
    onkeydown(event) {
      const input = event.currentTarget;
      if (isList(input) && opensList(event)) changing = input;
      // While kana are converted, Enter and the arrows belong to the conversion.
      if (event.isComposing || event.keyCode === 229 || event.altKey || event.metaKey) return;
      if (event.key === "F2") {
        changing = input;
        if (isList(input)) input.showPicker?.();
        else input.setSelectionRange(input.value.length, input.value.length);
      } else if (event.key === "Escape") {
        if (changing === input && isList(input)) return close();
        changing = null;
        restore(input);
        input.select?.();
      } else if (!go(event, input)) return;
      event.preventDefault();
    },
  };

  function close() {
    changing = null;
  }

  /** Move the focus where a key leads; false when the key means the text. */
  function go(event, input) {
    if (changing === input && isList(input)) {
      if (event.key === "Enter") close();
      return false;
    }
    const row = grid.findIndex((cells) => cells.includes(input));
    const column = grid[row].indexOf(input);
    if (event.key === "Enter" && !event.ctrlKey) {
      return focus(nearest(line(column), row, event.shiftKey ? -1 : 1)) || true;
    }
    if (event.shiftKey) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (event.ctrlKey) return false;
      return focus(nearest(line(column), row, event.key === "ArrowDown" ? 1 : -1)) || true;
    }
    const ahead = event.key === "ArrowRight" || event.key === "End";
    if (!ahead && event.key !== "ArrowLeft" && event.key !== "Home") return false;
    const byOne = event.key.startsWith("Arrow");
    if (changing === input || !(allSelected(input) || (byOne && !event.ctrlKey && atEdge(input, ahead)))) return false;
    if (byOne) return focus(nearest(grid[row], column, ahead ? 1 : -1)) || true;
    const cells = event.ctrlKey ? grid.flat() : grid[row];
    return focus(nearest(cells, ahead ? cells.length : -1, ahead ? -1 : 1)) || true;
  }

  function line(column) {
    return grid.map((cells) => cells[column]);
  }
}

function nearest(cells, from, step) {
  for (let at = from + step; at >= 0 && at < cells.length; at += step) if (cells[at]) return cells[at];
  return null;
}

function focus(input) {
  input?.focus();
  input?.select?.();
}

function isList(input) {
  return input.tagName === "SELECT";
}

function opensList(event) {
  return event.key === " " || (event.altKey && ["ArrowDown", "ArrowUp"].includes(event.key));
}

function allSelected(input) {
  return isList(input) || (input.selectionStart === 0 && input.selectionEnd === input.value.length);
}

function atEdge(input, ahead) {
  const edge = ahead ? input.value.length : 0;
  return input.selectionStart === edge && input.selectionEnd === edge;
}
