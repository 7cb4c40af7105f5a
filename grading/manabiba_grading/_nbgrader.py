"""The only door to nbgrader."""

import manabiba_kernels  # noqa: F401  imports jsonschema without its slow part, so it is first

# isort: split
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.exchange.abc import ExchangeCollect
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    Execute,
    GetGrades,
    NbGraderPreprocessor,
)
from nbgrader.utils import capture_log, parse_utc

__all__ = [
    "Autograde",
    "CheckCellMetadata",
    "ClearHiddenTests",
    "ExchangeCollect",
    "Execute",
    "GetGrades",
    "Gradebook",
    "MissingEntry",
    "NbGraderAPI",
    "NbGraderPreprocessor",
    "capture_log",
    "parse_utc",
]
