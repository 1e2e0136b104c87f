"""Words with a fixed meaning: education, title, subjects, grades, posts."""

import re
from functools import lru_cache

from yanxiu.people.roster.cells import says_nothing
from yanxiu.people.roster.persons import Problem
from yanxiu.texts.keys import key, simplified

_EDUCATIONS = (
    ("博士", "博士研究生"),
    ("硕士", "硕士研究生"),
    ("研究生", "研究生"),
    ("大专|专科|高职", "大专"),
    ("本科|学士|^大学$|大学毕业", "本科"),
    ("中专|中师|中等师范|中等专业", "中专"),
    ("高中|职高|技校", "高中"),
    ("初中", "初中"),
    ("小学", "小学"),
)
_TITLES = (
    ("正高", "正高级教师"),
    ("^(小学|小教|幼儿园|幼教)?(一级|二级|三级|高级)?.*(员级)$", "三级教师"),
    ("副高|中教高级|中学高级|^高级|^中高$|特级.*高级", "高级教师"),
    ("^(中学|中教)?一级|^中一$", "一级教师"),
    ("^(中学|中教)?二级|^中二$", "二级教师"),
    ("^(中学|中教)?三级|^中三$|^助理级", "三级教师"),
    ("未定|未评|未聘|见习|试用|^无职称|暂无|无级|未取得|员级", "未定级"),
)
# 人社部发〔2015〕79号 joined the two old series into one.
_FORMER_TITLES = (
    ("(小学|小教|幼儿园|幼教|^小)(特级)?高(级)?", "一级教师"),
    ("(小学|小教|幼儿园|幼教|^小)一(级)?", "二级教师"),
    ("(小学|小教|幼儿园|幼教|^小)[二三](级)?", "三级教师"),
)
_SUBJECTS = {
    "语": "语文", "数": "数学", "英": "英语", "道法": "道德与法治", "道德法治": "道德与法治",
    "道德和法治": "道德与法治", "科": "科学", "体": "体育", "音": "音乐", "美": "美术",
    "体健": "体育与健康", "心理": "心理健康", "综合": "综合实践",
}  # fmt: skip
_BETWEEN = re.compile(r"[、,，;；/／|+＋&\n]|\s+|和|兼(?!职)|及(?!格)")
_SUBJECT_TAIL = re.compile(r"(教师|老师|教学|学科)$")
_STAGE = re.compile(r"^(小学|初中|高中|中学)(?=[一-鿿]{2,})")
_GRADE = re.compile(
    r"^(?:小学|小)?([一二三四五六七八九1-9])(?:年级?|年段)?(?:[（(]?\d{1,2}[)）]?班?)?$"
)
_OTHER_GRADE = re.compile(r"^(初|高)([一二三123])(?:年级)?$")
_GRADES = re.compile(r"[一二三四五六七八九]{2,}(?:年级)?")
_GRADE_SPAN = re.compile(
    r"^([一二三四五六七八九1-9])(?:年级)?[至到\-~～—]([一二三四五六七八九1-9])年级$"
)
_NUMERALS = "一二三四五六七八九"

Words = tuple[tuple[str, ...], tuple[Problem, ...]]


@lru_cache(maxsize=2048)
def read_education(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the level of education; an unknown word is kept as it is."""
    if says_nothing(text):
        return "", ()
    word = key(text)
    for pattern, level in _EDUCATIONS:
        if re.search(pattern, word):
            return level, ()
    shown = text[:20]
    return shown, (_unknown("education", "学历", shown),)


@lru_cache(maxsize=2048)
def read_title(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return one of the five titles or 未定级; former titles are taken over as the State did."""
    if says_nothing(text):
        return "", ()
    word = key(text).replace("中小学", "").replace("中小教", "").replace("教师", "")
    for pattern, title in _FORMER_TITLES:
        if "正高" not in word and re.search(pattern, word):
            sentence = f"职称“{text}”是2015年改革前的名称，按新系列读作“{title}”。如已另评请改正。"
            return title, (Problem("title-former-name", "info", "title", sentence),)
    for pattern, title in _TITLES:
        if re.search(pattern, word):
            return title, ()
    shown = text[:20]
    return shown, (_unknown("title", "职称", shown),)


@lru_cache(maxsize=2048)
def read_subjects(text: str) -> Words:
    """Return the subjects of a cell such as 语文、道德与法治."""
    subjects = []
    for part in split(text):
        word = _SUBJECT_TAIL.sub("", part) or part
        word = _STAGE.sub("", word)
        subjects.append(_SUBJECTS.get(word, word))
    return tuple(dict.fromkeys(subjects)), ()


@lru_cache(maxsize=2048)
def read_grades(text: str) -> Words:
    """Return the grades of a cell such as 五, 三、四年级 or 一至三年级; other words stay."""
    word = simplified(text).replace(" ", "")
    if span := _GRADE_SPAN.match(word):
        first, last = (_numeral(digit) for digit in span.groups())
        return tuple(f"{_NUMERALS[n]}年级" for n in range(first, last + 1)), ()
    grades: list[str] = []
    for part in split(text):
        if _GRADES.fullmatch(part):
            grades.extend(f"{numeral}年级" for numeral in part.removesuffix("年级"))
        elif match := _GRADE.match(part):
            grades.append(f"{_NUMERALS[_numeral(match[1])]}年级")
        elif match := _OTHER_GRADE.match(part):
            grades.append(f"{match[1]}{_NUMERALS[_numeral(match[2])]}")
        else:
            grades.append(part)
    return tuple(dict.fromkeys(grades)), ()


@lru_cache(maxsize=2048)
def read_posts(text: str) -> Words:
    """Return the posts of a cell such as 教导主任、语文教研组长; 教师 too where it is written."""
    posts = (part for part in split(text) if len(part) > 1)
    return tuple(dict.fromkeys(posts)), ()


def split(text: str) -> tuple[str, ...]:
    """Return the parts of a list in one cell, in simplified script."""
    if says_nothing(text):
        return ()
    parts = (part.strip(" .。:：") for part in _BETWEEN.split(simplified(text)))
    return tuple(part for part in parts if not says_nothing(part))


def _numeral(digit: str) -> int:
    return _NUMERALS.index(digit) if digit in _NUMERALS else int(digit) - 1


def _unknown(field: str, label: str, shown: str) -> Problem:
    sentence = f"{label}“{shown}”不是通用的名称，照原样保留。如有误请改正。"
    return Problem(f"{field}-unknown", "info", field, sentence)
