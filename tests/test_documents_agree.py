"""The glossary knows every model, and no file names a machine or a registry."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = ROOT / "docs/glossary.md"
SKIPPED = {"data", "__pycache__", "screenshots", "vendor"}
TEXT = {
    "", ".py", ".md", ".txt", ".in", ".toml", ".yaml", ".yml", ".json", ".html", ".css", ".js",
    ".cfg", ".ini", ".sh", ".svg", ".po",
}  # fmt: skip
# In halves, so that this file does not name them either.
HOSTS = re.compile(
    r"(?i)\b(?:"
    + "|".join(
        re.escape(first + second)
        for first, second in (
            ("pypi.", "org"), ("files.python", "hosted.org"), ("registry.npm", "js.org"),
            ("registry.npm", "mirror.com"), ("deb.deb", "ian.org"), ("mirrors.", "aliyun"),
            ("pypi.tuna", ".tsinghua"), ("reg", "istry.yarnpkg"),
        )
    )
    + r")"
    + r"|--(?:extra-)?index-" + r"url|^\s*resolved\s"
)  # fmt: skip
PLACES = re.compile(r"(?<![\w.~$}/])/(?:home|Users|work|root|mnt)/[\w.-]+")

pytestmark = pytest.mark.static


def chinese_term(model: type) -> str:
    """The word before the colon with which the docstring of a model opens."""
    found = re.match(r"\s*([一-鿿（）()、/]+)[:：]", model.__doc__ or "")
    return found[1] if found else ""


def our_models() -> list[type]:
    ours = [app for app in apps.get_app_configs() if app.name.startswith("yanxiu.")]
    return [model for app in ours for model in app.get_models()]


def texts() -> list[tuple[str, str]]:
    found = []
    for folder, folders, names in os.walk(ROOT):
        visible = [one for one in folders if not one.startswith(".") or one == ".ci"]
        folders[:] = [one for one in visible if one not in SKIPPED]
        paths = [Path(folder, name) for name in names]
        found += [
            (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8", errors="replace"))
            for path in paths
            if path.suffix in TEXT and path.name != ".git"
        ]
    return found


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_a_model_opens_with_its_chinese_term(model: type) -> None:
    assert chinese_term(model)


def test_every_model_is_in_the_glossary() -> None:
    glossary = GLOSSARY.read_text(encoding="utf-8") if GLOSSARY.exists() else ""

    missing = [
        f"{chinese_term(model)} {model.__name__}"
        for model in our_models()
        if chinese_term(model) not in glossary
    ]

    assert missing == []


def test_no_line_names_a_registry() -> None:
    found = [
        f"{name}:{number}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if HOSTS.search(line)
    ]

    assert found == []


def test_no_line_names_a_place_on_a_machine() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if PLACES.search(line)
    ]

    assert found == []


def test_what_continuous_integration_runs_is_what_the_readme_says() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")

    assert "python3 run.py test" in script
    assert "python3 run.py check" in script
    understood = subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=False)  # noqa: S607 - wherever bash is
    assert understood.returncode == 0
    assert os.access(ROOT / ".ci/run", os.X_OK)
