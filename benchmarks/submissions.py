"""Made-up submissions of lesson accounting-1: right, partly right, wrong and empty answers."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from manabiba_grading import Submission, SubmissionSource
from manabiba_widgets.store import Saved

BEGIN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
COUNT = "BENCHMARK_SUBMISSIONS"

ANSWERS: dict[str, list[dict[str, Any]]] = {
    "a1-flow": [
        {"order": ["voucher", "journal", "ledger", "trial", "statements"]},
        {"order": ["journal", "voucher", "ledger", "statements", "trial"]},
    ],
    "a1-1": [{"placed": {"i1": "asset", "i9": "liability"}}],
    "a1-2": [{"values": {"value": "2,053,561"}}, {"values": {"value": "▲2053561"}}],
    "a1-3": [{"placed": {"dues": "asset-revenue", "stamps": "expense-asset"}}],
    "a1-4": [
        {
            "entries": {
                "t1": {
                    "debit": [{"account": "普通預金", "amount": "370,000"}],
                    "credit": [{"account": "正会員受取会費", "amount": "370,000"}],
                }
            }
        }
    ],
    "a1-5": [{"values": {"value": "83,200"}}, {"values": {"value": "３８２００"}}],
    "a1-6": [
        {"marked": {"l2": "swap", "l4": "withheld", "l5": "account", "l6": "account"}},
        {"marked": {"l2": "swap", "l4": "net"}},
    ],
    "a1-7": [
        {
            "placed": {
                "v1": "donation",
                "v2": "payment",
                "v3": "lease",
                "v4": "travel",
                "v5": "disposal",
            }
        },
        {"placed": {"v1": "payment"}},
    ],
    "a1-8": [
        {"values": {"paid": "742000", "expense": "740000", "reason": "months"}},
        {"values": {"paid": "722000", "expense": "722000", "reason": "tax"}},
    ],
    "a1-reflection": [{"text": "わたしの団体では、領収書を箱に入れています。"}, {"text": ""}],
}


def answers(number: int) -> dict[str, Saved]:
    """The answers of one participant, the same each time."""
    dice = random.Random(number)
    return {
        name: Saved(answer=dice.choice(choices))
        for name, choices in ANSWERS.items()
        if dice.random() < 0.9
    }


class MadeUp(SubmissionSource):
    """As many as the environment says."""

    def submissions(self, lesson_id: str) -> list[Submission]:
        return [
            Submission(
                participant=f"p-{number:03}",
                name=f"受講者 {number}",
                answers=answers(number),
                submitted_at=BEGIN + timedelta(minutes=number),
                receipt=f"M-{number:06}",
            )
            for number in range(int(os.environ[COUNT]))
        ]
