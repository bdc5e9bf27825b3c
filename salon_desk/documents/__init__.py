"""What receipts, reports, slips and labels say, as rows of cells in a given language.

No bytes, no fonts and no Qt live here. The one rule to know: a document is a frozen value made
after the facts are durable; `devices` turns it into paper.
"""
