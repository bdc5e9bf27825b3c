"""Taiwan's own words where OpenCC leaves a mainland one.

No conversion of characters lives here. Each pair is (as OpenCC writes it, as a salon in Taiwan says it), longer
ones first; a wrong guess is corrected in the catalogue itself, which is never overwritten.
"""

from __future__ import annotations

_WORDS = (
    ("二維碼", "QR Code"),
    ("條形碼", "條碼"),
    ("打印機", "印表機"),
    ("打印", "列印"),
    ("錢箱", "錢櫃"),
    ("小票", "收據"),
    ("賬單", "帳單"),
    ("賬戶", "帳戶"),
    ("結賬", "結帳"),
    ("對賬", "對帳"),
    ("掛賬", "掛帳"),
    ("記賬", "記帳"),
    ("入賬", "入帳"),
    ("賬", "帳"),
    ("充值", "儲值"),
    ("短信", "簡訊"),
    ("備用金", "零用金"),
    ("登錄", "登入"),
    ("退出登入", "登出"),
    ("前臺", "櫃檯"),
    ("臺幣", "台幣"),
)


def in_taiwan_words(text: str) -> str:
    """A text in Traditional characters, with the words that a salon in Taiwan uses."""
    for mainland, taiwan in _WORDS:
        text = text.replace(mainland, taiwan)
    return text
