"""The files of the look are what they say and ask for nothing outside."""

import hashlib
import re
from pathlib import Path

UI = Path(__file__).resolve().parent.parent
VENDOR = UI / "static" / "vendor"
TEMPLATES = sorted((UI / "templates").rglob("*.html"))


def test_vendored_files_are_those_of_the_list() -> None:
    notes = (VENDOR / "VENDOR.md").read_text(encoding="utf-8")
    listed = {
        name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", notes, re.MULTILINE)
    }
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.suffix != ".md"
    }
    assert listed == found


def test_every_icon_used_here_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'symbol id="([^"]+)"', (VENDOR / "icons.svg").read_text()))
    used = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= sprite


def test_no_template_needs_inline_style_or_script() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'\sstyle="|\son\w+="|<style|<script(?![^>]*\ssrc=)', text), path.name


def test_nothing_is_loaded_from_outside() -> None:
    own = [*TEMPLATES, *(UI / "static" / "ui").iterdir()]
    for path in own:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://", text), path.name


def test_both_dark_blocks_hold_the_same_colours() -> None:
    tokens = (UI / "static" / "ui" / "tokens.css").read_text(encoding="utf-8")
    device = re.search(r':root:not\(\[data-bs-theme="light"\]\) {(.*?)}', tokens, re.DOTALL)
    chosen = re.search(r':root\[data-bs-theme="dark"\] {(.*?)}', tokens, re.DOTALL)
    assert device
    assert chosen
    assert device[1].split() == chosen[1].split()
