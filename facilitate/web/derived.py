"""Every stage: what else changes for an audience when a thing is touched."""

from __future__ import annotations

from collections.abc import Iterable

DERIVED = {
    "comment": ("room:room", "balance:balance", "heard:heard"),
    "theme": ("room:room",),
    "missing": ("balance:balance",),
    "kept": ("balance:balance",),
    "call": ("balance:balance",),
    "submission": ("balance:balance", "room:room"),
    "table": ("room:room",),
}


def derived(touched: Iterable[str]) -> list[str]:
    """What was touched, and whatever is counted from it.

    Shape: "kind:id", each once.
    """
    found = dict.fromkeys(touched)
    for touch in list(found):
        found.update(dict.fromkeys(DERIVED.get(touch.partition(":")[0], ())))
    return list(found)
