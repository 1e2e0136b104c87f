"""Which colour a state wears: one table, so that a state looks the same on every page."""

GREEN, GOLD, BLUE, RED, GREY = "green", "gold", "blue", "red", "grey"

_WORDS = {
    GREEN: (
        "已认定 已入账 已到 到 出席 已签到 已完成 已通过 已确认 进行中 有效 补签"
        " recognised posted present signed_in done approved confirmed running active made_up open"
        " met checked given in_force"
    ),
    GOLD: (
        "待认定 待审核 待确认 待办 待提交 迟到 早退 未签到 临近截止"
        " pending awaiting claimed due late left_early expected submitted sent handed_in"
    ),
    BLUE: (
        "请假 公差 计划中 已安排 自报 外出"
        " on_leave leave excused on_duty planned scheduled proposed received answered"
    ),
    RED: (
        "缺席 已退回 逾期 未举行 已冲正 不认定"
        " absent returned overdue missed reversed refused failed rejected"
    ),
    GREY: "草稿 已关闭 已取消 已归档 停用 draft closed cancelled archived inactive",
}
TONE_OF = {word: tone for tone, words in _WORDS.items() for word in words.split()}


def tone_of(*names: str) -> str:
    """Return the tone of the first name that has one; an unknown state is grey."""
    return next((TONE_OF[name] for name in names if name in TONE_OF), GREY)
