"""What a message says: a text in each language with placeholders, filled for a member, and looked at for what may not stand in it.

Whether it may be sent is `message_gate.py`'s. {balance} stands for a value. What stands in [brackets] is left out when a value in it is
empty. The one rule: a placeholder that nobody knows, or that has no value outside brackets, is refused and never sent as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.errors import DomainError
from salon_desk.domain.limits import MAX_NAME, MAX_NOTE, MAX_REFERENCE, check_text
from salon_desk.domain.member import LANGUAGES, NO_NAMES
from salon_desk.domain.message import Trigger
from salon_desk.domain.names import Names
from salon_desk.domain.promotional_words import promotional_word

CHANNELS = (Channel.SMS, Channel.EMAIL, Channel.WECHAT)
"""The order in which channels are tried where a template does not say."""


class Placeholder(StrEnum):
    """What a text may name. Money, days and lists come written out in the language of the text; most may be empty."""

    NAME = "name"
    """What the member is called. Never empty."""
    STORE = "store"
    """The shop that speaks. Never empty."""
    STOP = "stop"
    """How to get no more of these, by this channel. Never empty."""
    ADDRESS = "address"
    """The shop's postal address."""
    PHONE = "phone"
    """The shop's telephone."""
    BALANCE = "balance"
    """What is left on the member's cards, bonus included."""
    BONUS = "bonus"
    """Bonus: what is left of it, or what lapses."""
    AMOUNT = "amount"
    """What the message is about: the sum of a sale or of an offer."""
    VISITS_LEFT = "visits_left"
    """How many usual tickets the balance pays, a whole number."""
    SERVICE = "service"
    """The service that was booked, or one that fits this member."""
    APPOINTMENT = "appointment"
    """Day and time of the appointment, in the shop's time."""
    TECHNICIAN = "technician"
    """With whom the appointment is."""
    COUPONS = "coupons"
    """Coupons that were not used yet, by name."""
    LAPSES_ON = "lapses_on"
    """The last day of what lapses."""
    POINTS = "points"
    """Points, a whole number."""
    CODE = "code"
    """What shows that the member is at the counter. Never stands in a text that the owner writes for another reason."""
    LAST_VISIT = "last_visit"
    """The day of the last visit."""
    OFFER = "offer"
    """What a campaign says."""


