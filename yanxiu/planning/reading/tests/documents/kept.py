"""The fictional documents that stand as files or are built, by name: their bytes and file name.

Those in `unseen` were written with their tables and read once; no rule was made after a look at
what the reader missed of them.
"""

from pathlib import Path

from yanxiu.planning.reading.tests.documents import builders

FOLDER = Path(__file__).parent


def _gather() -> dict[str, tuple[bytes, str]]:
    found = {}
    for table in sorted(FOLDER.glob("*/*.expected")):
        name = table.stem
        file = next((f for f in table.parent.glob(f"{name}.*") if f != table), None)
        built = {**builders.KNOWN, **builders.KEPT_APART}
        found[name] = (file.read_bytes(), file.name) if file else (built[name](), f"{name}.docx")
    return found


FICTIONAL = _gather()
UNSEEN = frozenset(table.stem for table in FOLDER.glob("unseen/*.expected"))


def table_of(name: str) -> str:
    """What the document of this name is known to say."""
    (path,) = FOLDER.glob(f"*/{name}.expected")
    return path.read_text(encoding="utf-8")
