"""The parts screens are made of, one a file: buttons, tiles, faces, pads, lists, sheets.

No screen and no service lives here. A widget takes frozen values (`ui.view_values`), tells what was
tapped by a signal, and is 48 px or more wherever a finger goes.
"""
