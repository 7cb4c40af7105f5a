from pathlib import Path

import pytest

from manabiba_server.snapshot import lesson_version


def test_a_version_follows_the_notebook_and_reads_it_once(
    course, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = course.lessons[0]
    lesson.notebook.write_text("{}")
    first = lesson_version(lesson)
    read: list[Path] = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or read_bytes(path))
    assert [lesson_version(lesson) for _ in range(3)] == [first] * 3
    assert read == []
    lesson.notebook.write_text("[]")  # as long as before
    assert lesson_version(lesson) != first
    assert lesson.notebook in read
    lesson.notebook.write_text("{}")
    assert lesson_version(lesson) == first
