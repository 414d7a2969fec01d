"""XLSX sheets: the first visible worksheet of an honest package; values by calamine, formulas by a scan."""

from collections.abc import Iterator
from functools import cached_property
from posixpath import join, normpath
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from app.core.law import Finding
from app.core.words import N_
from app.registry.packages import BROKEN, ZIP_ERRORS, check_package
from app.registry.reading import Cell, Open, Record, SheetRefused, warning
from app.registry.scanning import MOST_AREA, scan, walk

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
ALSO_WALKED = ("xl/sharedStrings.xml", "xl/styles.xml")  # calamine reads them: broken XML is found here first


class Workbook:
    """One workbook opened for reading its first visible worksheet."""

    def __init__(self, opened: Open) -> None:
        """Raises `SheetRefused` for a package, worksheet or date system that cannot be read faithfully."""
        check_package(opened)
        self.opened = opened
        try:
            with opened() as file, ZipFile(file) as package:
                self.title, self.others, part = _first_worksheet(package)
                self.found = scan(package.open(part))
                for name in set(ALSO_WALKED) & set(package.namelist()):
                    walk(package.open(name), _modest)
        except ZIP_ERRORS as error:
            raise SheetRefused(BROKEN) from error

    @property
    def warnings(self) -> list[Finding]:
        """That other visible worksheets were left unread."""
        text = N_("只读取工作表“%(title)s”；没有读取：%(others)s")
        return [warning(text, title=self.title, others="、".join(self.others))] if self.others else []

    @cached_property
    def _worksheet(self) -> CalamineSheet:
        with self.opened() as file, CalamineWorkbook.from_filelike(file) as book:
            return book.get_sheet_by_name(self.title)

    def records(self) -> Iterator[Record]:
        """The lines of the worksheet, numbered as Excel numbers them, with masks of formulas and errors."""
        formulas, errors = self.found.formulas, self.found.errors
        try:
            before: list[Cell] = [None] * (self._worksheet.start or (0, 0))[1]
            for line, cells in enumerate(self._worksheet.iter_rows(), 1):
                values = [None if cell == "" else cell for cell in cells]
                yield Record(line, before + values, formulas.get(line, 0), errors.get(line, 0))
        except (CalamineError, OSError, ValueError) as error:
            raise SheetRefused(BROKEN) from error


def _modest(_: str, attributes: dict[str, str]) -> None:
    """Refuse counts no sheet has: calamine sets that much memory aside before it reads, and dies of it."""
    for count in ("count", "uniqueCount"):
        if int(attributes.get(count, 0)) > MOST_AREA:
            raise SheetRefused(BROKEN)


def _first_worksheet(package: ZipFile) -> tuple[str, list[str], str]:
    """Name of the first visible worksheet, names of the other visible ones, and the part the first is in."""
    sheets: list[dict[str, str]] = []
    targets: dict[str, tuple[str, str]] = {}

    def sheet_or_dates(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "sheet" and attributes.get("state", "visible") == "visible":
            sheets.append(attributes)
        if local == "workbookPr" and attributes.get("date1904", "0") in ("1", "true"):
            raise SheetRefused(N_("工作簿用 1904 日期系统，日期会差四年；请在 Excel 选项中取消后另存再上传"))

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship" and "Id" in attributes:
            targets[attributes["Id"]] = attributes.get("Type", ""), attributes.get("Target", "")

    walk(package.open(WORKBOOK), sheet_or_dates)
    walk(package.open(RELATIONS), relation)
    return _chosen(sheets, targets)


def _chosen(sheets: list[dict[str, str]], targets: dict[str, tuple[str, str]]) -> tuple[str, list[str], str]:
    worksheets: list[tuple[str, str]] = []
    for sheet in sheets:
        key = next((value for name, value in sheet.items() if name.rpartition(":")[2] == "id"), "")
        sort, target = targets.get(key, ("", ""))
        if sort.endswith("/worksheet"):
            worksheets.append((sheet.get("name", ""), normpath(join("/xl", target)).lstrip("/")))
    if not worksheets:
        raise SheetRefused(N_("工作簿里没有可见的工作表"))
    title, part = worksheets[0]
    return title, [name for name, _ in worksheets[1:]], part
