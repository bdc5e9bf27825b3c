"""By which method the list of who is about to leave was made, and why, in one sentence with its figures.

What proved best is `domain/leaving.py`'s. Pure, no Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from salon_desk.domain.leaving import Ground, Method, Proof
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.leaving import Leaver
from salon_desk.services.leaving_list import Kept
from salon_desk.services.leaving_visits import Progress, Stage

_PROVEN: Final[Mapping[Method, str]] = {
    Method.RULE: N_(
        "By the simple rule: of {named} members whom it named {days} days ago, {right} stayed away; the model had {model} right, both together {both}."
    ),
    Method.MODEL: N_(
        "By the model: of {named} members whom it would have named {days} days ago, {right} stayed away; the simple rule had {rule} right, both together {both}."
    ),
    Method.BOTH: N_(
        "By rule and model together: of {named} members whom they would have named {days} days ago, {right} stayed away; the rule alone had {rule} right, the model alone {model}."
    ),
}
_NOT_PROVEN: Final[Mapping[Ground, str]] = {
    Ground.TOO_LITTLE_HISTORY: N_(
        "By the simple rule, because the history of this shop is still too short to prove anything better."
    ),
    Ground.TOO_FEW_MEMBERS: N_(
        "By the simple rule, because too few members come regularly to prove anything better."
    ),
    Ground.NO_MODEL: N_("By the simple rule, because no model fits the visits of this shop."),
}
_STAGES: Final[Mapping[Stage, str]] = {
    Stage.READING: N_("Visits are read: {percent} %"),
    Stage.PROVING: N_("The methods are tried on what is past: {percent} %"),
    Stage.CHOOSING: N_("The list is made: {percent} %"),
}


def why(kept: Kept, words: Catalogue) -> str:
    """The method and its ground."""
    if kept.ground is not Ground.PROVEN or kept.proof is None:
        return words.text(_NOT_PROVEN.get(kept.ground, _NOT_PROVEN[Ground.NO_MODEL]))
    return _proven(kept.method, kept.proof, words)


def made_on(kept: Kept, words: Catalogue) -> str:
    """Of which day the list is."""
    return words.text("As of {day}", day=words.day(date.fromisoformat(kept.day)))


def rule_text(words: Catalogue) -> str:
    """What the rule is."""
    return words.text("Away for over twice their own usual interval")


def leaver_text(one: Leaver, words: Catalogue) -> str:
    """Why somebody is on the list."""
    return words.text(
        "usually every {usual} days, last here {since} days ago, visits: {visits}",
        usual=words.number(one.usual_days),
        since=words.number(one.since_days),
        visits=words.number(one.visits),
    )


def chance_text(one: Leaver, words: Catalogue) -> str:
    """The chance that somebody is gone, empty where there is no model."""
    if one.active_percent is None:
        return ""
    return words.text("{percent} % likely gone", percent=100 - one.active_percent)


def progress_text(progress: Progress, words: Catalogue) -> str:
    """How far a reckoning is."""
    return words.text(_STAGES[progress.stage], percent=100 * progress.done // max(1, progress.of))


def _proven(method: Method, proof: Proof, words: Catalogue) -> str:
    right = {one.value: words.number(many) for one, many in proof.right}
    return words.text(
        _PROVEN[method],
        named=words.number(proof.named),
        days=proof.held_out_days,
        right=right.get(method.value, "0"),
        **right,
    )
