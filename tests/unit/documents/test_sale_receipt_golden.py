"""The receipt of the Flushing sale, letter by letter, in both languages on both papers (PITFALLS 40).

Only the line with day and time, and the words under the code, are put in from the catalogue: how a date is written is
tested where it is written.
"""

from __future__ import annotations

import pytest

from salon_desk.documents.flow import Align, cells, offset, wrap
from salon_desk.documents.layout import as_text
from salon_desk.documents.receipt_parts import BALANCE_CODE
from salon_desk.documents.sale_receipt import sale_receipt
from tests.unit.documents.flushing import SOLD_AT, flushing_sale, say, words

CHINESE_80_MM = """\
                    莲花美甲
               Lotus Nails & Spa
       136-20 Roosevelt Ave, Flushing, NY
                 (718) 888-0123

                  收据 Receipt
                  S1-1-000042
{moment}

收银员 Cashier                            陈艾米
会员 Member                               张晓梅
------------------------------------------------
凝胶美甲                                  $45.00
  Gel Manicure
  莉莉（点工）
  生日券（店付）                          −$5.42
经典修脚                                  $38.00
  Classic Pedicure
  小金
  生日券（店付）                          −$4.58
护手霜                                    $18.00
  Hand Cream
------------------------------------------------
小计 Subtotal                            $101.00
优惠 Discounts                           −$10.00
纽约市服务税 4.5%（$73.00）                $3.29
纽约销售税 8.875%（$18.00）                $1.60
================================================
合计 Total                                $95.89
小费（莉莉）                               $8.13
小费（小金）                               $6.87
应付 To pay                              $110.89
------------------------------------------------
储值卡 Stored value                       $62.50
  ••4417
  赠送 Bonus                              $20.00
  本金 Paid value                         $42.50
现金 Cash                                 $48.39
  实收现金 Cash given                     $60.00
找零 Change due                           $11.61
------------------------------------------------
余额 Balance left ••4417                  $57.50
                    （本金 $57.50 + 赠送 $0.00）
------------------------------------------------
七天内免费返工。
Redone free within 7 days.

                   欢迎再来！
                 See you soon!
               SD:s1:S1-1-000042
{caption}
                  S1-1-000042
"""

CHINESE_58_MM = """\
            莲花美甲
       Lotus Nails & Spa
136-20 Roosevelt Ave, Flushing,
               NY
         (718) 888-0123

          收据 Receipt
          S1-1-000042
{moment}

收银员 Cashier            陈艾米
会员 Member               张晓梅
--------------------------------
凝胶美甲                  $45.00
  Gel Manicure
  莉莉（点工）
  生日券（店付）          −$5.42
经典修脚                  $38.00
  Classic Pedicure
  小金
  生日券（店付）          −$4.58
护手霜                    $18.00
  Hand Cream
--------------------------------
小计 Subtotal            $101.00
优惠 Discounts           −$10.00
纽约市服务税 4.5%          $3.29
（$73.00）
纽约销售税 8.875%          $1.60
（$18.00）
================================
合计 Total                $95.89
小费（莉莉）               $8.13
小费（小金）               $6.87
应付 To pay              $110.89
--------------------------------
储值卡 Stored value       $62.50
  ••4417
  赠送 Bonus              $20.00
  本金 Paid value         $42.50
现金 Cash                 $48.39
  实收现金 Cash given     $60.00
找零 Change due           $11.61
--------------------------------
余额 Balance left ••4417  $57.50
    （本金 $57.50 + 赠送 $0.00）
--------------------------------
七天内免费返工。
Redone free within 7 days.

           欢迎再来！
         See you soon!
       SD:s1:S1-1-000042
{caption}
          S1-1-000042
"""

