"""The screens, a folder each: view (Qt), presenter and view model (no Qt).

Screens do not import each other: where one leads to another, `bootstrap/screen` hands in the way.
"""
