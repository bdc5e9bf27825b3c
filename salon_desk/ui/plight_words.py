"""What a till says of itself after a restore, a copy, a loss or a closing: what is out of reach, what brings it back, what to do.

No Qt here. The first screen and the link screen say the same sentences. Nothing is claimed that this till cannot know, and every
amount is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from salon_desk.domain.money import Money
from salon_desk.i18n import N_, Catalogue
from salon_desk.operations.node import WhyAnew
from salon_desk.services.old_epochs import Back, Case, OldEpoch
from salon_desk.services.plight import Plight
from salon_desk.ui.view_values import Question, Tone

_BACK: Final = {
    Back.RECORDS: N_(
        "It comes back by itself: head office first gives this till the rest of its records, then it sends the value "
        "here. Only the line has to be up."
    ),
    Back.HEAD_OFFICE: N_("It comes back by itself: head office sends it here at the next contact."),
    Back.ON_ITS_WAY: N_("Head office has set it free, and it is on its way here."),
    Back.OTHER_OFFICE: N_(
        "It was promised to a head office or hub that is no more as it was. Tell the owner: head office can cover it "
        "with the shop's money, so that no guest loses anything."
    ),
    Back.NOBODY: N_(
        "It cannot be known how much of it was spent since, so nothing of it is spent twice. It does not come back by "
        "itself. Tell the owner: head office covers it with the shop's money, so that no guest loses anything."
    ),
}
_BACK_ALONE: Final = N_(
    "It cannot be known how much of it was spent since the backup, so nothing of it is spent twice. It does not come "
    "back by itself. The owner decides, card by card, what is put on the cards again."
)
_CUT_OFF: Final = (
    WhyAnew.ANCHOR_MISSING,
    WhyAnew.ANCHOR_DAMAGED,
    WhyAnew.ANCHOR_FOREIGN,
    WhyAnew.ANCHOR_OLD,
    WhyAnew.UNCHAINED,
    WhyAnew.PARENT_KNOWS_MORE,
)
"""After these nobody can say what was recorded since the backup but whoever it was sent to."""
_NEVER: Final = (Back.NOBODY, Back.OTHER_OFFICE)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said: `tone` GOOD for settled, AMBER for what comes by itself, DANGER for what needs a person, PLAIN else."""

    tone: Tone
    title: str
    detail: str = ""


def heading(plight: Plight, words: Catalogue) -> str:
    """What befell this till, as a title; empty when nothing did."""
    if plight.case is Case.CLOSED:
        return words.text("This till was closed for good")
    if plight.closing:
        if plight.lost:
            return words.text("This till had been declared lost, and is back")
        return words.text("Head office is closing this till")
    if plight.case is Case.CATCHING_UP:
        return words.text("This till is fetching its own records back")
    if plight.case is Case.COPIED:
        return words.text("This till's data is a copy")
    return _anew(plight.anew, words) if plight.case in (Case.SET_ASIDE, Case.COMING_BACK) else ""


def begun_anew(anew: str, words: Catalogue) -> str:
    """Why a till began anew, as a title; empty when it did not."""
    if anew == WhyAnew.FOLDER_COPIED:
        return words.text("This till's data is a copy")
    return _anew(anew, words) if anew else ""


def said(plight: Plight, words: Catalogue) -> tuple[Said, ...]:
    """What it means and what to do, the gravest first; nothing when nothing befell the till."""
    found: list[Said] = []
    match plight.case:
        case Case.CLOSED:
            found += _closed(plight, words)
        case Case.CATCHING_UP:
            found += _catching_up(plight, words)
        case Case.COPIED:
            found += _copied(plight, words)
        case _ if plight.closing:
            found += _closing(plight, words)
        case Case.SET_ASIDE | Case.COMING_BACK:
            found += _old(plight, words)
        case Case.WHOLE:
            pass
    return (*found, *_office(plight, words))


def lost_without(plight: Plight, words: Catalogue) -> str:
    """What it costs to go on without the records that are missing: said before somebody decides."""
    if plight.lying:
        return words.text(
            "The card value that lay here, {amount} when the backup was made, cannot be used at this till until head "
            "office has given the records back; then it comes here by itself. Nothing that was sold is lost. Receipt "
            "numbers since the backup are used a second time.",
            amount=sums(plight.lying, words),
        )
    return words.text(
        "Card value that came here since the backup cannot be used at this till until head office has given the "
        "records back; then it comes here by itself. Nothing that was sold is lost. Receipt numbers since the backup "
        "are used a second time."
    )


def go_on_question(plight: Plight, words: Catalogue) -> Question:
    """Asked before records that are missing are not waited for."""
    return Question(
        words.text("Go on without the missing records?"),
        lost_without(plight, words),
        words.text("Go on without them"),
        words.text("Wait for them"),
    )


def sums(amounts: Iterable[Money], words: Catalogue) -> str:
    """Amounts of several currencies beside each other."""
    return " + ".join(words.money(one) for one in amounts)


def _anew(anew: str, words: Catalogue) -> str:
    match anew:
        case WhyAnew.NOT_WAITED:
            return words.text("This till goes on without its missing records")
        case WhyAnew.PARENT_KNOWS_MORE | WhyAnew.FORK:
            return words.text("Head office has newer records of this till")
        case _:
            return words.text("This till was restored and begins anew")


