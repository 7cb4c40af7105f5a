"""FormsComparison (団体の形): what speaks for and against each form for the reader's group."""

from __future__ import annotations

from typing import Any

from manabiba_subjects.dated_table import DatedRow, Status, dated_tables
from manabiba_subjects.npo_law import Condition, Form, Stance, conditions_of, traits_of
from manabiba_subjects.periods import in_words

from .explorable import Explorable, Still

HURRY = {"": "急がない", "180": "半年後まで", "60": "2か月後まで", "30": "1か月後まで"}


class FormsComparison(Explorable):
    """NPO法人, 一般社団法人 and 任意団体 beside the reader's own group.

    There is never a verdict where something is unverified. The rules are those of the day on which
    their tables were read.
    """

    kind = "forms_comparison"

    def __init__(self, explorable_id: str, *, title: str, lead: str = "") -> None:
        self._on = dated_tables("npo_law/forms.toml")[Form.NPO.value].read_on
        super().__init__(
            explorable_id,
            title=title,
            lead=lead,
            hurry=HURRY,
            forms=[
                {
                    "id": form.value,
                    "label": form.label,
                    "conditions": [_condition(one) for one in conditions_of(form, self._on)],
                    "traits": [
                        {"name": name, "text": text, **_about(row)}
                        for name, (text, row) in traits_of(form, self._on).items()
                    ],
                }
                for form in Form
            ],
            source=f"基準日 {in_words(self._on)}。「未確認」は、教材ではまだ確かめていない点です。",
        )

    def still(self) -> Still:
        traits = {form: traits_of(form, self._on) for form in Form}
        return Still(
            f"3つの形をくらべる(基準日 {in_words(self._on)})",
            ("くらべる点", *(form.label for form in Form)),
            tuple(
                (name, *(_marked(*traits[form][name]) for form in Form))
                for name in traits[Form.NPO]
            ),
        )


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "topic": condition.topic.name,
        "label": condition.topic.value,
        "limits": list(condition.limits),
        "texts": {Stance(stance).name: text for stance, text in condition.texts.items()},
        **_about(condition.row),
    }


def _about(row: DatedRow) -> dict[str, Any]:
    return {
        "source": row.source,
        "status": row.status.value,
        "unverified": row.status is Status.UNVERIFIED,
        "note": row.note,
    }


def _marked(text: str, row: DatedRow) -> str:
    return f"{text}(未確認)" if row.status is Status.UNVERIFIED else text
