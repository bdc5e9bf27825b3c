"""The form that joins a till to a chain, in a language: its lines, its steps, and why head office did not take it in.

No Qt here. The sentence of a refusal is `error_text`'s; here stands beside which line of the form it is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.errors import DomainError
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.link_status import EnrolmentRefused, HeadOfficeOutOfReach, LinkReason
from salon_desk.services.link_status import LinkState as Link
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.link.presenter import LinkState
from salon_desk.ui.screens.link.typed import Amiss
from salon_desk.wire.one_time_code import LENGTH

ADDRESS, CODE, PROXY = "address", "code", "proxy"
_GROUP = 4

_AMISS: Final = {
    Amiss.CODE_INCOMPLETE: (CODE, N_("A code has ten characters. Type all of it.")),
    Amiss.ADDRESS_MISSING: (ADDRESS, N_("Type the address of head office first.")),
    Amiss.ADDRESS_WRONG: (
        ADDRESS,
        N_("This is not an address. It looks like office.example.com or https://office.example.com:8443."),
    ),
    Amiss.ADDRESS_PLAIN: (
        ADDRESS,
        N_("Only https keeps others from listening in. Type the address with https."),
    ),
}
_STEPS: Final = (
    N_("Head office makes a code for this till."),
    N_("Type its address and the code here."),
    N_("The shop arrives by itself. From then on this till sells, also while it is offline."),
)


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the form."""

    label: str
    hint: str
    text: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class EnrolModel:
    """The form, ready to read. `cells`: the code's characters, a blank where one is still to be typed."""

    title: str
    intro: str
    steps: tuple[str, ...]
    address: Field
    certificate: Field
    proxy: Field
    more: str
    more_open: bool
    code_label: str
    cells: tuple[str, ...]
    code_refusal: str
    go: str
    can_go: bool
    typing: bool


@dataclass(frozen=True, slots=True)
class ConfirmModel:
    """While the owner has not compared fingerprints: what to compare, large, and what happens then."""

    title: str
    groups: tuple[str, ...]
    spoken: str
    what_to_do: str
    line: str
    contact: str


def enrol_model(state: LinkState, words: Catalogue) -> EnrolModel:
    """The form in a language."""
    form = state.form
    at, wrong = _wrong(state, words)

    def field(key: str, label: str, hint: str, text: str) -> Field:
        return Field(label, hint, text, wrong if key == at else "")

    optional = words.text("usually empty")
    open_ = form.more or at == PROXY or _is_certificate(state.refusal)
    return EnrolModel(
        title=words.text("Join this till to a chain"),
        intro=_intro(state, words),
        steps=tuple(words.text(step) for step in _STEPS),
        address=field(ADDRESS, words.text("Address of head office"), "office.example.com", form.address),
        certificate=field("", words.text("Certificate file"), optional, form.certificate),
        proxy=field(PROXY, words.text("Proxy"), optional, form.proxy),
        more=words.text("Less") if open_ else words.text("More: certificate, proxy"),
        more_open=open_,
        code_label=words.text("One-time code"),
        cells=tuple(form.code.ljust(LENGTH)),
        code_refusal=wrong if at == CODE else "",
        go=words.text("Asking head office") if state.asking else words.text("Join"),
        can_go=not state.asking and bool(form.address.strip()) and len(form.code) == LENGTH,
        typing=not state.asking,
    )


def confirm_model(state: LinkState, words: Catalogue) -> ConfirmModel:
    """The wait for the owner, in a language."""
    groups = grouped_fingerprint(state.room.link.fingerprint if state.room is not None else "")
    unreached = state.now.status.reason not in (LinkReason.NONE, LinkReason.UNCONFIRMED)
    return ConfirmModel(
        title=words.text("Waiting for the owner"),
        groups=groups,
        spoken=words.text("Fingerprint of this device: {groups}", groups=" ".join(groups)),
        what_to_do=words.text(
            "Head office shows a fingerprint too. The owner compares it with this one, group by group, and confirms. "
            "Read it out on the telephone if need be. It goes on here by itself."
        ),
        line=words.text("Head office cannot be reached at the moment. It is asked again by itself.")
        if unreached
        else words.text("Head office is asked every few seconds."),
        contact=words.text("Ask now"),
    )


def grouped_fingerprint(fingerprint: str) -> tuple[str, ...]:
    """A fingerprint in groups of four, as head office shows it."""
    bare = "".join(one for one in fingerprint if one.isalnum())
    return tuple(bare[at : at + _GROUP] for at in range(0, len(bare), _GROUP))


def _wrong(state: LinkState, words: Catalogue) -> tuple[str, str]:
    """What is wrong, and beside which line that is said."""
    if state.amiss is not None:
        at, said = _AMISS[state.amiss]
        return at, words.text(said)
    match state.refusal:
        case None:
            return "", ""
        case EnrolmentRefused() as refusal:
            return CODE, error_text(refusal, words)
        case HeadOfficeOutOfReach(reason=LinkReason.PROXY) as refusal:
            return PROXY, error_text(refusal, words)
        case refusal:
            return ADDRESS, error_text(refusal, words)


def _is_certificate(refusal: DomainError | None) -> bool:
    """Whether the file under More is what would help."""
    return isinstance(refusal, HeadOfficeOutOfReach) and refusal.reason == LinkReason.CERTIFICATE


def _intro(state: LinkState, words: Catalogue) -> str:
    if state.now.status.state is Link.REFUSED:
        return words.text(
            "Head office does not know this device any more. With a new code it is taken in again; everything that "
            "is here is kept."
        )
    if state.room is not None and state.room.time_zone:
        return words.text(
            "This shop stands by itself and needs no head office. Join only if it belongs to a chain."
        )
    return ""
