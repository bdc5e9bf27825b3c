"""What the screen of the terminal's monthly look says, in a language.

No Qt and no reading here; why a terminal must be looked at is `ui/inspection_words.py`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salon_desk.i18n import Catalogue
from salon_desk.services.inspections import Inspected
from salon_desk.storage.queries.terminals import Inspection
from salon_desk.ui.error_text import error_text
from salon_desk.ui.inspection_words import inspection_warning
from salon_desk.ui.screens.inspections.presenter import InspectionsState, Looks
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Chip, ListRow


@dataclass(frozen=True, slots=True)
class InspectionsModel:
    """The screen, ready to read. `warning`: why somebody must look now or call for help, empty for no reason."""

    terminal: str
    warning: str
    told: str
    rows: tuple[ListRow, ...]
    known: bool
    seals: tuple[Chip, ...]
    seal: str
    refusal: str
    can_keep: bool


def inspections_model(state: InspectionsState, words: Catalogue) -> InspectionsModel:
    """The screen in a language."""
    looks = state.looks
    return InspectionsModel(
        terminal=state.terminal,
        warning=inspection_warning(looks.standing, words) if looks else "",
        told=_told(looks.standing, words) if looks else "",
        rows=tuple(_row(one, looks, words) for one in looks.past) if looks else (),
        known=looks is not None,
        seals=(
            Chip(words.text("Seal whole"), key="whole"),
            Chip(words.text("Seal broken or gone"), key="broken"),
        ),
        seal="" if state.seal is None else "whole" if state.seal else "broken",
        refusal=error_text(state.refusal, words) if state.refusal else "",
        can_keep=bool(state.terminal) and state.seal is not None and not state.saving,
    )


def _told(standing: Inspected, words: Catalogue) -> str:
    """When the next look is due."""
    if standing.is_overdue or standing.days is None:
        return ""
    return words.plural(
        "The next look is due in {n} day.",
        "The next look is due in {n} days.",
        max(standing.every - standing.days, 0),
    )


def _row(one: Inspection, looks: Looks, words: Catalogue) -> ListRow:
    called = {person.staff: person.called(words.language) for person in looks.people}
    who = called.get(one.signer, one.signer)
    seal = words.text("seal whole") if one.seal_intact else words.text("seal broken")
    return ListRow(
        key=one.inspected_on,
        title=words.day(date.fromisoformat(one.inspected_on), year=True),
        detail=words.text("{serial} · {who}", serial=one.serial, who=who),
        figure=seal,
        figure_detail=words.text("with a photo") if one.photo else one.note,
        tone=Tone.GOOD if one.seal_intact else Tone.DANGER,
    )
