"""Ballots: how the hub reaches the ballot box: signed orders out, signed answers and boards in."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import secrets
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from facilitate.box.identity import Identity, is_signed
from facilitate.box.messages import read_answer, signed_order
from facilitate.box.pairing import is_proven, proof
from facilitate.config import Settings
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import bid_hash, read_paper, receipt_message

PATIENCE = 10.0


def hub_identity(settings: Settings) -> Identity:
    """The key with which this event's hub signs its orders."""
    return Identity(settings.key("box-orders"))


@dataclass(frozen=True)
class BoxLink:
    """One box that the hub knows.

    Shape: `reach` is the address for the hub's own machine, `key` the box's.
    """

    reach: str
    key: str
    hub: Identity
    origins: tuple[str, ...]

    def order(self, order: dict[str, Any]) -> dict[str, Any]:
        """Give an order and wait for its answer.

        Errors: `box-away`, `box-not-itself`, whatever the box refuses.
        """
        body = json.dumps(signed_order(self.hub, order)).encode()
        status, text = _ask(self.reach, "POST", "/orders", body)
        if status == 403:
            # It does not know this hub: nothing that it says can be believed.
            raise not_itself()
        return read_answer(_loads(text), self.key, order)

    def cast(self, paper: bytes, origin: str) -> None:
        """Put a paper that tellers entered into the box, by the door of all others; twice is no harm.

        Errors: `box-away`, `box-not-itself`, whatever the box refuses.
        """
        body = base64.urlsafe_b64encode(paper).rstrip(b"=")
        _, text = _ask(self.reach, "POST", "/cast", body, {"Content-Type": "text/plain", "Origin": origin})
        answer = _loads(text)
        if not isinstance(answer, dict):
            raise away()
        if not answer.get("ok"):
            told = answer.get("refusal") or {}
            raise Refused(str(told.get("code")), str(told.get("sentence")))
        leaf, receipt = hashlib.sha256(paper).digest(), bytes.fromhex(answer["receipt"])
        if not is_signed(self.key, receipt_message(read_paper(paper).bid_hash, leaf), receipt):
            raise not_itself()

    def tell(self) -> dict[str, Any]:
        """What the box says of itself and of the ballots in it.

        Errors: `box-away`, `box-not-itself`.
        """
        asked = {"act": "tell", "nonce": secrets.token_hex(16), "origins": list(self.origins)}
        return self.order(asked)

    def board(self, bid: str) -> dict[str, Any]:
        """A closed ballot's board as the box gives it to anybody.

        Errors: `box-away`.
        """
        status, text = _ask(self.reach, "GET", f"/boards/{bid_hash(bid).hex()}.json")
        board = _loads(text)
        if status != 200 or not isinstance(board, dict):
            raise away()
        return board


def pair_with(
    address: str, code: str, hub: Identity, origins: list[str], aside: Callable[..., Any] | None = None
) -> str:
    """Pair with a box on another machine by the code that it shows; the box's key.

    Shape: `aside` runs a function with its arguments in a native thread; proving takes tenths of a second of
    the processor, which the loop that serves a hall has not.

    Errors: `box-away`, `box-not-itself`, whatever the box refuses.
    """
    said = {"hub": hub.public, "nonce": secrets.token_hex(16), "origins": origins}
    run = aside or _here
    body = json.dumps({**said, "proof": run(proof, code, "hub", said)}).encode()
    _, text = _ask(address, "POST", "/pairing", body)
    answer = _loads(text)
    if not isinstance(answer, dict):
        raise away()
    if not answer.get("ok"):
        told = answer.get("refusal") or {}
        raise Refused(str(told.get("code")), str(told.get("sentence")), "code")
    same = (answer.get("hub"), answer.get("nonce")) == (said["hub"], said["nonce"])
    if not same or not run(is_proven, code, "box", answer):
        raise not_itself()
    return str(answer["box"])


def _here(work: Callable[..., Any], *given: Any) -> Any:
    return work(*given)


def _ask(
    reach: str, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    parts = urlsplit(reach)
    headers = headers or ({"Content-Type": "application/json"} if body else {})
    try:
        connection = _connection(parts.scheme, parts.hostname or "", parts.port)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise away() from error


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme != "https":
        return http.client.HTTPConnection(host, port, timeout=PATIENCE)
    # The box's own key proves in every answer who it is, whatever names the certificate has.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection(host, port, timeout=PATIENCE, context=context)


def _loads(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def away() -> Refused:
    """How it is said that nobody answers at the box's address."""
    return Refused(
        "box-away",
        "The ballot box does not answer. Nothing is lost: papers that are in it stay there, the others wait "
        "on their phones.",
    )


def not_itself() -> Refused:
    """How it is said that somebody else answers there."""
    return Refused(
        "box-not-itself",
        "What answers at the ballot box’s address is another box than was paired. Start the right one, or "
        "pair this one if the other is lost.",
    )
