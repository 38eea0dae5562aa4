"""What somebody may do to a board: to its papers, to what stands above them, to the way it is written."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from facilitate.choices import sign_choice
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import canonical, choice_message
from tests.prove.boards import Made, listed, rooted
from tests.support.stamping import Device

Listed = dict[str, Any]


@dataclass
class Copy:
    """A copy of an honest board in the hands of somebody, and another honest board."""

    made: Made
    other: Made
    chance: Random
    written: str = ""
    board: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.board = copy.deepcopy(self.made.board)
        self.seen = self.made.seen

    @property
    def papers(self) -> list[Listed]:
        """The papers of the copy."""
        papers: list[Listed] = self.board["papers"]
        return papers

    @property
    def text(self) -> str:
        """The file that is shown about."""
        return self.written or canonical(self.board).decode()

    def pick(self) -> Listed:
        """A paper by chance."""
        return self.chance.choice(self.papers)

    def pair(self) -> list[Listed]:
        """Two papers by chance."""
        return self.chance.sample(self.papers, 2)

    def sort(self) -> None:
        """Bring the papers into their order again."""
        self.papers.sort(key=lambda paper: str(paper["key"]))

    def add(self, paper: Listed) -> None:
        """Put a paper where it belongs."""
        self.papers.append(paper)
        self.sort()

    def another(self, choice: str) -> str:
        """Another choice of this ballot than this one."""
        choices = sorted({str(paper["choice"]) for paper in self.made.board["papers"]} - {choice})
        return self.chance.choice(choices)

    def turned(self, text: str) -> str:
        """A text of hex with one digit turned into another."""
        place = self.chance.randrange(2, len(text))
        return text[:place] + f"{int(text[place], 16) ^ self.chance.randrange(1, 16):x}" + text[place + 1 :]

    def show_root(self) -> None:
        """Have the screens show the root of what the board has become, where it has one at all."""
        try:
            self.seen = replace(self.seen, root=rooted(self.board))
        except (Refused, KeyError, TypeError, ValueError):
            return


def sign(paper: Listed, device: Device) -> None:
    """Sign a listed choice with the key of a device, whoever's the paper is."""
    key = bytes.fromhex(paper["key"])
    message = choice_message(device.bid, paper["group"], paper["choice"], key)
    paper["signature"] = sign_choice(device.key, message).hex()


def swap(copy: Copy, name: str) -> None:
    one, other = copy.pair()
    one[name], other[name] = other[name], one[name]
    copy.sort()


def leave_out(copy: Copy, most: int) -> None:
    for _ in range(min(copy.chance.randint(1, most), len(copy.papers) - 1)):
        copy.papers.remove(copy.pick())


def add_unstamped(copy: Copy) -> None:
    device = Device(copy.made.registrar.groups, 0, copy.made.registrar.bid, stamp=copy.chance.randbytes(256))
    copy.add(listed(device.paper(copy.pick()["choice"])))


def add_of_another_registrar(copy: Copy) -> None:
    # Another ballot's key stamped it, for this ballot.
    device = copy.other.registrar.device(0, copy.made.registrar.bid)
    copy.add(listed(device.paper(copy.pick()["choice"])))


def add_of_another_version(copy: Copy) -> None:
    # The right key stamped it, for the ballot as it was before it was recalled.
    device = copy.made.registrar.device(0, copy.made.registrar.bid.replace("/1", "/0"))
    device.bid = copy.made.registrar.bid
    copy.add(listed(device.paper(copy.pick()["choice"])))


def add_more_than_issued(copy: Copy) -> None:
    for _ in range(4):
        device = copy.made.registrar.device(0)
        copy.add(listed(device.paper(copy.pick()["choice"])))


def alter(copy: Copy) -> Listed:
    paper = copy.pick()
    paper["choice"] = copy.another(paper["choice"])
    return paper


