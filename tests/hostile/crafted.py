"""Workbooks put together by hand, part by part, so that each can be wrong in just one way."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet_xml(rows: str, namespace: str = MAIN, before: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData></worksheet>'


def shared_xml(items: str, counts: str = "") -> str:
    return f'{HEAD}<sst xmlns="{MAIN}" {counts}>{items}</sst>'


def relations(office: str, links: Mapping[str, tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="{name}" Type="{office}/{purpose}" Target="{target}"/>'
        for name, (purpose, target) in links.items()
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{items}</Relationships>'


def parts(
    sheet: str, *, namespace: str = MAIN, office: str = OFFICE, properties: str = ""
) -> dict[str, str]:
    """Return the parts of a workbook with one sheet called 数据."""
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE.replace("relationships", "")}"/>',
        "_rels/.rels": relations(office, {"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{namespace}" xmlns:r="{office}">{properties}'
            '<sheets><sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(
            office,
            {
                "rId1": ("worksheet", "worksheets/sheet1.xml"),
                "rId2": ("sharedStrings", "sharedStrings.xml"),
                "rId3": ("styles", "styles.xml"),
            },
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": shared_xml("<si><t>甲</t></si><si><t>乙</t></si>"),
        "xl/styles.xml": (
            f'{HEAD}<styleSheet xmlns="{namespace}"><numFmts count="1">'
            '<numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
            '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>'
            "</styleSheet>"
        ),
    }


def save(path: Path, content: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return path


GOOD_ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.10</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><f>B1*2</f><v>2.2</v></c></row>'
)
