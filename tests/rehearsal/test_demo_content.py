"""The demo event is whole: every reference is met, every count right, and nobody in it is real."""

# The files of facilitate/rehearsal/demo, and what their columns and keys mean:
#
# housing.md, skills.md  "# title", "## 1 heading", "1.1 paragraph", "(a) item of the paragraph above".
# skills.docx            skills.md written by facilitate.rehearsal.word, numbered by Word itself.
# delegations.csv        code; name; section: clp | union | socialist-society | mp;
#                        votes: members, for a card vote.
# people.csv             name; roles: parted by ";", each "role" or "role:scope" (a signatory's and a resource
#                        person's commission, an area facilitator's tables "1-8"); delegation: code, delegates
#                        only; email: may be empty; table: 1 to 15 or empty; present: yes | no, who is in the
#                        hall when the event opens.
# submissions.csv        reference: may be empty; title; text: paragraphs parted by an empty line;
#                        body: the name of a delegation; passages: parted by ";", may be empty.
# programme.json         {name, zone, days: [date], documents: [{file, prefix, title, commission}],
#                        tracks: [{name, document: prefix, tables: [n]}],
#                        background: [references that nobody is asked to discuss], items: [item]}
#   item                 {key, tracks: [name], title, planned: local "YYYY-MM-DDTHH:MM", minutes,
#                        kind: opening | round | themes | ballot | break | plenary | closing,
#                        assignments?: [assignment]}; the items of one track follow each other without
#                        overlap; an item of both tracks is one item.
#   assignment           {passage, reach: all | block | choice, first, last: tables of a block}
# comments.json          [{passage, kind: support | concern | wording | idea | question, text, agree, against,
#                        new_text: the passage's whole text as changed, wording only}]
# themes.json            [{passage, name, comments: [index into comments.json]}]
# motions.json           [{item: key of its ballot item, passage, title, text: "" for delete,
#                        effect: replace | insert-after | delete | state,
#                        sources: {themes: [index], comments: [index]},
#                        options?: [{key, title, text: null where the passage stays}], one-of-several only,
#                        split: {for, against, abstain} or {option key: …, abstain}: shares that sum to 1,
#                        expect: carried | lost | close | the key of the option that wins}]
# reasons.json           {code: text}: why something was not adopted, the list fixed before the event.

import re
import unicodedata
from collections import Counter

import pytest

from tests.rehearsal.demo import DEMO, all_passages, assignments, items, passages, people, read, roles, rows

HOUSING = ["HOU-2.1", "HOU-2.3", "HOU-3.2", "HOU-4.2", "HOU-5.2"]
MAIN = [*HOUSING, "SKI-2.2", "SKI-3.1", "SKI-4.1", "SKI-4.4", "SKI-5.1"]
KINDS = {"support", "concern", "wording", "idea", "question"}


@pytest.mark.parametrize(("name", "prefix"), [("housing.md", "HOU"), ("skills.md", "SKI")])
def test_each_document_has_substance(name: str, prefix: str) -> None:
    found = passages(name, prefix)
    assert 26 <= len(found) <= 34
    paragraphs = [text for reference, text in found.items() if re.search(r"\.\d+$", reference)]
    assert len(paragraphs) >= 20
    assert min(len(text.split()) for text in paragraphs) >= 15
    assert any(reference.endswith("(c)") for reference in found)
    assert sum("For discussion" in text for text in paragraphs) >= 3


def test_hou_2_3_is_about_borrowing_for_social_rent() -> None:
    assert passages("housing.md", "HOU")["HOU-2.3"].startswith(
        "Councils should be free to borrow to build homes for social rent"
    )


def test_delegations_are_counted_and_unlike() -> None:
    found = rows("delegations.csv")
    assert Counter(row["section"] for row in found) == {
        "clp": 110, "union": 14, "socialist-society": 10, "mp": 1,
    }  # fmt: skip
    for column in ("code", "name"):
        assert len({row[column].casefold() for row in found}) == len(found)
    assert all(int(row["votes"]) > 0 for row in found)
    members = [row["name"] for row in found if row["section"] == "mp"]
    assert members == ["Members of Parliament drawn by lottery"]


