"""Every stage: JSON that is made once and sent many times, inside the messages of the live protocol."""

from __future__ import annotations

import json
from typing import Any


class Encoded:
    """A value that is JSON already."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def encode(value: Any) -> str:
    """One value as JSON, as short as it can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def encode_object(parts: dict[str, str]) -> str:
    """An object whose values are JSON already."""
    return "{" + ",".join(f"{json.dumps(key)}:{text}" for key, text in parts.items()) + "}"


class Json:
    """The JSON module that Socket.IO is given: as Python's, and it takes what is encoded already."""

    @staticmethod
    def dumps(value: Any, **_how: Any) -> str:
        """A packet's data: a list of arguments, some of which may be encoded."""
        if isinstance(value, list) and any(isinstance(each, Encoded) for each in value):
            texts = (each.text if isinstance(each, Encoded) else encode(each) for each in value)
            return "[" + ",".join(texts) + "]"
        return encode(value)

    @staticmethod
    def loads(text: str, **_how: Any) -> Any:
        """What came in."""
        return json.loads(text)
