"""What training declines, and what the person can do instead."""

from yanxiu.kernel.refusals import BadInput, Refusal


class WrongState(Refusal):
    """A deed that does not fit what has happened to the training so far."""

    code = "training-state"

    def __init__(self, state: str, remedy: str) -> None:
        """Say how things stand, and what can be done."""
        super().__init__(f"这次培训现在是“{state}”，没有改动。{remedy}")


class NoSelfReport(Refusal):
    """Somebody reports a training that was never applied for, where that is not allowed."""

    code = "no-self-report"

    def __init__(self) -> None:
        """Say what the school asks for."""
        super().__init__(
            "本校的外出培训要先申请后参加，不能补报，没有保存。请联系教科室，由教科室登记这次培训。"
        )


class ProofMissing(Refusal):
    """The school asks for a reference or a file, and there is none."""

    code = "proof-missing"

    def __init__(self, field: str, what: str) -> None:
        """Name what is missing, and the field where it is to be given."""
        self.field = field
        super().__init__(f"本校要求交{what}，现在还没有，汇报没有提交。补上以后再交，已写的都在。")


class CourseTaken(Refusal):
    """A second application for the same course."""

    code = "course-taken"

    def __init__(self, name: str) -> None:
        """Say whose it is."""
        super().__init__(f"{name}已经在这个课程的名单里，没有重复登记。请打开原来的那一份。")


class FieldRefused(BadInput):
    """One field of a form about a training cannot be used as it stands."""

    def __init__(self, field: str, sentence: str) -> None:
        """Say `sentence` beside `field`."""
        self.field = field
        super().__init__(sentence)


class NobodyMissing(Refusal):
    """A make-up session for nobody."""

    code = "nobody-missing"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("名单里没有还没训的人，不需要补训，没有排场次。请换一个范围或内容再看。")
