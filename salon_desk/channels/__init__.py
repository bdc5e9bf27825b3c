"""SMS, mail and WeChat: how a message leaves the shop, and what the providers say of it afterwards.

Each module is one `services/message_ports.MessageChannel`; `bootstrap/channels.py` makes them from settings and keys. The one
rule: no secret, telephone number or text of a message goes into a log, and no trouble of the network comes out as an error.
"""
