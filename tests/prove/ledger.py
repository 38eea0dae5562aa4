"""Holds what laptops typed and were acknowledged against what the store has in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.prove.hall import Hall
from tests.prove.laptop import Laptop
from tests.prove.proof import Proof


def balance(proof: Proof, hall: Hall, laptops: Iterable[Laptop]) -> None:
    """Write down what was lost, doubled or left out, and whether the record holds."""
    stored = hall.comments()
    texts = Counter(stored.values())
    laptops = list(laptops)
    acknowledged = {item: text for laptop in laptops for item, text in laptop.acknowledged.items()}
    typed = {f"{laptop.label}, point {n + 1}" for laptop in laptops for n in range(laptop.typed)}
    proof.figures["typed"] = len(typed)
    proof.figures["acknowledged"] = len(acknowledged)
    proof.none("acknowledged lost", sum(text not in texts for text in acknowledged.values()))
    proof.none("doubled", sum(count - 1 for count in texts.values()))
    # Running numbers of a device without a hole: everything that was typed is there, first to last.
    proof.none("gaps", sum(text not in texts for text in typed))
    proof.none("refused", sum(len(laptop.refused) for laptop in laptops))
    proof.none("differences in the record", len(hall.differences()))
