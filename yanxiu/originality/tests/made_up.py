"""Texts that nobody wrote, and what may be done to a text that is copied.

A text is a row of words: common ones of school life, and rare ones thrown from the dictionary that
comes with the pinyin library, as often as words of their rank are. That makes no sense to read, but
shares as much with other texts as essays of one school do, set phrases included. The same seed
gives the same texts.
"""

from bisect import bisect
from functools import cache
from itertools import accumulate
from random import Random

from yanxiu.texts.keys import traditional

COMMON = """
学生 老师 课堂 教学 我 我们 他们 孩子 一个 这样 自己 问题 发现 认为 通过
让 在 把 对 从 和 也 都 很 不 没有 可以 需要 应该 能够 已经 开始 时候
过程 方法 活动 小组 讨论 交流 合作 思考 理解 掌握 知识 能力 兴趣 习惯
作业 练习 板书 提问 回答 倾听 表达 观察 操作 实验 朗读 写作 计算 图形
分数 课文 单词 导入 新授 巩固 小结 评价 反馈 目标 重点 难点 教材 单元
设计 环节 情境 生活 实际 经验 资源 时间 效果 不足 改进 以后 今后 注意
关注 引导 鼓励 帮助 准备 选择 使用 比较 联系 变化 特点 原因 结果 关系
作用
""".split()  # noqa: SIM905 (easier to read)
SET_PHRASES = (
    "在今后的教学工作中我将继续努力不断提高自己的业务水平",
    "本节课以学生为主体教师为主导充分调动了学生的积极性",
    "通过这次活动我深深体会到教学是一门永无止境的艺术",
    "整节课教学目标明确重点突出难点突破环环相扣",
    "学生在轻松愉快的氛围中掌握了本课的知识要点",
    "以上是我的一点粗浅看法不当之处敬请各位同仁批评指正",
)
RARE = 0.62
"""The share of words that come from the dictionary."""

SET_PHRASE = 0.3
"""The share of texts that hold a set phrase."""

FALLS_OFF = 0.75
"""Words of rank r are used as often as 1 / r to this power."""


@cache
def _dictionary() -> tuple[list[str], list[float]]:
    """Return the rare words, in an order of chance, and how often the first ones are used."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415 (large)

    words = sorted(word for word in phrases_dict if 2 <= len(word) <= 4 and word.isalpha())
    Random(8).shuffle(words)  # noqa: S311 (the same texts each time)
    return words, list(accumulate((rank + 3) ** -FALLS_OFF for rank in range(len(words))))


def _word(dice: Random) -> str:
    if dice.random() > RARE:
        return COMMON[int(len(COMMON) * dice.random() ** 1.6)]
    words, often = _dictionary()
    return words[bisect(often, dice.random() * often[-1])]


def text(seed: int, letters: int = 400) -> str:
    """Return a text of at least so many letters."""
    dice = Random(seed)  # noqa: S311
    sentences: list[str] = []
    phrase_at = dice.randrange(20) if dice.random() < SET_PHRASE else -1
    length = 0
    while length < letters:
        if len(sentences) == phrase_at % 8 and phrase_at >= 0:
            sentence, phrase_at = dice.choice(SET_PHRASES), -1
        else:
            sentence = "".join(_word(dice) for _ in range(dice.randint(5, 12)))
        sentences.append(sentence + dice.choice("，，，。。；"))
        length += len(sentence)
    return "".join(sentences)


def edited(original: str, share: float, seed: int) -> str:
    """Return `original` with `share` of its letters replaced, left out or added to."""
    dice = Random(seed)  # noqa: S311
    others = text(seed + 7_000_000, 200)
    letters = []
    for letter in original:
        if dice.random() >= share:
            letters.append(letter)
            continue
        how = dice.random()
        if how < 0.5:
            letters.append(dice.choice(others))
        elif how < 0.75:
            letters.append(letter + dice.choice(others))
    return "".join(letters)


def embedded(original: str, seed: int) -> str:
    """Return a text three times as long in which `original` stands somewhere."""
    others = text(seed + 9_000_000, 2 * len(original))[: 2 * len(original)]
    at = Random(seed).randrange(len(others))  # noqa: S311
    return f"{others[:at]}\n{original}\n{others[at:]}"


def swapped(original: str) -> str:
    """Return `original` in traditional script."""
    return traditional(original)