def _closed(plight: Plight, words: Catalogue) -> list[Said]:
    what = words.text(
        "Its card value went to head office, and all of its records are there. Sell at another till, or set this one up "
        "anew with an empty folder and a new code from head office."
    )
    found = [Said(Tone.DANGER, words.text("Nothing more is recorded here"), what)]
    return found + _lost(plight, words)


def _closing(plight: Plight, words: Catalogue) -> list[Said]:
    if plight.shift_open:
        first = Said(
            Tone.DANGER,
            words.text("Close the shift here"),
            words.text(
                "Until then this till sells on. Afterwards its card value goes to head office by itself, and it is closed."
            ),
        )
    else:
        title = words.text("Its card value goes to head office now")
        if plight.lying:
            title = words.text("{amount} on cards goes to head office now", amount=sums(plight.lying, words))
        first = Said(
            Tone.AMBER,
            title,
            words.text(
                "Leave the till on, with the line up. Once everything is there it is closed for good."
            ),
        )
    return [first, *_lost(plight, words)]


def _lost(plight: Plight, words: Catalogue) -> list[Said]:
    if not plight.lost:
        return []
    return [
        Said(
            Tone.GOOD,
            words.text("No guest has lost anything by it"),
            words.text(
                "While this till was lost, head office stood in for the value here with the shop's money. What comes home "
                "repays that first, so that nothing is spent twice. What was sold here counts."
            ),
        )
    ]


def _catching_up(plight: Plight, words: Catalogue) -> list[Said]:
    missing = plight.facts.missing
    found = [
        Said(
            Tone.AMBER,
            words.plural("{n} of its own records is missing", "{n} of its own records are missing", missing),
            words.text(
                "It was put back to a backup, and head office has them. They come by themselves once the line is up; "
                "until they are here nothing can be recorded."
            ),
        )
    ]
    if plight.lying:
        found.append(
            Said(
                Tone.AMBER,
                words.text("{amount} on cards waits with them", amount=sums(plight.lying, words)),
                words.text(
                    "So much lay here when the backup was made; what was spent since stands in the missing records. "
                    "When they are here, cards pay as before."
                ),
            )
        )
    return found


def _copied(plight: Plight, words: Catalogue) -> list[Said]:
    facts = plight.facts
    title = words.text("The value of the cards stays with the original till")
    if facts.value:
        title = words.text("{amount} on cards stays with the original till", amount=sums(facts.value, words))
    what = words.text(
        "Only the original pays with it, so that nothing is spent twice. Selling goes on here; card value comes from "
        "head office when a guest needs it."
    )
    gone = words.text(
        "Tell the owner: head office can cover that value with the shop's money. Is the copy not meant to sell, close "
        "it and use the original."
    )
    return [
        Said(Tone.DANGER, title, what),
        Said(Tone.PLAIN, words.text("Is the original gone for good?"), gone),
    ]


def _old(plight: Plight, words: Catalogue) -> list[Said]:
    """One fact for each way in which value comes back, what never comes by itself first."""
    found = []
    for back in (*_NEVER, Back.RECORDS, Back.HEAD_OFFICE, Back.ON_ITS_WAY):
        some = [one for one in plight.facts.old if one.back is back]
        if some:
            sentence = _BACK_ALONE if back is Back.NOBODY and not plight.linked else _BACK[back]
            tone = Tone.DANGER if back in _NEVER else Tone.AMBER
            found.append(Said(tone, _out_of_reach(some, words), words.text(sentence)))
    if found:
        found += [*compare(plight, words), _goes_on(plight, words)]
    return found


def compare(plight: Plight, words: Catalogue) -> list[Said]:
    """What was recorded since the backup may be on paper alone; nothing where this till can know better."""
    if plight.anew not in _CUT_OFF:
        return []
    if plight.linked:
        what = words.text(
            "What had reached head office is there. A sale that had not is on paper alone: enter it again."
        )
    else:
        what = words.text("A sale made after the backup is on paper alone: enter it again.")
    return [Said(Tone.DANGER, words.text("Compare with the receipts since the backup"), what)]


def _out_of_reach(some: Sequence[OldEpoch], words: Catalogue) -> str:
    cents: dict[str, int] = {}
    for amount in (amount for one in some for amount in one.value):
        cents[amount.currency] = cents.get(amount.currency, 0) + amount.cents
    if not cents:
        others = sum(one.others for one in some)
        return words.plural(
            "{n} balance other than cards is out of reach",
            "{n} balances other than cards are out of reach",
            others,
        )
    return words.plural(
        "{amount} on {n} card is out of reach",
        "{amount} on {n} cards is out of reach",
        sum(one.cards for one in some),
        amount=sums([Money(value, currency) for currency, value in sorted(cents.items())], words),
    )


def _goes_on(plight: Plight, words: Catalogue) -> Said:
    title = words.text("Selling goes on")
    if plight.linked:
        return Said(
            Tone.GOOD,
            title,
            words.text("Card value comes from head office when a guest needs it."),
        )
    return Said(Tone.GOOD, title, words.text("Cards pay what is put on them from now on."))


def _office(plight: Plight, words: Catalogue) -> list[Said]:
    if not plight.office_anew:
        return []
    return [
        Said(
            Tone.AMBER,
            words.text("Head office was put back to a backup, and goes on from it"),
            words.text(
                "What it lost of this till is sent again by itself: nothing that was sold here is lost. Card value that "
                "lay at head office itself is covered there with the shop's money."
            ),
        )
    ]