def test_people_are_counted_by_role() -> None:
    wanted = {
        "delegate": 150, "chair": 1, "theme-team": 3, "teller": 2, "clerk": 2, "area-facilitator": 2,
        "facilitator": 15, "resource-person": 2, "signatory": 10, "attendee": 3,
    }  # fmt: skip
    assert Counter(role for row in rows("people.csv") for role in roles(row)) == wanted
    commissions = Counter(roles(row)["signatory"] for row in people("signatory"))
    assert commissions == {each["commission"]: 5 for each in read("programme.json")["documents"]}
    assert any(len(roles(row)) > 1 for row in rows("people.csv")), "somebody holds two roles"


def test_no_name_and_no_address_stands_twice() -> None:
    names = Counter(row["name"].casefold() for row in rows("people.csv"))
    mails = Counter(row["email"] for row in rows("people.csv") if row["email"])
    assert not [name for name, count in [*names.items(), *mails.items()] if count > 1]


def test_no_address_is_real() -> None:
    for file in sorted(DEMO.iterdir()):
        if file.suffix != ".docx":
            text = file.read_text(encoding="utf-8")
            assert not re.findall(r"@(?!example\.org\b)\S+", text), file.name
            assert not re.search(r"https?:|www\.", text), file.name


def test_text_is_in_one_unicode_form() -> None:
    for file in sorted(DEMO.iterdir()):
        if file.suffix != ".docx":
            text = file.read_text(encoding="utf-8")
            assert text == unicodedata.normalize("NFC", text), file.name
            assert text.endswith("\n"), file.name
            assert "\r" not in text, file.name


def test_every_delegate_belongs_to_a_delegation_and_every_delegation_came() -> None:
    codes = {row["code"] for row in rows("delegations.csv")}
    assert {row["delegation"] for row in people("delegate")} == codes
    assert all(("delegate" in roles(row)) == bool(row["delegation"]) for row in rows("people.csv"))
    assert sum(row["delegation"] == "MPS" for row in people("delegate")) == 10


def test_fifteen_mixed_tables_seat_ten_delegates_each() -> None:
    seated = [(int(row["table"]), row["delegation"]) for row in people("delegate")]
    assert Counter(table for table, _ in seated) == dict.fromkeys(range(1, 16), 10)
    assert not [seat for seat, count in Counter(seated).items() if count > 1], "a delegation sits together"
    assert sorted(int(row["table"]) for row in people("facilitator")) == list(range(1, 16))


def test_almost_everybody_is_present() -> None:
    assert {row["present"] for row in rows("people.csv")} == {"yes", "no"}
    assert 1 <= sum(row["present"] == "no" for row in people("delegate")) <= 6
    assert all(row["present"] == "yes" for row in people("facilitator"))


def test_submissions_are_tied_to_passages_and_bodies() -> None:
    found = rows("submissions.csv")
    tied = [row["passages"].split(";") for row in found if row["passages"]]
    assert (len(found), len(found) - len(tied)) == (12, 2)
    assert {reference for references in tied for reference in references} <= set(all_passages())
    assert {row["body"] for row in found} <= {row["name"] for row in rows("delegations.csv")}
    references = [row["reference"] for row in found if row["reference"]]
    assert len(set(references)) == len(references) < len(found)
    assert sum(len(row["text"].split()) > 250 for row in found) == 2
    assert min(len(row["text"].split()) for row in found) > 50


def test_comments_read_like_what_a_facilitator_types() -> None:
    bank = read("comments.json")
    assert 250 <= len(bank) <= 300
    for comment in bank:
        assert comment["passage"] in {each["passage"] for _, each in assignments()}
        assert comment["kind"] in KINDS
        assert 4 <= len(comment["text"].split()) <= 30, comment["text"]
        assert comment["agree"] >= 1
        assert comment["against"] >= 0
        assert comment["agree"] + comment["against"] <= 10
    assert len({(comment["passage"], comment["text"]) for comment in bank}) == len(bank)
    assert sum("\n" in comment["text"] for comment in bank) >= 4
    assert sum(ord(sign) > 0x1F000 for comment in bank for sign in comment["text"]) == 1
    assert any(comment["against"] > comment["agree"] for comment in bank), "a minority is among them"


