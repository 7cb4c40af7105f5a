"""Token buckets: how often one address may try something."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

MOST_KEYS = 10_000


@dataclass
class _Bucket:
    tokens: float
    at: float


class RateLimit:
    """`burst` tries at once, then one every `seconds_each`; remembers 10,000 addresses."""

    def __init__(self, *, burst: int, seconds_each: float) -> None:
        self._burst = burst
        self._seconds_each = seconds_each
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def allows(self, key: str, *, now: float) -> bool:
        """Take a token for `key` at `now` (seconds); False when there is none."""
        bucket = self._buckets.pop(key, _Bucket(float(self._burst), now))
        refill = max(0.0, now - bucket.at) / self._seconds_each
        bucket.tokens = min(float(self._burst), bucket.tokens + refill)
        bucket.at = now
        self._buckets[key] = bucket
        if len(self._buckets) > MOST_KEYS:
            self._buckets.popitem(last=False)
        if bucket.tokens < 1.0:
            return False
        bucket.tokens -= 1.0
        return True
