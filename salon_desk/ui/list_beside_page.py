"""A list beside the page of what was tapped in it: what there is or what a search finds left, one thing's page right.

No screen lives here; what is found and what the page says comes from the screens' view models.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import ListRow
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.words import Role, Words

_WIDTHS = (400, 520)


class ListSide(QWidget):
    """`list` and `nothing`, which stands in place of an empty list, are there for the screen and for tests."""

    def __init__(
        self,
        nothing: Icon,
        *,
        widths: tuple[int, int] = _WIDTHS,
        above: Sequence[QWidget] = (),
        below: Sequence[QWidget] = (),
    ) -> None:
        """`widths`: the least and the most; `above` and `below`: what stands over the list and under it."""
        super().__init__()
        self.setMinimumWidth(widths[0])
        self.setMaximumWidth(widths[1])
        self._rows: tuple[ListRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        self._column.setSpacing(Size.GAP + 2)
        self._lists = QStackedWidget()
        self.list, self.nothing = KineticList(), EmptyState(nothing)
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.nothing)
        for part in above:
            self._column.addWidget(part)
        self._column.addWidget(self._lists, 1)
        for part in below:
            self.add_foot(part)

    def add_foot(self, part: QWidget) -> None:
        """Put something below the list."""
        self._column.addWidget(part)

    def show_list(
        self, rows: tuple[ListRow, ...], *, chosen: str, known: bool = True, keep_place: bool = True
    ) -> None:
        """Show the rows, with the one of a key marked; `known` is False until they were read."""
        if rows != self._rows:
            self._rows = rows
            self.list.set_rows(rows, keep_place=keep_place)
        self.list.choose(next((at for at, row in enumerate(rows) if row.key == chosen), -1))
        self._lists.setCurrentIndex(0 if rows or not known else 1)


class SearchList(ListSide):
    """A list of what a search finds; `search` is there for the screen and for tests."""

    def __init__(
        self, host: ScreenHost, placeholder: str, nothing: Icon, *, widths: tuple[int, int] = _WIDTHS
    ) -> None:
        """`placeholder`: a msgid; `widths`: the least and the most."""
        search, label = SearchField(host.language), Words("", Role.MUTED)
        super().__init__(nothing, widths=widths, above=(search, label))
        self.search, self._label = search, label
        search.set_placeholder(placeholder)
        search.keyboard_wanted.connect(lambda: host.open_keyboard(search.field))

    def show_typed(self, text: str) -> None:
        """Write what is searched for, unless it stands there."""
        if self.search.text != text:
            self.search.field.setText(text)

    def show_rows(self, rows: tuple[ListRow, ...], *, chosen: str, known: bool, label: str) -> None:
        """Show what was found below its label, with the row of a key marked; `known` is False until it was read."""
        self.show_list(rows, chosen=chosen, known=known, keep_place=False)
        self._label.setText(label)


class PageSide(QFrame):
    """The side on which one of a few pages stands."""

    def __init__(self, *pages: QWidget) -> None:
        super().__init__()
        self.setProperty("panel", "side")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        for page in pages:
            self._pages.addWidget(page)
        column.addWidget(self._pages)

    def show_page(self, page: QWidget) -> None:
        """Bring one of the pages to the front."""
        self._pages.setCurrentWidget(page)


def place_beside(ground: QWidget, left: QWidget, right: QWidget, *, shares: tuple[int, int] = (2, 3)) -> None:
    """Lay out a ground that has nothing yet: two sides without a gap, wide in these shares."""
    row = QHBoxLayout(ground)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(left, shares[0])
    row.addWidget(right, shares[1])
