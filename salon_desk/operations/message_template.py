"""Operations about templates of messages: what the owner says of one, field by field.

What a text may say is `domain/message_template.py`'s. A template's id is its key; what was never said of one that comes with the program
is as it came.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.operations.description import Described


class MessageTemplateDescribed(Described, frozen=True, kw_only=True):
    """A template: its texts and subjects by language, its channels, WeChat's own template; of one's own, trigger and purpose too."""

    KIND: ClassVar[str] = "message_template.described"
