"""Operations about segments: the owner's own groups of members, by conditions over their figures.

Those that come with the program are in `domain/segment.py`; who belongs to one is asked when it is needed and never recorded.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.operations.description import Described


class SegmentDescribed(Described, frozen=True, kw_only=True):
    """A segment: its names, and its conditions as `domain.segment.written` gives them."""

    KIND: ClassVar[str] = "segment.described"
