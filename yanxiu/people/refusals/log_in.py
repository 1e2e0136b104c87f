"""Why somebody does not get in, or may not let somebody in."""

from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import Refusal


class WrongCode(Refusal):
    """No account of that name has that code; which of the two is wrong is not told."""

    code = "wrong-code"

    def __init__(self) -> None:
        """Say what to compare."""
        super().__init__(
            _(
                "没有找到与这个手机号（工号）相配的登录码。"
                "请对照登录条逐字核对；还是不行，请管理员重新打印一张。"
            )
        )


class CodeUsed(Refusal):
    """The code let somebody in before."""

    code = "code-used"

    def __init__(self) -> None:
        """Say how to get in now."""
        super().__init__(
            _(
                "这个登录码已经用过了，每个登录码只能用一次。"
                "请用当时设的密码登录；忘了密码，或者不是您本人用的，请管理员重新打印一张。"
            )
        )


class CodeExpired(Refusal):
    """The code is too old, or a newer one took its place."""

    code = "code-expired"

    def __init__(self) -> None:
        """Say where a new one comes from."""
        super().__init__(
            _(
                "这个登录码已经过期，或者已被后来打印的登录码代替，不能再用。"
                "请用最新的登录条；没有的话，请管理员重新打印一张。"
            )
        )


class TooManyTries(Refusal):
    """Guessing is stopped for a while."""

    code = "too-many-tries"

    def __init__(self) -> None:
        """Say how long."""
        super().__init__(
            _("连续输错的次数太多，为保护账号先停一停，刚才的内容没有核对。请等十五分钟左右再试。")
        )


class NotOnRoster(Refusal):
    """The account is no longer active."""

    code = "not-on-roster"

    def __init__(self) -> None:
        """Say who can change it."""
        super().__init__(
            _(
                "这个账号已停用，不能登录，通常是因为人员已经调离。记录都还在；如有疑问，请联系学校管理员。"
            )
        )


class NoSlipFor(Refusal):
    """Somebody's rights reach further than those of the administrator who would print the slip."""

    code = "no-slip-for"

    def __init__(self, names: list[str]) -> None:
        """Name the persons."""
        super().__init__(
            _(
                "%(names)s 在您管理范围以外还担任有管理权限的岗位，登录码一张也没有打印。"
                "请取消勾选后再打印，这几位的登录码请上级单位的管理员打印。"
            )
            % {"names": "、".join(names)}
        )


class NobodyChosen(Refusal):
    """A sheet of slips for nobody."""

    code = "nobody-chosen"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(_("没有选中任何人，登录码没有打印。请先勾选要打印的教师。"))


class LinkSpent(Refusal):
    """The set-up link is unknown, used or expired."""

    code = "link-spent"

    def __init__(self) -> None:
        """Say where a new one comes from."""
        super().__init__(
            _(
                "这个建校链接已经用过、过期，或者不完整，不能再用。"
                "学校已经建好的，请直接登录；还没有的，请在服务器的控制台重新取一个链接。"
            )
        )


class SchoolStandsAlready(Refusal):
    """A set-up link is wanted although a school exists."""

    code = "school-stands-already"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__(
            _("这里已经建立过学校，没有生成建校链接。请用管理员账号登录，在“组织”里添加下级学校。")
        )
