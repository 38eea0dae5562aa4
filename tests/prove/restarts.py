"""Proof 4 of ballots, second part: phones cut off at each of nine steps cast one vote; lost ones none."""

from __future__ import annotations

import json
import shutil
from abc import ABC, abstractmethod
from typing import Any

from playwright.sync_api import Page, expect

from tests.pages.cast import Somebody
from tests.prove.phones import LISTED, PATIENCE, READY, SIZE, OwnPhone, Room, fill_in, room, sees
from tests.prove.proof import Proof
from tests.web.stamped import BALLOT

# What a phone writes down, in this order; it is cut off just before it is written, or just after.
STEPS = (
    ("key", "before"), ("key", "after"), ("stamp", "before"), ("stamp", "after"), ("paper", "before"),
    ("paper", "after"), ("receipt", "before"), ("receipt", "after"), ("finding", "before"),
)  # fmt: skip
SHORT = (("paper", "after"), ("receipt", "before"))
PHASE = {"key": "announced", "stamp": "announced", "paper": "open", "receipt": "open", "finding": "closed"}
IN = "Your vote is in"
# Once in the life of a tab: from this step on the page gets no further.
CUT = """(([stage, when]) => {
  if (sessionStorage.wasCutOff) return;
  const put = IDBObjectStore.prototype.put;
  const stageOf = (kept) =>
    kept.found ? "finding" : kept.receipt ? "receipt" : kept.paper ? "paper" : kept.stamp ? "stamp" : "key";
  const end = () => { sessionStorage.wasCutOff = window.cutOff = "yes"; };
  IDBObjectStore.prototype.put = function (value, ...rest) {
    if (this.name !== "ballots" || stageOf(value) !== stage) return put.call(this, value, ...rest);
    if (when === "before") end();
    else {
      this.transaction.addEventListener("complete", end);
      put.call(this, value, ...rest);
    }
    return new Promise(() => {});
  };
})"""
# A phone that writes nothing down.
FORGETS = "IDBObjectStore.prototype.put = function () { return Promise.resolve(); };"


def cut_at(step: tuple[str, str]) -> str:
    """The script that cuts a page off at a step."""
    return f"{CUT}({json.dumps(step)});"


