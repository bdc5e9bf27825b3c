"""The templates that come with the program: one for each trigger, whole in all languages; and what a text costs as an SMS."""

from __future__ import annotations

from itertools import product

import pytest

from salon_desk.domain.built_in_templates import HELP, STOP_CONFIRMATION, parse_templates
from salon_desk.domain.consent import Channel
from salon_desk.domain.errors import RulePackDamaged
from salon_desk.domain.member import LANGUAGES
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_template import Placeholder, lint, render
from salon_desk.domain.opt_out import Meaning, read
from salon_desk.domain.sms_length import Alphabet, SmsLength, sms_length
from salon_desk.domain.trigger import KINDS
from tests.unit.domain.test_message_template import BUILT_IN, SHOP


@pytest.mark.parametrize("trigger", Trigger)
def test_every_trigger_has_a_template_of_its_purpose_in_all_languages(trigger: Trigger) -> None:
    (found,) = BUILT_IN.of_trigger(trigger)
    assert found.key == (STOP_CONFIRMATION if trigger is Trigger.CONFIRMATION else trigger.value)
    if trigger in KINDS:
        assert found.purpose is KINDS[trigger].purpose
    assert lint(found) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_built_in_text_reads_whole_with_few_values_and_with_all(language: str) -> None:
    few = SHOP | {"balance": "$50", "appointment": "Fri 3 PM", "lapses_on": "Dec 1", "offer": "News"}
    few |= {"code": "123456", "amount": "$9"}
    every = {name.value: f"<{name}>" for name in Placeholder}
    for one, values in product(BUILT_IN.templates.values(), (few, every)):
        for channel in Channel:
            said = render(one, language, values | {"address": "1 Main St"}, channel=channel)
            assert said.language == language
            assert not set("{}[]") & set(said.text)
            assert "  " not in said.text
        assert getattr(one.names, language)
        assert getattr(one.subjects, language)


def test_the_way_out_is_said_in_words_that_are_understood_when_they_come_back() -> None:
    assert set(BUILT_IN.ways_out) == set(Channel)
    for words in BUILT_IN.ways_out.values():
        assert "STOP" in words.en
        assert "退订" in words.zh_CN
        assert "退訂" in words.zh_TW
    assert {read(word).meaning for word in ("STOP", "退订", "退訂")} == {Meaning.STOP}


def test_templates_stand_in_the_order_of_their_triggers() -> None:
    found = [one.trigger for one in BUILT_IN.templates.values()]
    assert found == [*Trigger, None]
    assert list(BUILT_IN.templates)[-1] == HELP


ROW = """
[[template]]
key = "a"
purpose = "transactional"
name = { en = "A", zh_CN = "甲", zh_TW = "甲" }
subject = { en = "A", zh_CN = "甲", zh_TW = "甲" }
text = { en = "A", zh_CN = "甲", zh_TW = "甲" }
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('key = "a"', "key = ", "toml"),
        ('key = "a"', "", "row"),
        ('key = "a"', "key = 1", "value"),
        ("transactional", "other", "value"),
        ('text = { en = "A"', 'text = { en = "hurry"', "value"),
        ('text = { en = "A"', 'text = { en = ""', "value"),
        ('text = { en = "A"', 'text = { en = "{x}"', "value"),
        ("[[template]]", ROW + "[[template]]", "overlap"),
        ("[[template]]", '[ways_out]\nfax = { en = "A", zh_CN = "A", zh_TW = "A" }\n[[template]]', "row"),
        ("[[template]]", '[ways_out]\nsms = { en = "A" }\n[[template]]', "row"),
    ],
)
def test_templates_that_cannot_be_read_are_refused(old: str, new: str, fault: str) -> None:
    assert list(parse_templates({"a.toml": ROW}).templates) == ["a"]
    with pytest.raises(RulePackDamaged) as refused:
        parse_templates({"a.toml": ROW.replace(old, new, 1)})
    assert refused.value.fault == fault


def test_a_built_in_template_may_name_its_channels() -> None:
    found = parse_templates({"a.toml": ROW + 'channels = ["email"]\n'}).templates["a"]
    assert found.channels == (Channel.EMAIL,)
    assert found.trigger is None


# what it costs


@pytest.mark.parametrize(
    ("said", "alphabet", "places", "segments"),
    [
        ("", "gsm_7", 0, 0),
        ("a", "gsm_7", 1, 1),
        ("a" * 160, "gsm_7", 160, 1),
        ("a" * 161, "gsm_7", 161, 2),
        ("a" * 306, "gsm_7", 306, 2),
        ("a" * 307, "gsm_7", 307, 3),
        ("é£ñ¿Ø@\n", "gsm_7", 7, 1),
        ("€" * 80, "gsm_7", 160, 1),
        ("€" * 81, "gsm_7", 162, 2),
        ("[]{}\\~^|€", "gsm_7", 18, 1),
        ("a" * 152 + "€" + "a" * 151, "gsm_7", 305, 2),
        ("a" * 152 + "€" + "a" * 152, "gsm_7", 306, 3),  # the escape is not torn from its sign
        ("ç", "ucs_2", 1, 1),  # only the great Ç is in the alphabet
        ("’", "ucs_2", 1, 1),
        ("余" * 70, "ucs_2", 70, 1),
        ("余" * 71, "ucs_2", 71, 2),
        ("余" * 134, "ucs_2", 134, 2),
        ("余" * 135, "ucs_2", 135, 3),
        ("a" * 69 + "余", "ucs_2", 70, 1),
        ("💅" * 35, "ucs_2", 70, 1),
        ("💅" * 36, "ucs_2", 72, 2),
        ("余" * 66 + "💅" + "余" * 66, "ucs_2", 134, 3),  # nor the halves of a sign of two
    ],
)
def test_a_text_is_counted_in_segments_of_its_alphabet(
    said: str, alphabet: str, places: int, segments: int
) -> None:
    assert sms_length(said) == SmsLength(Alphabet(alphabet), places, segments)


def test_the_built_in_texts_in_english_need_no_more_than_the_small_alphabet() -> None:
    values = {name.value: "9" for name in Placeholder}
    for one in BUILT_IN.templates.values():
        assert sms_length(render(one, "en", values).text).alphabet is Alphabet.GSM_7
