"""Papers that two tellers entered go into the ballot box like all others, also where it died meanwhile."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import select

from facilitate.demo import all_sign_ins
from facilitate.office import run as run_verb
from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.device import Device
from facilitate.store.rows import PaperStamp, Person
from tests.prove.stamped import Vote, children, kill
from tests.prove.voter import Ballot
from tests.web.test_courier import cast, run


async def sign_in(vote: Vote, name: str) -> Device:
    """One more teller at a desk of their own."""
    with vote.hall.open() as house:
        run_verb(house, "import-people", {"rows": [{"name": name, "roles": ["teller"]}]})
        way = next(way for way in all_sign_ins(house) if way.label == name)
    teller = Device(Address.read(vote.hub.url), way.code, name)
    await teller.sign_in()
    teller.start()
    await teller.arrive()
    return teller


def persons(vote: Vote) -> list[str]:
    """The persons of the voters, in their order."""
    with vote.hall.open() as house, house.reads() as session:
        known = {person.name: person.id for person in session.scalars(select(Person))}
    return [known[voter.way.label] for voter in vote.voters]


def is_anew(vote: Vote, first: Ballot) -> bool:
    """Whether the desk sees the ballot announced in another wording."""
    stamping = vote.seen["stamping"]
    return stamping is not None and stamping["bid"] != first.stamping["bid"]


async def wait_for_papers(vote: Vote, number: int) -> None:
    await vote.until(lambda: vote.seen["voted"] == number)


def test_papers_are_cast_unmarked_beside_phones_and_into_a_box_that_died(tmp_path: Path) -> None:
    async def journey(vote: Vote, first: Ballot) -> None:
        # Announced anew, nobody holds a stamp yet.
        await vote.act("recall-ballot")
        await vote.act("announce-ballot")
        seen = await vote.until(lambda: is_anew(vote, first) and vote.seen)
        ballot = Ballot(vote.id, seen["version"], seen["stamping"])
        await vote.act("open-ballot")
        tellers = [await sign_in(vote, name) for name in ("Teresa", "Tamsin")]
        ids = persons(vote)
        vote.voters[0].prepare(ballot)
        await vote.voters[0].fetch(ballot)
        await cast(vote, "for")
        handed = [await tellers[0].submit("hand-out-paper", {"ballot": vote.id, "delegate": each})
                  for each in ids[:3]]  # fmt: skip
        assert [each["ok"] for each in handed] == [False, True, True]
        assert handed[0]["refusal"]["code"] == "stamp-taken"
        for number, choice in ((1, "against"), (2, "against")):
            for teller in tellers:
                data = {"ballot": vote.id, "number": number, "group": 0, "choice": choice}
                assert (await teller.submit("enter-paper", data))["ok"]
            await wait_for_papers(vote, 1 + number)
            if number == 1:
                kill(children(vote.hub.pid)["box"])
        for teller in tellers:
            await teller.stop()
        closed = await vote.close()
        assert (closed["board"]["cast"], closed["board"]["issued"]) == (3, 3)
        line = vote.line(vote.hub.url)
        _, _, body = await line.send("GET", closed["board"]["url"])
        line.close()
        papers = json.loads(body)["papers"]
        assert sorted(paper["choice"] for paper in papers) == ["against", "against", "for"]
        assert {frozenset(paper) for paper in papers} == {frozenset(papers[0])}
        with vote.hall.open() as house, house.reads() as session:
            assert not session.scalars(select(PaperStamp)).all()

    run(tmp_path, journey, opened=False)
