"""The hub's code and the browser's stamp for one another: what one covers the other signs, and both agree."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from facilitate.choices import choice_signed
from facilitate.domain.blind_stamps import is_stamped
from facilitate.domain.boards import board_of, closed_header, header_of, papers_of, root_of
from facilitate.domain.stamped_papers import StampGroup, check_paper, keys_hash, read_paper
from scripts.build_clients import install, node_tools
from tests.support.sources import ROOT
from tests.support.stamping import BID, Device, Registrar, header_for, stamped_device

TIMES = 200
Order = Callable[..., Any]


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Order]:
    """The browser's code in a process of its own."""
    clients, bundle = ROOT / "clients", tmp_path_factory.mktemp("proof") / "stamps.mjs"
    env, npm = node_tools()
    install(clients, env, npm)
    tool = str(clients / "node_modules" / ".bin" / "rolldown")
    made = [tool, "proof/stamps.ts", "--format", "esm", "--platform", "node", "-o", str(bundle)]
    subprocess.run(made, cwd=clients, env=env, check=True, capture_output=True)
    with subprocess.Popen(
        ["node", str(bundle)], env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin and child.stdout
        asking, answers = child.stdin, child.stdout

        def order(do: str, **what: Any) -> Any:
            asking.write(json.dumps({"do": do, **what}) + "\n")
            asking.flush()
            return json.loads(answers.readline())

        yield order
        asking.close()


def groups(registrar: Registrar) -> list[dict[str, Any]]:
    return [group.as_dict() for group in registrar.groups]


@pytest.mark.slow
def test_hub_stamps_what_the_browser_covers(twin: Order) -> None:
    registrar = Registrar()
    registrar.add("clp", "clp")
    registrar.add("affiliates", "union")
    for turn in range(TIMES):
        known = {"bid": BID, "groups": groups(registrar), "group": turn % 2}
        blinded = bytes.fromhex(twin("cover", **known)["blinded"])
        signed = registrar.sign(turn % 2, blinded)
        made = twin("paper", **known, signed=signed.hex(), choice=("for", "against", "3>1>2")[turn % 3])
        assert made["fault"] is None
        check_paper(read_paper(bytes.fromhex(made["paper"])), BID, registrar.groups, choice_signed)


@pytest.mark.slow
def test_browser_trusts_what_the_hub_covers_and_another_signs(twin: Order) -> None:
    secret = rsa.generate_private_key(65537, 2048).private_numbers()
    group = StampGroup("everyone", (), secret.public_numbers.n)
    parts = {"n": group.n, "e": 65537, "d": secret.d, "p": secret.p, "q": secret.q, "dp": secret.dmp1,
             "dq": secret.dmq1, "qi": secret.iqmp}  # fmt: skip
    jwk = {"kty": "RSA", **{name: in_jwk(value) for name, value in parts.items()}}
    for _ in range(TIMES):
        device = Device([group])
        signed = twin("sign", secret=jwk, blinded=device.blinded.message.hex())["signed"]
        device.take(bytes.fromhex(signed))
        assert is_stamped(group.key, device.prepared, device.stamp)
        asked = {"groups": [group.as_dict()], "group": 0, "prepared": device.prepared.hex()}
        assert twin("check", **asked, stamp=device.stamp.hex()) == {"stamped": True}
        other = device.stamp[:-1] + bytes([device.stamp[-1] ^ 1])
        assert twin("check", **asked, stamp=other.hex()) == {"stamped": False}


def in_jwk(number: int) -> str:
    raw = number.to_bytes(-(-number.bit_length() // 8))
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_browser_finds_the_hubs_board_right(twin: Order) -> None:
    registrar = Registrar()
    registrar.add("everyone")
    papers = [stamped_device(registrar).paper(choice) for choice in ("for", "for", "abstain")]
    board = board_of(closed_header(header_for(registrar), [4], 0), papers)
    root = root_of(header_of(board), [paper.leaf for paper in papers_of(board)])
    seen = {"root": root, "keys": keys_hash(registrar.groups), "issued": 4}
    assert twin("verify", board=board, seen=seen) == {"faults": []}
    board["papers"][0]["choice"] = "against"
    assert twin("verify", board=board, seen=seen) == {"faults": ["board-root", "signature-wrong"]}
