"""Bringing the catalogues up to date: traditional by machine, English by hand.

`yanxiu/locale/*/LC_MESSAGES/django.po` are the catalogues. Traditional script is made anew from
the sources each time, with the corrections of `texts/traditional.yaml` on top; English keeps what
was written and lists what is new with an empty translation. `django.mo` is made from both.
"""

import re
import sys
from pathlib import Path

import polib

from catalogues.sources import PACKAGE, Sentence, sentences
from yanxiu.texts.keys import traditional

LOCALE = PACKAGE / "locale"
TRADITIONAL, ENGLISH = "zh_Hant", "en"
PLURALS = {TRADITIONAL: "nplurals=1; plural=0;", ENGLISH: "nplurals=2; plural=(n != 1);"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|%[sd]")


def in_traditional(text: str) -> str:
    """Return `text` in traditional script, with our corrections; placeholders stay."""
    kept = PLACEHOLDER.findall(text)
    parts = [traditional(part) for part in PLACEHOLDER.split(text)]
    return parts[0] + "".join(hole + part for hole, part in zip(kept, parts[1:], strict=True))


def path_of(language: str) -> Path:
    """Return the catalogue of a language."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def key_of(entry: polib.POEntry) -> tuple[str, str]:
    """Return text and context, which tell an entry from every other."""
    return entry.msgid, entry.msgctxt or ""


def catalogue(
    language: str, found: dict[tuple[str, str], Sentence], old: polib.POFile
) -> polib.POFile:
    """Return the catalogue of `language` for the sentences of now."""
    made = polib.POFile(wrapwidth=0)
    made.metadata = {
        "Language": language,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    known = {key_of(entry): entry for entry in old}
    for key in sorted(found):
        made.append(_entry(language, found[key], known.get(key)))
    return made


def _entry(language: str, sentence: Sentence, old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=sentence.text, msgid_plural=sentence.plural, msgctxt=sentence.context or None
    )
    if "%(" in sentence.text:
        entry.flags.append("python-format")
    if language == TRADITIONAL:
        if sentence.plural:
            entry.msgstr_plural = {0: in_traditional(sentence.text)}
        else:
            entry.msgstr = in_traditional(sentence.text)
    elif sentence.plural:
        kept = old.msgstr_plural if old else {}
        entry.msgstr_plural = {0: kept.get(0, ""), 1: kept.get(1, "")}
    else:
        entry.msgstr = old.msgstr if old else ""
    return entry


def read(language: str) -> polib.POFile:
    """Return the catalogue of a language as it lies there; empty if it is not."""
    path = path_of(language)
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def main() -> int:
    """Write both catalogues; the exit code is 1 while a sentence has no English."""
    found = sentences()
    open_sentences = 0
    for language in (TRADITIONAL, ENGLISH):
        made = catalogue(language, found, read(language))
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        made.save(str(path))
        made.save_as_mofile(str(path.with_suffix(".mo")))
        untranslated = len(made.untranslated_entries())
        open_sentences += untranslated
        sys.stdout.write(f"{language}：{len(made)} 句，缺 {untranslated} 句\n")
    return 1 if open_sentences else 0


if __name__ == "__main__":
    sys.exit(main())
