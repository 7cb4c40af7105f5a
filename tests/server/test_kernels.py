"""The kernel pool's rules, with a manager that only pretends to start processes."""

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from manabiba_server import kernels as module
from manabiba_server.kernels import KernelPool, KernelUnavailable, Seat
from manabiba_server.snapshot import LessonError


class FakeClient:
    def __init__(self, status: str) -> None:
        self.status = status

    def start_channels(self, **channels: bool) -> None: ...

    def stop_channels(self) -> None: ...

    async def execute(self, source: str, **options: object) -> dict[str, object]:
        return {"content": {"status": self.status, "evalue": "boom"}}


class FakeKernel:
    def __init__(self, status: str) -> None:
        self.status, self.alive = status, True

    def client(self) -> FakeClient:
        return FakeClient(self.status)

    async def is_alive(self) -> bool:
        return self.alive


class FakeManager(dict):
    """Kernel id → kernel, as jupyter_server's manager has it."""

    status = "ok"
    started = 0

    def __init__(self) -> None:
        self.environments: dict[str, dict[str, str]] = {}

    async def start_kernel(self, *, kernel_name: str, env: dict[str, str]) -> str:
        self.started += 1
        kernel_id = f"k{self.started}"
        self.environments[kernel_id] = env
        self[kernel_id] = FakeKernel(self.status)
        return kernel_id

    def get_kernel(self, kernel_id: str) -> FakeKernel:
        return self[kernel_id]

    async def shutdown_kernel(self, kernel_id: str, *, now: bool) -> None:
        del self[kernel_id]


@pytest.fixture
def lesson(tmp_path: Path) -> SimpleNamespace:
    notebook = tmp_path / "lesson.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1")]), notebook)
    return SimpleNamespace(id="l-1", notebook=notebook)


def pool(manager: FakeManager, now: list[float], **limits: int) -> KernelPool:
    async def forkable(lesson: object) -> str:
        return "lesson-version"

    return KernelPool(
        manager,
        clock=lambda: now[0],
        forkable=forkable,
        answers=lambda seat: {"e1": {"answer": {"who": seat.person_id}, "hints_opened": 0}},
        **limits,
    )


def seat(person: str, lesson_id: str = "l-1") -> Seat:
    return Seat(run_id="r", lesson_id=lesson_id, person_id=person)


def test_one_person_in_one_lesson_has_one_kernel_on_all_devices(lesson, run_async) -> None:
    async def attach_twice() -> tuple[str, str]:
        kernels = pool(FakeManager(), [0.0])
        both = await asyncio.gather(
            kernels.attach(lesson, seat("a")), kernels.attach(lesson, seat("a"))
        )
        assert kernels.owner(both[0]) == "a"
        assert kernels.owner("unknown") is None
        return both[0], both[1]

    first, second = run_async(attach_twice())
    assert first == second


def test_a_kernel_gets_its_persons_answers_and_no_way_to_the_database(
    lesson, run_async, monkeypatch
) -> None:
    monkeypatch.setenv("MANABIBA_DATABASE_URL", "postgresql://user:secret@db/manabiba")

    async def scenario() -> None:
        manager = FakeManager()
        kernels = pool(manager, [0.0])
        environment = manager.environments[await kernels.attach(lesson, seat("a"))]
        assert json.loads(environment["MANABIBA_ANSWERS"])["e1"]["answer"] == {"who": "a"}
        assert not any("secret" in value for value in environment.values())

    run_async(scenario())


def test_a_dead_kernel_is_given_up_and_its_pages_are_told(lesson, run_async) -> None:
    async def scenario() -> None:
        manager = FakeManager()
        kernels = pool(manager, [0.0])
        first = await kernels.attach(lesson, seat("a"))
        told: list[str] = []
        kernels.on_end(first, lambda: told.append("ended"))
        manager[first].alive = False
        await kernels.tend()
        assert told == ["ended"]
        assert (kernels.owner(first), len(manager)) == (None, 0)
        assert kernels.owner(await kernels.attach(lesson, seat("a"))) == "a"

    run_async(scenario())


def test_an_idle_kernel_goes_and_a_used_one_stays(lesson, run_async) -> None:
    async def scenario() -> None:
        now = [0.0]
        kernels = pool(FakeManager(), now)
        idle = await kernels.attach(lesson, seat("a"))
        used = await kernels.attach(lesson, seat("b"))
        now[0] = 599.0
        kernels.used(used)
        now[0] = 700.0
        await kernels.tend()
        assert (kernels.owner(idle), kernels.owner(used)) == (None, "b")

    run_async(scenario())


def test_above_the_limit_the_least_recently_used_kernel_goes(lesson, run_async) -> None:
    async def scenario() -> None:
        now = [0.0]
        kernels = pool(FakeManager(), now, limit=2, limit_each=5)
        first = await kernels.attach(lesson, seat("a"))
        now[0] = 1.0
        second = await kernels.attach(lesson, seat("b"))
        now[0] = 2.0
        kernels.used(first)
        third = await kernels.attach(lesson, seat("c"))
        assert [kernels.owner(k) for k in (first, second, third)] == ["a", None, "c"]

    run_async(scenario())


def test_one_person_cannot_take_all_kernels(lesson, run_async) -> None:
    async def scenario() -> None:
        now = [0.0]
        kernels = pool(FakeManager(), now, limit=10, limit_each=2)
        mine = []
        for number in range(4):
            now[0] = float(number)
            mine.append(await kernels.attach(lesson, seat("a", f"l-{number}")))
        assert [kernels.owner(k) for k in mine] == [None, None, "a", "a"]

    run_async(scenario())


def test_a_notebook_that_raises_leaves_no_kernel_behind(lesson, run_async, monkeypatch) -> None:
    """Where there are no forks, each kernel runs the notebook itself."""
    monkeypatch.setattr(module, "can_fork", lambda: False)

    async def scenario() -> None:
        manager = FakeManager()
        manager.status = "error"
        kernels = pool(manager, [0.0])
        with pytest.raises(KernelUnavailable, match=r"lesson\.ipynb did not run: boom"):
            await kernels.attach(lesson, seat("a"))
        assert (len(kernels), len(manager)) == (0, 0)

    run_async(scenario())


def test_a_process_that_ended_before_the_fork_is_asked_for_again(lesson, run_async) -> None:
    class OnceGone(FakeManager):
        asked = 0

        async def start_kernel(self, *, kernel_name: str, env: dict[str, str]) -> str:
            self.asked += 1
            if self.asked == 1:
                raise KeyError(env["KERNEL_SNAPSHOT"])
            return await super().start_kernel(kernel_name=kernel_name, env=env)

    async def scenario() -> None:
        manager = OnceGone()
        kernels = pool(manager, [0.0])
        assert kernels.owner(await kernels.attach(lesson, seat("a"))) == "a"
        assert (manager.asked, len(manager)) == (2, 1)

    run_async(scenario())


def test_a_lesson_that_cannot_run_has_no_kernel(lesson, run_async) -> None:
    async def scenario() -> None:
        async def broken(lesson: object) -> str:
            raise LessonError("lesson.ipynb: cell 2 (a1-1): NameError")

        kernels = KernelPool(
            FakeManager(), clock=lambda: 0.0, forkable=broken, answers=lambda seat: {}
        )
        with pytest.raises(KernelUnavailable, match=r"cell 2 \(a1-1\)"):
            await kernels.attach(lesson, seat("a"))
        assert len(kernels) == 0

    run_async(scenario())
