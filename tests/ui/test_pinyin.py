"""Pinyin: names first, surnames as they are read, a whole name at once."""

from __future__ import annotations

import pytest

from salon_desk.ui.widgets.pinyin_candidates import (
    NAME_CHARACTERS,
    SURNAME_READINGS,
    SURNAMES,
    PinyinCandidates,
    Wanted,
    without_tone,
)

NAME = Wanted()
REST = Wanted(surname=False)
TAIWAN = Wanted(traditional=True)


@pytest.fixture(scope="module")
def table() -> PinyinCandidates:
    return PinyinCandidates.load()


def _offered(table: PinyinCandidates, letters: str, wanted: Wanted = NAME) -> list[str]:
    return [candidate.text for candidate in table.candidates(letters, wanted)]


@pytest.mark.parametrize(
    ("letters", "surname"),
    [
        ("zhang", "张"),
        ("li", "李"),
        ("wang", "王"),
        ("chen", "陈"),
        ("lv", "吕"),
        ("zeng", "曾"),
        ("shan", "单"),
    ],
)
def test_a_surname_comes_first_by_the_reading_it_has_as_a_name(
    table: PinyinCandidates, letters: str, surname: str
) -> None:
    assert _offered(table, letters)[0] == surname


def test_a_surname_is_not_offered_first_by_its_other_reading(table: PinyinCandidates) -> None:
    assert _offered(table, "ceng")[0] != "曾"
    assert _offered(table, "dan")[0] != "单"


def test_in_the_rest_of_a_name_its_characters_come_first(table: PinyinCandidates) -> None:
    assert _offered(table, "mei", REST)[0] == "梅"
    assert _offered(table, "fang", REST)[0] == "芳"


@pytest.mark.parametrize(
    ("letters", "name"),
    [("zhangxiaomei", "张晓梅"), ("wangfang", "王芳"), ("lvfang", "吕芳"), ("ouyangnana", "欧阳娜娜")],
)
def test_a_whole_name_is_offered_at_once(table: PinyinCandidates, letters: str, name: str) -> None:
    best = table.candidates(letters)[0]
    assert (best.text, best.letters) == (name, len(letters))


def test_both_ways_to_cut_a_name_are_offered(table: PinyinCandidates) -> None:
    assert {len(word) for word in _offered(table, "fangan")[:2]} == {2}


def test_a_surname_of_two_characters_is_offered(table: PinyinCandidates) -> None:
    assert _offered(table, "ouyang")[0] == "欧阳"
    assert _offered(table, "ouyang", TAIWAN)[0] == "歐陽"
    assert "欧阳" not in _offered(table, "ouyang", REST)


def test_taiwan_reads_its_own_script_first(table: PinyinCandidates) -> None:
    assert _offered(table, "chen", TAIWAN)[0] == "陳"
    assert _offered(table, "chen")[0] == "陈"


def test_letters_that_are_no_syllable_yet_offer_what_they_may_become(table: PinyinCandidates) -> None:
    assert _offered(table, "zh")[0] == "张"
    assert all(candidate.letters == 2 for candidate in table.candidates("zh"))


def test_a_candidate_says_how_many_letters_it_takes(table: PinyinCandidates) -> None:
    first = {candidate.text: candidate.letters for candidate in table.candidates("zhangxm")}
    assert first["张"] == len("zhang")


def test_letters_that_mean_nothing_offer_nothing_and_an_apostrophe_is_no_letter(
    table: PinyinCandidates,
) -> None:
    assert table.candidates("") == ()
    assert _offered(table, "xi'an")[0] == _offered(table, "xian")[0]
    assert table.candidates("123") == ()


def test_the_number_of_candidates_is_bounded_and_none_comes_twice(table: PinyinCandidates) -> None:
    for letters in ("z", "yi", "shi", "zhangxiaomei", "a"):
        offered = table.candidates(letters)
        assert len(offered) <= 60
        assert len(set(offered)) == len(offered)


def test_every_character_of_names_can_be_typed(table: PinyinCandidates) -> None:
    typed = "".join((*table.first.values(), *table.other.values()))
    assert [c for c in SURNAMES + NAME_CHARACTERS if c not in typed] == []


def test_every_special_reading_is_one_that_the_table_knows(table: PinyinCandidates) -> None:
    assert [
        c
        for c, letters in SURNAME_READINGS.items()
        if c not in table.first.get(letters, "") + table.other.get(letters, "")
    ] == []


@pytest.mark.parametrize(
    ("toned", "typed"), [("zhāng", "zhang"), ("lǚ", "lv"), ("nüè", "nve"), ("ér", "er"), ("", "")]
)
def test_tones_are_not_typed(toned: str, typed: str) -> None:
    assert without_tone(toned) == typed
