"""The newest papers of the print queue as rows of a list, in a language.

No Qt here, and nothing is read: what there is comes from `reading.py`.
"""

from __future__ import annotations

from typing import assert_never

from salon_desk.i18n import Catalogue
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.document_words import amount_of, kind_name
from salon_desk.ui.screens.devices.reading import Paper, PrintRoom
from salon_desk.ui.shop_time import written
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import ListRow


def paper_rows(room: PrintRoom, words: Catalogue) -> tuple[ListRow, ...]:
    """The newest papers as rows."""
    return tuple(_row(one, room.time_zone, words) for one in room.papers)


def _row(paper: Paper, time_zone: str, words: Catalogue) -> ListRow:
    state, tone = _state(paper, words)
    document = paper.document
    if document is None:
        return ListRow(paper.job.job_id, _title(paper, words), figure=state, tone=tone)
    when = written(document.sold_at, time_zone, words)
    kind = kind_name(document.kind, words)
    detail = words.text(
        "{kind} {amount} · {time}", kind=kind, amount=words.money(amount_of(document)), time=when
    )
    copy = words.text("copy") if paper.job.copy else ""
    return ListRow(paper.job.job_id, _title(paper, words), detail, state, copy, tone=tone)


def _title(paper: Paper, words: Catalogue) -> str:
    match paper.job.kind:
        case "receipt" if paper.document is not None:
            return words.text("Receipt {receipt}", receipt=paper.document.receipt)
        case "z" if paper.z_number:
            return words.text("Z report {n}", n=paper.z_number)
        case "x":
            return words.text("X report")
        case "signed":
            return words.text("Shop's copy")
        case "proof":
            return words.text("Unproven debits")
        case "test":
            return words.text("Test page")
        case "self_test":
            return words.text("Self-test page")
        case "work_slip":
            return words.text("Work slip")
        case "drawer":
            return words.text("Drawer")
        case _:
            return words.text("Report")


def _state(paper: Paper, words: Catalogue) -> tuple[str, Tone]:
    drawer = paper.job.kind == "drawer"
    match paper.job.state:
        case JobState.QUEUED:
            return words.text("waits"), Tone.AMBER
        case JobState.SENDING:
            return words.text("at the printer"), Tone.AMBER
        case JobState.PRINTED:
            return words.text("opened") if drawer else words.text("printed"), Tone.GOOD
        case JobState.FAILED:
            return words.text("failed"), Tone.DANGER
        case JobState.SKIPPED:
            return words.text("stayed shut") if drawer else words.text("not printed"), Tone.PLAIN
        case _:
            assert_never(paper.job.state)
