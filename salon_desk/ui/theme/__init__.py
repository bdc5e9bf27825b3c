"""How everything looks: tokens, the stylesheet made from them, fonts, icons and painted shapes.

No widget lives here. A colour or a size stands in `tokens.py` and nowhere else.
"""
