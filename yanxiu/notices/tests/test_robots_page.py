"""A robot speaks for a unit or a school; its address is typed once and never seen again."""

import json

import pytest
from django.core import serializers
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from yanxiu.audit.models import TrailLine
from yanxiu.cast import Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.notices import keys
from yanxiu.notices.models import Message, Robot
from yanxiu.notices.robots import check_address
from yanxiu.notices.tests.conftest import Put
from yanxiu.people.models import Teacher

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=very-secret-key"


def asked(cast: Cast, **rest: str) -> dict[str, str]:
    return {
        "whose": f"u:{cast.maths.uid}", "channel": "wecom", "name": "数学组群", "url": WECOM,
        "secret": "", "digest_hour": "7", **rest,
    }  # fmt: skip


@pytest.fixture
def leader(client: Client, li: Teacher) -> Client:
    client.force_login(li)
    return client


def test_the_leader_connects_the_groups_own_chat(
    leader: Client,
    cast: Cast,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        leader.post("/notices/robots/new/", asked(cast))

    robot = Robot.objects.get()
    key = keys.read(robot.uid)
    assert key
    assert (robot.unit, key.url) == (cast.maths, WECOM)


def test_the_leader_speaks_neither_for_another_group_nor_for_the_school(
    leader: Client, cast: Cast
) -> None:
    for whose in (f"u:{cast.chinese.uid}", f"o:{cast.school.uid}"):
        answer = leader.post("/notices/robots/new/", asked(cast, whose=whose))
        assert answer.status_code == 422
    assert not Robot.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("guan", 200), ("li", 200), ("wang", 404), ("shen", 404)]
)
def test_robots_are_for_administrators_and_leaders(
    client: Client, cast: Cast, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get("/notices/robots/").status_code == status


def test_another_group_does_not_see_it(client: Client, robot: Robot, zhao: Teacher) -> None:
    client.force_login(zhao)

    assert client.get(f"/notices/robots/{robot.uid}/").status_code == 404
    assert robot.name not in client.get("/notices/robots/").content.decode()


def test_the_address_is_in_no_page_export_or_trail(leader: Client, robot: Robot) -> None:
    pages = [leader.get(f"/notices/robots/{robot.uid}/"), leader.get("/notices/robots/")]
    shown = "".join(page.content.decode() for page in pages)
    exported = serializers.serialize("json", [robot])
    trail = json.dumps([list(row) for row in TrailLine.objects.values_list("detail", "verb")])

    assert "very-secret-key" not in shown + exported + trail


def test_the_key_is_readable_by_the_house_alone(robot: Robot) -> None:
    assert keys._path(robot.uid).stat().st_mode & 0o077 == 0


def test_a_name_changes_without_typing_the_address_again(leader: Client, robot: Robot) -> None:
    leader.post(
        f"/notices/robots/{robot.uid}/", {"name": "数学", "digest_hour": "8", "is_active": "on"}
    )

    robot.refresh_from_db()
    key = keys.read(robot.uid)
    assert key
    assert (robot.name, "very-secret-key" in key.url) == ("数学", True)


def test_with_the_robot_goes_its_key(
    leader: Client,
    robot: Robot,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        leader.post(f"/notices/robots/{robot.uid}/remove/")

    assert keys.read(robot.uid) is None
    assert not Robot.objects.exists()


def test_a_trial_is_put_on_its_way_and_the_page_waits_for_nobody(
    leader: Client, robot: Robot
) -> None:
    leader.post(f"/notices/robots/{robot.uid}/try/")

    message = Message.objects.get()
    assert (message.purpose, message.state) == ("test", "waiting")


@pytest.mark.parametrize(
    ("channel", "url", "secret"),
    [
        ("wecom", "http://qyapi.weixin.qq.com/x", ""),
        ("wecom", "https://qyapi.weixin.qq.com.evil.example/x", ""),
        ("wecom", "https://user:pass@qyapi.weixin.qq.com/x", ""),
        ("wecom", "https://169.254.169.254/latest", ""),
        ("wecom", "file:///etc/passwd", ""),
        ("wecom", "https://[", ""),
        ("wecom", "https://qyapi.weixin.qq.com:99999/x", ""),
        ("wecom", "https://oapi.dingtalk.com/robot/send?access_token=a", ""),
        ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=a", ""),
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/a", ""),
        ("wecom", "", ""),
    ],
)
def test_an_address_at_which_no_such_robot_can_be_is_refused(
    settings: Settings, channel: str, url: str, secret: str
) -> None:
    settings.ROBOT_HOSTS = []

    with pytest.raises(BadInput):
        check_address(channel, url, secret)


def test_a_refused_address_keeps_the_rest_of_the_form(leader: Client, cast: Cast) -> None:
    answer = leader.post("/notices/robots/new/", asked(cast, url="https://example.cn/"))

    assert answer.status_code == 422
    assert 'value="数学组群"' in answer.content.decode()


def test_the_outbox_says_that_and_not_what(
    client: Client, put: Put, guan: Teacher, wang: Teacher
) -> None:
    put(channel="email", teacher=wang, title="王老师欠的事", text="私", state="failed",
        problem="邮箱服务器不认这个收信地址。")  # fmt: skip
    client.force_login(guan)

    page = client.get("/notices/outbox/").content.decode()

    assert "王老师" in page
    assert "不认这个收信地址" in page
    assert "王老师欠的事" not in page


@pytest.mark.parametrize("who", ["shen", "zhou", "li", "wang", "qian"])
def test_the_outbox_is_the_administrators(client: Client, cast: Cast, put: Put, who: str) -> None:
    put(channel="email", teacher=cast.people["wang"])
    client.force_login(cast.people[who])

    assert client.get("/notices/outbox/").status_code == 404


def test_a_failed_one_is_sent_again_and_a_sent_one_is_not(
    client: Client, put: Put, guan: Teacher, wang: Teacher
) -> None:
    failed = put(channel="email", teacher=wang, state="failed")
    sent = put(channel="email", teacher=wang, state="sent")
    client.force_login(guan)

    assert client.post(f"/notices/outbox/{failed.uid}/again/").status_code == 302
    assert client.post(f"/notices/outbox/{sent.uid}/again/").status_code == 422


@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize("address", ["/notices/outbox/", "/notices/robots/"])
def test_lists_cost_few_statements(
    client: Client,
    put: Put,
    guan: Teacher,
    robot: Robot,
    address: str,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(number):
        put(channel="wecom", robot=robot)
    client.force_login(guan)

    with django_assert_max_num_queries(10):
        answer = client.get(address)

    assert len(answer.content) < 60_000
