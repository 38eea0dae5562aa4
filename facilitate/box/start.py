"""Ballots: opens a ballot box and pairs it: through the pipe of the hub that started it, or by a code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, request

from facilitate.box.ballot_box import BallotBox
from facilitate.box.doors import create_box_app
from facilitate.box.pairing import Code, proof
from facilitate.box.vault import Vault
from facilitate.domain.refusal import Refused


@dataclass(frozen=True)
class OpenBox:
    """A box whose folder is open; `app` answers once somebody serves it."""

    vault: Vault
    box: BallotBox
    app: Flask

    def close(self) -> None:
        """Let go of the folder."""
        self.vault.close()

    def told(self, port: int) -> str:
        """What the hub that started this box reads on its pipe: where it listens, and who it is."""
        return json.dumps({"port": port, **self.box.describe()})


def open_box(
    folder: Path,
    spawn: Callable[..., Any],
    sleep: Callable[[float], None],
    hello: str,
    show: Callable[[str], None],
) -> OpenBox:
    """Open the box in a folder, for the hub that says hello or for the one that will know the code shown.

    Shape: hello is one line of JSON with the hub's key and the origins of its pages, or nothing.

    Errors: `box-in-use`, `box-of-another-hub`, `sqlite-not-durable`.
    """
    vault = Vault(folder)
    identity = vault.identity()
    box = BallotBox(vault, identity, spawn, sleep)
    if hello:
        said = json.loads(hello)
        try:
            box.pair(said["hub"])
        except Refused:
            vault.close()
            raise
        box.admit(said["origins"])

    app = create_box_app(box, identity)
    if box.hub is None:
        _add_pairing(app, box, Code(show))
    return OpenBox(vault, box, app)


def _add_pairing(app: Flask, box: BallotBox, code: Code) -> None:
    @app.post("/pairing")
    def pair() -> tuple[dict[str, Any], int]:
        message = request.get_json(silent=True)
        try:
            if not isinstance(message, dict) or not _fits(message):
                raise Refused("order-malformed", "This is no pairing.")
            if box.hub is not None:
                raise Refused("already-paired", "This ballot box is paired. Start it with an empty folder.")
            known = code.text
            code.check(message)
            box.pair(message["hub"])
            box.admit(message["origins"])
        except Refused as refusal:
            return {"ok": False, "refusal": refusal.as_dict()}, 403
        said = {"ok": True, **box.describe(), "hub": message["hub"], "nonce": message["nonce"]}
        return {**said, "proof": proof(known, "box", said)}, 200


def _fits(message: dict[str, Any]) -> bool:
    texts = all(isinstance(message.get(name), str) for name in ("hub", "nonce", "proof"))
    origins = message.get("origins")
    listed = isinstance(origins, list) and all(isinstance(each, str) for each in origins)
    return texts and listed and message.keys() == {"hub", "nonce", "proof", "origins"}
