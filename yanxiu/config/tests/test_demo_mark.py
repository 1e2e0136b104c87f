"""A demo's folder is known by its marks, and its log-ins are its owner's."""

from pathlib import Path

from yanxiu.config import demo_mark


def test_a_folder_is_a_demo_from_before_the_first_row(tmp_path: Path) -> None:
    demo_mark.begin(tmp_path / "demo")

    assert demo_mark.is_demo(tmp_path / "demo")
    assert not demo_mark.is_whole(tmp_path / "demo")


def test_it_is_whole_when_it_was_finished(tmp_path: Path) -> None:
    demo_mark.begin(tmp_path)
    demo_mark.finish(tmp_path)

    assert demo_mark.is_whole(tmp_path)


def test_the_log_ins_can_be_read_by_their_owner_only(tmp_path: Path) -> None:
    demo_mark.keep_logins(tmp_path, [("校长", "沈校长", "13900000001", "abcd-efgh-jkmn")])

    file = tmp_path / demo_mark.LOGINS
    assert file.stat().st_mode & 0o777 == 0o600
    assert "13900000001　密码 abcd-efgh-jkmn" in file.read_text(encoding="utf-8")


def test_each_password_is_another() -> None:
    assert len({demo_mark.new_password() for _ in range(100)}) == 100
