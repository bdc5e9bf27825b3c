"""A screen behind another one: a title of its own and a way back.

What stands on it is the subclass's, which writes all of its words in `show_all`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from typing_extensions import override

from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.view_values import Heading


class ScreenBehind(Screen):
    """`title` is a msgid."""

    title: ClassVar[str]

    def __init__(self, host: ScreenHost, back_to: Callable[[], None]) -> None:
        super().__init__(host)
        self._back_to = back_to

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text(self.title), back=True)

    @override
    def back(self) -> None:
        self._back_to()

    @override
    def retranslate(self) -> None:
        self.show_all()

    def show_all(self) -> None:
        """Write every word as the state is now."""
        raise NotImplementedError
