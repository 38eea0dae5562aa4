#!/usr/bin/env python3
"""After: prove and count the public board of a stamped ballot: python3 and this file are all it needs."""

#     verify_ballot.py BOARD --root HEX --key HEX --issued N [--papers FILE]
#
# BOARD is the file that the hub gives to everybody; root, key and number are read off the big screen.
# It counts only what it has proven; the first fault ends it with code 1.

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

# The curve P-256 (FIPS 186-4, D.1.2.3): its field, its order, b, and the point that everybody starts from.
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    1,
)
Point = tuple[int, int, int]


def fault(sentence: str) -> NoReturn:
    """Say what is wrong, and end."""
    print(f"FAULT: {sentence}")
    sys.exit(1)


def sha256(*parts: bytes) -> bytes:
    """The hash of several parts after one another."""
    return hashlib.sha256(b"".join(parts)).digest()


def canonical(value: Any) -> bytes:
    """A value as the one text that is hashed."""
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return plain.encode()


def stamped(n: int, e: int, message: bytes, stamp: bytes) -> bool:
    """RSASSA-PSS with SHA-384 and a salt of 48 bytes (RFC 8017, 8.1.2 and 9.1.2)."""
    if len(stamp) != 256 or int.from_bytes(stamp, "big") >= n or n.bit_length() != 2048:
        return False
    opened = pow(int.from_bytes(stamp, "big"), e, n).to_bytes(256, "big")
    masked, digest, end = opened[:207], opened[207:255], opened[255]
    mask = b"".join(hashlib.sha384(digest + bytes([0, 0, 0, turn])).digest() for turn in range(5))[:207]
    block = bytes(one ^ other for one, other in zip(masked, mask, strict=True))
    block = bytes([block[0] & 0x7F]) + block[1:]
    right = block[:159] == bytes(158) + b"\1" and end == 0xBC and masked[0] < 0x80
    hashed = hashlib.sha384(message).digest()
    return right and hashlib.sha384(bytes(8) + hashed + block[159:]).digest() == digest


def double(point: Point) -> Point:
    """A point added to itself, as (x, y, z) for x/z² and y/z³."""
    x, y, z = point
    s, m = 4 * x * y * y, 3 * (x - z * z) * (x + z * z)
    left = (m * m - 2 * s) % P
    return left, (m * (s - left) - 8 * y**4) % P, 2 * y * z % P


def add(one: Point, other: Point) -> Point:
    """The sum of two points; z is nought for the point at infinity."""
    (x1, y1, z1), (x2, y2, z2) = one, other
    if not z1 or not z2:
        return other if not z1 else one
    u1, u2 = x1 * z2 * z2 % P, x2 * z1 * z1 % P
    s1, s2 = y1 * z2**3 % P, y2 * z1**3 % P
    if u1 == u2:
        return double(one) if s1 == s2 else (1, 1, 0)
    h, r = u2 - u1, s2 - s1
    left = (r * r - h**3 - 2 * u1 * h * h) % P
    return left, (r * (u1 * h * h - left) - s1 * h**3) % P, h * z1 * z2 % P


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """ECDSA on P-256 with SHA-256 (FIPS 186-4, 6.4)."""
    x, y = int.from_bytes(key[1:33], "big"), int.from_bytes(key[33:], "big")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    on_curve = x < P and y < P and (y * y - x**3 + 3 * x - B) % P == 0
    if key[0] != 4 or not on_curve or not (0 < r < N and 0 < s < N):
        return False
    inverse = pow(s, -1, N)
    by_g, by_key = int.from_bytes(sha256(message), "big") * inverse % N, r * inverse % N
    own: Point = (x, y, 1)
    table, found = {(1, 0): G, (0, 1): own, (1, 1): add(G, own)}, (1, 1, 0)
    for bit in range(255, -1, -1):
        found = double(found)
        which = (by_g >> bit & 1, by_key >> bit & 1)
        found = add(found, table[which]) if which in table else found
    return bool(found[2]) and found[0] * pow(found[2], -2, P) % P % N == r


def read_papers(board: dict[str, Any], bid: bytes) -> list[tuple[dict[str, Any], bytes, bytes, bytes]]:
    """Each paper with what was stamped, what was signed, and its leaf."""
    found = []
    for number, paper in enumerate(board["papers"], 1):
        sizes = {"key": 65, "prefix": 32, "stamp": 256, "signature": 64}
        parts = {name: bytes.fromhex(paper[name]) for name in sizes}
        choice = paper["choice"].encode("ascii")
        plain = all(parts[name].hex() == paper[name] and len(parts[name]) == sizes[name] for name in sizes)
        if not plain or set(paper) != {*sizes, "group", "choice"} or not 0 < len(choice) <= 256:
            fault(f"paper {number} is not written as papers are.")
        if not paper["choice"].isprintable() or type(paper["group"]) is not int:
            fault(f"paper {number} is not written as papers are.")
        group, field = bytes([paper["group"]]), choice.ljust(256, b"\0")
        paper |= {"stamp": parts["stamp"], "signature": parts["signature"], "key": parts["key"]}
        leaf = sha256(b"facilitate-paper/1\0", bid, group, parts["key"], parts["prefix"], parts["stamp"],
                      field, parts["signature"])  # fmt: skip
        to_stamp = parts["prefix"] + b"facilitate-stamp/1\0" + bid + parts["key"]
        to_sign = b"facilitate-choice/1\0" + bid + group + field + parts["key"]
        found.append((paper, to_stamp, to_sign, leaf))
    return found


def offered(board: dict[str, Any], choice: str) -> bool:
    """Whether a choice names only what was on offer; how it must be filled in is judged by the count."""
    keys = {option["key"] for option in board["options"]}
    if board["form"] in ("for-against", "one-of-several"):
        return choice in keys
    named = [part.split(":")[0] for part in choice.replace(">", "+").replace(",", "+").split("+")]
    return choice == "none" or (set(named) <= keys and len(set(named)) == len(named))


