"""Where a provider calls the shop, or a member's mail program: the paths that head office answers and that a channel tells.

Nothing is read here (`head_office/inbound.py`, `channels/twilio_inbound.py`).
"""

from typing import Final

SMS: Final = "/v1/inbound/sms"
STATUS: Final = "/v1/inbound/sms/status"
MAIL_STOP: Final = "/v1/inbound/mail/stop"