ENGLISH_80_MM = """\
               Lotus Nails & Spa
                    莲花美甲
       136-20 Roosevelt Ave, Flushing, NY
                 (718) 888-0123

                  Receipt 收据
                  S1-1-000042
{moment}

Cashier 收银员                               Amy
Member 会员                            May Zhang
------------------------------------------------
Gel Manicure                              $45.00
  凝胶美甲
  Lily (requested)
  Birthday coupon (shop)                  −$5.42
Classic Pedicure                          $38.00
  经典修脚
  Kim
  Birthday coupon (shop)                  −$4.58
Hand Cream                                $18.00
  护手霜
------------------------------------------------
Subtotal 小计                            $101.00
Discounts 优惠                           −$10.00
NYC tax on services 4.5% of $73.00         $3.29
New York sales tax 8.875% of $18.00        $1.60
================================================
Total 合计                                $95.89
Tip for Lily                               $8.13
Tip for Kim                                $6.87
To pay 应付                              $110.89
------------------------------------------------
Stored value 储值卡                       $62.50
  ••4417
  Bonus 赠送                              $20.00
  Paid value 本金                         $42.50
Cash 现金                                 $48.39
  Cash given 实收现金                     $60.00
Change due 找零                           $11.61
------------------------------------------------
Balance left 余额 ••4417                  $57.50
                     ($57.50 paid + $0.00 bonus)
------------------------------------------------
Redone free within 7 days.
七天内免费返工。

                 See you soon!
                   欢迎再来！
               SD:s1:S1-1-000042
{caption}
                  S1-1-000042
"""

ENGLISH_58_MM = """\
       Lotus Nails & Spa
            莲花美甲
136-20 Roosevelt Ave, Flushing,
               NY
         (718) 888-0123

          Receipt 收据
          S1-1-000042
{moment}

Cashier 收银员               Amy
Member 会员            May Zhang
--------------------------------
Gel Manicure              $45.00
  凝胶美甲
  Lily (requested)
  Birthday coupon (shop)  −$5.42
Classic Pedicure          $38.00
  经典修脚
  Kim
  Birthday coupon (shop)  −$4.58
Hand Cream                $18.00
  护手霜
--------------------------------
Subtotal 小计            $101.00
Discounts 优惠           −$10.00
NYC tax on services 4.5%   $3.29
of $73.00
New York sales tax 8.875%  $1.60
of $18.00
================================
Total 合计                $95.89
Tip for Lily               $8.13
Tip for Kim                $6.87
To pay 应付              $110.89
--------------------------------
Stored value 储值卡       $62.50
  ••4417
  Bonus 赠送              $20.00
  Paid value 本金         $42.50
Cash 现金                 $48.39
  Cash given 实收现金     $60.00
Change due 找零           $11.61
--------------------------------
Balance left 余额 ••4417  $57.50
     ($57.50 paid + $0.00 bonus)
--------------------------------
Redone free within 7 days.
七天内免费返工。

         See you soon!
           欢迎再来！
       SD:s1:S1-1-000042
{caption}
          S1-1-000042
"""


@pytest.mark.parametrize(
    ("language", "columns", "expected"),
    [
        ("zh_CN", 48, CHINESE_80_MM),
        ("zh_CN", 32, CHINESE_58_MM),
        ("en", 48, ENGLISH_80_MM),
        ("en", 32, ENGLISH_58_MM),
    ],
)
def test_the_flushing_sale_reads_as_the_shop_expects(language: str, columns: int, expected: str) -> None:
    spoken = say(language)
    at = words().local(SOLD_AT)
    day, time = spoken.first.day(at.date(), year=True), spoken.first.time(at)
    moment = spoken.first.text("{day} {time}", day=day, time=time)
    centred = " " * offset(moment, Align.CENTRE, columns, cells) + moment
    written = as_text(sale_receipt(flushing_sale(), words(), spoken), columns)
    told = wrap(spoken.label(BALANCE_CODE), columns, cells)
    caption = "\n".join(" " * offset(line, Align.CENTRE, columns, cells) + line for line in told)
    assert written == expected.format(moment=centred, caption=caption)