def alter_and_sign(copy: Copy) -> None:
    sign(alter(copy), Device(copy.made.registrar.groups, 0, copy.made.registrar.bid))


def alter_with_new_key(copy: Copy) -> None:
    paper, device = alter(copy), Device(copy.made.registrar.groups, 0, copy.made.registrar.bid)
    paper["key"] = listed(device.paper(paper["choice"]))["key"]
    sign(paper, device)
    copy.sort()


def choose_what_is_not_offered(copy: Copy) -> None:
    paper = copy.pick()
    paper["choice"] = copy.chance.choice(["9", "For", "for ", "1+1", "3>9", "1+", "for\u007f"])
    if paper["choice"].isprintable():
        sign(paper, copy.made.devices[paper["key"]])


def sign_the_other_way(copy: Copy) -> None:
    # Of each ECDSA signature anybody can make a second one that holds.
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    paper = copy.pick()
    r, s = paper["signature"][:64], int(paper["signature"][64:], 16)
    paper["signature"] = f"{r}{order - s:064x}"


def move_to_another_group(copy: Copy) -> None:
    paper = copy.pick()
    paper["group"] = 1 - paper["group"]
    sign(paper, copy.made.devices[paper["key"]])


def mix(copy: Copy) -> None:
    others = copy.chance.sample(copy.other.board["papers"], copy.chance.randint(1, len(copy.papers) // 2))
    copy.board["papers"] = copy.papers[: len(copy.papers) - len(others)] + others
    copy.sort()


def reorder(copy: Copy) -> None:
    one, other = sorted(copy.chance.sample(range(len(copy.papers)), 2))
    copy.papers[one], copy.papers[other] = copy.papers[other], copy.papers[one]


def double(copy: Copy) -> None:
    copy.add(copy.pick().copy())


def double_otherwise(copy: Copy) -> None:
    # One stamp, two choices, both signed by its owner.
    paper = copy.pick().copy()
    paper["choice"] = copy.another(paper["choice"])
    sign(paper, copy.made.devices[paper["key"]])
    copy.add(paper)


def issue(copy: Copy, more: int) -> None:
    copy.chance.choice(copy.board["groups"])["issued"] += more
    copy.board["issued"] += more


def another_root(copy: Copy) -> None:
    copy.seen = replace(copy.seen, root=copy.other.seen.root)


def another_key(copy: Copy) -> None:
    copy.seen = replace(copy.seen, key=copy.other.seen.key)


def another_board(copy: Copy) -> None:
    copy.board = copy.other.board


def write(copy: Copy, old: str, new: str) -> None:
    """Write one thing in another way."""
    assert old in copy.text, f"There is no {old} on the board."
    copy.written = copy.text.replace(old, new, 1)


def write_issued(copy: Copy, *ways: str) -> None:
    number = copy.board["issued"]
    write(copy, f'"issued":{number},"number"', f'"issued":{copy.chance.choice(ways) % number},"number"')


def say_twice(copy: Copy) -> None:
    paper = copy.pick()
    said, other = json.dumps(paper["choice"]), json.dumps(copy.another(paper["choice"]))
    write(copy, f'{{"choice":{said},', f'{{"choice":{other},"choice":{said},')


def say_twice_above(copy: Copy) -> None:
    write(copy, '"question":', '"question":"Another?","question":')


def spell(copy: Copy, name: str, how: Callable[[str], str]) -> None:
    paper = copy.pick()
    paper[name] = how(paper[name])


def write_with_escapes(copy: Copy) -> None:
    choice = copy.pick()["choice"]
    write(copy, f'"choice":"{choice}"', f'"choice":"\\u{ord(choice[0]):04x}{choice[1:]}"')


def follow(copy: Copy, *more: str) -> None:
    copy.written = copy.text + copy.chance.choice(more)


def cut_off(copy: Copy) -> None:
    copy.written = copy.text[: copy.chance.randrange(len(copy.text))]


Tampering = Callable[[Copy], object]
