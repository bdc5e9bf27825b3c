"""The words of the gallery in two languages; believable, and long where shops are long.

Nothing is tested here. The product's own words are in its catalogues; a gallery is not the product.
"""

from __future__ import annotations

from salon_desk.ui.view_values import Denomination

CATEGORIES = (
    ("Nails", "美甲"),
    ("Pedicure", "修脚"),
    ("Lashes", "美睫"),
    ("Massage", "按摩"),
    ("Facial", "面部"),
    ("Products", "商品"),
    ("Packages", "套餐"),
)
ITEMS = (
    ("Gel Manicure", "凝胶美甲", 4500, 45),
    ("Classic Manicure", "经典美甲", 2500, 30),
    ("Gel Removal", "卸甲", 1000, 15),
    ("French Add-on", "法式", 800, 10),
    ("Acrylic Full Set", "水晶全套", 6500, 75),
    ("Acrylic Fill", "补甲", 4500, 50),
    ("Dip Powder", "沾粉", 5000, 50),
    (
        "Deluxe Collagen Hydrating Spa Pedicure with Hot Stone Massage",
        "豪华胶原蛋白水疗修脚加热石按摩",
        124500,
        120,
    ),
    ("Nail Art per nail", "手绘 / 每指", 500, 5),
    ("Kids Manicure", "儿童美甲", 1500, 20),
    ("Paraffin", "蜡疗", 1800, 15),
    ("Polish Change", "换油", 1500, 15),
    ("Open price", "手输金额", 0, 0),
)
TECHNICIANS = (
    ("Jenny", "free · 0 turns", "空闲 · 0 轮", 1),
    ("Kim", "guest at 12:00", "12:00 有客", 2),
    ("Lily", "until 12:10", "到 12:10", None),
    ("Tina 王", "until 12:40", "到 12:40", None),
    ("老张", "on until 12:05", "上钟 到 12:05", None),
    ("小雨", "free · 3 turns", "空闲 · 3 轮", 3),
)
DENOMINATIONS = tuple(
    Denomination(key, f"${key}" if "." not in key else f"{round(float(key) * 100)}¢", round(float(key) * 100))
    for key in ("100", "50", "20", "10", "5", "2", "1", "0.25", "0.10", "0.05", "0.01")
)


def say(code: str, english: str, chinese: str) -> str:
    """The words of a language."""
    return english if code == "en" else chinese