def verify(board: dict[str, Any], root: str, key: str, issued: int) -> None:
    """Prove everything about a board against what everybody has seen."""
    header = {name: value for name, value in board.items() if name != "papers"}
    groups = board["groups"]
    named = [{name: group[name] for name in ("name", "sections", "n", "e")} for group in groups]
    if sha256(canonical(named)).hex() != key:
        fault("these are not the keys that were announced.")
    if not board["issued"] == sum(group["issued"] for group in groups) == issued:
        fault(f"the board names another number of stamps than {issued}.")
    papers = read_papers(board, sha256(board["ballot"].encode()))
    leaves = b"".join(leaf for *_, leaf in papers)
    if sha256(b"facilitate-board/1\0", sha256(canonical(header)), leaves).hex() != root:
        fault("the board is not the one whose root was shown.")
    keys = [paper["key"] for paper, *_ in papers]
    if keys != sorted(set(keys)):
        fault("a paper stands on the board twice, or out of order.")
    prove_papers(board, papers)


def prove_papers(board: dict[str, Any], papers: list[tuple[dict[str, Any], bytes, bytes, bytes]]) -> None:
    """Prove stamp, signature and choice of each paper, and that no group has more than stamps."""
    groups = board["groups"]
    for number, (paper, to_stamp, to_sign, _) in enumerate(papers, 1):
        group = groups[paper["group"]] if paper["group"] < len(groups) else fault("a group is unknown.")
        if not stamped(int(group["n"], 16), group["e"], to_stamp, paper["stamp"]):
            fault(f"paper {number} carries no stamp of the registrar.")
        if not signed(paper["key"], to_sign, paper["signature"]):
            fault(f"the choice on paper {number} is not signed with the paper's own key.")
        if not offered(board, paper["choice"]):
            fault(f"paper {number} chooses what was not on offer.")
    for place, group in enumerate(groups):
        cast = sum(paper["group"] == place for paper, *_ in papers)
        if cast > group["issued"]:
            fault(f"{group['name']} has {cast} papers and {group['issued']} stamps.")


def shares_of(board: dict[str, Any]) -> dict[str, Fraction]:
    """What each choice has of all shares cast: in every section the papers cast share its share."""
    groups, rules = board["groups"], board["rules"]
    found, cast = {option["key"]: Fraction(0) for option in board["options"]}, Fraction(0)
    places = {group["name"]: place for place, group in enumerate(groups)}
    for name, share in rules.get("shares", {}).items():
        if name not in places:
            fault(f"{name} has a share, and no group is called so.")
        said = [paper["choice"] for paper in board["papers"] if paper["group"] == places[name]]
        kept = [choice for choice in said if choice != "abstain" or rules["base"] == "papers"]
        for choice in kept:
            for key in choice.split("+") if board["form"] == "approve-any" else [choice]:
                found[key] = found.get(key, Fraction(0)) + Fraction(share) / len(kept)
        cast += Fraction(share) if kept else 0
    if rules.get("base") != "papers":
        found.pop("abstain", None)
    return {key: share / cast if cast else share for key, share in found.items()}


def tell_shares(board: dict[str, Any], labels: dict[str, str]) -> None:
    """Say the tally by sections, exactly, and which tally decides."""
    shares, rules = shares_of(board), board["rules"]
    if not rules.get("shares"):
        return
    print(f"Shares of the sections ({rules['deciding']} decide):")
    for key, share in sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])):
        print(f"  {float(share):6.1%}  {labels.get(key, key)}: {share}")


def tell(board: dict[str, Any]) -> None:
    """Count what was proven: all papers, and those of each group where there are several."""
    papers, groups = board["papers"], board["groups"]
    print(f"Ballot {board['number']}: {board['question']}")
    print(f"{len(papers)} papers, {board['issued']} stamps ({board['replaced']} replaced): all proven.")
    several = [(group["name"], place) for place, group in enumerate(groups)] if len(groups) > 1 else []
    for name, place in [("Everybody", None), *several]:
        counted = Counter[str]()
        for paper in papers:
            if place in (None, paper["group"]):
                approves = board["form"] == "approve-any"
                counted.update(paper["choice"].split("+") if approves else [paper["choice"]])
        print(f"{name}:")
        for option in board["options"]:
            counted.setdefault(option["key"], 0)
        labels = {option["key"]: option["label"] for option in board["options"]}
        for choice, number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
            print(f"  {number:6}  {labels.get(choice, choice)}")
    tell_shares(board, {option["key"]: option["label"] for option in board["options"]})


def main() -> None:
    """Read, prove, count."""
    said = argparse.ArgumentParser(description="Prove and count the public board of a stamped ballot.")
    said.add_argument("board", type=Path)
    said.add_argument("--root", required=True, help="the board's root, in hex")
    said.add_argument("--key", required=True, help="the key of the ballot, in hex")
    said.add_argument("--issued", required=True, type=int, help="how many stamps were issued")
    said.add_argument("--papers", type=Path, help="write the proven choices here, one a line")
    given = said.parse_args()
    try:
        raw = given.board.read_bytes()
        board = json.loads(raw)
        if canonical(board) != raw:
            fault("the board is not written as boards are; fetch its file again.")
        verify(board, given.root.lower(), given.key.lower(), given.issued)
        tell(board)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OSError) as error:
        fault(f"this is no board that can be read ({type(error).__name__}).")
    if given.papers:
        choices = [f"{paper['choice']}\n" for paper in board["papers"]]
        given.papers.write_text("".join(choices), encoding="ascii")


if __name__ == "__main__":
    main()
