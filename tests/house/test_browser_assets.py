"""The browser assets: the same bytes each build, sealing pages that stand alone, nobody else's brand."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]


def build(assets: Path, static: Path, *parts: str) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node") or str(ROOT / ".venv/bin/node")
    command = [
        node,
        str(ROOT / "scripts/build-assets.mjs"),
        "--from",
        str(assets),
        "--to",
        str(static),
        *parts,
    ]
    return subprocess.run(command, capture_output=True, text=True)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A sealing page of the agreed shape; what its script says could break a careless replacement."""
    seal = tmp_path / "assets" / "seal"
    seal.mkdir(parents=True)
    seal.joinpath("seal.css").write_text("main { color: black }\n")
    seal.joinpath("seal.js").write_text(
        'import { split } from "shamir-secret-sharing";\n'
        'import { Encrypter } from "age-encryption";\n'
        'document.title = "$& $1 投标 </script>" + split.name + Encrypter.name;\n'
    )
    seal.joinpath("seal.src.html").write_text(
        '<!doctype html><html lang="zh-CN"><head><link rel="stylesheet" href="./seal.css">\n'
        '<script type="module" src="./seal.js"></script></head><body><main>加密</main></body></html>\n'
    )
    return tmp_path / "assets"


def test_the_assets_are_the_same_bytes_each_time(sample: Path, tmp_path: Path) -> None:
    for static in ("one", "two"):
        done = build(sample, tmp_path / static, "vendor", "styles", "seal")
        assert (done.returncode, done.stderr) == (0, "")
    made = digests(tmp_path / "one")
    assert {"vendor/govuk-frontend.min.css", "seal/seal.html"} <= made.keys()
    assert made == digests(tmp_path / "two")


def test_our_own_assets_build_to_what_is_served(tmp_path: Path) -> None:
    done = build(ROOT / "assets", tmp_path / "static", "vendor", "styles", "seal")
    assert (done.returncode, done.stderr) == (0, "")
    served = digests(ROOT / "app" / "static")
    assert {name: served.get(name) for name in digests(tmp_path / "static")} == digests(tmp_path / "static")


def test_what_is_no_longer_made_is_removed(sample: Path, tmp_path: Path) -> None:
    static = tmp_path / "static"
    left = static / "seal" / "withdrawn.html"
    left.parent.mkdir(parents=True)
    left.write_text("old")
    assert build(sample, static).returncode == 0
    assert not left.exists()
    assert {"fonts", "seal", "vendor"} <= {path.name for path in static.iterdir()}
    shutil.rmtree(static)


def test_a_sealing_page_stands_alone(sample: Path, tmp_path: Path) -> None:
    assert build(sample, tmp_path / "static", "seal").returncode == 0
    page = (tmp_path / "static" / "seal" / "seal.html").read_text()
    assert "<style>\nmain { color: black }" in page
    assert "$& $1 投标 <\\/script>" in page
    assert page.count("</script") == 1
    assert not re.search(r"<(script|link)[^>]*(src|href)=", page)
    assert page.count('<script type="module">') == 1


def test_a_sealing_page_that_would_load_something_is_refused(sample: Path, tmp_path: Path) -> None:
    page = sample / "seal" / "seal.src.html"
    page.write_text(page.read_text().replace("<main>", '<img src="logo.png"><main>'))
    done = build(sample, tmp_path / "static", "seal")
    assert done.returncode != 0
    assert "a sealing page must stand alone" in done.stderr


def test_nothing_of_the_design_systems_brand_is_left(tmp_path: Path) -> None:
    assert build(tmp_path, tmp_path / "static", "vendor").returncode == 0
    made = digests(tmp_path / "static")
    css = (tmp_path / "static" / "vendor" / "govuk-frontend.min.css").read_text()
    assert sorted(made) == ["vendor/govuk-frontend.min.css", "vendor/govuk-frontend.min.js"]
    assert not re.search(r"@font-face|Transport|crown|crest|/assets/|url\(", css)
    assert ".govuk-button" in css
    assert "var(--portal-font-family," in css


def test_the_paper_fonts_are_truetype_with_every_common_hanzi() -> None:
    rows = [*range(0xB0, 0xD7), *range(0xD8, 0xF8)]  # GB 2312: the 6,763 less the incomplete row
    common = {ord(bytes((row, cell)).decode("gb2312")) for row in rows for cell in range(0xA1, 0xFF)}
    fonts = sorted((ROOT / "app" / "static" / "fonts").glob("*.ttf"))
    assert [path.stem for path in fonts] == [
        "NotoSansSC-Bold",
        "NotoSansSC-Regular",
        "NotoSerifSC-Bold",
        "NotoSerifSC-Regular",
    ]
    for path in fonts:
        font = TTFont(path, lazy=True)
        assert "glyf" in font
        assert "fvar" not in font
        assert common - font.getBestCmap().keys() == set()
