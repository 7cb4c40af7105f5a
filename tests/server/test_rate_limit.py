from manabiba_server.pages.rate_limit import MOST_KEYS, RateLimit


def test_a_burst_then_one_every_so_often() -> None:
    limit = RateLimit(burst=3, seconds_each=2.0)
    assert [limit.allows("a", now=0.0) for _ in range(4)] == [True, True, True, False]
    assert limit.allows("b", now=0.0)
    assert not limit.allows("a", now=1.0)
    assert limit.allows("a", now=2.5)
    assert not limit.allows("a", now=2.6)


def test_memory_does_not_grow_without_end() -> None:
    limit = RateLimit(burst=1, seconds_each=1.0)
    for number in range(MOST_KEYS + 50):
        limit.allows(str(number), now=0.0)
    assert len(limit._buckets) == MOST_KEYS
