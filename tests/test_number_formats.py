"""What a spreadsheet shows of a number. The expected texts are what Excel displays, written by hand."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.readers.number_formats import BUILT_IN, number_format


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0.00", "12.345", "12.35"),
        ("0.00", "-12.345", "-12.35"),
        ("0.00", "2.675", "2.68"),
        ("0.00", "1.005", "1.01"),
        ("0.00", "0.285", "0.29"),
        ("0.00", "7", "7.00"),
        ("0", "0.5", "1"),
        ("0", "1234.5", "1235"),
        ("0.00", "35.410000000000004", "35.41"),
        ("0.00", "1.2E-3", "0.00"),
        ("#,##0.00", "1234567.891", "1,234,567.89"),
        ("#,##0.00", "123.4", "123.40"),
        ("#,##0.00", "1234.5", "1,234.50"),
        ("#,##0.00", "999999.999", "1,000,000.00"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0.00_ ", "1234.5", "1,234.50"),
        ("#,##0.00_);(#,##0.00)", "-1234.5", "(1,234.50)"),
        ("#,##0.00_);[红色](#,##0.00)", "-0.5", "(0.50)"),
        ("#,##0.00;[Red]-#,##0.00", "-3", "-3.00"),
        ("0.00;[Red]0.00", "-3", "3.00"),
        ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1234.5", "1,234.50"),
        ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1234.5", "-1,234.50"),
        ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "-"),
        ("_ ¥* #,##0.00_ ", "5", "¥5.00"),
        ('"￥"#,##0.00', "1200", "￥1,200.00"),
        ("[$¥-804]#,##0.00", "1200", "¥1,200.00"),
        ("0.00%", "0.12345", "12.35%"),
        ("0%", "0.5", "50%"),
        ("#,##0,", "1234567", "1,235"),
        ("0.00,,", "1234567", "1.23"),
        ('0.00,"千元"', "1234", "1.23千元"),
        ("000", "7", "007"),
        ("0000000", "2010301", "2010301"),
        ("000-0000", "1234567", "123-4567"),
        ("#", "0", ""),
        ("#.##", "0.5", ".5"),
        ("#.##", "3", "3."),
        ("0.0#", "1.5", "1.5"),
        ("??0.0?", "1.5", "1.5"),
        ("0.00E+00", "12345", "1.23E+04"),
        ("0.00E+00", "12000", "1.20E+04"),
        ("0.00_ ;[Red]\\-0.00\\ ", "-1.5", "-1.50"),
        ("0.00;;", "0", ""),
        (";;;", "12.5", ""),
        ('[>=10000]0.00,"千";0', "12345", "12.35千"),
        ('[>=10000]0.00,"千";0', "999", "999"),
        ("@", "12.5", "12.5"),
        ("General", "12.5", "12.5"),
        ("", "12.5", "12.5"),
        ("General", "35.410000000000004", "35.41"),
        ("General", "123456.789012345", "123456.789"),
        ("General", "0.1234567890123", "0.123456789"),
        ("General", "12345678901", "12345678901"),
        ("General", "123456789012", "1.23457E+11"),
        ("General", "1.0000000000000001E-5", "0.00001"),
        ("General", "-0.5", "-0.5"),
        ("General", "0", "0"),
        ("G/通用格式", "12.50", "12.5"),
        ('General"元"', "12.5", "12.5元"),
        ("yyyy/m/d", "45292", "2024/1/1"),
        ("yyyy-mm-dd", "45351", "2024-02-29"),
        ('yyyy"年"m"月"d"日"', "45292", "2024年1月1日"),
        ("yyyy年mm月", "45292", "2024年01月"),
        ("[$-804]yyyy年m月d日;@", "45292", "2024年1月1日"),
        ("yyyy/m/d", "59", "1900/2/28"),
        ("yyyy/m/d", "61", "1900/3/1"),
        ("h:mm", "0.75", "18:00"),
        ("h:mm AM/PM", "0.75", "6:00 PM"),
        ("[h]:mm:ss", "1.5", "36:00:00"),
        ("yyyy-mm-dd hh:mm", "45292.5", "2024-01-01 12:00"),
        ("mm:ss", "0.0007", "01:00"),
        ("yyyy/m/d", "-1", "########"),
    ],
)
def test_displayed(code, stored, shown):
    assert number_format(code).show(stored).text == shown


@pytest.mark.parametrize(
    ("code", "stored", "hidden"),
    [
        ("0.00", "12.3456", "12.3456"),
        ("#,##0.00", "1234.5678", "1234.5678"),
        ("0.00", "-12.3456", "-12.3456"),
        ("(0.00)", "12.3456", "12.3456"),
        ("0.00", "12.34", ""),
        ("0.00", "12.3", ""),
        ("0.00", "35.410000000000004", ""),
        ("0.00", "35.409999999999997", ""),
        ("0.00", "0.30000000000000004", ""),
        ("0.00", "-5.2999999999999998", ""),
        ("0", "0.4", "0.4"),
        ("0.00", "1.5E-3", "0.0015"),
        ("0%", "0.125", "0.125"),
        ("0.0%", "0.125", ""),
        ("#,##0,", "1234567", "1234567"),
        ("#,##0,", "1234000", ""),
        ("#,##0.00_);(#,##0.00)", "-12.345", "-12.345"),
        ("#,##0.00_);(#,##0.00)", "-12.34", ""),
        (";;;", "12.5", "12.5"),
        ('0.00;-0.00;"-"', "0", ""),
        ("General", "12.3456", ""),
        ("yyyy/m/d", "45292.25", ""),
    ],
)
def test_what_a_display_hides_is_kept(code, stored, hidden):
    assert number_format(code).show(stored).stored == hidden


def test_dates_counted_from_1904():
    assert number_format("yyyy/m/d", True).show("43830").text == "2024/1/1"


def test_texts_under_a_format():
    assert number_format("@").show_text("甲") == "甲"
    assert number_format("0.00").show_text("甲") == "甲"
    assert number_format('0;0;0;@"局"').show_text("甲") == "甲局"
    assert number_format(";;;").show_text("甲") == ""


def test_what_is_no_number_is_shown_as_it_is():
    for text in ("", "abc", "NaN", "1E999999", "--1"):
        assert number_format("0.00").show(text).text == text


@given(st.decimals(-(10**11), 10**11, places=4), st.sampled_from(["0.00", "#,##0.00", "0", "#,##0.0"]))
def test_the_display_is_the_number_rounded_half_up(value, code):
    places = len(code.partition(".")[2])
    shown = number_format(code).show(f"{value:f}")
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Decimal(shown.text.replace(",", "")) == rounded
    assert (shown.stored == "") == (rounded == value)
    assert not shown.stored or Decimal(shown.stored) == value


@given(st.text(alphabet='0#?.,%@/;E+-eymdhs"\\_*[]>红$ (General)', max_size=30), st.decimals(-(10**9), 10**9, places=3))
def test_no_format_code_fails(code, value):
    format = number_format(code)
    assert isinstance(format.show(str(value)).text, str)
    assert isinstance(format.show_text("甲"), str)


def test_built_in_formats_show_numbers():
    for code in BUILT_IN.values():
        assert number_format(code).show("1.5").text
