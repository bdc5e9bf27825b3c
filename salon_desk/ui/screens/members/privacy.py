"""A member's privacy: everything that is kept, as a file to hand out; or nothing of it anywhere any more.

No Qt here: what goes and what stays is reckoned by `services/erasing.py` and named by a sheet before anything is done. Whoever may not
asks the owner, who lends it for this one member.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money, total
from salon_desk.i18n import Catalogue
from salon_desk.operations.erasure import WhyErased
from salon_desk.services import erasing, exporting
from salon_desk.services.erasing import Consequences
from salon_desk.services.report_files import ReportFormat
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.members.reading import MemberOpened
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import ListRow

EXPORT, ERASE = "privacy/export", "privacy/erase"


class PrivacyPage(Protocol):
    """The page that it is about (the screen's presenter)."""

    refuse: Callable[[DomainError], None]

    @property
    def opened(self) -> MemberOpened | None:
        """The member whose page stands."""
        ...

    def forget(self) -> None:
        """The member is there no more."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """What erasing a member will do, and who may do it."""

    member: Member
    consequences: Consequences
    actor: Actor


class Privacy:
    """`told` shows what erasing will do, `erased` that it was done, `written` which files were written."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals, screen: PrivacyPage
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self._screen = approvals, screen
        self.folder = Path.home() / "Salon Desk"
        self.told: Callable[[Told], None] = _ignore
        self.erased: Callable[[], None] = lambda: None
        self.written: Callable[[Path], None] = _ignore

    def look(self) -> None:
        """Reckon what erasing the member whose page stands would do."""
        member = self._member()
        if member is None:
            return
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: Told(member, erasing.consequences(self._till, actor, member.member_id), actor),
            done=self.told,
            failed=self._failed,
        )

    def erase(self, told: Told, reason: WhyErased) -> None:
        """Do it."""
        command = self._session.new_command()

        def over(_done: None) -> None:
            self._screen.forget()
            self.erased()

        self._tasks.run(
            lambda: erasing.erase(self._till, command, told.actor, told.member.member_id, reason),
            over,
            self._screen.refuse,
        )

    def export(self) -> None:
        """Write everything of the member whose page stands, for machines and for people."""
        member, folder = self._member(), self.folder
        if member is None:
            return
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: _write(self._till, actor, member, folder),
            done=self.written,
            failed=self._failed,
        )

    def _member(self) -> Member | None:
        opened = self._screen.opened
        return opened.page.figures.member if opened else None

    def _failed(self, error: DomainError | None) -> None:
        if error is not None:
            self._screen.refuse(error)


def privacy_rows(words: Catalogue) -> tuple[ListRow, ...]:
    """What can be done, each with its consequence."""
    return (
        ListRow(
            key=EXPORT,
            title=words.text("Hand out everything that is kept"),
            detail=words.text("A file for the member: profile, consents, everything owned, all visits"),
        ),
        ListRow(
            key=ERASE,
            title=words.text("Erase this member everywhere"),
            detail=words.text("For good, on every till and at head office; what is owed stays owed"),
            tone=Tone.DANGER,
        ),
    )


def erase_words(told: Told, words: Catalogue) -> tuple[str, ...]:
    """What erasing does, a line for each consequence."""
    found, name = told.consequences, told.member.called(words.language)
    lines = [
        words.text(
            "Name, phone, notes, allergies and consents of {name} go from every till, head office and new backups.",
            name=name,
        ),
        words.plural(
            "{n} receipt stays in the books, without a name.",
            "{n} receipts stay in the books, without a name.",
            found.documents,
        ),
    ]
    owed = [one.balance for one in found.cards if one.balance]
    if owed:
        amount: Money = total(owed, owed[0].currency)
        lines.append(
            words.text(
                "{amount} on the member's cards stays owed: whoever brings the card may spend it.",
                amount=words.money(amount),
            )
        )
    if found.mentions:
        lines.append(
            words.plural(
                "{n} entry has the name or number in a reason or reference that somebody typed: it stays.",
                "{n} entries have the name or number in a reason or reference that somebody typed: they stay.",
                found.mentions,
            )
        )
    lines.append(words.text("This cannot be undone."))
    return tuple(lines)


def _write(till: Till, actor: Actor, member: Member, folder: Path) -> Path:
    """Database worker. Raises ExportNotWritten and as `exporting.person`."""
    found = exporting.person(till, actor, member.member_id, member.language)
    name = f"{found.as_of[:10]}-{member.member_id[:8]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for form in (ReportFormat.JSON, ReportFormat.PDF):
            data = exporting.person_bytes(found, form, member.language)
            (folder / f"{name}.{form.value}").write_bytes(data)
    except OSError as error:
        raise exporting.ExportNotWritten(str(folder), error.strerror or str(error)) from error
    return folder / f"{name}.pdf"


def _ignore(_told: object) -> None:
    """Nobody listens yet."""
