"""Who may come in at all: origins, cookies, transports, sizes and the number of tries."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests
import websocket

from tests.web.conftest import Served
from tests.web.device import WAIT

PATH = "/socket.io/?EIO=4&transport=websocket"


def knock(served: Served, cookie: str, **how: Any) -> bool:
    """Open a bare websocket, greet, and say whether the hub let it in."""
    address = served.hub.base.replace("http", "ws") + PATH
    try:
        socket = websocket.create_connection(address, cookie=cookie, timeout=WAIT, **how)
    except (websocket.WebSocketBadStatusException, websocket.WebSocketConnectionClosedException):
        return False
    try:
        if not str(socket.recv()).startswith("0"):
            return False
        socket.send("40")
        return str(socket.recv()).startswith("40")
    except websocket.WebSocketConnectionClosedException:
        return False
    finally:
        socket.shutdown()  # type: ignore[no-untyped-call]


@pytest.fixture
def cookie(served: Served) -> str:
    """The session of a delegate."""
    device = served.device("Dev")
    assert device.sign_in().status_code == 303
    cookie = device.cookie
    device.close()
    return cookie


def test_a_socket_from_a_page_of_the_hub_is_let_in(served: Served, cookie: str) -> None:
    assert knock(served, cookie, origin=served.hub.base)


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1"])
def test_a_socket_from_a_foreign_page_is_refused(served: Served, cookie: str, origin: str) -> None:
    assert not knock(served, cookie, origin=origin)


def test_a_socket_that_names_no_origin_is_refused(served: Served, cookie: str) -> None:
    assert not knock(served, cookie, suppress_origin=True)


@pytest.mark.parametrize("cookie", ["", "facilitate=made-up"])
def test_a_socket_without_a_session_is_refused(served: Served, cookie: str) -> None:
    assert not knock(served, cookie, origin=served.hub.base)


def test_polling_is_refused(served: Served, cookie: str) -> None:
    answer = requests.get(
        f"{served.hub.base}/socket.io/?EIO=4&transport=polling",
        headers={"Cookie": cookie, "Origin": served.hub.base}, timeout=WAIT,
    )  # fmt: skip
    assert answer.status_code == 400


def test_an_oversize_message_ends_its_connection_and_nobody_else_s(served: Served) -> None:
    with served.device("Fay") as laptop, served.device("Femi") as other:
        laptop.socket.emit("submit", {"id": "x", "type": "record-comment", "data": {"text": "x" * 1_200_000}})
        laptop.until(lambda: laptop.gone, "the hub swallowed it")
        assert other.join()["ok"]
        laptop.connect()
        assert laptop.join()["ok"]


def test_the_hub_ends_the_connection_of_a_socket_that_was_closed(served: Served, cookie: str) -> None:
    address = served.hub.base.replace("http", "ws") + PATH
    page = websocket.create_connection(address, origin=served.hub.base, cookie=cookie, timeout=WAIT)
    try:
        assert page.recv()
        page.send_close()
        wire = page.sock
        assert wire
        while wire.recv(4096):
            pass
    finally:
        page.shutdown()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_a_post_from_elsewhere_is_refused(served: Served, cookie: str, headers: dict[str, str]) -> None:
    for path in ("/commands", "/sessions", "/out"):
        answer = requests.post(
            f"{served.hub.base}{path}", json={}, headers={**headers, "Cookie": cookie}, timeout=WAIT
        )
        assert answer.status_code == 403, path


def test_guessing_a_code_is_slowed_down_and_harms_nobody_else(served: Served) -> None:
    def sign_in(code: str) -> int:
        return requests.post(
            f"{served.hub.base}/sessions", data={"code": code}, headers={"Origin": served.hub.base},
            timeout=WAIT, allow_redirects=False,
        ).status_code  # fmt: skip

    began = time.monotonic()
    answers = [sign_in(f"ZZZ{n:07d}") for n in range(31)]
    assert time.monotonic() - began < 60
    assert answers == [401] * 30 + [429]
    assert sign_in(served.codes["Dev"]) == 303


def test_a_sign_in_cookie_is_kept_from_scripts_and_other_sites(served: Served) -> None:
    device = served.device("Dev")
    answer = device.sign_in()
    device.close()
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert answer.headers["Location"] == "/phone"
