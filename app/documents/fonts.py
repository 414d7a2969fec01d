"""The typefaces of paper: Noto Serif SC and Noto Sans SC as TrueType, put into app/static/fonts at set-up.

Where they are missing Debian's fonts-noto-cjk takes their place by its family name. Nothing is printed with a glyph
missing in either: typesetting refuses it, naming the sign.
"""

import os
from pathlib import Path

FONT_DIR = Path(os.environ.get("PORTAL_FONTS", Path(__file__).parents[1] / "static" / "fonts"))
SYSTEM_FAMILIES = {"Paper Serif": "Noto Serif CJK SC", "Paper Sans": "Noto Sans CJK SC"}
_FACES = (
    ("Paper Serif", 400, "NotoSerifSC-Regular.ttf"),
    ("Paper Serif", 700, "NotoSerifSC-Bold.ttf"),
    ("Paper Sans", 400, "NotoSansSC-Regular.ttf"),
    ("Paper Sans", 700, "NotoSansSC-Bold.ttf"),
)


def shipped() -> dict[str, Path]:
    """File name → path of the typefaces that are installed."""
    return {name: FONT_DIR / name for _, _, name in _FACES if (FONT_DIR / name).is_file()}


def stylesheet() -> str:
    """The @font-face rules for the installed files."""
    there = shipped()
    rules = (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("paper:{name}"); }}'
        for family, weight, name in _FACES
        if name in there
    )
    return "\n".join(rules)
