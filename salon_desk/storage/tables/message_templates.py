"""Templates of messages, as far as the owner said something of them.

Those that come with the program lie in its resources; here are the fields that differ, and the owner's own.
"""

from salon_desk.storage.tables.base import table, text, whole

message_templates = table(
    "message_templates",
    text("id", primary_key=True),
    text("trigger", default=""),
    text("purpose", default="marketing"),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    text("text_en", default=""),
    text("text_zh_cn", default=""),
    text("text_zh_tw", default=""),
    text("subject_en", default=""),
    text("subject_zh_cn", default=""),
    text("subject_zh_tw", default=""),
    text("channels", default="[]"),
    text("wechat_template", default=""),
    text("wechat_fields", default="[]"),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)
"""`wechat_fields`: "name=text" each. Which fields the owner said anything of is in `stamps`."""