def test_a_change_of_wording_changes_its_passage() -> None:
    text = all_passages()
    for comment in read("comments.json"):
        assert ("new_text" in comment) == (comment["kind"] == "wording")
        if "new_text" in comment:
            assert comment["new_text"] != text[comment["passage"]]


def test_every_passage_has_comments_and_the_main_ones_many() -> None:
    counts = Counter(comment["passage"] for comment in read("comments.json"))
    assert all(counts[passage] >= 12 for passage in MAIN)
    discussed = {each["passage"] for _, each in assignments() if "(" not in each["passage"]}
    assert not [passage for passage in discussed if counts[passage] < 2]
    for passage in MAIN:
        here = [comment for comment in read("comments.json") if comment["passage"] == passage]
        assert {comment["kind"] for comment in here} == KINDS


def test_themes_gather_comments_of_their_passage() -> None:
    bank, themes = read("comments.json"), read("themes.json")
    for theme in themes:
        assert theme["comments"]
        assert {bank[index]["passage"] for index in theme["comments"]} == {theme["passage"]}, theme["name"]
    assert max(len(theme["name"]) for theme in themes) == 140
    assert len({theme["name"] for theme in themes}) == len(themes)
    counts = Counter(theme["passage"] for theme in themes)
    assert all(counts[passage] >= 3 for passage in MAIN)
    gathered = [index for theme in themes for index in theme["comments"]]
    assert len(set(gathered)) == len(gathered), "a comment is in one theme at most"
    assert 20 <= len(bank) - len(gathered) <= 120, "some comments stay outside every theme"


def test_motions_know_their_sources_and_their_ballot() -> None:
    bank, themes, text = read("comments.json"), read("themes.json"), all_passages()
    rounds = {item["key"]: item for item in read("programme.json")["items"]}
    for motion in read("motions.json"):
        assert rounds[motion["item"]]["kind"] == "ballot"
        assert motion["passage"] in text
        assert motion["text"] != text[motion["passage"]]
        assert bool(motion["text"]) == (motion["effect"] != "delete")
        sources = motion["sources"]
        origins = [themes[index] for index in sources["themes"]]
        origins += [bank[index] for index in sources["comments"]]
        assert origins
        assert {origin["passage"] for origin in origins} == {motion["passage"]}, motion["title"]
    effects = {motion["effect"] for motion in read("motions.json")}
    assert effects == {"replace", "insert-after", "delete", "state"}
    in_earnest = {item["key"] for item in items("ballot") if not item["key"].startswith("practice")}
    assert {motion["item"] for motion in read("motions.json")} == in_earnest


def test_motions_divide_the_room_as_they_expect() -> None:
    motions = read("motions.json")
    for motion in motions:
        split = motion["split"]
        assert sum(split.values()) == pytest.approx(1)
        if "options" in motion:
            assert set(split) == {*(option["key"] for option in motion["options"]), "abstain"}
            assert max(split, key=lambda key: float(split[key])) == motion["expect"]
            continue
        lead = split["for"] - split["against"]
        assert motion["expect"] == ("close" if abs(lead) < 0.02 else "carried" if lead > 0 else "lost")
    outcomes = Counter(motion["expect"] for motion in motions if "options" not in motion)
    assert (outcomes["lost"], outcomes["close"]) == (1, 1)
    assert [len(motion["options"]) for motion in motions if "options" in motion] == [3]


def test_reasons_are_short_and_unlike() -> None:
    found = read("reasons.json")
    assert 7 <= len(found) <= 12
    assert len(set(found.values())) == len(found)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in found)
    assert all(len(text) <= 140 for text in found.values())
