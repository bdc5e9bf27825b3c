"""Scrolling with a finger, without clicking what lies under it after a flick.

The mouse gesture is taken and not the touch gesture (PITFALLS 3); the press goes through
within a frame, and is taken back when the finger turns out to scroll.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QScrollArea,
    QScroller,
    QScrollerProperties,
    QWidget,
)

PRESS_DELAY: Final = 0.008
"""Seconds, half a frame. With none at all Qt does not take a press back when the finger starts to scroll."""


def make_kinetic(area: QAbstractScrollArea) -> None:
    """Let `area` be scrolled and flicked with a finger or the left mouse button."""
    if isinstance(area, QAbstractItemView):
        area.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        area.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    viewport = area.viewport()
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.LeftMouseButtonGesture)
    scroller = QScroller.scroller(viewport)
    properties = scroller.scrollerProperties()
    metric, overshoot = QScrollerProperties.ScrollMetric, QScrollerProperties.OvershootPolicy
    properties.setScrollMetric(metric.MousePressEventDelay, PRESS_DELAY)
    properties.setScrollMetric(metric.DragStartDistance, 0.004)
    properties.setScrollMetric(metric.HorizontalOvershootPolicy, overshoot.OvershootAlwaysOff)
    properties.setScrollMetric(metric.VerticalOvershootPolicy, overshoot.OvershootAlwaysOff)
    scroller.setScrollerProperties(properties)


class ScrollColumn(QScrollArea):
    """A column that scrolls downwards with a finger; its ground shows through."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content.setProperty("panel", "clear")
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        make_kinetic(self)
