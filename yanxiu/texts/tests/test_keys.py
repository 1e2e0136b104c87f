"""Texts that say the same have the same key, whatever their script, width or spacing."""

import pytest

from yanxiu.texts.keys import key, region_suggestions, simplified, traditional


@pytest.mark.parametrize(
    "written",
    [
        "校本研训工作ABC1",
        "校本研訓工作abc1",
        "校本 研訓，⼯作：ＡＢＣ１。",
        "「校本研訓」工作a_b-c 1",
    ],
)
def test_scripts_widths_case_and_punctuation_do_not_matter(written: str) -> None:
    assert key(written) == "校本研训工作abc1"


def test_different_words_keep_different_keys() -> None:
    assert key("第一次教研") != key("第二次教研")


def test_the_simplified_form_keeps_display_punctuation_and_local_words() -> None:
    assert simplified("（專著）：智慧，資料…… 國小") == "（专著）：智慧，资料…… 国小"


def test_words_of_a_region_are_suggested_and_never_applied() -> None:
    assert region_suggestions("國小語文") == (("国小", "小学"),)
    assert key("國小語文") == "国小语文"


@pytest.mark.parametrize(
    ("plain", "meant"),
    [
        ("已换发，原证明冲正", "已換發，原證明沖正"),
        ("请核对、审核、考核", "請核對、審核、考核"),
        ("每周一次，为期两周", "每週一次，為期兩週"),
    ],
)
def test_what_the_converter_gets_wrong_is_put_right(plain: str, meant: str) -> None:
    assert traditional(plain) == meant
