"""Which field a column name means, and which columns nothing needs."""

import re
from functools import lru_cache
from types import MappingProxyType

from yanxiu.texts.keys import key

FIELDS = MappingProxyType(
    {
        "name": "姓名",
        "school": "学校",
        "job_number": "工号",
        "phone": "手机号",
        "born": "出生年月",
        "education": "学历",
        "title": "职称",
        "subjects": "任教学科",
        "grades": "年级",
        "groups": "教研组",
        "preparation_groups": "备课组",
        "posts": "职务",
        "tiers": "骨干称号",
        "started_work": "参加工作时间",
        "entered": "到校时间",
        "cycle_from": "个人周期起算",
        "retires": "退休年月",
    }
)
"""Fields of `Person` that a column may mean, with their names for people."""

# Within a field the words stand in order of preference: if a sheet has several, the first is read.
_SYNONYMS = {
    "name": "姓名 教师姓名 老师姓名 教职工姓名 职工姓名 员工姓名 教师名字 名字 教师 老师 人员姓名",
    "school": "学校 学校名称 所在学校 单位 单位名称 所在单位 工作单位 任教学校 校名 所属学校",
    "job_number": (
        "工号 职工号 教工号 教师工号 教职工号 员工号 职工编号 教师编号 教工编号 人员编号 员工编号 "
        "编号 教师号 职工代码"
    ),
    "phone": (
        "手机号 手机号码 手机 移动电话 联系手机 联系电话 联系方式 电话 电话号码 联络电话 手机电话 "
        "本人电话 行动电话"
    ),
    "born": "出生年月 出生日期 出生年月日 出生时间 出生 生日 出生年份",
    "education": "最高学历 现学历 学历 学历层次 文化程度 全日制学历 第一学历 学历学位",
    "title": (
        "职称 现职称 专业技术职务 专业技术职称 专业技术资格 现任专业技术职务 技术职称 教师职称 "
        "职称等级 职称级别 现有职称"
    ),
    "subjects": "任教学科 任教科目 所教学科 学科 科目 教学科目 任课科目 任课学科 教授学科 主教学科",
    "grades": "任教年级 年级 所教年级 任课年级 教学年级 所在年级 年级段",
    "groups": "教研组 所属教研组 所在教研组 科组 学科组 教学组 教研组别 研训组 组别",
    "preparation_groups": "备课组 集体备课组 所属备课组 所在备课组",
    "posts": "职务 行政职务 现任职务 校内职务 担任职务 岗位 职位 所任职务 任职",
    "tiers": (
        "骨干称号 骨干 骨干教师 荣誉称号 骨干级别 骨干类别 骨干层次 称号 荣誉 教师称号 教师层级 "
        "层级 梯队 人才称号 名师骨干"
    ),
    "started_work": (
        "参加工作时间 参加工作年月 参加工作 参加工作日期 工作时间 参工时间 入职时间 入职 入职日期 "
        "入职年月 从教时间 开始工作时间 任教时间"
    ),
    "entered": "到校时间 来校时间 入校时间 进校时间 调入时间 到本校时间 来校年月 到校年月 到校日期",
    "cycle_from": (
        "个人周期起算 周期起算 周期起算日期 周期起算时间 首次注册时间 首次注册日期 首次注册年月 "
        "教师资格首次注册时间 教师资格首次注册日期"
    ),
    "retires": (
        "退休年月 退休时间 退休日期 预计退休年月 预计退休时间 预计退休日期 拟退休年月 拟退休时间 "
        "应退休时间 应退休年月 法定退休时间"
    ),
}
_ORDINAL = frozenset({"序号", "序", "顺序号", "行号", "no"})
_DROPPED = (
    "性别 民族 身份证号 身份证号码 身份证 证件号 证件号码 公民身份号码 居民身份证号 证件类型 "
    "备注 说明 政治面貌 籍贯 家庭住址 住址 现住址 家庭地址 通讯地址 婚姻状况 婚否 健康状况 "
    "年龄 教龄 工龄 邮箱 电子邮箱 电子邮件 微信 微信号 qq qq号 户籍 户口所在地 出生地 国籍 "
    "毕业院校 毕业学校 毕业时间 所学专业 专业 学位 银行卡号 工资卡号 社保号 紧急联系人 "
    "紧急联系电话 家长姓名 配偶 配偶姓名 子女 车牌号 宗教信仰 血型 照片 相片 入党时间 "
    "固定电话 办公电话 家庭电话 座机 签名 签字 教师签名 编制 是否在编 身份证地址"
)
_DROPPED_PARTS = ("身份证", "证件号", "住址", "银行", "民族", "政治面貌", "紧急", "配偶", "签名")
_PARTS = (
    ("手机", "phone"),
    ("参加工作", "started_work"),
    ("出生", "born"),
    ("专业技术", "title"),
    ("职称", "title"),
    ("教研组", "groups"),
    ("备课组", "preparation_groups"),
    ("骨干", "tiers"),
    ("工号", "job_number"),
    ("姓名", "name"),
)
_OTHER_MEANINGS = ("时间", "号码", "证书", "编号", "日期", "年限")
_IN_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_MAX_HEAD = 24


@lru_cache(maxsize=4096)
def head_key(text: str) -> str:
    """Return the comparable form of a column name: without spaces, marks and bracketed remarks."""
    if len(text) > _MAX_HEAD * 2:
        return ""
    return key(_IN_BRACKETS.sub("", text)) or key(text)


def field_of(text_key: str) -> str | None:
    """Return the field that a head key means: "" for a needless column, None if unknown."""
    if text_key in _FIELDS_BY_KEY:
        return _FIELDS_BY_KEY[text_key]
    if text_key in _DROPPED_KEYS or text_key in _ORDINAL:
        return ""
    if not text_key or len(text_key) > _MAX_HEAD:
        return None
    if any(part in text_key for part in _DROPPED_PARTS):
        return ""
    for part, field in _PARTS:
        if part in text_key and (
            field in {"born", "started_work", "phone", "job_number"}
            or not text_key.endswith(_OTHER_MEANINGS)
        ):
            return field
    return None


def is_exact(text_key: str) -> bool:
    """Whether the head key is a listed word, not merely something that contains one."""
    return text_key in _FIELDS_BY_KEY or text_key in _DROPPED_KEYS or text_key in _ORDINAL


def is_ordinal(text_key: str) -> bool:
    """Whether the column only numbers the lines."""
    return text_key in _ORDINAL


def preference(text_key: str) -> int:
    """Return how good the word is for its field; lower is better."""
    return _PREFERENCES.get(text_key, 1000)


# `key` maps the words as it will map what is found, whatever its rules are.
_FIELDS_BY_KEY = {key(word): field for field, words in _SYNONYMS.items() for word in words.split()}
_PREFERENCES = {
    key(word): order for words in _SYNONYMS.values() for order, word in enumerate(words.split())
}
_DROPPED_KEYS = frozenset(key(word) for word in _DROPPED.split())
