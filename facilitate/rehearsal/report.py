"""Rehearsal: what is shown while robots work, and the report at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.status import Status

from facilitate.rehearsal.run import Outcome
from facilitate.rehearsal.stage import Stage

_SHOWN = 12


class Progress:
    """One line that moves on a terminal, and nothing elsewhere."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True)
        self._status: Status | None = None
        if self._console.is_terminal and not quiet:
            self._status = Status("", console=self._console)

    def __enter__(self) -> Progress:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._status:
            self._status.stop()

    def note(self, words: str) -> None:
        """Say what goes on."""
        if self._status:
            self._status.update(words)

    def watch(self, what: str, stage: Stage, done: int, of: int) -> None:
        """Say how far the robots are."""
        if of:
            self.note(f"{what}: {done:,} of {of:,}")
            return
        ledger = stage.ledger
        votes = sum(len(each) for each in ledger.votes.values())
        rounds = len(stage.talked)
        self.note(
            f"{what}: {len(ledger.said):,} comments in {rounds} rounds, {votes:,} votes in "
            f"{len(ledger.votes)} ballots, {sum(ledger.acknowledged.values()):,} acknowledgements"
        )


def as_text(outcome: Outcome) -> str:
    """The report in words."""
    return "\n".join(_lines(outcome))


def _lines(outcome: Outcome) -> Iterator[str]:
    size, ledger, found = outcome.order.content.size, outcome.stage.ledger, outcome.findings
    seconds = outcome.seconds
    yield (
        f"{size.tables} tables, {size.delegates:,} delegates, {size.tracks} tracks in {seconds['all']:g} s "
        f"({seconds.get('sign_in', 0):g} s to sign in); the hub was killed {_times(outcome.kills)}."
    )
    if outcome.stuck:
        yield f"It did not end: {outcome.stuck}"
    yield ""
    yield f"{'':34}{'sent':>9}{'acknowledged':>14}"
    for kind in sorted(ledger.sent):
        yield f"{kind:34}{ledger.sent[kind]:>9,}{ledger.acknowledged[kind]:>14,}"
    yield ""
    yield from _counts("Refused, as it should be", ledger.refused)
    yield from _counts("Tried", ledger.attempts)
    yield f"Connections made: {outcome.connections:,}. Sent again after a break: {outcome.resent:,}."
    yield f"Holes noticed and repaired: {outcome.holes:,}."
    yield "Found: " + ", ".join(f"{number:,} {what}" for what, number in found.found.items()) + "."
    if found.balance:
        balance = found.balance
        yield f"Received {balance['received']:,} = open {balance['open']:,} + ended {balance['ended']:,}."
    yield ""
    for ballot in found.ballots:
        counts = ", ".join(f"{key} {number:,}" for key, number in sorted(ballot["published"].items()))
        verdict = f"{ballot['verdict'] or ballot['state']}, {'counted right' if ballot['right'] else 'WRONG'}"
        yield f"Ballot {ballot['number']:>3}: {counts or 'no votes'} ({verdict}). {ballot['question']}"
    yield ""
    for passage in found.passages:
        yield f"{passage['ref']:14}{passage['words']}" + _points(passage)
    yield ""
    yield from _faults("Lost", found.lost)
    yield from _faults("Doubled", found.doubled)
    yield from _faults("Wrong", found.wrong)
    yield (
        "Everything sent is there, once, and every vote is counted." if outcome.holds else "It does NOT hold."
    )


def _points(passage: dict[str, Any]) -> str:
    return f", {passage['comments']:,} comments" if passage["tables"] else ""


def _counts(title: str, counts: dict[str, int]) -> Iterator[str]:
    if counts:
        yield f"{title}: " + "; ".join(f"{what} {number:,}" for what, number in sorted(counts.items())) + "."


def _faults(title: str, faults: list[str]) -> Iterator[str]:
    yield f"{title}: {len(faults):,}"
    for sentence in faults[:_SHOWN]:
        yield f"  {sentence}"
    if len(faults) > _SHOWN:
        yield f"  and {len(faults) - _SHOWN:,} more"


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


_FIGURES = {
    "asked": "devices asked to join",
    "joined": "joined",
    "join_s": "seconds until the last had joined",
    "kib_per_connection": "KiB of the hub's memory for each connection",
    "push_last_ms": "ms until one push had reached the last device",
    "emit_last_ms": "ms with python-socketio's plain emit",
    "ratio_push": "times as long as plain emit",
    "votes": "votes acknowledged",
    "acks_per_s": "acknowledged a second",
    "acks_per_s_without_store": "acknowledged a second by the same hub without its store",
    "ratio_store": "of the speed without the store",
    "cpu_us_per_ack": "microseconds of processor time for each acknowledgement",
    "cpu_us_per_ack_without_store": "microseconds without the store",
    "laptops": "table laptops connected",
    "key_to_laptop_ms": "ms from the key press to another laptop",
    "key_to_laptop_ms_without_store": "ms by the same way without the store",
    "key_to_last_laptop_ms": "ms from the key press to the last of the laptops",
    "key_to_last_laptop_ms_without_store": "ms by the same way without the store",
    "holes_noticed": "hole noticed by the device that lost a batch",
    "hole_repaired_s": "seconds until it knew what it had lost",
}


def figures_as_text(figures: dict[str, Any]) -> str:
    """The bench's figures in words."""
    lines = [f"{figures[name]:>12,}  {words}" for name, words in _FIGURES.items()]
    return "\n".join([*lines, "", "Accepted." if figures["ok"] else "NOT accepted."])
