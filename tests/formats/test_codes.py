"""Ways of numbering that one document has of its own: taken for numbers once it keeps to them."""

import pytest

from facilitate.formats.codes import Codes
from facilitate.formats.text_in import read_text
from tests.formats.word_files import p, read, shown


@pytest.mark.parametrize(
    ("starts", "text", "number", "rest"),
    [
        (["LD101 We", "LD102 They", "LD200 All"], "LD201 Homes for all", "LD201", "Homes for all"),
        (["Q1. Who?", "Q2. Why?", "Q3. How?"], "Q4. When?", "Q4.", "When?"),
        (["2415. A", "2416. B", "2417. C"], "2418. Planning", "2418.", "Planning"),
        (["1.Homes go", "2.Schools go", "3.Roads go"], "1.Rail goes", "1.", "Rail goes"),
        (["§ 1 A", "§ 2 B", "§ 3 C"], "§ 4 Zweck", "§ 4", "Zweck"),
        (["[1] A", "[2] B", "[3] C"], "[4] It follows", "[4]", "It follows"),
        (["Recommendation 1: A", "Recommendation 2: B", "Recommendation 3: C"],
         "Recommendation 4: Build homes", "Recommendation 4", "Build homes"),
    ],
)  # fmt: skip
def test_numbers_of_a_kind_that_rises_are_found(starts: list[str], text: str, number: str, rest: str) -> None:
    found = Codes([*starts, text]).find(text)
    assert found is not None
    assert (found.number, found.rest) == (number, rest)


@pytest.mark.parametrize(
    "starts",
    [
        ["A466 Road closure", "A466 Diversion", "M4 Junction"],
        ["May 3 Meeting", "May 7 Meeting", "May 21 Meeting"],
        ["Table 1 Homes", "Table 2 Schools", "Table 3 Roads"],
        ["2024. It began", "2019. It ended", "1997. It was"],
        ["Section 3 of the Act", "Section 4 of the Act", "Section 5 of the Act"],
        ["Covid 19 was", "Covid 20 was", "Covid 21 was"],
    ],
)
def test_figures_that_count_nothing_are_none(starts: list[str]) -> None:
    assert [Codes(starts).find(text) for text in starts] == [None] * 3


def test_policies_stand_beside_one_another_in_word_and_text() -> None:
    written = ["LD001 We live on land.", "LD002 Land is finite.", "LD100 Land is held in trust.", "More."]
    word, plain = read("".join(map(p, written))), read_text("\n\n".join(written))
    for found in (word, plain):
        assert [x.number for x in found.passages] == ["LD001", "LD002", "LD100", ""]
        assert len({x.depth for x in found.passages[:3]}) == 1
    assert shown(word)[0] == "LD001 We live on land."
