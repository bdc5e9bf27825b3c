"""STOP in any usual wording, English and both ways of writing Chinese, and none where nobody meant one (RULES 19)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.opt_out import LONGEST, SHORT_SIGNS, SHORT_WORDS, Meaning, Read, read
from salon_desk.domain.opt_out_words import CHINESE, CHINESE_SHORT, ENGLISH, ENGLISH_SHORT
from tests.unit.domain.opt_out_texts import DOUBTFUL, FREE, SENTENCES, WORDS
from tests.unit.domain.other_texts import NONE


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def otherwise(text: str, wanted: Callable[[Read], bool]) -> dict[str, Read]:
    """The lines of a table that are not read as they should be, and how they are."""
    return {line: found for line in lines(text) if not wanted(found := read(line))}


def test_a_usual_word_alone_is_a_stop_however_it_is_written() -> None:
    assert otherwise(WORDS, lambda found: found == Read(Meaning.STOP, "word")) == {}


def test_a_word_as_a_sentence_of_its_own_first_or_last_is_a_stop() -> None:
    assert otherwise(SENTENCES, lambda found: found == Read(Meaning.STOP, "sentence")) == {}


def test_free_words_are_a_stop_by_a_rule_that_has_a_name() -> None:
    names = {name for name, _pattern in (*ENGLISH, *CHINESE)}
    assert otherwise(FREE, lambda found: found.meaning is Meaning.STOP and found.rule in names) == {}
    assert {read(line).rule for line in lines(FREE)} == names


def test_what_is_doubtful_is_a_stop_when_it_is_short() -> None:
    names = {name for name, _pattern in (*ENGLISH_SHORT, *CHINESE_SHORT)} | {"doubtful_short"}
    assert otherwise(DOUBTFUL, lambda found: found.meaning is Meaning.STOP and found.rule in names) == {}


def test_what_is_doubtful_is_none_when_it_is_long() -> None:
    goes_on = {True: "as my sister told me at home", False: "因为我姐姐在家里跟我说过了"}
    longer = "\n".join(f"{line} {goes_on[line.isascii()]}" for line in lines(DOUBTFUL))
    assert otherwise(longer, lambda found: found == Read(Meaning.OTHER)) == {}


def test_nobody_who_means_something_else_is_lost() -> None:
    assert otherwise(NONE, lambda found: found == Read(Meaning.OTHER)) == {}


@pytest.mark.parametrize("text", ["HELP", "help!", "Info please", "帮助", "幫助", "aide", "请帮助"])
def test_help_is_asked_for_by_a_word_alone(text: str) -> None:
    assert read(text) == Read(Meaning.HELP, "word")


@pytest.mark.parametrize(
    "text", ["START", "unstop", "Opt in", "subscribe", "订阅", "恢复订阅", "重新訂閱", "开始"]
)
def test_start_is_a_word_alone_and_says_nothing_of_consent(text: str) -> None:
    assert read(text) == Read(Meaning.START, "word")


@pytest.mark.parametrize("text", ["", "   ", "...", "？！", "🙂", "please", "谢谢"])
def test_nothing_said_means_nothing(text: str) -> None:
    assert read(text) == Read(Meaning.OTHER)


def test_short_is_four_words_or_twelve_characters() -> None:
    assert (SHORT_WORDS, SHORT_SIGNS) == (4, 12)
    assert read("one two three stop").meaning is Meaning.STOP
    assert read("one two three four stop").meaning is Meaning.OTHER
    assert read("以后不用再给我们打扰").meaning is Meaning.STOP
    assert read("我对" + "这个那个啊" + "没兴趣").meaning is Meaning.STOP
    assert read("我对" + "这个那个啊哦呀" + "没兴趣了谢谢").meaning is Meaning.OTHER


def test_a_text_that_asks_is_no_doubtful_stop() -> None:
    assert read("amy stop?") == Read(Meaning.OTHER)


def test_a_text_without_end_is_read_as_far_as_a_message_goes() -> None:
    assert read("a " * LONGEST + "stop texting me") == Read(Meaning.OTHER)


@pytest.mark.parametrize(
    "said", ["别收到你们的这些", "老是总是", "dont want to get the ", "no more of the ", "please stop the "]
)
def test_a_text_made_to_be_read_in_every_way_is_read_all_the_same(said: str) -> None:
    assert read(said * LONGEST) == Read(Meaning.OTHER)
