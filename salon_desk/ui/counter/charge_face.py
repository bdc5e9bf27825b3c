"""The sheet while a card is charged, ready to read in one language: how it stands, what to do, what may be tapped. No Qt.

What nobody knows is said to be unknown, with what to do; nothing is "taken" before it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from salon_desk.domain.charge import NOT_PAID, ChargeKind, ChargeProblem, Means
from salon_desk.domain.charge_state import ChargeState
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.counter.charge_talk import Answer, Talk
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Chip

_UNKNOWN: Final = {
    ChargeProblem.OUT_OF_REACH: N_("The terminal cannot be reached: look at its power and its cable."),
    ChargeProblem.SILENT: N_("The terminal was asked and did not answer: look at its screen and its cable."),
    ChargeProblem.CUT_SHORT: N_("Its answer broke off: look at the cable at both ends."),
    ChargeProblem.GARBLED: N_("Its answer cannot be read: look at the cable at both ends."),
    ChargeProblem.BUSY: N_("The terminal is busy and does not say: look at its screen."),
    ChargeProblem.RESTARTED: N_("The till or the terminal was restarted in between."),
    ChargeProblem.DUPLICATE: N_("The terminal says that it has seen this payment before."),
    ChargeProblem.WAITING_FOR_GUEST: N_("The terminal still waits for the guest: look at its screen."),
}


@dataclass(frozen=True, slots=True)
class ChargeButton:
    """A button of the sheet; the one that goes on stands last and is `main`."""

    answer: Answer
    text: str
    main: bool = False
    enabled: bool = True

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return self.answer.value


@dataclass(frozen=True, slots=True)
class ChargeFace:
    """The sheet, ready to read. `escape`: what Escape does, None for nothing; `waits`: somebody or something is waited for."""

    title: str
    figure: str
    state: Chip
    lines: tuple[str, ...]
    said: str
    buttons: tuple[ChargeButton, ...]
    escape: Answer | None
    tone: Tone
    waits: bool


def charge_face(
    talk: Talk, words: Catalogue, *, by_hand: bool = True, return_by_hand: bool = False
) -> ChargeFace:
    """The sheet in a language. `by_hand`: a machine beside the till could take it instead; `return_by_hand`: could give it back."""
    given_up = talk.standing in (ChargeState.DECLINED, ChargeState.NOT_CHARGED)
    if given_up and talk.ask.kind is not ChargeKind.SALE:
        return _not_given(talk, words, by_hand=return_by_hand)
    match talk.standing:
        case ChargeState.ASKED:
            return _asked(talk, words)
        case ChargeState.APPROVED:
            return face(talk, words, Tone.GOOD, words.text("The card was charged"), ())
        case ChargeState.DECLINED:
            return _declined(talk, words)
        case ChargeState.NOT_CHARGED:
            return _not_charged(talk, words, by_hand=by_hand)
        case ChargeState.UNKNOWN:
            return _unknown(talk, words)
        case _:
            assert_never(talk.standing)


def _asked(talk: Talk, words: Catalogue) -> ChargeFace:
    button = ChargeButton(Answer.CANCEL, words.text("Cancel"), enabled=talk.charge is not None)
    hint = words.text("Its answer comes here by itself.")
    leave = ChargeButton(Answer.LEAVE, words.text("Leave it for now"), enabled=talk.charge is not None)
    if talk.cancelling:
        hint = words.text("The terminal was told to stop. Only its answer says whether it did.")
        button = leave
    match talk.ask.kind:
        case ChargeKind.SALE if talk.ask.means is Means.TERMINAL:
            title = words.text("The guest pays at the terminal")
            what = words.text("Turn the terminal to the guest: tap, insert or swipe the card there.")
        case ChargeKind.SALE:
            title = words.text("The guest pays by phone")
            what = words.text("The guest confirms the amount on the phone.")
        case ChargeKind.RETURN:
            title = words.text("Back to the guest's card")
            what = words.text("Turn the terminal to the guest: it may ask for the same card.")
        case ChargeKind.VOID:
            title = words.text("The terminal gives it back")
            what = words.text("The guest's card is not needed.")
            button = leave
        case _:
            assert_never(talk.ask.kind)
    escape = button.answer if button.enabled else None
    lines = (hint,) if talk.cancelling else (what, hint)
    return face(talk, words, Tone.BLUE, title, lines, buttons=(button,), escape=escape, waits=True)


def _declined(talk: Talk, words: Catalogue) -> ChargeFace:
    return face(
        talk,
        words,
        Tone.AMBER,
        words.text("Declined: nothing was taken"),
        (words.text("Ask for another card, or take it another way."),),
        buttons=(
            ChargeButton(Answer.OTHER_WAY, words.text("Another way")),
            ChargeButton(Answer.TRY_AGAIN, words.text("Another card"), main=True),
        ),
        escape=Answer.OTHER_WAY,
    )


def _not_given(talk: Talk, words: Catalogue, *, by_hand: bool) -> ChargeFace:
    close = ChargeButton(Answer.OTHER_WAY, words.text("Close"))
    hand = ChargeButton(Answer.BY_HAND, words.text("Back by hand"))
    again = ChargeButton(Answer.TRY_AGAIN, words.text("Try again"), main=True)
    stays = words.text("The card stays charged. Try again, or have the payment provider give it back.")
    if by_hand:
        stays = words.text(
            "The card stays charged. Try again, or give it back on the terminal itself: tap Back by hand."
        )
    return face(
        talk,
        words,
        Tone.DANGER,
        words.text("Nothing was given back"),
        (
            _where(talk, words),
            stays,
        ),
        buttons=(close, hand, again) if by_hand else (close, again),
        escape=Answer.OTHER_WAY,
    )


def _not_charged(talk: Talk, words: Catalogue, *, by_hand: bool) -> ChargeFace:
    other = ChargeButton(Answer.OTHER_WAY, words.text("Another way"))
    hand = ChargeButton(Answer.BY_HAND, words.text("Card by hand"))
    lines = [_where(talk, words)]
    if by_hand:
        lines.append(
            words.text("Or charge it on another machine and type the last four digits: tap Card by hand.")
        )
    again = ChargeButton(Answer.TRY_AGAIN, words.text("Try again"), main=True)
    return face(
        talk,
        words,
        Tone.AMBER,
        words.text("Nothing was charged"),
        tuple(lines),
        buttons=(other, hand, again) if by_hand else (other, again),
        escape=Answer.OTHER_WAY,
    )


def _unknown(talk: Talk, words: Catalogue) -> ChargeFace:
    sale = talk.ask.kind is ChargeKind.SALE
    title = (
        words.text("Nobody knows yet whether the card was charged")
        if sale
        else words.text("Nobody knows yet whether it was given back")
    )
    problem = talk.charge.problem if talk.charge is not None else None
    lines = [words.text(_UNKNOWN[problem])] if problem is not None else []
    if sale:
        lines.append(
            words.text(
                "Do not charge it again. The ticket is locked until it is known, and nothing of it is lost."
            )
        )
    else:
        lines.append(words.text("Do not give it back another way until it is known."))
    lines.append(
        words.text("Ask the terminal again. If it cannot say, a manager decides by its slip or its report.")
    )
    ask = words.text("Asking the terminal") if talk.asking else words.text("Ask the terminal again")
    return nobody_knows(talk, words, title, tuple(lines), ask)


def _where(talk: Talk, words: Catalogue) -> str:
    """Why nothing was asked, and where to look."""
    problem = talk.charge.problem if talk.charge is not None else None
    if problem is ChargeProblem.OUT_OF_REACH:
        return words.text(
            "The terminal cannot be reached. Look whether it is on, and whether its network or serial cable is plugged "
            "in at both ends."
        )
    if problem is ChargeProblem.BUSY:
        return words.text("The terminal is busy with something else. End that on its screen, then try again.")
    if problem is None and talk.ask.kind is not ChargeKind.SALE:
        return words.text("The terminal did not give it back.")
    if problem is None:
        return words.text("The terminal says that it took nothing.")
    return words.text("The terminal did not take the question. Look at its screen and its cable.")


def face(
    talk: Talk,
    words: Catalogue,
    tone: Tone,
    title: str,
    lines: tuple[str, ...],
    *,
    buttons: tuple[ChargeButton, ...] = (),
    escape: Answer | None = None,
    waits: bool = False,
) -> ChargeFace:
    """A sheet with the figure, what is true of the money, and what the device itself said."""
    return ChargeFace(
        title=title,
        figure=words.money(talk.ask.amount),
        state=money_chip(talk, words),
        lines=lines,
        said=_said(talk, words),
        buttons=buttons,
        escape=escape,
        tone=tone,
        waits=waits,
    )


def nobody_knows(talk: Talk, words: Catalogue, title: str, lines: tuple[str, ...], ask: str) -> ChargeFace:
    """The sheet of a charge that is unknown. `ask`: the button that asks the device again."""
    return face(
        talk,
        words,
        Tone.DANGER,
        title,
        lines,
        buttons=(
            ChargeButton(Answer.LEAVE, words.text("Leave it for now")),
            ChargeButton(Answer.DECIDE, words.text("A manager decides"), enabled=not talk.asking),
            ChargeButton(Answer.ASK_AGAIN, ask, main=True, enabled=not talk.asking),
        ),
        escape=Answer.LEAVE,
        waits=talk.asking,
    )


def _said(talk: Talk, words: Catalogue) -> str:
    charge = talk.charge
    told = (charge.code, charge.said) if charge is not None and charge.code != NOT_PAID else ()
    said = " ".join(one for one in told if one)
    if not said:
        return ""
    if talk.ask.means is Means.TERMINAL:
        return words.text("The terminal says: {said}", said=said)
    return words.text("The provider says: {said}", said=said)


def money_chip(talk: Talk, words: Catalogue) -> Chip:
    """What is true of the money now."""
    sale = talk.ask.kind is ChargeKind.SALE
    match talk.standing:
        case ChargeState.ASKED if talk.cancelling:
            return Chip(words.text("unknown"))
        case ChargeState.ASKED:
            return Chip(words.text("to be taken") if sale else words.text("to be given back"))
        case ChargeState.APPROVED:
            return Chip(words.text("taken") if sale else words.text("given back"), Tone.GOOD)
        case ChargeState.DECLINED | ChargeState.NOT_CHARGED:
            return Chip(words.text("nothing taken") if sale else words.text("not given back"), Tone.AMBER)
        case ChargeState.UNKNOWN:
            return Chip(words.text("unknown"), Tone.DANGER)
        case _:
            assert_never(talk.standing)
