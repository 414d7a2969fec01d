"""Whether a file is an honest workbook: its zip parts, its real size, no macro, no date system of 1904.

Names prove nothing: the parts say what a package is, and the sizes it claims are checked by inflating it.
"""

import struct
import zipfile
import zlib
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from app.core.words import N_
from app.registry.reading import Open, SheetRefused

MOST_PARTS = 1_000
MOST_INFLATED = 400 * 2**20  # bytes; 100,000 rows of 15 columns are about 100 MB of XML
CHUNK = 2**16
ENCRYPTED = 0x1  # flag bit of a zip entry

OTHER_PACKAGES = {
    "word/document.xml": N_("这是 Word 文档，不是表格"),
    "ppt/presentation.xml": N_("这是 PowerPoint 文稿，不是表格"),
    "xl/workbook.bin": N_("这是 XLSB 二进制工作簿，请另存为 XLSX"),
    "content.xml": N_("这是 ODS 表格，请另存为 XLSX"),
}
ZIP_ERRORS = (  # what zipfile and zlib say of a damaged archive; EOFError and RuntimeError among them
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, NotImplementedError, OSError,
    RuntimeError, ValueError,
)  # fmt: skip
BROKEN = N_("文件已损坏，或不是真正的 XLSX 工作簿")


def check_package(opened: Open) -> None:
    """Raises `SheetRefused` for what is no workbook, has a macro, is encrypted, damaged or a zip bomb."""
    with opened() as file:
        try:
            with ZipFile(file) as package:
                _check_parts(package)
            _check_sizes(file, package.infolist())
        except ZIP_ERRORS as error:
            raise SheetRefused(BROKEN) from error


def _check_parts(package: ZipFile) -> None:
    names = package.namelist()
    if macro := next((name for name in names if _is_macro(name)), None):
        text = N_("工作簿带有宏（%(macro)s）；请另存为不带宏的 XLSX 后再上传")
        raise SheetRefused(text, macro=macro)
    if "xl/workbook.xml" not in names:
        other = next((text for part, text in OTHER_PACKAGES.items() if part in names), None)
        raise SheetRefused(other or N_("这是压缩包，不是 XLSX 工作簿"))
    if any(info.flag_bits & ENCRYPTED for info in package.infolist()):
        raise SheetRefused(N_("工作簿已加密，请去掉密码后再上传"))


def _is_macro(name: str) -> bool:
    lower = name.lower()
    return lower.rpartition("/")[2] == "vbaproject.bin" or lower.startswith(("xl/macrosheets/", "xl/dialogsheets/"))


def _check_sizes(file: BinaryIO, parts: list[ZipInfo]) -> None:
    """Inflate every part without keeping it: a size in the directory is a claim, and parts may overlap."""
    left = MOST_INFLATED
    for part in parts[: MOST_PARTS + 1]:
        left -= part.compress_size if part.compress_type == zipfile.ZIP_STORED else _inflated(file, part, left)
        if left < 0:
            break
    if left < 0 or len(parts) > MOST_PARTS:
        text = N_("文件解压后超过 %(most)d MB 或部件太多，像是压缩炸弹，不予读取")
        raise SheetRefused(text, most=MOST_INFLATED // 2**20)


def _inflated(file: BinaryIO, part: ZipInfo, most: int) -> int:
    """Bytes this part really inflates to, counted up to a little above *most*."""
    file.seek(part.header_offset + 26)
    name_length, extra_length = struct.unpack("<HH", file.read(4))
    file.seek(name_length + extra_length, 1)
    inflater, left, size = zlib.decompressobj(-zlib.MAX_WBITS), part.compress_size, 0
    while left > 0 and size <= most and (chunk := file.read(min(left, CHUNK))):
        left -= len(chunk)
        while chunk and size <= most:
            size += len(inflater.decompress(chunk, 16 * CHUNK))
            chunk = inflater.unconsumed_tail
    return size
