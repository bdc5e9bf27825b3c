"""Sell: a gift card or a series of visits sold on its own, as a top-up is: what, for whom, the tender.

What may be sold and what it comes to is decided by `services/gifts` and `services/series_sales`.
"""
