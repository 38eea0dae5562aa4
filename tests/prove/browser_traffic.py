"""Proof 5 of ballots, second part: what a real browser sends for every form of paper and every choice."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial

from playwright.sync_api import Page

from facilitate.domain.stamped_papers import read_paper
from tests.prove.phones import Room, free_port, room, sees
from tests.prove.proof import Proof
from tests.prove.recorder import MOMENT, Message, Recorder, kinds, names_somebody
from tests.web.stamped import SecureHall

PLACES = ["Leeds", "Cardiff", "Derry"]
Fill = Callable[[Page], object]


def choose(label: str) -> Fill:
    """Choose one answer."""
    return partial(_check, label)


def _check(label: str, page: Page) -> None:
    page.get_by_role("radio", name=label).check()


def approve(*labels: str) -> Fill:
    """Approve some."""

    def fill(page: Page) -> None:
        for label in labels:
            page.get_by_label(label).check()

    return fill


def rank(*labels: str) -> Fill:
    """Put some in order, the best first."""

    def fill(page: Page) -> None:
        for label, place in zip(labels, ("first", "second", "third"), strict=False):
            page.get_by_label(label, exact=True).select_option(place)

    return fill


def rate(**strengths: int) -> Fill:
    """Say how strongly."""

    def fill(page: Page) -> None:
        for label, strength in strengths.items():
            page.get_by_role("group", name=label).get_by_label(str(strength)).check()

    return fill


def spend(**points: int) -> Fill:
    """Share points out."""

    def fill(page: Page) -> None:
        for label, number in points.items():
            page.get_by_label(label, exact=True).fill(str(number))

    return fill


# Every form of paper, from what takes fewest letters to write down to what takes most.
FORMS: dict[str, tuple[Fill, ...]] = {
    "for-against": (choose("For"), choose("Against"), choose("Abstain")),
    "rank": (rank("Derry"), rank("Leeds", "Cardiff"), rank("Cardiff", "Derry", "Leeds")),
    "one-of-several": (choose("Leeds"), choose("Derry"), choose("Abstain")),
    "approve-any": (approve("None of these"), approve("Leeds"), approve("Leeds", "Cardiff", "Derry")),
    "strength": (rate(Leeds=1), rate(Leeds=2, Cardiff=5), rate(Leeds=1, Cardiff=3, Derry=5)),
    "points": (spend(Derry=10), spend(Leeds=3, Derry=7), spend(Leeds=1, Cardiff=2, Derry=3)),
}


def vote(where: Room, phones: list[Page], number: int, form: str) -> None:
    """One ballot of one form, in which each phone says something else."""
    ballot = f"01900000-0000-7000-8000-0000000000{number:02}"
    options = [] if form == "for-against" else PLACES
    where.hall.announce(item=ballot, form=form, options=options, question=f"Where to, number {number}?",
                        rules={"points": 10} if form == "points" else None)  # fmt: skip
    where.move("open", ballot)
    for phone, fill in zip(phones, FORMS[form], strict=False):
        phone.locator("form.stamped").wait_for()
        fill(phone)
        phone.locator(".cast .btn.main").click()
        phone.get_by_role("button", name="Put it in the box").click()
        sees(phone, "Your vote is in")
    where.move("close", ballot)
    for phone in phones:
        sees(phone, "Your vote is on the list.")


def recorder(hall: SecureHall, to: int, port: int) -> Recorder:
    """Somebody between these phones and the box."""
    keys = hall.hub.folder / "keys"
    return Recorder(to, keys / "hub.crt", keys / "hub.key", port)


def browsed() -> Proof:
    """Vote in every form, and compare what was sent."""
    proof, here, box = Proof("traffic"), free_port(), free_port()
    flag = f"--host-resolver-rules=MAP localhost:{box} 127.0.0.1:{here}"
    with room(flag, settings={"FACILITATE_BOX_PORT": str(box)}) as where:
        between = recorder(where.hall, box, here)
        with between.listening():
            phones = [where.phone(name) for name in ("Dara", "Dev", "Dora")]
            for number, form in enumerate(FORMS, 1):
                vote(where, phones, number, form)
            found = between.exchanges()
    compare(proof, found)
    said = {read_paper(_unpacked(request.body)).choice for request, _ in found if is_cast(request)}
    proof.figures["forms of paper voted in by browser"] = len(FORMS)
    proof.figures["different choices cast by browser"] = len(said)
    proof.want("different choices cast by browser", least=12)
    proof.want("casts by browser", least=len(phones) * len(FORMS))
    return proof


def compare(proof: Proof, found: list[tuple[Message, Message]]) -> None:
    """Look at everything that went between browsers and box."""
    casts = [(request, answer) for request, answer in found if is_cast(request)]
    proof.figures["requests of browsers to the box"] = len(found)
    proof.figures["casts by browser"] = len(casts)
    lengths = kinds(len(request.head) + len(request.body) for request, _ in casts)
    named = sum(names_somebody(request.head) for request, _ in found)
    asked = sum(request.start.startswith("OPTIONS") for request, _ in found)
    proof.none("casts of another length, by browser", lengths - 1)
    proof.none("casts with other headers, by browser", kinds(request.head for request, _ in casts) - 1)
    proof.none("requests that name somebody, by browser", named)
    proof.none("questions before a cast, by browser", asked)
    proof.none("answers of another length, by browser", kinds(len(one.body) for _, one in casts) - 1)
    heads = kinds(MOMENT.sub("", answer.head) for _, answer in casts)
    proof.none("answers with other headers, by browser", heads - 1)


def is_cast(request: Message) -> bool:
    """Whether this brings a paper."""
    return request.start.startswith("POST /cast ")


def _unpacked(body: bytes) -> bytes:
    return base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4))
