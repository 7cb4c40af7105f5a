"""The guided conversation: questions, the way through them, and where it leads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .records import Record, unique

LONGEST = 5
"""Questions on a way, at most."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer, what it leads to with the reason, and the question that comes next ("": none).

    `leave_out` are destinations that do not fit after this answer, whatever else led to them.
    """

    id: str
    label: str
    next: str
    because: str
    destinations: tuple[str, ...]
    leave_out: tuple[str, ...]
    lessons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with its answers; the first one of a guide is its beginning."""

    id: str
    text: str
    help: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Step:
    """A question that was answered."""

    question: Question
    answer: Answer


@dataclass(frozen=True)
class Conversation:
    """What was answered, and the question to be asked now: None at the end of the way."""

    steps: tuple[Step, ...]
    question: Question | None

    @property
    def given(self) -> tuple[tuple[str, str], ...]:
        """Question id, answer id of each step: what an address says."""
        return tuple((step.question.id, step.answer.id) for step in self.steps)


def follow(questions: Sequence[Question], given: Mapping[str, str]) -> Conversation:
    """The way through the questions as far as the answers (question id → answer id) go.

    An answer that the question does not have is as good as none.
    """
    by_id = {question.id: question for question in questions}
    steps: list[Step] = []
    question: Question | None = questions[0]
    while question is not None:
        wanted = given.get(question.id)
        answer = next((a for a in question.answers if a.id == wanted), None)
        if answer is None:
            break
        steps.append(Step(question, answer))
        question = by_id[answer.next] if answer.next else None
    return Conversation(tuple(steps), question)


def paths(questions: Sequence[Question]) -> Iterator[tuple[Step, ...]]:
    """Every way from the first question to an end."""
    by_id = {question.id: question for question in questions}

    def beyond(question: Question, steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
        for answer in question.answers:
            way = (*steps, Step(question, answer))
            if answer.next:
                yield from beyond(by_id[answer.next], way)
            else:
                yield way

    yield from beyond(questions[0], ())


def leads(steps: Sequence[Step]) -> tuple[dict[str, str], dict[str, str]]:
    """Destinations and lessons of a way (id → reason) in the order of its answers."""
    destinations: dict[str, str] = {}
    lessons: dict[str, str] = {}
    left_out = {name for step in steps for name in step.answer.leave_out}
    for step in steps:
        for found in step.answer.destinations:
            if found not in left_out:
                destinations.setdefault(found, step.answer.because)
        for found in step.answer.lessons:
            lessons.setdefault(found, step.answer.because)
    return destinations, lessons


def read_questions(records: list[Record], destinations: Collection[str]) -> tuple[Question, ...]:
    """The questions of a file; mistakes in single questions are added to the records' errors."""
    unique(records)
    known = {record.values.get("id") for record in records}
    questions = []
    for record in records:
        entries = list(record.tables("answers"))
        unique(entries)
        if len(entries) < 2:
            record.wrong("答えが2つありません。[[questions.answers]] の下に書いてください")
        answers = []
        for entry in entries:
            answer = Answer(
                id=entry.optional("id"),
                label=entry.text("label"),
                next=entry.optional("next"),
                because=entry.optional("because"),
                destinations=entry.texts("destinations"),
                leave_out=entry.texts("leave_out"),
                lessons=entry.texts("lessons"),
            )
            if answer.next and answer.next not in known:
                entry.wrong(f"next の {answer.next} という質問がありません。足すか直してください")
            named = {*answer.destinations, *answer.leave_out}
            for missing in sorted(named - set(destinations)) if destinations else ():
                entry.wrong(f"{missing} が destinations.toml にありません。足すか直してください")
            if (answer.destinations or answer.lessons) and not answer.because:
                entry.wrong(
                    '行き先や回があるのに、理由がありません。because = "…" と書いてください'
                )
            answers.append(answer)
        questions.append(
            Question(
                id=record.optional("id"),
                text=record.text("text"),
                help=record.optional("help"),
                answers=tuple(answers),
            )
        )
    return tuple(questions)


def mistakes_on_the_way(
    questions: Sequence[Question], useful: Collection[str], everything: Collection[str]
) -> list[str]:
    """What is wrong with the ways through questions that are right by themselves.

    `useful` are the destinations where somebody can be asked, `everything` all of them.
    """
    by_id = {question.id: question for question in questions}
    too_long: dict[Step, list[str]] = {}
    nobody: dict[Step, list[str]] = {}
    reached: set[str] = set()
    led: set[str] = set()

    def walk(question: Question, steps: tuple[Step, ...]) -> None:
        reached.add(question.id)
        for answer in question.answers:
            way = (*steps, Step(question, answer))
            told = " > ".join(f"{step.question.id}={step.answer.id}" for step in way)
            led.update(answer.destinations)
            if answer.next and len(way) == LONGEST:
                too_long.setdefault(way[-1], []).append(told)
            elif answer.next:
                walk(by_id[answer.next], way)
            elif not set(leads(way)[0]) & set(useful):
                nobody.setdefault(way[-1], []).append(told)

    walk(questions[0], ())
    wrong = [
        f"{told}: {what}" + (f"(同じ終わりかたが、ほかに{len(others)}とおり)" if others else "")
        for ways, what in (
            (too_long, f"質問が{LONGEST}つを超えます。ここで終わるか、質問をへらしてください"),
            (nobody, "相談できる行き先がありません。答えの destinations に足してください"),
        )
        for told, *others in ways.values()
    ]
    wrong += [
        f"質問 {question.id}: ここに来る答えがありません。答えの next に書くか、消してください"
        for question in questions
        if question.id not in reached
    ]
    wrong += [
        f"行き先 {name}: 案内する答えがありません。答えの destinations に書くか、消してください"
        for name in everything
        if name not in led
    ]
    return wrong
