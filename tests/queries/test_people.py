"""Who holds the sessions: the same one by one and all at once, and all at once with no more questions."""

from __future__ import annotations

from functools import partial

from sqlalchemy import event

from facilitate.actions.sessions import sign_in, sign_out
from facilitate.domain.people import NOBODY
from facilitate.queries.people import actors_of, sign_ins
from facilitate.store.writer import Command
from tests.cast import CAST, KEY, SCREEN
from tests.people import Hall


def sign_everybody_in(hall: Hall) -> dict[str, str]:
    """Sign everybody in twice, as with a phone and a laptop; token hash to the holder's id."""
    with hall.reads() as session:
        ways = sign_ins(session, KEY)
    found = {}
    for way in ways:
        for turn in (1, 2):
            token = f"{way.code}-{turn}"
            begin = partial(sign_in, data={"code": way.code, "token_hash": token})
            assert hall.writer.write([Command(token, "sign-in", NOBODY, begin, None)])[0].refusal is None
            found[token] = way.holder
    return found


def test_everybody_read_at_once_is_who_they_are_one_by_one(hall: Hall) -> None:
    held = sign_everybody_in(hall)
    gone = {"token_hash": next(iter(held))}
    hall.writer.write([Command("goes", "sign-out", NOBODY, partial(sign_out, data=gone), None)])
    asked: list[str] = []
    with hall.reads() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *said: asked.append(said[2]))
        together = actors_of(session)
        assert len(asked) == 7
        assert set(together) == set(list(held)[1:])
        for token, actor in together.items():
            assert actors_of(session, token) == {token: actor}
    named = {actor.name: actor for actor in together.values()}
    assert named.keys() >= {each[0] for each in CAST} | {SCREEN}
    for name, actor in named.items():
        assert actor == hall.as_(name).actor
