"""Lists that offices keep in spreadsheets: every row is taken or every reason is said."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.people import Role, Section
from facilitate.domain.refusal import Refused
from facilitate.formats.csv_in import (
    ROLES,
    SECTIONS,
    read_delegations,
    read_people,
    read_submissions,
)
from facilitate.formats.csv_substitutes import read_substitutes
from facilitate.formats.csv_table import ReadTable

NAUGHTY = Path(__file__).parents[3] / "shared/data/suites/big_list_of_naughty_strings.json"


def said(table: ReadTable) -> list[tuple[int, str, str]]:
    return [(message.row, message.column, message.level) for message in table.messages]


def people(text: str) -> ReadTable:
    return read_people(text.encode())


def test_people_are_read_with_all_that_is_said_of_them() -> None:
    table = people(
        "name,roles,delegation,email,table,present\n"
        "Ada  Okafor,delegate,CLP-1,ada@a.example,Table 07,yes\n"
        "Bel Moss,Facilitator; note taker,,,3,No\n"
        "Cy Rao,“x”,,,,\n".replace("“x”", "clerk")
    )
    assert table.rows[:2] == (
        {
            "name": "Ada Okafor", "roles": ["delegate"], "delegation": "CLP-1", "email": "ada@a.example",
            "table": 7, "present": True,
        },
        {
            "name": "Bel Moss", "roles": ["facilitator", "scribe"], "delegation": "", "email": "", "table": 3,
            "present": False,
        },
    )  # fmt: skip
    assert table.numbers == (2, 3, 4)
    assert said(table) == [(4, "present", "warning")]


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("Delegate, chair", ["delegate", "chair"]),
        ("signatory:Housing, Transport; delegate", ["signatory:Housing, Transport", "delegate"]),
        ("facilitator:7|Theme_Team", ["facilitator:7", "theme-team"]),
        ("delegate;delegate", ["delegate"]),
        ("", ["delegate"]),
    ],
)
def test_roles_may_be_written_in_many_ways(cell: str, roles: list[str]) -> None:
    assert people(f'name,roles\nAda,"{cell}"\n').rows[0]["roles"] == roles


def test_every_role_and_section_of_the_event_can_be_written() -> None:
    assert set(ROLES) == set(Role) - {Role.SCREEN, Role.KIOSK}
    assert set(SECTIONS) == set(Section)


def test_one_error_keeps_everything_out() -> None:
    table = people("Name;Role;Table\nAda;delegate;1\nBel;king;x\n;delegate;0\n")
    assert table.rows == ()
    assert not table.can_be_imported
    assert said(table) == [
        (3, "Table", "error"),
        (3, "Role", "error"),
        (4, "Name", "error"),
        (4, "Table", "error"),
    ]


def test_person_in_two_delegations_is_flagged() -> None:
    head = "name,roles,delegation,email\n"
    table = people(head + "Ada,delegate,A,\nBel,delegate,B,\nada,delegate,C,ada@a.example\n")
    assert [(m.row, m.level, m.sentence) for m in table.messages] == [
        (4, "warning", "ada is in two delegations, “A” and “C”; see row 2.")
    ]
    assert len(table.rows) == 3
    same_mail = people(head + "Ada O,delegate,A,Ada@a.example\nA Okafor,delegate,B,ada@a.example\n")
    assert said(same_mail) == [(3, "delegation", "warning")]


def test_namesakes_with_addresses_of_their_own_are_two_people() -> None:
    table = people("name,roles,delegation,email\nAda,delegate,A,a@a.example\nAda,delegate,B,b@b.example\n")
    assert table.messages == ()


def test_person_twice_in_one_delegation_is_flagged() -> None:
    assert said(people("name,roles,delegation\nAda,delegate,A\nAda,delegate,A\n")) == [(3, "name", "warning")]


def test_unknown_delegation_and_table_are_errors_where_they_are_known() -> None:
    body = b"name,roles,delegation,table\nAda,delegate,Z,9\n"
    assert said(read_people(body, ["A"], [1])) == [(2, "delegation", "error"), (2, "table", "error")]
    assert read_people(body).can_be_imported


def test_first_and_last_name_make_a_name() -> None:
    assert people("Surname,First Name,Role\nOkafor,Ada,delegate\n").rows[0]["name"] == "Ada Okafor"
    assert not people("Surname,Role\nOkafor,delegate\n").can_be_imported


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_files_as_spreadsheets_save_them(encoding: str, delimiter: str) -> None:
    text = "E-Mail,FULL NAME,Role\r\na@a.example,Zoë Müller,delegate\r\n\r\n".replace(",", delimiter)
    table = read_people(text.encode(encoding))
    assert [row["name"] for row in table.rows] == ["Zoë Müller"]
    assert said(table) == ([(1, "", "warning")] if encoding == "cp1252" else [])


def test_delimiter_that_the_file_names_is_used() -> None:
    assert people("sep=;\nname;role\nAda;delegate\n").rows[0]["name"] == "Ada"


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    table = people('name,roles,note\n\n"Ada\nOkafor",delegate,\n,,only a note\nBel,king,\n')
    assert said(table) == [(1, "note", "warning"), (4, "", "warning"), (5, "roles", "error")]


@pytest.mark.parametrize(
    "text",
    [
        "name,name,roles\nA,B,delegate\n",
        "name,roles\nA,delegate,more\n",
        'name,roles\n"A,delegate\n',
        'name,roles\n"A"x,delegate\n',
        "name,roles\n",
        "",
        "colour\nred\n",
        f"name,roles\n{'x' * 1_000_001},delegate\n",
    ],
)
def test_unclear_file_is_never_half_taken(text: str) -> None:
    table = people(text)
    assert table.rows == ()
    assert any(message.level == "error" for message in table.messages)


@pytest.mark.parametrize(
    "body", [b"PK\x03\x04x", b"%PDF-1.7", b"\xff\xfe\x00", b"name\n\x81\n", b"x" * (2**20 * 26)]
)
def test_file_that_is_no_csv_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read_people(body)
    assert refusal.value.code in ("unknown-format", "file-too-large")


def test_delegations_are_read() -> None:
    table = read_delegations(
        b'code,name,section,members\nA,Alder CLP,CLP,"1,394"\nU,Bakers,Trade Union,800.0\n'
    )
    assert table.rows == (
        {"code": "A", "name": "Alder CLP", "section": "clp", "votes": 1394},
        {"code": "U", "name": "Bakers", "section": "union", "votes": 800},
    )


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",Alder,clp,1", "code"), ("B,,clp,1", "name"), ("B,Alder,party,1", "section"),
        ("B,Alder,,1", "section"),
        ("B,Alder,clp,-1", "votes"), ("B,Alder,clp,1.5", "votes"), ("B,Alder,clp,", "votes"),
        ("a,Alder,mp,1", "code"),
    ],
)  # fmt: skip
def test_delegation_that_cannot_be_is_an_error(row: str, column: str) -> None:
    table = read_delegations(f"code,name,section,votes\nA,Ash,clp,1\n{row}\n".encode())
    assert said(table) == [(3, column, "error")]


def test_delegation_of_the_same_name_is_flagged() -> None:
    table = read_delegations(b"code,name,section\nA,Ash,clp\nB,ash,union\n")
    assert said(table) == [(1, "", "warning"), (3, "name", "warning")]
    assert [row["votes"] for row in table.rows] == [0, 0]


def test_submissions_are_read() -> None:
    text = 'title,text,body,passages\nRents,"Two\nlines",Alder,EDU-2.3; EDU-2.4(a)\n,Only a text,Bakers,\n'
    assert read_submissions(text.encode()).rows == (
        {
            "title": "Rents", "text": "Two\nlines", "body": "Alder", "author": "", "reference": "",
            "passages": ["EDU-2.3", "EDU-2.4(a)"],
        },
        {
            "title": "Only a text", "text": "Only a text", "body": "Bakers", "author": "", "reference": "",
            "passages": [],
        },
    )  # fmt: skip


def test_submission_of_a_person_names_the_person() -> None:
    row = read_submissions(b"ref,text,author\ns-012,Text,Ada Okafor\n").rows[0]
    assert (row["body"], row["author"], row["reference"]) == ("Ada Okafor", "Ada Okafor", "S-012")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",,Alder,", "text"), (",Text,,", "body"), ("12,Text,Alder,", "reference"),
        ("S-001,Text,Alder,", "reference"),
        (",Text,Alder,2.3", "passages"), (",Text,Alder,EDU-9", "passages"),
    ],
)  # fmt: skip
def test_submission_that_cannot_be_is_an_error(row: str, column: str) -> None:
    text = f"reference,text,body,passages\nS-001,First,Ash,EDU-1\n{row}\n"
    assert said(read_submissions(text.encode(), ["EDU-1"])) == [(3, column, "error")]


def test_submission_sent_twice_is_flagged() -> None:
    assert said(read_submissions(b"text,body\nSame,A\nsame,B\n")) == [(3, "text", "warning")]


READERS = st.sampled_from([read_people, read_delegations, read_submissions])
ROWS = st.lists(st.lists(st.text('ab1,;"\n\t é@', max_size=6), max_size=6), max_size=6)


@given(READERS, st.sampled_from(["name,roles,table\n", "code,name,section,votes\n", "text,body\n", ""]), ROWS)
def test_any_rows_are_taken_whole_or_not_at_all(reader: object, head: str, rows: list[list[str]]) -> None:
    assert callable(reader)
    table = reader((head + "\n".join(",".join(row) for row in rows)).encode())
    assert table.can_be_imported or table.rows == ()
    assert len(table.rows) == len(table.numbers)
    assert all(message.sentence.endswith(".") and message.row >= 1 for message in table.messages)


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the naughty strings are not on this machine")
def test_naughty_strings_are_kept_as_they_are_or_refused_in_words() -> None:
    for naughty in json.loads(NAUGHTY.read_text(encoding="utf-8")):
        quoted = '"' + naughty.replace('"', '""') + '"'
        table = read_submissions(f"text,body\n{quoted},Ada\n".encode("utf-8", "replace"))
        assert table.rows or table.messages


def test_substitutes_are_read_with_whom_they_replace_and_why() -> None:
    head = b"delegate,code,substitute,why,already here\n"
    read = read_substitutes(head + b"Dara,NOR,Sasha,ill,\nDev,,Attila,left,yes\n")
    assert read.rows[0] == {
        "delegate": "Dara", "delegation": "NOR", "name": "Sasha", "email": "", "reason": "ill", "here": False,
    }  # fmt: skip
    assert read.rows[1]["here"] is True
    read = read_substitutes(head + b"Dora,,Sid,,\n")
    assert not read.can_be_imported
    assert [(m.row, m.column) for m in read.messages if m.level == "error"] == [(2, "why")]
