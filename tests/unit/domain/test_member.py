"""Members: telephones written one way, and what a member must have."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.errors import BadPhone, NameMissing, TextTooLong, UnknownLanguage
from salon_desk.domain.ids import NewId
from salon_desk.domain.limits import MAX_NAME, MAX_NOTE
from salon_desk.domain.member import LANGUAGES, Member, check_member, normalise_phone, phone_tail

ZHANG = Member("m1", "张晓梅", "Zhang Xiaomei", "+17185550137", allergies=("丙烯酸",))


def test_a_member_is_called_as_the_reader_reads_it_best_and_by_the_other_name_besides() -> None:
    assert (ZHANG.called("en"), ZHANG.also_called("en")) == ("Zhang Xiaomei", "张晓梅")
    assert (ZHANG.called("zh_TW"), ZHANG.also_called("zh_TW")) == ("张晓梅", "Zhang Xiaomei")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_member_of_one_name_is_called_by_it_in_every_language(language: str) -> None:
    for only in (replace(ZHANG, latin_name=""), replace(ZHANG, name="")):
        assert only.called(language) == only.name + only.latin_name
        assert not only.also_called(language)


@pytest.mark.parametrize(
    "typed",
    [
        "7185550137",
        "718-555-0137",
        "(718) 555-0137",
        "1 718 555 0137",
        "+1.718.555.0137",
        " 718\u00a0555\u20130137 ",
        "７１８５５５０１３７",
        "＋１（７１８）５５５０１３７",
    ],
)
def test_a_telephone_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normalise_phone(typed) == "+17185550137"


def test_a_foreign_telephone_keeps_its_country() -> None:
    assert normalise_phone("+86 138 0013 8000") == "+8613800138000"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "555-0137",
        "71855501370",
        "118 555 0137",
        "718 155 0137",
        "911 555 0137",
        "718-555-013a",
        "+7185550137 ext 4",
        "+1 718 555 01",
        "+17185550137000",
        "+0123456789",
        "+86 138",
        "+8613800138000000",
        "17185550137 1",
        "++17185550137",
        "४१८५५५०१३७",
    ],
)
def test_what_is_no_telephone_is_refused(typed: str) -> None:
    with pytest.raises(BadPhone):
        normalise_phone(typed)


@given(st.text(max_size=25))
def test_a_telephone_once_normalised_stays_as_it_is(typed: str) -> None:
    try:
        phone = normalise_phone(typed)
    except BadPhone:
        return
    assert normalise_phone(phone) == phone


def test_a_telephone_is_found_by_its_last_four() -> None:
    assert phone_tail("+17185550137") == "0137"
    assert phone_tail("") == ""


def test_a_member_needs_a_name_in_some_script() -> None:
    check_member(ZHANG)
    check_member(replace(ZHANG, name="", phone=""))
    with pytest.raises(NameMissing):
        check_member(replace(ZHANG, name=" ", latin_name=""))


def test_a_member_is_described_within_limits() -> None:
    for wrong in (
        replace(ZHANG, name="张" * (MAX_NAME + 1)),
        replace(ZHANG, latin_name="Z" * (MAX_NAME + 1)),
        replace(ZHANG, note="n" * (MAX_NOTE + 1)),
        replace(ZHANG, allergies=("a" * (MAX_NAME + 1),)),
    ):
        with pytest.raises(TextTooLong):
            check_member(wrong)


def test_a_member_reads_a_language_of_the_house() -> None:
    with pytest.raises(UnknownLanguage):
        check_member(replace(ZHANG, language="fr"))


def test_a_members_telephone_is_kept_in_one_form() -> None:
    with pytest.raises(BadPhone):
        check_member(replace(ZHANG, phone="718-555-0137"))


def test_a_maker_of_ids_is_anything_that_gives_a_string() -> None:
    counting = iter(("1", "2"))

    def new_id() -> str:
        return next(counting)

    make: NewId = new_id
    assert (make(), make()) == ("1", "2")
