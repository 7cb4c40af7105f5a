"""What a notebook shows while it runs in a process that is not yet a kernel."""

from __future__ import annotations

import io
import os
import uuid
from typing import Any, TextIO

from ._ipykernel import Session, output_from_message

WIDGET_VIEW = "jupyter.widget"


class Outputs:
    """The outputs of a notebook's cells, collected as nbclient would from a kernel.

    `cell` is the list that the running cell's outputs go to; `widgets` are the states of all
    widget models by their id.
    """

    def __init__(self) -> None:
        self.cell: list[dict[str, Any]] = []
        self.widgets: dict[str, dict[str, Any]] = {}
        self._displays: dict[str, list[dict[str, Any]]] = {}
        self._clear_first = False

    def begin_cell(self) -> list[dict[str, Any]]:
        """Start a new cell; its outputs appear in the list returned."""
        self.cell = []
        self._clear_first = False
        return self.cell

    def message(self, kind: str, content: dict[str, Any]) -> None:
        """Take in one message that would have gone to the iopub channel."""
        if kind in {"comm_open", "comm_msg"}:
            self._comm(kind, content)
        elif kind == "clear_output":
            self._clear_first = bool(content.get("wait"))
            if not self._clear_first:
                self.cell.clear()
        elif kind == "update_display_data":
            for shown in self._displays.get(content["transient"].get("display_id"), ()):
                shown.update(data=content["data"], metadata=content["metadata"])
        elif kind in {"stream", "display_data", "execute_result", "error"}:
            self._output(kind, content)

    def _output(self, kind: str, content: dict[str, Any]) -> None:
        if self._clear_first:
            self.cell.clear()
            self._clear_first = False
        last = self.cell[-1] if self.cell else None
        if kind == "stream" and last is not None and last.get("name") == content["name"]:
            last["text"] += content["text"]
            return
        output = output_from_message(kind, content)
        self.cell.append(output)
        display_id = content.get("transient", {}).get("display_id")
        if display_id:
            self._displays.setdefault(display_id, []).append(output)

    def _comm(self, kind: str, content: dict[str, Any]) -> None:
        data = content.get("data", {})
        if kind == "comm_open" and content.get("target_name") == WIDGET_VIEW:
            state = data.get("state", {})
            self.widgets[content["comm_id"]] = {
                "model_name": state.get("_model_name"),
                "model_module": state.get("_model_module"),
                "model_module_version": state.get("_model_module_version"),
                "state": dict(state),
            }
        elif content["comm_id"] in self.widgets and data.get("method") == "update":
            self.widgets[content["comm_id"]]["state"].update(data.get("state", {}))


class SwitchedSession(Session):
    """A Jupyter session that collects what it is given to send, until `go_live`.

    One session for both halves of the kernel's life: everything that keeps a reference to it
    (shell, display publisher, comms) needs no change after the fork.
    """

    outputs: Outputs | None = None

    def go_live(self) -> None:
        """From now on send for real, as a session of this process with an identity of its own."""
        self.outputs = None
        self.pid = os.getpid()
        self.session = uuid.uuid4().hex
        self.digest_history: set[bytes] = set()
        self.message_count = 0

    def collect(self, outputs: Outputs) -> None:
        """From now on give `outputs` what would be sent."""
        self.outputs = outputs

    def send(self, stream: Any, msg_or_type: Any, *rest: Any, **more: Any) -> Any:
        if self.outputs is None:
            return super().send(stream, msg_or_type, *rest, **more)
        if isinstance(msg_or_type, dict):
            kind, content = msg_or_type["header"]["msg_type"], msg_or_type["content"]
        else:
            kind, content = msg_or_type, (rest[0] if rest else more.get("content"))
        self.outputs.message(kind, content or {})
        return None


class CollectedStream(io.TextIOBase):
    """stdout or stderr before the fork; after it the kernel's own stream is behind it.

    A notebook may keep a reference to the stream (a logging handler does); what it writes
    after the fork has to arrive as well.
    """

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name = name
        self.target: TextIO | None = None
        self._outputs = outputs

    encoding = "UTF-8"

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.target is not None:
            return self.target.write(text)
        if text:
            self._outputs.message("stream", {"name": self.name, "text": text})
        return len(text)

    def flush(self) -> None:
        if self.target is not None:
            self.target.flush()

    def set_parent(self, parent: Any) -> None:
        """What ipykernel calls on its streams; nothing to do before there is a kernel."""

    def fileno(self) -> int:
        if self.target is not None:
            return self.target.fileno()
        raise io.UnsupportedOperation("fileno")
