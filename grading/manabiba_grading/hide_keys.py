"""Keeps keys out of feedback: a participant's copy shows neither tests nor their tracebacks."""

from __future__ import annotations

from typing import Any

from ._nbgrader import NbGraderPreprocessor


class HideKeys(NbGraderPreprocessor):
    """Empties the source and the outputs of every autograded cell."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code":
            return cell, resources
        if about.get("grade") and not about.get("solution"):
            cell.source = ""
            cell.outputs = []
        cell.outputs = [
            output for output in cell.outputs if output.output_type not in {"error", "stream"}
        ]
        return cell, resources
