"""Ballots: the boards of closed ballots, for everybody: who counts again needs no sign-in."""

from __future__ import annotations

import json

from flask import Blueprint, Response, render_template, request

from facilitate.domain.boards import header_hash, header_of, papers_of
from facilitate.domain.check_words import check_words
from facilitate.domain.refusal import Refused
from facilitate.store.boards import board_bytes, leaves_on
from facilitate.store.rows import Ballot
from facilitate.web.hub import Hub


def board_routes(hub: Hub) -> Blueprint:
    """/boards/ID for people, /boards/ID.json and /boards/ID.leaves; /verify proves such a board."""
    routes = Blueprint("boards", __name__)

    @routes.get("/boards/<ballot>")
    def listed(ballot: str) -> str:
        return _list(hub, ballot)

    @routes.get("/verify")
    def verify() -> str:
        return _proving(hub, request.args.get("board", ""))

    @routes.get("/boards/<ballot>.json")
    def board(ballot: str) -> Response:
        with hub.reads() as session:
            found = board_bytes(session, _ballot(session.get(Ballot, ballot)))
        if found is None:
            raise _none()
        return Response(found, mimetype="application/json")

    @routes.get("/boards/<ballot>.leaves")
    def leaves(ballot: str) -> Response:
        with hub.reads() as session:
            row = _ballot(session.get(Ballot, ballot))
            found = leaves_on(session, row)
            body = board_bytes(session, row)
        if body is None:
            raise _none()
        # What a phone needs beside the leaves to make the root again.
        header = header_hash(header_of(json.loads(body))).hex()
        return Response(found, mimetype="application/octet-stream", headers={"Board-Header": header})

    return routes


def _list(hub: Hub, ballot: str) -> str:
    """The votes of a board under their words."""
    with hub.reads() as session:
        body = board_bytes(session, _ballot(session.get(Ballot, ballot)))
    if body is None:
        raise _none()
    board = json.loads(body)
    labels = {option["key"]: option["label"] for option in board["options"]}
    votes = sorted(
        (" ".join(check_words(paper.public_key)), labels.get(paper.choice, paper.choice))
        for paper in papers_of(board)
    )
    return render_template("board.html", board=board, votes=votes, ballot=ballot)


def _proving(hub: Hub, known: str) -> str:
    """The page that proves a board in the browser, the one that was asked for already chosen."""
    with hub.reads() as session:
        published = bool(known) and session.get(Ballot, known) is not None
    return render_template("verify.html", board=known if published else None)


def _ballot(found: Ballot | None) -> Ballot:
    if found is None:
        raise _none()
    return found


def _none() -> Refused:
    return Refused(
        "not-found", "There is no board of this ballot. It is published as soon as the ballot is closed."
    )
