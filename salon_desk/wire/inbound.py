"""Where a provider calls the shop: the paths that head office answers and that a channel tells its provider.

Nothing is read here (`head_office/inbound.py`, `channels/twilio_inbound.py`).
"""

from typing import Final

SMS: Final = "/v1/inbound/sms"
STATUS: Final = "/v1/inbound/sms/status"