class Phone(ABC):
    """One delegate's phone, to be cut off at one step."""

    page: Page

    def __init__(self, where: Room, name: str, step: tuple[str, str]) -> None:
        self.room, self.name, self.step = where, name, step

    @abstractmethod
    def begin(self, script: str = "") -> None:
        """Open the page; a script runs before the page's own."""

    @abstractmethod
    def again(self) -> None:
        """The page comes back after it was cut off, and nothing of it is left but what was kept."""

    @abstractmethod
    def rest(self) -> None:
        """Nothing happens here for a while."""

    def live(self, phase: str) -> None:
        """One phase of the ballot on this phone."""
        is_mine = PHASE[self.step[0]] == phase
        self.begin(cut_at(self.step) if is_mine else "")
        work = {"announced": self._announced, "open": self._open, "closed": self._closed}[phase]
        work(cut=is_mine)
        self.rest()

    def _announced(self, *, cut: bool) -> None:
        if cut:
            self._cut_off()
        sees(self.page, READY)

    def _open(self, *, cut: bool) -> None:
        fill_in(self.page, "For").click()
        if cut:
            self._cut_off()
            if self.step == ("paper", "before"):
                # Nothing was signed yet: it is asked again.
                expect(self.page.get_by_role("radio", name="For")).to_be_visible(timeout=PATIENCE)
                fill_in(self.page, "For").click()
        sees(self.page, IN)

    def _closed(self, *, cut: bool) -> None:
        if cut:
            self._cut_off()
        sees(self.page, LISTED)

    def _cut_off(self) -> None:
        for _ in range(PATIENCE // 50):
            if self.page.evaluate("window.cutOff === 'yes'"):
                return self.again()
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{self.name} was never cut off at {self.step}.")


class Reloaded(Phone):
    """Its page is loaded anew."""

    def __init__(self, where: Room, name: str, step: tuple[str, str]) -> None:
        super().__init__(where, name, step)
        self.context = where.browser.new_context(ignore_https_errors=True, viewport=SIZE)

    def begin(self, script: str = "") -> None:
        """A new tab in place of the one before."""
        before, self.page = self.context.pages, self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        if script:
            self.page.add_init_script(script)
        for page in before:
            page.close()
        self.room.hall.sign_in(self.page, self.name)

    def again(self) -> None:
        """Reload."""
        self.page.reload()

    def rest(self) -> None:
        """The page is left: what happens meanwhile is news to it."""
        self.page.goto("about:blank")


class Restarted(Phone):
    """Its browser is killed and started again on the same profile."""

    def __init__(self, where: Room, name: str, step: tuple[str, str]) -> None:
        super().__init__(where, name, step)
        self.own = OwnPhone(where, name)

    def begin(self, script: str = "") -> None:
        """Start it."""
        self.page = self.own.start(script)

    def again(self) -> None:
        """Kill it and start it again."""
        self.own.kill()
        self.begin()

    def rest(self) -> None:
        """A phone in a pocket whose system ends what it does not show."""
        self.own.kill()


def destroyed(where: Room, proof: Proof) -> None:
    """Two phones are gone for good: one had its stamp alone and gets another, one had voted."""
    lost, voted = OwnPhone(where, "Petra"), OwnPhone(where, "Pavel")
    sees(lost.start(), READY)
    sees(voted.start(), READY)
    where.move("open")
    fill_in(voted.context.pages[0], "Against").click()
    sees(voted.context.pages[0], IN)
    for phone in (lost, voted):
        phone.kill()
        shutil.rmtree(phone.profile)
    taken = "Your ballot was stamped on another device."
    sees(voted.start(), taken)
    sees(lost.start(), taken)
    lost.kill()
    for name in ("Tess", "Tamsin"):
        teller = Somebody(where.hall.hub.base, where.hall.code(name))
        teller.do("replace-stamp", ballot=BALLOT, delegate="Petra", reason="Her phone fell into the river.")
    page = lost.start()
    fill_in(page, "Against").click()
    sees(page, IN)
    sees(voted.context.pages[0], taken)
    for phone in (lost, voted):
        phone.kill()
    proof.figures["phones destroyed"] = 2


def told(where: Room, phones: list[Phone], proof: Proof) -> None:
    """What the board says of them all."""
    seen: dict[str, Any] = where.see()
    votes = len(phones) + proof.figures.get("phones destroyed", 0)
    replaced = 1 if "phones destroyed" in proof.figures else 0
    # One more was given to the phone that forgets.
    issued = votes + replaced + len(proof.mutants)
    board = seen["board"]
    proof.figures |= {"phones": votes, "votes counted": board["cast"], "stamps replaced": board["replaced"]}
    proof.none("votes lost or doubled", abs(board["cast"] - votes))
    proof.none("replacements not counted", abs(board["replaced"] - replaced))
    proof.none("stamps other than wanted", abs(board["issued"] - issued))


def restarts(short: bool) -> Proof:
    """Every step by a reload; in the long form by a kill of the browser too, and phones that are gone."""
    proof, steps = Proof("receipts"), SHORT if short else STEPS
    with room(light=short) as where:
        where.seat("teller", "Tamsin")
        where.seat("delegate", "Petra", "Pavel", *(f"P{way}{n}" for way in "ab" for n, _ in enumerate(steps)))
        where.hall.announce()
        phones: list[Phone] = [Reloaded(where, f"Pa{n}", step) for n, step in enumerate(steps)]
        if not short:
            phones += [Restarted(where, f"Pb{n}", step) for n, step in enumerate(steps)]
        for phone in phones:
            phone.live("announced")
        if short:
            where.move("open")
        else:
            proof.mutants["phone that writes nothing down"] = forgetful(where)
            destroyed(where, proof)
        for phone in phones:
            phone.live("open")
        where.move("close")
        for phone in phones:
            phone.live("closed")
        told(where, phones, proof)
        proof.figures["steps at which phones were cut off, by reload"] = len(steps)
        if not short:
            proof.figures["steps at which phones were cut off, by kill"] = len(steps)
    return proof


def forgetful(where: Room) -> bool:
    """Whether a phone that writes nothing down is found out: it cannot go on after a reload."""
    page = where.phone("Dara")
    page.context.add_init_script(FORGETS)
    page.reload()
    sees(page, READY)
    page.reload()
    found = page.get_by_text("Your ballot was stamped on another device.").or_(page.get_by_text(READY))
    expect(found.first).to_be_visible(timeout=PATIENCE)
    caught = not page.get_by_text(READY).is_visible()
    page.context.close()
    return caught
