"""Phones get the public address, and the start screen says what will not work there."""

import os
import socket
from pathlib import Path

import pytest

from yanxiu.config import serving
from yanxiu.config.serving import HalfAPair, NoSuchFile, PortTaken, Serving


@pytest.fixture
def taken() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_public_address_wins() -> None:
    served = Serving(host="0.0.0.0", public_url="https://yx.example.cn/")  # noqa: S104

    assert served.url == "https://yx.example.cn"


def test_the_whole_network_is_reached_by_the_address_of_this_machine() -> None:
    served = Serving(host="0.0.0.0", port=8001)  # noqa: S104

    assert served.url == f"http://{serving.lan_address()}:8001"


def test_a_certificate_makes_the_address_https() -> None:
    assert Serving(tls_cert=Path("c"), tls_key=Path("k")).url == "https://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("served", "warned"),
    [
        (Serving(), False),
        (Serving(host="192.168.1.5"), True),
        (Serving(host="192.168.1.5", public_url="https://yx.example.cn"), False),
        (Serving(public_url="http://yx.example.cn"), True),
    ],
)
def test_without_https_a_sentence_says_what_will_not_work(served: Serving, *, warned: bool) -> None:
    assert ("没有 HTTPS" in served.warning) is warned


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    with pytest.raises(HalfAPair):
        Serving(tls_cert=tmp_path).check()


def test_a_missing_certificate_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile, match=r"c\.pem"):
        Serving(tls_cert=tmp_path / "c.pem", tls_key=tmp_path / "k.pem").check()


def test_a_taken_port_is_named_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            Serving(port=port).check()


def test_a_free_port_is_fine(taken: int) -> None:
    Serving(port=taken).check()


def test_the_settings_hear_the_address_and_the_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("YANXIU_PUBLIC_URL", "YANXIU_HOSTS", "YANXIU_HASHED_STATIC"):
        monkeypatch.setenv(name, "")

    serving.set_environment(Serving(host="192.168.1.5"))

    assert os.environ["YANXIU_PUBLIC_URL"] == "http://192.168.1.5:8000"
    assert "192.168.1.5" in os.environ["YANXIU_HOSTS"].split(",")
    assert os.environ["YANXIU_HASHED_STATIC"] == "1"


def test_a_public_address_set_by_the_administrator_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("YANXIU_PUBLIC_URL", "https://yx.example.cn")
    monkeypatch.setenv("YANXIU_HOSTS", "yx")
    monkeypatch.setenv("YANXIU_HASHED_STATIC", "0")

    serving.set_environment(Serving())

    assert os.environ["YANXIU_PUBLIC_URL"] == "https://yx.example.cn"
    assert "yx" in os.environ["YANXIU_HOSTS"].split(",")
