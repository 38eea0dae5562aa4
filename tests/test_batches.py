"""What is asked together is done together, nobody is left waiting, and a batch that fails harms no other."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest

from facilitate.batches import Batches, Waiting

WAIT = 20.0


@dataclass
class Asked(Waiting):
    """A number that is to be doubled."""

    number: int
    answer: int | None = None


class Doubling:
    """Doubles batches in threads, once it is let; it chokes on seven."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.batches: list[list[int]] = []
        self.at_work = 0

    def work(self, batch: list[Asked]) -> None:
        """Double what is asked."""
        self.at_work += 1
        assert self.at_work == 1, "two at work"
        assert self.let.wait(WAIT)
        self.batches.append([asked.number for asked in batch])
        self.at_work -= 1
        for asked in batch:
            if asked.number == 7:
                raise ValueError("seven")
            asked.answer = 2 * asked.number


@pytest.fixture
def doubling() -> Doubling:
    return Doubling()


@pytest.fixture
def batches(doubling: Doubling) -> Batches[Asked]:
    def spawn(run: object) -> None:
        threading.Thread(target=run, daemon=True).start()  # type: ignore[arg-type]

    return Batches(doubling.work, 3, spawn, lambda _: None)


def ask(batches: Batches[Asked], *numbers: int) -> list[Asked]:
    """Ask for several, one after another."""
    asked = [Asked(number) for number in numbers]
    for each in asked:
        batches.enter(each)
    return asked


def test_everything_is_done_once_in_order_and_in_batches(doubling: Doubling, batches: Batches[Asked]) -> None:
    asked = ask(batches, *range(10, 20))
    doubling.let.set()
    assert all(each.done.wait(WAIT) for each in asked)
    assert [each.answer for each in asked] == [2 * number for number in range(10, 20)]
    assert [number for batch in doubling.batches for number in batch] == list(range(10, 20))
    assert max(map(len, doubling.batches)) == 3


def test_a_batch_that_fails_leaves_nobody_waiting_and_the_next_is_done(
    doubling: Doubling, batches: Batches[Asked]
) -> None:
    doubling.let.set()
    [failed] = ask(batches, 7)
    assert failed.done.wait(WAIT)
    assert failed.answer is None
    [later] = ask(batches, 8)
    assert later.done.wait(WAIT)
    assert later.answer == 16
