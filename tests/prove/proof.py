"""What a proof hands back: figures, what failed, and which of its mutants were caught."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Proof:
    """One proof's outcome.

    Shape: failures are sentences; mutants map a fault that was put in on purpose to whether the proof saw it;
    skipped says in words what was missing where the proof could not be made.
    """

    name: str
    figures: dict[str, Any] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    mutants: dict[str, bool] = field(default_factory=dict)
    skipped: str = ""
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether anything failed or a mutant survived, in whatever part could be tried."""
        return bool(self.failures) or not all(self.mutants.values())

    @property
    def holds(self) -> bool:
        """Whether all of it was tried and nothing failed."""
        return not self.skipped and not self.failed

    @property
    def verdict(self) -> str:
        """One word."""
        if self.failed:
            return "FAILED"
        return "SKIPPED" if self.skipped else "holds"

    def want(self, what: str, *, least: int) -> None:
        """Fail where a figure that says how hard the proof tried is too small."""
        if self.figures[what] < least:
            self.failures.append(f"Only {self.figures[what]} {what}; {least} are needed for the proof.")

    def within(self, what: str, seconds: float, limit: float) -> None:
        """Write down how long something took, and fail where that is too long."""
        self.figures[what] = round(seconds, 2)
        if seconds > limit:
            self.failures.append(f"{what}: {seconds:.2f} s; {limit:g} s are allowed.")

    def none(self, what: str, found: int) -> None:
        """Write down a figure that must be nought."""
        self.figures[what] = found
        if found:
            self.failures.append(f"{found} {what}.")

    def take(self, part: Proof) -> None:
        """Take in what a part of this proof found."""
        self.figures |= part.figures
        self.failures += part.failures
        self.mutants |= part.mutants
        self.seconds += part.seconds
        self.skipped = self.skipped or part.skipped

    def as_dict(self) -> dict[str, Any]:
        """The outcome as JSON has it."""
        return {
            "name": self.name, "verdict": self.verdict, "skipped": self.skipped or None,
            "seconds": round(self.seconds, 1), "figures": self.figures, "failures": self.failures,
            "mutants": {name: "caught" if caught else "SURVIVED" for name, caught in self.mutants.items()},
        }  # fmt: skip