class Lint(StrEnum):
    """What may be wrong with a template."""

    TEXT_MISSING = "text_missing"
    TOO_LONG = "too_long"
    BRACKETS = "brackets"
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"
    PROMOTIONAL = "promotional"
    STORE_MISSING = "store_missing"
    STOP_MISSING = "stop_missing"
    NO_CHANNEL = "no_channel"
    CODE_MISSING = "code_missing"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, in which language ("" = all), and the word that it is about."""

    code: Lint
    language: str = ""
    word: str = ""


@dataclass
class TemplateInvalid(DomainError):
    """A template may not be kept or sent: `fault` is a `Lint`, `word` the word that it is about."""

    fault: str
    language: str
    word: str


@dataclass
class PlaceholderUnknown(DomainError):
    """Nothing is known by this name."""

    placeholder: str


@dataclass
class PlaceholderMissing(DomainError):
    """This text needs a value that the member has not got."""

    placeholder: str


@dataclass(frozen=True, slots=True)
class Template:
    """A text for one reason. `subjects` are of e-mails. A WeChat template is WeChat's own: its id there and its fields, each a text."""

    key: str
    purpose: Purpose
    texts: Names
    subjects: Names = NO_NAMES
    trigger: Trigger | None = None
    names: Names = NO_NAMES
    channels: tuple[Channel, ...] = CHANNELS
    wechat_template: str = ""
    wechat_fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a member reads, and in which language it is: the nearest to the one asked for that has a text."""

    language: str
    text: str
    subject: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Section:
    """A stretch of text with the names in it; one that is optional goes when a value in it is empty."""

    pieces: tuple[tuple[str, str], ...]
    optional: bool

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for _text, name in self.pieces if name)


_IDENTITY = "\n\n{store}\n{address}"
"""What an e-mail that sells must say of its sender (CAN-SPAM, 15 USC 7704(a)(5); CASL, s. 6(2)), where its text does not."""
_TOKEN = re.compile(r"\{([^{}\[\]]*)\}|([\[\]])|([^{}\[\]]+)")
_KNOWN = frozenset(one.value for one in Placeholder)
_FALLBACKS = {
    "en": ("en", "zh_CN", "zh_TW"),
    "zh_CN": ("zh_CN", "zh_TW", "en"),
    "zh_TW": ("zh_TW", "zh_CN", "en"),
}


def render(
    template: Template, language: str, values: Mapping[str, str], *, channel: Channel = Channel.SMS
) -> Rendered:
    """A template filled with values by the name of the placeholder, in a language ("en", "zh_CN", "zh_TW") or the nearest; in
    English for one that nobody said.

    Raises PlaceholderUnknown (in text or values), PlaceholderMissing, TemplateInvalid (broken, or no text at all).
    """
    unknown = next((name for name in values if name not in _KNOWN), None)
    if unknown is not None:
        raise PlaceholderUnknown(unknown)
    spoken = next((one for one in _FALLBACKS.get(language, LANGUAGES) if getattr(template.texts, one)), "")
    if not spoken:
        raise TemplateInvalid(Lint.TEXT_MISSING, "", "")
    text = template.texts.in_language(spoken)
    sells_by_mail = channel is Channel.EMAIL and template.purpose is Purpose.MARKETING
    if sells_by_mail and Placeholder.ADDRESS not in _certain(text):
        text += _IDENTITY
    subject = template.subjects.in_language(spoken) or "{store}"
    return Rendered(
        language=spoken,
        text=_filled(text, values),
        subject=" ".join(_filled(subject, values).split()) if channel is Channel.EMAIL else "",
        fields=tuple((name, _filled(one, values)) for name, one in template.wechat_fields)
        if channel is Channel.WECHAT
        else (),
    )


@lru_cache(maxsize=128)
def lint(template: Template) -> tuple[Fault, ...]:
    """Everything that is wrong with a template, in every language that has a text (RULES 19, 21).

    A transactional one may have no word that sells; a marketing one names the shop and the way out, outside brackets.
    """
    spoken = [(one, getattr(template.texts, one)) for one in LANGUAGES if getattr(template.texts, one)]
    if not spoken:
        return (Fault(Lint.TEXT_MISSING),)
    found = [fault for language, text in spoken for fault in _of_text(template.purpose, language, text)]
    if template.trigger is Trigger.SPEND_CODE:
        found += [Fault(Lint.CODE_MISSING, one) for one, text in spoken if not _says_code(text)]
    for language in LANGUAGES:
        found += _of_words(template.purpose, language, getattr(template.subjects, language), MAX_NAME)
    for _name, text in template.wechat_fields:
        found += _of_words(template.purpose, "", text, MAX_NAME)
    if not template.channels:
        found.append(Fault(Lint.NO_CHANNEL))
    return tuple(found)


def check_template(template: Template) -> None:
    """Refuse a template that may not be kept. Raises TemplateInvalid with the first fault, TextTooLong."""
    for fault in lint(template):
        raise TemplateInvalid(fault.code, fault.language, fault.word)
    fields = [name for name, _text in template.wechat_fields]
    for name in (template.key, template.wechat_template, *fields):
        check_text("template", name, MAX_REFERENCE)
    for name in fields:
        if not name.isidentifier():
            raise TemplateInvalid(Lint.UNKNOWN_PLACEHOLDER, "", name)


def placeholders(text: str) -> tuple[str, ...]:
    """The names in a text, in their order, each once. Raises TemplateInvalid, PlaceholderUnknown."""
    return tuple(dict.fromkeys(name for section in _sections(text) for name in section.names))


def _says_code(text: str) -> bool:
    """Whether a text has the code; one that cannot be read is complained of for that alone."""
    try:
        return Placeholder.CODE in _certain(text)
    except (TemplateInvalid, PlaceholderUnknown):
        return True


def _certain(text: str) -> set[str]:
    """The names that stand outside brackets."""
    return {name for section in _sections(text) if not section.optional for name in section.names}


def _of_text(purpose: Purpose, language: str, text: str) -> Iterator[Fault]:
    found = tuple(_of_words(purpose, language, text, MAX_NOTE))
    yield from found
    if purpose is not Purpose.MARKETING or any(one.code is not Lint.TOO_LONG for one in found):
        return
    certain = _certain(text)
    if Placeholder.STORE not in certain:
        yield Fault(Lint.STORE_MISSING, language)
    if Placeholder.STOP not in certain:
        yield Fault(Lint.STOP_MISSING, language)


def _of_words(purpose: Purpose, language: str, text: str, longest: int) -> Iterator[Fault]:
    if len(text) > longest:
        yield Fault(Lint.TOO_LONG, language, str(longest))
    try:
        sections = _sections(text)
    except TemplateInvalid as error:
        yield Fault(Lint.BRACKETS, language, error.word)
        return
    except PlaceholderUnknown as error:
        yield Fault(Lint.UNKNOWN_PLACEHOLDER, language, error.placeholder)
        return
    if purpose is Purpose.TRANSACTIONAL:
        word = promotional_word(
            "".join(said + _EXAMPLE.get(name, "") for one in sections for said, name in one.pieces)
        )
        if word:
            yield Fault(Lint.PROMOTIONAL, language, word)


_EXAMPLE = dict.fromkeys((str(Placeholder.BALANCE), str(Placeholder.BONUS), str(Placeholder.AMOUNT)), "$9")
"""What stands for a sum while words are looked for: "{amount} off" sells."""


def _filled(text: str, values: Mapping[str, str]) -> str:
    said = []
    for section in _sections(text):
        empty = next((name for name in section.names if not values.get(name, "").strip()), None)
        if empty is None:
            said += [piece + values.get(name, "").strip() for piece, name in section.pieces]
        elif not section.optional:
            raise PlaceholderMissing(empty)
    return re.sub(" {2,}", " ", "".join(said)).strip()


@lru_cache(maxsize=256)
def _sections(text: str) -> tuple[_Section, ...]:
    """A text in its stretches; a campaign writes thousands of letters of one. Raises TemplateInvalid for brackets without sense, PlaceholderUnknown."""
    if sum(len(one.group()) for one in _TOKEN.finditer(text)) != len(text):
        raise TemplateInvalid(Lint.BRACKETS, "", "{")
    found: list[_Section] = []
    pieces: list[tuple[str, str]] = []
    inside = False
    for token in _TOKEN.finditer(text):
        name, bracket, said = token.groups()
        if bracket:
            if inside is (bracket == "["):
                raise TemplateInvalid(Lint.BRACKETS, "", bracket)
            found.append(_section(pieces, optional=inside))
            pieces, inside = [], bracket == "["
        elif said:
            pieces.append((said, ""))
        elif name in _KNOWN:
            pieces.append(("", name))
        else:
            raise PlaceholderUnknown(name)
    if inside:
        raise TemplateInvalid(Lint.BRACKETS, "", "[")
    return (*found, _section(pieces, optional=False))


def _section(pieces: list[tuple[str, str]], *, optional: bool) -> _Section:
    """Raises TemplateInvalid for brackets that no value could empty."""
    section = _Section(tuple(pieces), optional)
    if optional and not section.names:
        raise TemplateInvalid(Lint.BRACKETS, "", "[")
    return section
