"""The sheet while a guest pays by WeChat Pay or Alipay, ready to read in one language: scan, show a code, how it stands. No Qt.

What a terminal's sheet says is `charge_face.py`'s. What nobody knows is said to be unknown, with what to do; nothing is "taken" before
it was.
"""

from __future__ import annotations

from typing import Final, assert_never

from salon_desk.domain.charge import NOT_PAID, ChargeKind, ChargeProblem
from salon_desk.domain.charge_state import ChargeState
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.counter.charge_face import ChargeButton, ChargeFace, face, nobody_knows
from salon_desk.ui.counter.charge_talk import Answer, Talk
from salon_desk.ui.counter.charge_words import means_name
from salon_desk.ui.theme.tokens import Tone

_UNKNOWN: Final = {
    ChargeProblem.OUT_OF_REACH: N_(
        "The payment provider cannot be reached: look whether the internet works."
    ),
    ChargeProblem.SILENT: N_("The payment provider was asked and did not answer."),
    ChargeProblem.CUT_SHORT: N_("The provider's answer broke off."),
    ChargeProblem.GARBLED: N_("The provider's answer cannot be believed: it does not fit this payment."),
    ChargeProblem.BUSY: N_("The payment provider is busy and does not say."),
    ChargeProblem.RESTARTED: N_("The till was restarted in between."),
    ChargeProblem.DUPLICATE: N_("The payment provider says that it has seen this payment before."),
    ChargeProblem.WAITING_FOR_GUEST: N_("The guest was asked to pay and has not paid yet."),
}


def wallet_face(talk: Talk, words: Catalogue, *, return_by_hand: bool = False) -> ChargeFace:
    """The sheet in a language. `return_by_hand`: it could be given back on the provider's website, and only recorded here."""
    given_up = talk.standing in (ChargeState.DECLINED, ChargeState.NOT_CHARGED)
    if given_up and talk.ask.kind is not ChargeKind.SALE:
        return _not_given(talk, words, by_hand=return_by_hand)
    if talk.scanning:
        return _scanning(talk, words)
    match talk.standing:
        case ChargeState.ASKED:
            return _asked(talk, words)
        case ChargeState.APPROVED:
            return face(talk, words, Tone.GOOD, words.text("The guest has paid"), ())
        case ChargeState.DECLINED:
            return _declined(talk, words)
        case ChargeState.NOT_CHARGED:
            return _not_charged(talk, words)
        case ChargeState.UNKNOWN:
            return _unknown(talk, words)
        case _:
            assert_never(talk.standing)


def _scanning(talk: Talk, words: Catalogue) -> ChargeFace:
    return face(
        talk,
        words,
        Tone.AMBER if talk.misread else Tone.BLUE,
        words.text("Scan the guest's payment code"),
        _scanned(talk, words),
        buttons=(
            ChargeButton(Answer.OTHER_WAY, words.text("Another way")),
            ChargeButton(Answer.SHOW_CODE, words.text("Show a code instead")),
        ),
        escape=Answer.OTHER_WAY,
        waits=True,
    )


def _scanned(talk: Talk, words: Catalogue) -> tuple[str, ...]:
    """What to scan, or what was wrong with what was scanned."""
    if not talk.misread:
        return (
            words.text("The guest opens WeChat Pay or Alipay and shows the code to pay with."),
            words.text("Hold it under the reader: it is charged at once, whichever of the two it is."),
        )
    if talk.away is not None:
        wallet = means_name(talk.away, words)
        return (
            words.text("This is a code of {wallet}, which cannot be taken here now.", wallet=wallet),
            words.text("Nothing was charged. Take it another way."),
        )
    return (
        words.text("This is no code of WeChat Pay or Alipay to pay with."),
        words.text("Nothing was charged. The guest opens the wallet's page to pay and shows that code."),
    )


