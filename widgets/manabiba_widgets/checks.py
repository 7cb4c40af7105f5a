"""Check: one thing a good paper or plan has, and how several of them are judged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .judgement import Part

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """One thing a good paper or plan has.

    `passes` gets the values read. Of a document: None where a field is empty or cannot be read,
    else str, int (Decimal with decimals), date, a list of rows (dicts by column id). Of a plan: a
    list of texts for each column, and `arrows`. A check that raises has not passed; nor has one
    of a `field` that is required and empty, or cannot be read. `message` says what to do, `label`
    what is looked at (without it the field's label). `found` says what was found in the values,
    before the message of a check that has not passed: 「収入…円と支出…円が合いません。」
    """

    id: str
    message: str
    passes: Callable[[Mapping[str, Any]], bool]
    field: str | None = None
    points: float = 1
    label: str = ""
    found: Callable[[Mapping[str, Any]], str] | None = None


def judge_checks(
    checks: Sequence[Check], values: Mapping[str, Any], missing: Collection[str]
) -> tuple[float, tuple[Part, ...]]:
    """The share of points, and a part `check:<field>:<id>` for each check.

    `missing` are the fields that are required and empty, and those that cannot be read.
    """
    passed = {check.id: check.field not in missing and _passes(check, values) for check in checks}
    earned = sum(check.points for check in checks if passed[check.id])
    parts = tuple(
        Part(
            input=f"check:{check.field or ''}:{check.id}",
            ok=passed[check.id],
            message=check.label if passed[check.id] else _found(check, values) + check.message,
        )
        for check in checks
    )
    return earned / sum(check.points for check in checks), parts


def _passes(check: Check, values: Mapping[str, Any]) -> bool:
    try:
        return bool(check.passes(values))
    except Exception:  # an author's comparison with something empty, say
        _log.debug("check %s raised", check.id, exc_info=True)
        return False


def _found(check: Check, values: Mapping[str, Any]) -> str:
    try:
        return check.found(values) if check.found else ""
    except Exception:  # there may be nothing to tell of
        _log.debug("check %s could not tell what it found", check.id, exc_info=True)
        return ""


def check_errors(
    checks: Sequence[Check], fields: Collection[str], empty: Mapping[str, Any]
) -> list[str]:
    """All of the author's mistakes in checks; `empty` are the values of an empty answer."""
    ids = [check.id for check in checks]
    errors = [
        f"check {i!r} is there {ids.count(i)} times" for i in sorted(set(ids)) if ids.count(i) > 1
    ]
    for check in checks:
        where = f"check {check.id}"
        if check.field is not None and check.field not in fields:
            errors.append(f"{where}: there is no field {check.field}")
        if not check.points > 0:
            errors.append(f"{where}: points must be more than 0")
        if not check.message:
            errors.append(f"{where}: a message is needed")
        try:
            check.passes(empty)
        except KeyError as error:
            if isinstance(error.args[0], str):  # else a table of its own was asked for something
                errors.append(f"{where}: asks for field {error}, which is not there")
        except Exception:  # a comparison with something empty has not passed
            _log.debug("check %s raised on an empty answer", check.id, exc_info=True)
    return errors
