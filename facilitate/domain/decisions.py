"""After: a passage decided more than once: the last decision that has not been rescinded rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from facilitate.domain.refusal import Refused


@dataclass(frozen=True)
class Decision:
    """One carried ballot on a passage; `rescinds` the earlier decision that it takes back, if it does that.

    A decision that only rescinds has no text of its own.
    """

    number: int
    text: str | None = None
    rescinds: int | None = None


@dataclass(frozen=True)
class Standing:
    """A decision as it is printed: whether it rules now, and if not, why not and what took it back."""

    decision: Decision
    rules: bool
    sentence: str
    rescinded_by: int | None = None


def standing_decisions(decisions: Sequence[Decision]) -> tuple[Standing, ...]:
    """All decisions on one passage with what has become of each.

    Whoever rescinds a rescinding brings the first decision back.

    Shape: one for each, in their order; at most one rules; none does where the text is as it was.
    Errors: rescinds-nothing
    """
    known: set[int] = set()
    for decision in decisions:
        if decision.rescinds is not None and decision.rescinds not in known:
            raise Refused("rescinds-nothing", f"Decision {decision.number} would rescind decision "
                          f"{decision.rescinds}, which was not made before it on this passage. "
                          "Nothing was changed; name an earlier one.", "rescinds")
        known.add(decision.number)
    rescinded: dict[int, int] = {}
    for decision in reversed(decisions):
        if decision.rescinds is not None and decision.number not in rescinded:
            rescinded.setdefault(decision.rescinds, decision.number)
    texts = [each for each in decisions if each.text is not None and each.number not in rescinded]
    ruling = texts[-1] if texts else None
    return tuple(_standing(decision, rescinded, ruling) for decision in decisions)


def _standing(decision: Decision, rescinded: dict[int, int], ruling: Decision | None) -> Standing:
    if decision is ruling:
        return Standing(decision, True, f"Decision {decision.number} rules.")
    if decision.number in rescinded:
        by = rescinded[decision.number]
        return Standing(decision, False, f"Decision {decision.number} was rescinded by decision {by}.", by)
    if decision.text is None or ruling is None:
        return Standing(decision, False, f"Decision {decision.number} rescinds decision {decision.rescinds}.")
    return Standing(decision, False, f"Decision {decision.number} gave way to decision {ruling.number}.")
