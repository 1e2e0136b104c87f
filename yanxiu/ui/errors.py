"""What is wrong with a field, in the house's own sentences where Django has a stock one."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import (
    DecimalValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
)
from django.forms import ChoiceField, DecimalField, FileField, FloatField, IntegerField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NUMBER = _("要填数字，例如 2 或 1.5，单位不用写。")
_WHOLE = _("要填整数，例如 2，单位不用写。")
_STOCK: Final[list[tuple[Mapping[str, Any], str, str | Promise]]] = [
    (IntegerField.default_error_messages, "invalid", _WHOLE),
    (DecimalField.default_error_messages, "invalid", _NUMBER),
    (FloatField.default_error_messages, "invalid", _NUMBER),
    (
        ChoiceField.default_error_messages, "invalid_choice",
        _("选的这一项现在没有了，请重新选一项。"),
    ),
    (FileField.default_error_messages, "empty", _("这个文件是空的，请另选一个。")),
    (
        {"min_value": MinValueValidator.message}, "min_value",
        _("不能小于 %(limit_value)s，请改一下。"),
    ),
    (
        {"max_value": MaxValueValidator.message}, "max_value",
        _("不能大于 %(limit_value)s，请核对。"),
    ),
    (
        {"max_length": MaxLengthValidator.message}, "max_length",
        _("写了 %(show_value)s 个字，最多 %(limit_value)s 个，请删去一些。"),
    ),
    (DecimalValidator.messages, "max_decimal_places", _("最多写 %(max)s 位小数。")),
    (DecimalValidator.messages, "max_digits", _("数太长，最多 %(max)s 位，请核对。")),
    (
        DecimalValidator.messages, "max_whole_digits",
        _("数太大，整数最多 %(max)s 位，请核对。"),
    ),
]  # fmt: skip
"""Which stock sentence, under which code, becomes which of ours."""


def sentences(error: ValidationError) -> list[str]:
    """Return what one error of a field says; a sentence of the form's own stays as it is."""
    ours = next(
        (
            ours
            for stock, code, ours in _STOCK
            if error.code == code and error.message is stock[code]
        ),
        None,
    )
    if ours is None:
        return [str(text) for text in error.messages]
    return [str(ours) % (error.params or {})]
