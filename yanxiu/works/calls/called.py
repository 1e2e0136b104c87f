"""What people are called besides their full names: 婉清姐姐, 小严, 严主任, Yan Wanqing."""

import re
from collections.abc import Iterable, Iterator

from yanxiu.texts.spoken import syllables

GAP = r"[\s\u3000\u200b·•.．,，、\-_—*~]*"
OFFICES = "副?校长|主任|书记|副?园长|组长|教研员|教研(?![组室课活会])|科长|局长|干事|院长"
DUTIES = f"老师|教师|师傅|{OFFICES}"
_HAN = re.compile("[一-鿿]{2,4}")
_COMPOUND = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "东方",
     "长孙", "端木", "南宫", "钟离", "宇文", "淳于", "单于", "申屠", "呼延", "百里", "独孤"),
)  # fmt: skip
_AMBIGUOUS = frozenset("高方白常时全任于成金年向和都关支满明平安连路水石温文新商应经从代本")
"""Surnames that end everyday words: 提高|教师, 担任|教师, 对方|老师."""
_ORDINARY = frozenset(
    (
        "文明", "建设", "和平", "国庆", "春风", "阳光", "晨光", "朝阳", "立春", "海燕", "海洋",
        "光明", "希望", "成长", "进步", "志愿", "自强", "文化", "文学", "思想", "思远", "天真",
        "大海", "小雨", "春天", "秋天", "冬梅", "雪花", "白雪", "梅花", "小明", "小红", "小刚",
        "小华", "小丽", "小强",
    )
)  # fmt: skip
"""Given names that are everyday words, or those of the children in every sum."""
_ADDRESSED = "姐姐?|哥哥?|妹妹?|弟弟?|阿姨|老师|师傅|同学|校长|主任"
_BESIDE = "和与及跟请向问听让由给把被对是有在的了"
_FOLLOWS = r"(?=[^一-鿿]|$|老师|说|问|答|姐|哥|同学|主任)"
_FOLLOWS_PLAIN = r"(?=[^一-鿿]|$|老师|说|问|答|姐|哥|同学|主任|的|你|我|是|在|把|也|就)"
_SEPARATED = r"[\s._,'’-]*"


def surname_of(name: str) -> str:
    """Return the surname of a Chinese name, "" of any other."""
    if not _HAN.fullmatch(name):
        return ""
    return name[:2] if name[:2] in _COMPOUND and len(name) > len("欧阳") else name[:1]


def ways_to_call(name: str) -> Iterator[re.Pattern[str]]:
    """Yield patterns, for folded text, by which somebody of this name is known without it.

    The name in Latin letters in either order, the given name alone, and 小 or 老 before the
    surname. What is an everyday word as well needs a word beside it that makes it a person.
    """
    surname = surname_of(name)
    given = name[len(surname) :]
    if not surname or not given or re.fullmatch(f"(?:{DUTIES})", given):
        return
    first, rest = (_SEPARATED.join(syllables(part)) for part in (surname, given))
    yield re.compile(
        rf"(?<![a-z\d])(?:{first}{_SEPARATED}{rest}|{rest}{_SEPARATED}{first})(?![a-z\d])"
    )
    if len(given) > 1 and given not in _ORDINARY:
        yield re.compile(GAP.join(given))
    else:
        yield re.compile(rf"[小阿]?{given}(?:{_ADDRESSED})")
    follows = _FOLLOWS if surname in _AMBIGUOUS else _FOLLOWS_PLAIN
    yield re.compile(rf"(?<![从最大太很更缩减])[小老]{surname}{follows}")


def with_office(names: Iterable[str], offices: str) -> re.Pattern[str] | None:
    """Return what finds a surname of `names` before one of `offices`: 严主任; None without one."""
    surnames = sorted({surname for name in names if (surname := surname_of(name))})
    if not surnames:
        return None
    clear, either = (
        "|".join(each for each in surnames if (each in _AMBIGUOUS) == ambiguous)
        for ambiguous in (False, True)
    )
    told = [clear] if clear else []
    if either:  # 提高教师素养 has no teacher Gao in it
        told.append(rf"(?:(?<![一-鿿])|(?<=[{_BESIDE}]))(?:{either})")
    return re.compile(rf"(?:{'|'.join(told)}){GAP}(?:{offices})")
