"""WeChat Pay and Alipay in store: what is asked of a provider, what its answers mean, and the thread that asks.

`terminal.py` fulfils `services/ports.PaymentTerminal`, `provider.py` is what a provider must be able to do. The one rule: what a guest's
wallet shows is a payment token, which is sent once and is in no log, no row and no answer.
"""
