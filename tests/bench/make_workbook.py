# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a workbook of invented customers (.xlsx), the same bytes for the same arguments.

  make_workbook.py ROWS OUT.xlsx

Fourteen columns in the form that Excel saves: every text a shared string (one of them another in each row), dates as
numbers with a date format, references on rows and cells. Rows are put together from pools made beforehand.
"""
import argparse
import datetime
import random
import zipfile
import zlib
from xml.sax.saxutils import escape

import make_people

HEADER = make_people.HEADER.split(",")
TAILS = 997
BLOCK = 5_000
DATE, MOMENT = 1, 2  # cell formats of styles.xml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TOP = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml":
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>' + "".join(
            f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            f'spreadsheetml.{kind}+xml"/>'
            for part, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"),
                               ("sharedStrings", "sharedStrings"))) + "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATED}/officeDocument" '
                   'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets><sheet name="People" sheetId="1" r:id="rId1"/>'
                       "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">' + "".join(
        f'<Relationship Id="rId{n}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for n, kind, target in ((1, "worksheet", "worksheets/sheet1.xml"), (2, "styles", "styles.xml"),
                                (3, "sharedStrings", "sharedStrings.xml"))) + "</Relationships>",
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
                     '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
                     'patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">'
                     '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/>'
                     "</cellXfs></styleSheet>",
}


class Strings:
    """The shared strings, numbered in the order of their first use."""

    def __init__(self):
        self.numbers = {}

    def number(self, text):
        return self.numbers.setdefault(text, len(self.numbers))


def serial(moment):
    return (moment - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)


def pools(strings, seed=1):
    """The cells after the e-mail address, for TAILS rows: XML with '#' where the row's number belongs, and their texts."""
    rng = random.Random(seed)
    made = []
    for _ in range(TAILS):
        street, city, country, postal, phone = rng.choice(make_people.PLACE)
        created = datetime.datetime(rng.randrange(2015, 2026), rng.randrange(1, 13), rng.randrange(1, 29))
        updated = created + datetime.timedelta(minutes=15 * rng.randrange(1, 96))
        plain = [phone.format(rng.randrange(10 ** 7)), rng.choice(make_people.COMPANY), f"{street} {rng.randrange(240)}", city,
                 country, postal.format(rng.randrange(99))]
        texts = [text.replace('""', "'").strip('"') for text in plain]
        xml = "".join(f'<c r="{column}#" t="s"><v>{strings.number(text)}</v></c>' if text else f'<c r="{column}#" s="0"/>'
                      for column, text in zip("EFGHIJ", texts))
        balance = f"{rng.randrange(-200_000, 1_800_000) * 4 + 1}"
        balance = balance[:-2] + "." + balance[-2:] if len(balance) > 3 else "0.25"
        if balance.endswith("0"):
            balance = balance[:-1] + "1"
        note = rng.choice(make_people.NOTES).replace('""', "'").strip('"').replace("\r\n", "\n")
        xml += (f'<c r="K#" s="{DATE}"><v>{serial(created):.0f}</v></c><c r="L#" s="{MOMENT}"><v>{serial(updated)!r}</v></c>'
                f'<c r="M#"><v>{balance}</v></c>')
        xml += f'<c r="N#" t="s"><v>{strings.number(note)}</v></c></row>' if note else "</row>"
        texts += [created.strftime("%Y-%m-%d"), updated.strftime("%Y-%m-%dT%H:%M:%S" if updated.time() != datetime.time() else
                                                                "%Y-%m-%d"), balance, note]
        made.append((xml, "\x1f".join(texts)))
    return made


def rows_of(rows, strings):
    """(XML of some rows, text of their cells), block by block."""
    names = [(f'<c r="B#" t="s"><v>{strings.number(first)}</v></c><c r="C#" t="s"><v>{strings.number(last)}</v></c>',
              f"{first}\x1f{last}") for first in make_people.FIRST for last in make_people.LAST]
    tails = pools(strings)
    first_email = len(strings.numbers)
    for start in range(1, rows + 1, BLOCK):
        xml, cells = [], []
        for n in range(start, min(start + BLOCK, rows + 1)):
            name, name_text = names[n % len(names)]
            tail, tail_text = tails[n % TAILS]
            row = str(n + 1)
            xml.append(f'<row r="{row}" spans="1:14"><c r="A{row}"><v>{n}</v></c>' + name.replace("#", row)
                       + f'<c r="D{row}" t="s"><v>{first_email + n - 1}</v></c>' + tail.replace("#", row))
            cells.append(f"{n}\x1f{name_text}\x1fperson{n}@example.com\x1f{tail_text}\x1e")
        yield "".join(xml), "".join(cells)


def write(rows, path):
    """The digest of the cells, as tables.digest_of() has it."""
    strings, digest = Strings(), 0
    header = "".join(f'<c r="{column}1" t="s"><v>{strings.number(name)}</v></c>'
                     for column, name in zip("ABCDEFGHIJKLMN", HEADER))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, TOP + content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((TOP + f'<worksheet xmlns="{MAIN}"><dimension ref="A1:N{rows + 1}"/><sheetData>'
                         f'<row r="1" spans="1:14">{header}</row>').encode())
            for xml, cells in rows_of(rows, strings):
                sheet.write(xml.encode())
                digest = zlib.crc32(cells.encode(), digest)
            sheet.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            count = len(strings.numbers) + rows
            part.write((TOP + f'<sst xmlns="{MAIN}" uniqueCount="{count}">').encode())
            part.write("".join(f"<si><t>{escape(text)}</t></si>" for text in strings.numbers).encode())
            for start in range(1, rows + 1, BLOCK):
                numbers = range(start, min(start + BLOCK, rows + 1))
                part.write("".join([f"<si><t>person{n}@example.com</t></si>" for n in numbers]).encode())
            part.write(b"</sst>")
    return digest


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("rows", type=int)
    options.add_argument("out")
    given = options.parse_args()
    write(given.rows, given.out)


if __name__ == "__main__":
    main()
