"""Checks: what a good text has, told one by one, each with its points."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .judgement import Part

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """One thing a good paper has.

    `passes` gets the values read, None where a field is empty or cannot be read: str, int
    (Decimal with decimals), date, a list of rows (dicts by column id). A check that raises has
    not passed; nor has one of a required `field` that is empty. `message` says what to do,
    `label` what is looked at (without it the field's label).
    """

    id: str
    message: str
    passes: Callable[[Mapping[str, Any]], bool]
    field: str | None = None
    points: float = 1
    label: str = ""


def judge_checks(
    checks: Sequence[Check], values: Mapping[str, Any], *, missing: Collection[str] = ()
) -> tuple[float, tuple[Part, ...]]:
    """The share of the points of the checks that passed, and what is told of each.

    A part's input is `check:<field>:<id>`; a check of a field that is `missing` has not passed.
    """
    passed = {check.id: check.field not in missing and _passes(check, values) for check in checks}
    earned = sum(check.points for check in checks if passed[check.id])
    score = min(1.0, max(0.0, earned / sum(check.points for check in checks)))
    return score, tuple(
        Part(
            input=f"check:{check.field or ''}:{check.id}",
            ok=passed[check.id],
            message=check.label if passed[check.id] else check.message,
        )
        for check in checks
    )


def check_errors(checks: Sequence[Check], fields: Collection[str]) -> list[str]:
    """All of the author's mistakes in checks of these fields."""
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
            check.passes(dict.fromkeys(fields))
        except KeyError as error:
            if isinstance(error.args[0], str):  # else a table of its own was asked for None
                errors.append(f"{where}: asks for field {error}, which is not there")
        except Exception:  # a comparison with an empty field has not passed
            _log.debug("check %s raised on an empty answer", check.id, exc_info=True)
    return errors


def _passes(check: Check, values: Mapping[str, Any]) -> bool:
    try:
        return bool(check.passes(values))
    except Exception:  # an author's comparison with an empty field, say
        _log.debug("check %s raised", check.id, exc_info=True)
        return False
