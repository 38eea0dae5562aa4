"""The kinds of tampering that a board is put to, by what must still find them."""

from __future__ import annotations

from facilitate.domain.stamped_papers import PAPER_BYTES
from tests.prove import tampering as by
from tests.prove.tampering import Copy, Tampering

HEX = ("key", "prefix", "stamp", "signature")
NO_NUMBERS = ("NaN%.0s", "Infinity%.0s", "1e999%.0s")
NO_PAPERS: tuple[object, ...] = (None, 0, {}, "", [[]])

# Found although the screens, too, show the root of what the board has become.
UNDER_ANY_ROOT: dict[str, Tampering] = {
    "paper without a stamp added": by.add_unstamped,
    "paper stamped with another ballot's key added": by.add_of_another_registrar,
    "paper stamped for another version added": by.add_of_another_version,
    "more papers than stamps": by.add_more_than_issued,
    "paper there twice": by.double,
    "stamp used for two choices": by.double_otherwise,
    "choice altered": by.alter,
    "choice altered, signed by another key": by.alter_and_sign,
    "choice altered, with a new key": by.alter_with_new_key,
    "choice that is not on offer": by.choose_what_is_not_offered,
    "group altered": by.move_to_another_group,
    "group that there is not": lambda copy: copy.pick().update(group=copy.chance.choice([2, 255, 256, -1])),
    "keys swapped": lambda copy: by.swap(copy, "key"),
    "stamps swapped": lambda copy: by.swap(copy, "stamp"),
    "signatures swapped": lambda copy: by.swap(copy, "signature"),
    "prefixes swapped": lambda copy: by.swap(copy, "prefix"),
    "prefix altered": lambda copy: by.spell(copy, "prefix", copy.turned),
    "stamp altered": lambda copy: by.spell(copy, "stamp", copy.turned),
    "signature altered": lambda copy: by.spell(copy, "signature", copy.turned),
    "order changed": by.reorder,
    "two boards mixed": by.mix,
    "another ballot's board": by.another_board,
    "ballot's name altered": lambda copy: copy.board.update(ballot=copy.other.board["ballot"]),
    "modulus altered": lambda copy: by.write(
        copy, copy.made.board["groups"][0]["n"], copy.turned(copy.made.board["groups"][0]["n"])
    ),
    "modulus of another ballot": lambda copy: copy.board["groups"][0].update(
        n=copy.other.board["groups"][0]["n"]
    ),
    "exponent altered": lambda copy: copy.board["groups"][0].update(e=copy.chance.choice([1, 3, 65539])),
    "section added to a group": lambda copy: copy.board["groups"][0]["sections"].append("others"),
    "issued raised": lambda copy: by.issue(copy, copy.chance.randint(1, 9)),
    "issued lowered": lambda copy: by.issue(copy, -copy.chance.randint(1, 9)),
    "issued no sum of its groups": lambda copy: copy.board["groups"][0].update(issued=60),
}

# What nothing but the root can find.
UNDER_THE_ROOT: dict[str, Tampering] = {
    "papers left out": lambda copy: by.leave_out(copy, 20),
    "one paper left out": lambda copy: by.leave_out(copy, 1),
    "signature of the same key, written anew": by.sign_the_other_way,
    "question altered": lambda copy: copy.board.update(question="Shall the gardens be closed?"),
    "option renamed": lambda copy: copy.chance.choice(copy.board["options"]).update(label="Option 9"),
    "options in another order": lambda copy: copy.board["options"].reverse(),
    "option left out": lambda copy: copy.board["options"].pop(),
    "rules altered": lambda copy: copy.board["rules"].update(majority="two-thirds"),
    "form altered": lambda copy: copy.board.update(form="strength"),
    "number altered": lambda copy: copy.board.update(number=99),
    "replaced altered": lambda copy: copy.board.update(replaced=copy.board["replaced"] + 1),
    "another board's root": by.another_root,
    "another ballot's keys": by.another_key,
    "field added above": lambda copy: copy.board.update(note="counted by hand"),
    "field added to a group": lambda copy: copy.board["groups"][0].update(quorum=0),
}

# The same board for one reader, another one for the next.
WRITTEN_OTHERWISE: dict[str, Tampering] = {
    "cut off": by.cut_off,
    "hex in capitals": lambda copy: by.spell(copy, copy.chance.choice(HEX), _with_capitals),
    "hex with blanks": lambda copy: by.spell(copy, copy.chance.choice(HEX), lambda text: f"{text} "),
    "hex with noughts before it": lambda copy: by.spell(
        copy, copy.chance.choice(HEX), lambda text: f"00{text}"
    ),
    "modulus with noughts before it": lambda copy: copy.board["groups"][0].update(
        n=f"00{copy.board['groups'][0]['n']}"
    ),
    "field added to a paper": lambda copy: copy.pick().update(note="late"),
    "field taken from a paper": lambda copy: copy.pick().pop(copy.chance.choice(HEX)),
    "choice filled up": lambda copy: by.spell(copy, "choice", lambda text: f"{text}\0"),
    "choice too long": lambda copy: by.spell(copy, "choice", lambda text: text.ljust(PAPER_BYTES)),
    "choice that is no text": lambda copy: copy.pick().update(choice=[copy.pick()["choice"]]),
    "choice said twice": by.say_twice,
    "question said twice": by.say_twice_above,
    "number with noughts before it": lambda copy: by.write_issued(copy, "0%d", "00%d"),
    "number with a fraction": lambda copy: by.write_issued(copy, "%d.0", "%de0", "%d.00"),
    "number as a text": lambda copy: copy.board.update(issued=str(copy.board["issued"])),
    "number that is none": lambda copy: by.write_issued(copy, *NO_NUMBERS),
    "letter as an escape": by.write_with_escapes,
    "blanks between": lambda copy: by.write(copy, ",", ", "),
    "mark before it": lambda copy: by.write(copy, "{", "\ufeff{"),
    "something after it": lambda copy: by.follow(copy, "\n", "{}", "\0"),
    "group that is a truth": lambda copy: copy.pick().update(group=copy.chance.choice([True, False])),
    "papers that are none": lambda copy: copy.board.update(papers=copy.chance.choice(NO_PAPERS)),
}

KINDS = {**UNDER_ANY_ROOT, **UNDER_THE_ROOT, **WRITTEN_OTHERWISE}
# A kind, and whether the screens show the root that the board has become.
WAYS = [(name, False) for name in KINDS] + [(name, True) for name in UNDER_ANY_ROOT]


def tampered(kind: str, copy: Copy, *, shown: bool) -> Copy:
    """A copy after one tampering."""
    KINDS[kind](copy)
    if shown:
        copy.show_root()
    return copy


def _with_capitals(text: str) -> str:
    return text.upper() if text.upper() != text else f"{text[:-1]}A"
