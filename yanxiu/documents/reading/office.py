"""Have LibreOffice turn an old kind of document into docx, in a room of its own."""

import os
import shutil
import tempfile
from pathlib import Path
from threading import BoundedSemaphore

from yanxiu.documents.outline import Outline
from yanxiu.documents.reading import confined
from yanxiu.documents.reading.refusals import NeedsOffice, OfficeFailed
from yanxiu.documents.reading.word import read_word

SECONDS = 60
"""No document takes longer than this, waiting for its turn not counted."""

_MEGABYTE = 1024 * 1024
BOUNDS = confined.Bounds(
    seconds=SECONDS, cpu_seconds=SECONDS, memory=4096 * _MEGABYTE, output=100 * _MEGABYTE
)
_LARGEST = 40 * _MEGABYTE
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
# No macro runs, no link is followed, nothing is fetched from the network.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
# Each run may take a gigabyte; more than one at a time could starve the server beside it.
_TURN = BoundedSemaphore(1)


def program() -> str | None:
    """Where LibreOffice is installed, if it is."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def read_with_office(data: bytes, ending: str, kind: str) -> Outline:
    """Read `data` through LibreOffice.

    Args:
        data: the file.
        ending: the ending by which LibreOffice shall know it, such as doc.
        kind: what to call it in a refusal.

    Raises:
        NeedsOffice: LibreOffice is not installed.
        OfficeFailed: it could not open the file, or took longer than `SECONDS`.
    """
    soffice = program()
    if soffice is None:
        raise NeedsOffice(kind)
    with _TURN, tempfile.TemporaryDirectory(prefix="yanxiu-office-") as name:
        folder = Path(name)
        converted = _convert(soffice, folder, data, ending, kind)
    return read_word(converted)


def _convert(soffice: str, folder: Path, data: bytes, ending: str, kind: str) -> bytes:
    source, profile = folder / f"document.{ending}", folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user/registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source.write_bytes(data)
    command = [
        soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--nolockcheck", "--convert-to", "docx", "--outdir", str(folder / "made"), str(source),
    ]  # fmt: skip
    # No display and no proxy of the server; whatever tries to reach out finds nobody.
    environment = {
        "HOME": str(folder), "TMPDIR": str(folder), "PATH": os.environ.get("PATH", ""),
        "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""), "LANG": "C.UTF-8", "TEMP": str(folder),
        "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
    }  # fmt: skip
    ended = confined.run(command, b"", BOUNDS, environment)
    made = folder / "made/document.docx"
    if ended.code != 0 or not made.is_file() or made.stat().st_size > _LARGEST:
        raise OfficeFailed(kind, late=ended.code is None)
    return made.read_bytes()