def _asked(talk: Talk, words: Catalogue) -> ChargeFace:
    begun = talk.charge is not None
    cancel = ChargeButton(Answer.CANCEL, words.text("Cancel"), enabled=begun)
    leave = ChargeButton(Answer.LEAVE, words.text("Leave it for now"), enabled=begun)
    button = cancel
    hint = words.text("Its answer comes here by itself.")
    if talk.ask.kind is not ChargeKind.SALE:
        title = words.text("Back to the guest's wallet")
        what = words.text("The guest's phone is not needed.")
        button = leave
    elif talk.shown:
        title = words.text("The guest scans this code")
        what = words.text(
            "With {wallet}: scan, check the amount, pay.", wallet=means_name(talk.ask.means, words)
        )
        if not talk.to_scan:
            what = words.text("Making the code")
    else:
        title = words.text("The guest pays by phone")
        what = words.text("The phone may ask the guest to confirm the amount.")
    if talk.cancelling:
        title = words.text("The payment is being undone")
        what = words.text("Only the provider's answer says whether it was.")
        hint = words.text("The guest must not pay any more.")
        button = leave
    escape = button.answer if begun else None
    return face(talk, words, Tone.BLUE, title, (what, hint), buttons=(button,), escape=escape, waits=True)


def _declined(talk: Talk, words: Catalogue) -> ChargeFace:
    late = talk.charge is not None and talk.charge.code == NOT_PAID
    title = words.text("Not paid: nothing was taken") if late else words.text("Declined: nothing was taken")
    return face(
        talk,
        words,
        Tone.AMBER,
        title,
        (words.text("Scan a new code of the guest's, or take it another way."),),
        buttons=(
            ChargeButton(Answer.OTHER_WAY, words.text("Another way")),
            ChargeButton(Answer.TRY_AGAIN, words.text("Scan again"), main=True),
        ),
        escape=Answer.OTHER_WAY,
    )


def _not_charged(talk: Talk, words: Catalogue) -> ChargeFace:
    return face(
        talk,
        words,
        Tone.AMBER,
        words.text("Nothing was charged"),
        (_why_not(talk, words),),
        buttons=(
            ChargeButton(Answer.OTHER_WAY, words.text("Another way")),
            ChargeButton(Answer.TRY_AGAIN, words.text("Try again"), main=True),
        ),
        escape=Answer.OTHER_WAY,
    )


def _not_given(talk: Talk, words: Catalogue, *, by_hand: bool) -> ChargeFace:
    close = ChargeButton(Answer.OTHER_WAY, words.text("Close"))
    hand = ChargeButton(Answer.BY_HAND, words.text("By hand"))
    again = ChargeButton(Answer.TRY_AGAIN, words.text("Try again"), main=True)
    stays = words.text("The guest stays charged. Try again, or give it back on the provider's website.")
    if by_hand:
        stays = words.text(
            "The guest stays charged. Try again, or give it back on the provider's website: tap By hand."
        )
    return face(
        talk,
        words,
        Tone.DANGER,
        words.text("Nothing was given back"),
        (
            _why_not(talk, words),
            stays,
        ),
        buttons=(close, hand, again) if by_hand else (close, again),
        escape=Answer.OTHER_WAY,
    )


def _unknown(talk: Talk, words: Catalogue) -> ChargeFace:
    sale = talk.ask.kind is ChargeKind.SALE
    problem = talk.charge.problem if talk.charge is not None else None
    lines = [words.text(_UNKNOWN[problem])] if problem is not None else []
    if sale:
        title = words.text("Nobody knows yet whether the guest was charged")
        lines.append(
            words.text(
                "Do not charge it again. The ticket is locked until it is known, and nothing of it is lost."
            )
        )
    else:
        title = words.text("Nobody knows yet whether it was given back")
        lines.append(words.text("Do not give it back another way until it is known."))
    lines.append(
        words.text(
            "Ask the provider again. If it cannot say, a manager decides by the guest's phone or the provider's website."
        )
    )
    ask = words.text("Asking the provider") if talk.asking else words.text("Ask the provider again")
    return nobody_knows(talk, words, title, tuple(lines), ask)


def _why_not(talk: Talk, words: Catalogue) -> str:
    """Why nothing was asked, and what to look at."""
    problem = talk.charge.problem if talk.charge is not None else None
    match problem:
        case ChargeProblem.OUT_OF_REACH:
            return words.text(
                "The payment provider cannot be reached: look whether the internet works, and whether the account is set."
            )
        case ChargeProblem.GARBLED:
            return words.text("That was no code which this wallet pays with.")
        case ChargeProblem.BUSY | ChargeProblem.RESTARTED:
            return words.text("Too much was asked at once. Try again.")
        case _:
            return words.text("The payment provider says that nothing was done.")
