"""The composition root of the window: the only part of bootstrap that knows Qt.

`run.py` starts it, `window.py` registers the screens, `scanning.py` brings readers to them, `pictures.py` takes pictures
of them. No screen and no rule lives here.
"""
