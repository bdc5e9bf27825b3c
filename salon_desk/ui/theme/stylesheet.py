"""The Qt stylesheet, generated from a palette.

No colour or size is written here, only where each token goes. Widgets say what they are by the
properties `role`, `tone` and `panel`; buttons, tiles and faces paint themselves and are not styled here.
"""

from __future__ import annotations

from salon_desk.ui.theme.tokens import Palette, Size, Tone, Type


def stylesheet(p: Palette) -> str:
    """The whole application's stylesheet for a palette."""
    return "\n".join((_grounds(p), _labels(p), _fields(p), _lists(p), _scroll_bars(p)))


def _grounds(p: Palette) -> str:
    return f"""
QMainWindow, QWidget[panel="ground"] {{ background: {p.ground}; }}
QWidget[panel="surface"] {{ background: {p.surface}; }}
QWidget[panel="raised"] {{ background: {p.raised}; }}
QFrame[panel="card"] {{ background: {p.surface}; border: none; border-radius: {Size.RADIUS_LARGE}px; }}
QFrame[panel="outlined"] {{ background: {p.surface}; border: 1px solid {p.line}; border-radius: {Size.RADIUS}px; }}
QFrame[panel="sunk"] {{ background: {p.sunk}; border: none; border-radius: {Size.RADIUS}px; }}
QFrame[panel="rule"] {{ background: {p.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[panel="side"] {{ background: {p.surface}; border: none; border-left: 1px solid {p.line}; }}
QScrollArea, QScrollArea > QWidget > QWidget[panel="clear"] {{ background: transparent; border: none; }}
QToolTip {{ border: none; }}
"""


def _labels(p: Palette) -> str:
    tones = "\n".join(f'QLabel[tone="{t}"] {{ color: {p.strong(t)}; }}' for t in Tone)
    return f"""
QLabel {{ background: transparent; color: {p.ink}; font-size: {Type.BODY}px; }}
QLabel[role="muted"] {{ color: {p.muted}; }}
QLabel[role="small"] {{ color: {p.muted}; font-size: {Type.LEAST}px; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="name"] {{ font-size: {Type.NAME}px; font-weight: 700; }}
QLabel[role="title"] {{ font-size: {Type.TITLE}px; font-weight: 700; }}
QLabel[role="figure"] {{ font-size: {Type.FIGURE}px; font-weight: 700; }}
QLabel[role="due"] {{ font-size: {Type.DUE}px; font-weight: 700; }}
{tones}
"""


def _fields(p: Palette) -> str:
    return f"""
QLineEdit, QPlainTextEdit {{ background: {p.surface}; color: {p.ink}; border: 1px solid {p.edge};
  border-radius: {Size.RADIUS}px; padding: 0 12px; min-height: {Size.TOUCH - 2}px; font-size: {Type.BODY}px;
  selection-background-color: {p.brand}; selection-color: {p.on_fill}; placeholder-text-color: {p.muted}; }}
QPlainTextEdit {{ padding: 8px; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {p.brand}; padding: 0 11px; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ background: {p.sunk}; color: {p.disabled}; border-style: dashed; }}
QLineEdit[role="bare"], QLineEdit[role="bare"]:focus {{ border: none; background: transparent; padding: 0;
  font-size: {Type.NAME}px; }}
"""


def _lists(p: Palette) -> str:
    return f"""
QListView, QTableView {{ background: transparent; border: none; outline: none; color: {p.ink};
  font-size: {Type.BODY}px; gridline-color: {p.line}; alternate-background-color: {p.raised};
  selection-background-color: {p.brand_soft}; selection-color: {p.ink}; }}
QTableView {{ background: {p.surface}; border-radius: {Size.RADIUS}px; }}
QTableView::item {{ padding: 0 12px; border-bottom: 1px solid {p.line}; }}
QHeaderView {{ background: {p.surface}; border: none; }}
QHeaderView::section {{ background: {p.sunk}; color: {p.muted}; border: none; padding: 0 12px;
  font-size: {Type.LEAST}px; font-weight: 700; min-height: 40px; }}
QProgressBar {{ background: {p.sunk}; border: none; border-radius: 6px; min-height: 12px; max-height: 12px; }}
QProgressBar::chunk {{ background: {p.brand}; border-radius: 6px; }}
"""


def _scroll_bars(p: Palette) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {p.edge}; border-radius: 3px; min-height: 40px; min-width: 40px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
