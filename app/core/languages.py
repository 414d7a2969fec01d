"""The reader's language: Simplified Chinese, in which everything is written, or English, from the .po files.

The .po files of all domains are compiled into one catalogue when any of them is newer than it.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, request
from flask_babel import Babel

APP = Path(__file__).parent.parent
FOLDER = APP / "translations"
TEMPLATES = APP.parent / "templates"
LANGUAGES = {"zh": "简体中文", "en": "English"}
_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None, "_l": None, "N_": None, "gettext": None, "lazy_gettext": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2),
}  # fmt: skip
_WHERE = [("app", APP, "python", "**.py"), ("templates", TEMPLATES, "jinja2", "**.html")]


def init_languages(app: Flask) -> Babel:
    """Compile what is newer and let every request choose its language by the cookie `lang`."""
    compile_english()
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(FOLDER))
    babel = Babel(app, default_locale="zh", default_timezone="Asia/Shanghai", locale_selector=chosen_language)
    app.jinja_env.globals.update(languages=LANGUAGES)
    return babel


def chosen_language() -> str:
    """The language of this request: what the cookie says, Chinese otherwise."""
    lang = request.cookies.get("lang", "zh") if request else "zh"
    return lang if lang in LANGUAGES else "zh"


def compile_english(folder: Path = FOLDER) -> Path:
    """Write en/LC_MESSAGES/messages.mo from every en/*.po, unless it is newer than all of them; gives its path."""
    sources = sorted((folder / "en").glob("*.po"))
    target = folder / "en" / "LC_MESSAGES" / "messages.mo"
    if not target.exists() or any(s.stat().st_mtime_ns >= target.stat().st_mtime_ns for s in sources):
        _write(english(folder), target)
    return target


def english(folder: Path = FOLDER) -> Catalog:
    """All English of all domains; where two files translate one text the first file's word stands."""
    whole = Catalog(locale="en")
    for path in sorted((folder / "en").glob("*.po")):
        for message in _read(path):
            if message.id and message.string and message.id not in whole:
                whole.add(message.id, message.string)
    return whole


def clashing(folder: Path = FOLDER) -> list[str]:
    """Texts that two .po files translate differently, for the house test."""
    seen: dict[object, object] = {}
    messages = [m for path in sorted((folder / "en").glob("*.po")) for m in _read(path) if m.id and m.string]
    return sorted({str(m.id) for m in messages if seen.setdefault(m.id, m.string) != m.string})


def missing_in_english(folder: Path = FOLDER) -> list[str]:
    """Texts marked in Python files or templates that have no English, as 「file:line text」, for the house test."""
    known = english(folder)
    return sorted({f"{at} {text}" for text, at in marked() if text not in known})


def marked() -> Iterator[tuple[str, str]]:
    """Every text marked for translation in app/**/*.py and templates/**/*.html, with where it stands."""
    for name, root, method, pattern in _WHERE:
        options = {pattern: {"silent": "false"}}
        found = extract_from_dir(root, [(pattern, method)], options, keywords=_KEYWORDS, directory_filter=_is_ours)
        for path, line, text, *_ in found:
            for one in text if isinstance(text, tuple) else (text,):
                if one:
                    yield one, f"{name}/{path}:{line}"


def _is_ours(folder: str | os.PathLike[str]) -> bool:
    """Babel's own filter would pass over _layout and _parts."""
    return not Path(folder).name.startswith((".", "__"))


def bare_chinese(templates: Path = TEMPLATES) -> list[str]:
    """Chinese that stands in a template outside of `_()`, as 「file text」, for the house test."""
    code = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
    chinese = re.compile(r"[\u4e00-\u9fff][^\n<>]*")
    return sorted(
        f"{path.relative_to(templates)} {found.strip()}"
        for path in templates.rglob("*.html")
        for found in chinese.findall(code.sub("", path.read_text(encoding="utf-8")))
    )


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def _write(catalogue: Catalog, target: Path) -> None:
    """Replace the compiled file in one step: several processes may start at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, delete=False) as file:
        write_mo(file, catalogue)
    os.replace(file.name, target)
