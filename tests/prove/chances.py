"""What may happen to laptops, network and hub, at any time: Hypothesis chooses who does what next.

One rule for all of it: of several, Hypothesis switches some off for a whole run, and most runs would then
type nothing or carry nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.prove import verdict
from tests.prove.story import AT_FIRST, REPLACED, SPARE, TWO_HOURS, Scene, Story

PAUSES = (10, 600, 2_000, 35_000)
WRONG = st.sampled_from((0, 0, TWO_HOURS, -TWO_HOURS))
ANY = st.integers(0, 1_000)
TORN = st.sampled_from(("", "", "", "", "before", "torn", "after"))
SELDOM = st.sampled_from((False, False, True))
OFTEN = st.sampled_from((True, True, False))
LOST = st.sampled_from((None, None, "store", "journal"))
HAPPENS = st.sampled_from(("turn", "copy", "copy", "go back", "swap", "store", "journal", "room"))
FATES = st.sampled_from(
    ("", "", "", "", "", "unheard", "doubled", "before", "after", "dropped", "dropped", "late", "late")
)
# Deed -> what is drawn for it, and how often it is chosen.
DEEDS = {
    "type": (3, (ANY, TORN, st.integers(1, 3), st.integers(1, 3))),
    "change": (3, (ANY, ANY, SELDOM)),
    "carry": (6, (ANY, st.lists(FATES, min_size=1, max_size=4), st.sampled_from(PAUSES[:2]))),
    "wait": (1, (st.sampled_from(PAUSES), SELDOM)),
    "restart": (3, (ANY, LOST, WRONG, st.sampled_from((0, 0, 0, 1, 2, 3)), TORN, OFTEN)),
    "happens": (2, (HAPPENS, ANY)),
}
_DRAWN: dict[str, st.SearchStrategy[tuple[Any, ...]]] = {
    name: st.tuples(st.just(name), *parts) for name, (_, parts) in DEEDS.items()
}
_WEIGHED = [name for name, (often, _) in DEEDS.items() for _ in range(often)]
DEED = st.sampled_from(_WEIGHED).flatmap(_DRAWN.__getitem__)


class Machine(RuleBasedStateMachine):
    """One run: Hypothesis chooses who does what next."""

    scene: Scene

    def __init__(self) -> None:
        super().__init__()
        self.story = Story(self.scene)

    @initialize(offsets=st.tuples(WRONG, WRONG, WRONG))
    def opened(self, offsets: tuple[int, ...]) -> None:
        """The tables' laptops are open, each with its own clock."""
        for name, offset in zip(AT_FIRST, offsets, strict=True):
            self.story.boot(name, offset)
            self.story.connect(name)

    @rule(deed=DEED)
    def goes_on(self, deed: tuple[Any, ...]) -> None:
        """Somebody does something."""
        name, *given = deed
        getattr(self, name)(*given)

    def _one(self, which: int, wanted: Callable[[Any], bool] = lambda _laptop: True) -> str | None:
        names = [name for name, laptop in self.story.laptops.items() if wanted(laptop)]
        return names[which % len(names)] if names else None

    def type(self, which: int, torn: str, writes: int, points: int) -> None:
        """Somebody types points; the laptop may die in the middle of keeping one."""
        name = self._one(which, lambda laptop: laptop.up)
        for number in range(points if name else 0):
            if torn and number == points - 1:
                self.story.order("arm", name or "", writes=writes, torn=torn)
            self.story.type(str(name))

    def change(self, which: int, what: int, back: bool) -> None:
        """Somebody corrects a point, or takes it back."""
        name = self._one(which, lambda laptop: laptop.up)
        seen = self.story.seen(name) if name else []
        if name and seen:
            item = seen[-1 - what % min(3, len(seen))]
            if back:
                self.story.withdraw(name, item)
            else:
                self.story.type(name, item)

    def carry(self, which: int, fates: list[str], pause: int) -> None:
        """The network carries requests in any order, or does not; the hub may die of one."""
        for fate in fates:
            self.story.wait(pause)
            self._carry(which, fate)

    def _carry(self, which: int, fate: str) -> None:
        story = self.story
        if story.strays and (fate == "late" or not story.pending):
            story.deliver_stray(story.strays.pop(which % len(story.strays)))
        elif not story.pending:
            return
        elif fate == "dropped":
            request = story.pending[which % len(story.pending)]
            story.fail(request)
            story.check_claims(request.laptop)
        else:
            request = story.pending[which % len(story.pending)]
            dies = fate if fate in ("before", "after") else None
            story.deliver(request, dies=dies, is_heard=fate != "unheard")
            if fate == "doubled":
                story.deliver_stray(request)
            story.check_claims(request.laptop)

    def wait(self, pause: int, is_calm: bool) -> None:
        """Time passes; in a calm moment everything gets through."""
        self.story.wait(pause)
        while is_calm and self.story.pending:
            self.story.deliver(self.story.pending[0])

    def restart(self, which: int, lost: str | None, offset: int, writes: int, torn: str, plug: bool) -> None:
        """A browser dies; a dead laptop is opened again, may have lost a place, and may die of opening."""
        name = self._one(which)
        laptop = self.story.laptops[str(name)]
        if not laptop.up:
            self.story.boot(str(name), offset, lost, writes=writes if torn else 0, torn=torn)
        elif not plug:
            self.story.order("die", str(name))
        elif laptop.connected:
            self.story.cut(str(name))
        else:
            self.story.connect(str(name))

    def happens(self, what: str, which: int) -> None:
        """The round turns, the hub goes back to a copy, a laptop is swapped, a disk is full for a while."""
        story = self.story
        if what == "turn":
            story.turn_round()
        elif what == "copy" or (what == "go back" and story.saved is None):
            story.back_up()
        elif what == "go back":
            story.go_back()
        elif what == "swap":
            self._swap()
        else:
            story.fill(str(self._one(which)), None if what == "room" else what)

    def _swap(self) -> None:
        """The spare takes a laptop's place in the middle of the round."""
        if SPARE in self.story.laptops:
            return
        if self.story.laptops[REPLACED].up:
            self.story.order("die", REPLACED)
        self.story.boot(SPARE)
        self.story.connect(SPARE)
        self.scene.counts["laptops swapped"] += 1

    def teardown(self) -> None:
        """All comes to rest, and is looked at."""
        self.scene.counts["runs"] += 1
        # A run that failed on its way has said why; its end would hide it.
        if self.story.laptops and not self.story.failed:
            verdict.settle(self.story)
            verdict.judge(self.story)
