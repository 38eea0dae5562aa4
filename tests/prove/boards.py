"""Boards of stamped ballots for proofs: honest ones, stamped by the registrar's own worker."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from facilitate.domain.boards import announced_header, board_of, closed_header, header_of, papers_of, root_of
from facilitate.domain.stamped_papers import StampedPaper, StampGroup, bid_hash, bid_of, canonical, keys_hash
from facilitate.stamping import KeyFolder, answer
from tests.support.stamping import Device

# What may be chosen under each form, and the options that are shown.
FORMS: dict[str, tuple[tuple[str, ...], Sequence[str]]] = {
    "for-against": (("for", "against", "abstain"), ("for", "against", "abstain")),
    "one-of-several": (("1", "2", "3"), ("1", "2", "3")),
    "approve-any": (("1", "2", "3"), ("1", "1+3", "2+3", "none")),
    "rank": (("1", "2", "3"), ("3>1>2", "1", "2>3")),
    "points": (("1", "2", "3"), ("1:6,3:4", "2:10", "1:1,2:2")),
}
NAMES = ("clp", "affiliates")


@dataclass(frozen=True)
class Seen:
    """What stands on the big screen."""

    root: str
    key: str
    issued: int


@dataclass
class Registrar:
    """The worker's keys for one ballot, behind the worker's own answers."""

    folder: KeyFolder
    bid: str
    groups: list[StampGroup]

    def stamp(self, device: Device) -> Device:
        """Have a device's message stamped as the hub does."""
        blinded = device.blinded.message.hex()
        asked = {"act": "sign", "ballot": bid_hash(self.bid).hex(), "group": device.group, "blinded": blinded}
        device.take(bytes.fromhex(answer(self.folder, asked)["signed"]))
        return device

    def device(self, group: int, bid: str = "") -> Device:
        """A device that has its stamp."""
        return self.stamp(Device(self.groups, group, bid or self.bid))


@dataclass
class Made:
    """An honest board, what everybody has seen of it, and what only devices and registrar know."""

    registrar: Registrar
    board: dict[str, Any]
    seen: Seen
    devices: dict[str, Device]

    @property
    def text(self) -> str:
        """The board's file."""
        return canonical(self.board).decode()


def make_registrar(folder: Path, number: int, groups: int) -> Registrar:
    """Fresh keys for one ballot."""
    bid, keys = bid_of(f"019a0000-0000-7000-8000-{number:012}", 1), KeyFolder(folder)
    made = [answer(keys, {"act": "make", "ballot": bid_hash(bid).hex(), "group": group})["n"]
            for group in range(groups)]  # fmt: skip
    named = zip(NAMES, made, strict=False)
    return Registrar(keys, bid, [StampGroup(name, (name,), int(n, 16)) for name, n in named])


def make_board(folder: Path, number: int, papers: int, chance: Random) -> Made:
    """An honest board of so many papers; its form and its groups go by its number."""
    form, groups = list(FORMS)[number % len(FORMS)], 1 + number % 2
    registrar, (options, choices) = make_registrar(folder, number, groups), FORMS[form]
    devices = [registrar.device(chance.randrange(groups)) for _ in range(papers)]
    cast = [device.paper(chance.choice(choices)) for device in devices]
    number_of = Counter(paper.group for paper in cast)
    issued = [number_of[group] + chance.randrange(3) for group in range(groups)]
    announced = announced_header(
        registrar.bid, number, "Shall the gardens be opened? – “Yes, and soon”", form,
        [(key, f"Option {key}") for key in options], {"majority": "simple", "tie": "status-quo"},
        registrar.groups)  # fmt: skip
    board = board_of(closed_header(announced, issued, chance.randrange(3)), cast)
    # As it is fetched: lists where the domain has tuples.
    board = json.loads(canonical(board))
    seen = Seen(rooted(board), keys_hash(registrar.groups), sum(issued))
    keys = {paper.public_key.hex(): device for paper, device in zip(cast, devices, strict=True)}
    return Made(registrar, board, seen, keys)


def rooted(board: dict[str, Any]) -> str:
    """The root that belongs to a board, honest or not."""
    return root_of(header_of(board), [paper.leaf for paper in papers_of(board)])


def listed(paper: StampedPaper) -> dict[str, Any]:
    """A paper as it stands on a board."""
    plain: dict[str, Any] = board_of({}, [paper])["papers"][0]
    return plain
