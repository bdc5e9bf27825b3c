"""What receipts of every kind must say, and what none of them may ever say."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from salon_desk.documents.card_numbers import without_card_numbers
from salon_desk.documents.layout import Banner, BarcodeRow, Document, QrRow, TextRow, as_text, cells
from salon_desk.documents.printer_test import printer_test
from salon_desk.documents.receipt_parts import BALANCE_CODE, percent, telephone
from salon_desk.documents.receipt_words import CardWords
from salon_desk.documents.refund_receipt import refund_receipt, void_receipt
from salon_desk.documents.sale_receipt import sale_receipt
from salon_desk.documents.top_up_receipt import top_up_receipt
from salon_desk.domain.names import Names
from salon_desk.domain.pricing import LineDiscount
from salon_desk.domain.tender import TenderKind
from salon_desk.domain.ticket import Bearer
from salon_desk.domain.tip import TipPart
from salon_desk.i18n import Catalogue
from tests.unit.documents.flushing import (
    FUNDING,
    GEL,
    TENDERS,
    flushing_refund,
    flushing_sale,
    flushing_top_up,
    flushing_void,
    line,
    say,
    tender,
    usd,
    words,
)

CARD_NUMBER = "4111 1111 1111 1111"


def english(document: Document) -> str:
    """A document on 80 mm paper."""
    return as_text(document, 48)


def every_receipt(language: str, *, copy: bool = False) -> list[Document]:
    """One of each kind; somebody typed a card number wherever something can be typed."""
    typed = f"paid with {CARD_NUMBER} exp 12/27"
    zelle = tender(TenderKind.CUSTOM, 9589, tender="zelle", reference=CARD_NUMBER.replace(" ", ""))
    named = words(
        member=Names(CARD_NUMBER), original_receipt="S1-1-000042", cards={"c1": CardWords(CARD_NUMBER)}
    )
    priced = line(Names(f"Gift {CARD_NUMBER}"), 4500, who="lily")
    spoken = say(language)
    return [
        sale_receipt(flushing_sale(lines=(priced,), tenders=(zelle, *TENDERS)), named, spoken, copy=copy),
        top_up_receipt(flushing_top_up(), named, spoken, copy=copy),
        refund_receipt(flushing_refund(reason=typed), named, spoken, copy=copy),
        void_receipt(flushing_void(reason=typed), named, spoken, copy=copy),
    ]


@pytest.mark.parametrize(("language", "copy"), list(product(("en", "zh_CN", "zh_TW"), (False, True))))
def test_no_receipt_and_no_copy_shows_more_of_a_card_than_its_last_four(language: str, copy: bool) -> None:
    for document in every_receipt(language, copy=copy):
        text = re.sub(r"\s", "", as_text(document, 48))
        assert "41111" not in text
        assert "11111" not in text
        assert "12/27" not in text


@given(st.text(alphabet="0123456789０９ -/=.abc", max_size=60))
def test_whatever_is_typed_no_run_of_twelve_digits_is_left(typed: str) -> None:
    assert not re.search(r"\d(?:[ .=/-]?\d){11}", without_card_numbers(typed))


@pytest.mark.parametrize("typed", ["Zelle 83921", "visit of 2026-11-22", "call (718) 555-0137", "room 12"])
def test_what_is_no_card_number_stays_as_typed(typed: str) -> None:
    assert without_card_numbers(typed) == typed


@pytest.mark.parametrize(("language", "columns"), list(product(("en", "zh_CN", "zh_TW"), (48, 32))))
def test_every_amount_ends_at_the_right_edge_and_no_line_is_wider_than_the_paper(
    language: str, columns: int
) -> None:
    for document in every_receipt(language):
        for written in as_text(document, columns).splitlines():
            assert cells(written) <= columns
            if re.search(r"  [−+]?\$[\d,.]+$", written):
                assert cells(written) == columns


def test_only_a_copy_says_so_and_in_its_first_row() -> None:
    for original, copy in zip(every_receipt("en"), every_receipt("en", copy=True), strict=True):
        first = copy.rows[0]
        assert isinstance(first, Banner)
        assert "COPY" in first.text
        assert "COPY" not in as_text(original)


def test_the_number_stands_readable_and_as_qr_and_barcode_so_that_a_refund_can_scan_it() -> None:
    rows = sale_receipt(flushing_sale(), words(), say("en")).rows
    native = [row.text for row in rows if isinstance(row, TextRow) and row.native]
    assert native == ["S1-1-000042"]
    assert "SD:s1:S1-1-000042" in [row.data for row in rows if isinstance(row, QrRow)]
    assert BarcodeRow("S1-1-000042") in rows


def test_the_code_of_a_receipt_that_moved_value_says_that_it_shows_the_balance() -> None:
    caption = say("en").label(BALANCE_CODE)
    with_card, without = (
        sale_receipt(flushing_sale(), told, say("en")).rows
        for told in (words(), words(cards={}, points=None))
    )
    assert [row.caption for row in with_card if isinstance(row, QrRow)] == [caption]
    assert [row.caption for row in without if isinstance(row, QrRow)] == [""]


def test_a_bonus_is_printed_with_the_text_under_which_it_was_given() -> None:
    alone = english(top_up_receipt(flushing_top_up(), words(), say("en")))
    within = english(sale_receipt(flushing_sale(fundings=(FUNDING,)), words(), say("en")))
    for text in (" ".join(one.split()) for one in (alone, within)):
        assert "Bonus lapses after one year." in text
        assert "+$30.00" in text
        assert "Bonus valid until Mon, Nov 22, 2027" in text


def test_a_balance_that_is_not_known_any_more_is_not_printed() -> None:
    assert "Balance" in english(sale_receipt(flushing_sale(), words(), say("en")))
    old = words(cards={"c1": CardWords("4417")})
    assert "Balance" not in english(sale_receipt(flushing_sale(), old, say("en")))


def test_cash_rounding_stands_beside_the_cash_that_was_taken() -> None:
    rounded = tender(TenderKind.CASH, 4512, taken=4510)
    text = english(sale_receipt(flushing_sale(tenders=(rounded,), tips=()), words(), say("en")))
    assert re.search(r"Cash rounding.* −\$0\.02\n", text)
    assert re.search(r"Cash .* \$45\.10\n", text)


def test_a_tip_is_one_amount_a_person_whatever_pays_it() -> None:
    tips = (TipPart("lily", usd(300), 0), TipPart("lily", usd(513), 1))
    text = english(sale_receipt(flushing_sale(tips=tips), words(), say("en")))
    assert re.findall(r"Tip for (\w+) +(\S+)", text) == [("Lily", "$8.13")]


@pytest.mark.parametrize(
    ("bearer", "said"),
    [(Bearer.SALON, "(shop)"), (Bearer.TECHNICIAN, "(technician)"), (Bearer.SPLIT, "(shared)")],
)
def test_a_discount_says_who_bears_it(bearer: Bearer, said: str) -> None:
    discount = LineDiscount("d", Names("Friend"), bearer, usd(500))
    discounted = line(Names("Gel"), 4500, who="lily")
    sold = flushing_sale(lines=(replace(discounted, discounts=(discount,)),))
    assert f"Friend {said}" in english(sale_receipt(sold, words(), say("en")))


def test_several_pieces_show_what_one_costs() -> None:
    three = replace(GEL, quantity=3, unit_price=usd(1500))
    assert "3 at $15.00" in english(sale_receipt(flushing_sale(lines=(three,)), words(), say("en")))


def test_a_refund_is_negative_names_its_sale_and_is_signed_when_cash_goes_out() -> None:
    spoken = words(original_receipt="S1-1-000042", approver=Names("Ms Wang"))
    text = english(refund_receipt(flushing_refund(), spoken, say("en")))
    assert re.search(r"For receipt.* S1-1-000042\n", text)
    assert re.search(r"Approved by.* Ms Wang\n", text)
    assert re.search(r"Given back.* −\$19\.60\n", text)
    assert "Signature" in text
    by_card = flushing_refund(tenders=(tender(TenderKind.EXTERNAL_CARD, -1960, last_four="1881"),))
    assert "Signature" not in english(refund_receipt(by_card, spoken, say("en")))


def test_a_void_undoes_lines_taxes_tips_and_value_sold() -> None:
    void = flushing_void(fundings=(FUNDING,))
    document = void_receipt(void, words(), say("en"))
    text = english(document)
    assert isinstance(document.rows[0], Banner)
    for amount in (
        "−$39.58",
        "−$33.42",
        "−$18.00",
        "−$3.29",
        "−$1.60",
        "−$8.13",
        "−$6.87",
        "−$300.00",
        "−$30.00",
    ):
        assert amount in text
    assert re.search(r"Given back.* −\$110\.89\n", text)


def test_a_tender_of_the_shops_own_shows_its_name_and_reference() -> None:
    zelle = tender(TenderKind.CUSTOM, 9589, tender="zelle", reference="83921")
    gone = tender(TenderKind.CUSTOM, 1500, tender="gone")
    text = english(sale_receipt(flushing_sale(tenders=(zelle, gone)), words(), say("en")))
    assert re.search(r"\nZelle +\$95\.89\n  83921\n", text)
    assert "Other tender" in text


def test_a_shop_without_words_of_its_own_still_thanks() -> None:
    plain = words(footer=Names(""), return_policy=Names(""), address="", phone="", shop=Names("Lotus"))
    assert "Thank you!" in english(sale_receipt(flushing_sale(), plain, say("en")))


def test_names_are_in_the_readers_language_first() -> None:
    text = as_text(sale_receipt(flushing_sale(), words(), say("zh_CN")))
    assert text.index("莲花美甲") < text.index("Lotus Nails")
    assert text.index("凝胶美甲") < text.index("Gel Manicure")


def test_a_top_up_with_a_tip_says_what_was_to_pay() -> None:
    tenders = (tender(TenderKind.EXTERNAL_CARD, 30500, last_four="1881"),)
    tipped = flushing_top_up(tips=(TipPart("lily", usd(500), 0),), tenders=tenders)
    text = english(top_up_receipt(tipped, words(), say("en")))
    assert re.search(r"To pay.* \$305\.00\n", text)


@pytest.mark.parametrize(
    ("rate", "said"), [("0.045", "4.5"), ("0.08875", "8.875"), ("0.1", "10"), ("0", "0")]
)
def test_a_rate_is_said_in_percent_without_trailing_zeros(rate: str, said: str) -> None:
    assert percent(rate) == said


def test_a_telephone_is_written_as_people_here_write_it() -> None:
    assert telephone("+17188880123") == "(718) 888-0123"
    assert telephone("+8613800138000") == "+8613800138000"


def test_the_printer_test_shows_both_scripts_and_both_codes() -> None:
    document = printer_test(Names("Lotus", "莲花"), Catalogue.load("en"))
    text = as_text(document)
    assert "凝胶美甲" in text
    assert "Gel Manicure" in text
    assert {type(row) for row in document.rows} >= {QrRow, BarcodeRow, Banner}
