"""Everything that changes outside training, series, self-study and skill checks."""

from yanxiu.training.actions.applying import apply, apply_again, declare, withdraw_training
from yanxiu.training.actions.courses import change_course, enter_course, save_setting, send
from yanxiu.training.actions.deciding import (
    approve,
    recognise,
    return_report,
    return_training,
    take_recognition_back,
)
from yanxiu.training.actions.making_up import plan_make_up
from yanxiu.training.actions.reporting import hand_in
from yanxiu.training.actions.self_study import accept_study, return_study, send_study
from yanxiu.training.actions.series import add_part, remove_part, start_series
from yanxiu.training.actions.skills import enter_results, rate_oneself, start_skill_check

__all__ = [
    "accept_study",
    "add_part",
    "apply",
    "apply_again",
    "approve",
    "change_course",
    "declare",
    "enter_course",
    "enter_results",
    "hand_in",
    "plan_make_up",
    "rate_oneself",
    "recognise",
    "remove_part",
    "return_report",
    "return_study",
    "return_training",
    "save_setting",
    "send",
    "send_study",
    "start_series",
    "start_skill_check",
    "take_recognition_back",
    "withdraw_training",
]
