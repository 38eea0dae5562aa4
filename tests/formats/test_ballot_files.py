"""Files of ballots: read as they are written, counted with known answers, faults said by their line."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from facilitate.cli import main
from facilitate.domain.ballots import Method
from facilitate.domain.methods.ties import TieBreak
from facilitate.domain.refusal import Refused
from facilitate.formats.ballot_files import count_ballots, read_ballots
from facilitate.formats.ballot_lines import BallotFile, BallotLine

BALLOTS = Path(__file__).parents[3] / "shared/data/ballots"
needs_ballots = pytest.mark.skipif(not BALLOTS.exists(), reason="the sample ballots are not on this machine")

BLT = """# before
4 2
-3
3 1 2 0
2 2=4 3 1 0  # level
1 - 4 0
1 0
0
"Ann # one"
"Ben"
"Cem"
"Dee"
"The board"
"""
ABIF = """# Section 1
{"title": "A capital"}
=Memph:[Memphis, TN]
42:Memph/400>Nash/200>Chat/133>Knox/45
26:Nash/400,Chat/290,Knox/290
15:[Memphis, TN]=Chat  # level
Knox>"New York"
"""


def read(name: str, text: str) -> BallotFile:
    return read_ballots(name, text.encode())


def winners(file: BallotFile, method: Method, seats: int = 1) -> tuple[str, ...]:
    return count_ballots(file, method, seats, TieBreak()).winners


def test_blt_is_read() -> None:
    file = read("x.BLT", BLT)
    assert (file.options, file.seats, file.title) == (("Ann # one", "Ben", "Dee"), 2, "The board")
    assert file.lines == (
        BallotLine(4, 3, (("Ann # one",), ("Ben",))), BallotLine(5, 2, (("Ben", "Dee"), ("Ann # one",))),
        BallotLine(6, 1, (("Dee",),)), BallotLine(7, 1))
    assert file.papers == 7


def test_abif_is_read() -> None:
    file = read("x.abif", ABIF)
    assert (file.options, file.title) == (
        ("Memphis, TN", "Nash", "Chat", "Knox", "New York"), "A capital")
    first, second, third, fourth = file.lines
    assert (first.weight, first.places) == (42, (("Memphis, TN",), ("Nash",), ("Chat",), ("Knox",)))
    assert first.numbers[0] == ("Memphis, TN", Fraction(400))
    assert second.places == (("Nash",), ("Chat", "Knox"))
    assert third.places == (("Memphis, TN", "Chat"),)
    assert (fourth.weight, fourth.places) == (1, (("Knox",), ("New York",)))


def test_csv_is_read_in_three_ways() -> None:
    ranks = read("x.csv", "\ufeffRank 2,count,rank1\nBen,3,Ann\n,2,Cem=Ben\n")
    assert [(each.weight, each.places) for each in ranks.lines] == [
        (3, (("Ann",), ("Ben",))), (2, (("Cem", "Ben"),))]
    assert winners(read("x.csv", "choice\nAnn\nBen\nAnn\n"), Method.PLURALITY) == ("Ann",)
    points = read("x.csv", "Ann,Ben,count\n5,3.5,2\n,4,1\n0,1,1\n")
    assert count_ballots(points, Method.SCORES, 1, TieBreak()).rounds[0].totals == {"Ann": 10, "Ben": 12}
    assert count_ballots(points, Method.APPROVAL, 1, TieBreak()).rounds[0].totals == {"Ann": 2, "Ben": 4}


@pytest.mark.parametrize(("name", "text", "said"), [
    ("x.blt", "", "Line 1: A .blt file starts with two whole numbers"),
    ("x.blt", "3 1\n1 4 0\n0\n", "Line 2: There is no option 4; there are 3."),
    ("x.blt", "3 1\n\n1 1 2\n0\n", "Line 3: The paper does not end"),
    ("x.blt", "3 1\n1 1 2 1 0\n0\n", "Line 2: “option 1” is named twice."),
    ("x.blt", "3 1\nx 1 0\n0\n", "Line 2: “x” is no number of papers"),
    ("x.blt", "2 1\n1 1 0\n", "Line 2: The papers do not end"),
    ("x.blt", '2 1\n1 1 0\n0\n"Ann"\n', "Line 4: There are 2 options and 1 names."),
    ("x.blt", '2 1\n1 1 0\n0\n"Ann"\n"Ann"\n', "Line 5: Every option needs a name of its own."),
    ("x.abif", "3:A>B>A\n", "Line 1: “A” is named twice."),
    ("x.abif", "3:A>\n", "Line 1: An option is missing after the last “>”."),
    ("x.abif", "3:A:B\n", "Line 1: “A:B” cannot be read"),
    ("x.abif", "\n3:A/5>B\n", "Line 2: Either every option on a paper has a number or none has."),
    ("x.abif", "{title}\n", "Line 1: What stands in {} is not JSON."),
    ("x.abif", "=A\n", "Line 1: An option is named as =Token:[Its name]."),
    ("x.abif", "=A:[B]\n=C:[B]\n", "Line 2: “B” is named twice."),
    ("x.abif", "# nothing\n", "Line 1: The file names no options."),
    ("x.csv", "", "Line 1: The file is empty"),
    ("x.csv", "rank1,rank2\nAnn,Ann\n", "Line 2: “Ann” is named twice."),
    ("x.csv", "rank1\nAnn,Ben\n", "Line 2: There are 2 cells under 1 columns."),
    ("x.csv", "count,rank1\nmany,Ann\n", "Line 2: “many” is no number of papers"),
    ("x.csv", "Ann,Ben\n1,x\n", "Line 2: “x” is no strength or number of points."),
    ("x.csv", 'rank1\n"Ann\n', "Line 2: This is no CSV"),
    ("x.csv", "count\n3\n", "Line 1: The head row names no options, ranks or choice."),
])  # fmt: skip
def test_fault_is_said_with_its_line(name: str, text: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(name, text)
    assert refusal.value.code == "bad-ballot-file"
    assert refusal.value.sentence.startswith(said)
    assert refusal.value.sentence.endswith("Nothing was counted; correct the file.")


@pytest.mark.parametrize(("text", "method", "said"), [
    ("3:A>B\n1:A=B\n", Method.STV, "Line 2: “A” and “B” are level; stv needs one option in each place."),
    ("3:A>B\n", Method.SCORES, "Line 1: The paper has no numbers"),
    ("3:A,B\n", Method.PLURALITY, "Line 1: Several options are level in the first place"),
])  # fmt: skip
def test_paper_that_a_method_cannot_count_is_said_with_its_line(text: str, method: Method, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        winners(read("x.abif", text), method)
    assert refusal.value.sentence.startswith(said)


def test_other_files_and_other_letters_are_refused() -> None:
    with pytest.raises(Refused, match=r"end in \.blt, \.abif, \.csv"):
        read("x.txt", BLT)
    with pytest.raises(Refused, match="Line 2: This is not UTF-8"):
        read_ballots("x.csv", b"rank1\nJos\xe9\n")


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["count", *words])
    return done.exit_code, done.stdout, done.stderr


@needs_ballots
def test_irish_president_of_1990() -> None:
    known = json.loads((BALLOTS / "expected.json").read_text())["irish_president_1990.csv"]["published"]
    code, out, _ = run("--method", "irv", str(BALLOTS / "irish_president_1990.csv"), "--json")
    found = json.loads(out)
    assert (code, found["winners"]) == (0, [known["winner"]])
    assert found["rounds"][-1]["totals"] == {name: str(votes) for name, votes in known["final"].items()}


@needs_ballots
def test_gnome_board_of_2018() -> None:
    known = json.loads((BALLOTS / "expected.json").read_text())["gnome_board_2018_stv.blt"]
    code, out, _ = run("--method", "stv", "--json", str(BALLOTS / "gnome_board_2018_stv.blt"))
    found = json.loads(out)
    assert (code, len(found["options"]), found["seats"], found["papers"]) == (
        0, known["candidates"], known["seats"], known["ballots"])
    assert set(found["winners"]) == set(known["published"]["elected"])
    values = [Fraction(votes) for votes in found["rounds"][1]["totals"].values()]
    assert sum(values) + Fraction(found["rounds"][1]["exhausted"]) == 135


def test_count_is_shown_with_its_rounds(tmp_path: Path) -> None:
    file = tmp_path / "x.abif"
    file.write_text("5:A\n4:B\n2:C>B\n1:C\n")
    assert run("--method", "irv", str(file)) == (0, (
        "Count: 12 papers, by irv.\n"
        "Option               Round 1  Round 2\n"
        "A                          5        5\n"
        "B                          4        6\n"
        "C                          3         \n"
        "For nobody standing        0        1\n"
        "Round 1: “C” drops out. Its votes go on: 2 to “B”, 1 to nobody.\n"
        "Round 2: “B” is chosen.\n"
        "Chosen: B.\n"), "")


def test_tie_is_left_open_or_settled_by_the_published_seed(tmp_path: Path) -> None:
    file = tmp_path / "x.abif"
    file.write_text("5:A\n5:B\n")
    code, out, err = run("--method", "approval", str(file), "--json")
    assert (code, json.loads(out)["winners"], json.loads(out)["level"]) == (1, [], ["A", "B"])
    assert "Nothing that was declared decides between A, B" in err
    code, out, _ = run("--method", "approval", str(file), "--json", "--seed", "ten o'clock")
    [tie] = json.loads(out)["rounds"][0]["ties"]
    assert (code, tie["by"], json.loads(out)["winners"]) == (0, "lot", [tie["picked"]])


def test_run_off_for_several_seats_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.abif"
    file.write_text("5:A\n")
    assert "take stv for several seats" in run("--method", "irv", "--seats", "2", str(file))[2]
    code, _, err = run("--method", "irv", str(tmp_path / "x.csv"))
    assert code == 2
    assert "does not exist" in err
