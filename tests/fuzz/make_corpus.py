# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the inputs in corpus/ that are more than plain text; run it after changing it, and commit what it writes.

Each is a small valid file that takes the reader through one more branch than the others do.
"""
import pathlib
import struct

CORPUS = pathlib.Path(__file__).parent / "corpus"
EDGE = b"|part|"


def put(target, name, content):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def u16(*numbers):
    return struct.pack(f"<{len(numbers)}H", *numbers)


def u32(*numbers):
    return struct.pack(f"<{len(numbers)}I", *numbers)


def real(number):
    return struct.pack("<d", number)


def multipart():
    part = (b'--edge\r\nContent-Disposition: form-data; name="%s"%s\r\nContent-Type: text/csv\r\n\r\n%s\r\n')
    put("multipart", "two_parts", part % (b"name", b"", b"people") +
        part % (b"file", b'; filename="people.csv"', b"a,b\r\n1,2\r\n--edg\r\n-\r\n") + b"--edge--\r\nepilogue")
    put("multipart", "encoded_name", b"preamble\r\n" + part % (b"file", b"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.csv", b"") +
        b"--edge--")
    put("multipart", "padded_boundary", b'--edge \t\r\ncontent-disposition: form-data; name="a\\"b"\r\n\r\n\r\n--edge--\r\n')


def http_head():
    put("http_head", "get", b"GET /api/sources/src_01/records?limit=10&cursor=a%2Bb+c HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n"
        b"Authorization: Bearer abc\r\nAccept: */*\r\n\r\n")
    put("http_head", "chunked", b"POST /api/sources/upload HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: multipart/form-data; boundary=\"edge\"\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
        b"5;name=\"v\"\r\nhello\r\n0\r\nTrailer: x\r\n\r\nrest")
    put("http_head", "length", b"PATCH /api/sources/s%C3%A9 HTTP/1.0\r\nContent-Length: 2\r\nConnection: keep-alive\r\n"
        b"Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''a%20b\r\n\r\n{}")


def xlsx():
    sheet = (b'<worksheet xmlns="m"><dimension ref="A1:D9"/><sheetData>%s</sheetData></worksheet>')
    cells = (b'<row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t '
             b'xml:space="preserve">a &amp; b&#10;</t></is></c></row><row r="2"><c r="A2" s="1"><v>45413.5</v></c><c r="B2" '
             b't="b"><v>1</v></c><c r="C2" t="str"><f>A1</f><v>x_x000D_y</v></c><c r="D2" t="e"><v>#N/A</v></c></row>'
             b'<row><c><v>1E-3</v></c><c/><c t="d"><v>2024-05-01T00:00:00</v></c></row>')
    strings = b'<sst><si><t>name</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si></sst>'
    styles = (b'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts><cellXfs><xf numFmtId="0"/>'
              b'<xf numFmtId="164"/><xf numFmtId="46"/></cellXfs></styleSheet>')
    book = b'<workbook><workbookPr date1904="1"/><sheets><sheet name="A" state="visible" r:id="a"/></sheets></workbook>'
    put("xlsx", "cells", EDGE.join((sheet % cells, strings, styles, book)))
    put("xlsx", "sheet_alone", sheet % b'<row r="5"><c r="AB5"><v>17</v></c></row><row r="6"><c r="AB6"><v>18</v></c></row>')
    prefixed = cells.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:")
    put("xlsx", "prefixed", b'<x:worksheet xmlns:x="m"><x:sheetData>' + prefixed + b'</x:sheetData></x:worksheet>' + EDGE + strings)
    put("xlsx_rows", "cells", cells)
    put("xlsx_rows", "mixed", b'<row r="1"><c r="A1" t="s"><v>1</v></c></row><row r=\'2\'><c><v>2</v></c></row><!-- c -->\n <row r="7" '
        b'ht="15"><c r="C7" s="1"/><c t="str"><f t="shared" si="0"/><v>a &lt; &quot;b&quot;</v></c></row><row/>')
    put("xlsx", "comments", sheet % b'<!-- c --><row r="1"><c r="A1"><v><![CDATA[5]]></v></c></row><?p i?>')


def ods():
    document = (b'<office:document-content><office:automatic-styles><style:style style:name="d" style:family="table-cell" '
                b'style:data-style-name="n"/></office:automatic-styles><office:body><office:spreadsheet>%s'
                b'</office:spreadsheet></office:body></office:document-content>')
    put("ods", "cells.xml", document % (
        b'<table:table table:name="A"><table:table-row><table:table-cell office:value-type="string"><text:p>na<text:s '
        b'text:c="2"/>me</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" '
        b'office:value-type="float" office:value="1.5"/></table:table-row><table:table-row '
        b'table:number-rows-repeated="3"><table:table-cell office:value-type="date" office:date-value="2024-05-01"/>'
        b'<table:covered-table-cell/><table:table-cell office:value-type="time" office:time-value="PT27H15M00S"/>'
        b'<table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row></table:table>'))
    put("ods", "two_tables.xml", document % (
        b'<table:table table:name="A" table:display="false"/><table:table table:name="B"><table:table-header-rows>'
        b'<table:table-row><table:table-cell office:value-type="percentage" office:value="0.5"/></table:table-row>'
        b'</table:table-header-rows></table:table>'))


def biff(kind, data=b""):
    return u16(kind, len(data)) + data


def biff_text(text):
    return u16(len(text)) + b"\0" + text


def biff_workbook(globals_, cells, version=0x0600):
    start = biff(0x0809, u16(version, 5) + u32(0))
    end = biff(0x000A)
    name = (b"\x06\0" if version == 0x0600 else b"\x06") + b"People"
    at = len(start) + len(globals_) + 4 + 6 + len(name) + len(end)
    return start + globals_ + biff(0x0085, u32(at) + u16(0) + name) + end + start + cells + end


def compound_file(stream, content):
    def entry(name, kind, first, size):
        raw = name.encode("utf-16-le")
        return (raw.ljust(64, b"\0") + u16(len(raw) + 2) + bytes([kind])).ljust(116, b"\0") + u32(first, size) + b"\0" * 4
    header = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".ljust(24, b"\0") + u16(0x3E, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + u32(1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    table = u32(0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE)
    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry(stream, 2, 2, 4096)
    return (header.ljust(512, b"\xFF") + table.ljust(512, b"\xFF") + directory.ljust(512, b"\0") + content.ljust(4096, b"\0"))


def xls():
    def at(row, column, style=0):
        return u16(row, column, style)
    formats = biff(0x041E, u16(164) + biff_text(b"yyyy\\-mm\\-dd")) + biff(0x00E0, u16(0, 0)) + biff(0x00E0, u16(0, 164))
    cells = (biff(0x0204, at(3, 1) + biff_text(b"name")) + biff(0x0203, at(4, 1) + real(0.1)) +
             biff(0x027E, at(4, 2) + u32(12345 << 2 | 3)) +
             biff(0x00BD, u16(4, 3, 0) + u32(7 << 2 | 2) + u16(1) + u32(45413 << 2 | 2) + u16(4)) +
             biff(0x0205, at(4, 5) + b"\x01\0") + biff(0x0205, at(4, 6) + b"\x2A\x01") +
             biff(0x0006, at(4, 7) + b"\0\0\0\0\0\0\xFF\xFF" + b"\0" * 6) + biff(0x0207, biff_text(b"text")))
    put("xls", "cells", biff_workbook(formats, cells))
    strings = biff(0x00FC, u32(3, 3) + biff_text(b"a") + u16(4) + b"\0Zo") + biff(
        0x003C, b"\x01\xEB\0!\0" + u16(1) + b"\x08\x01\0x\0\0\0\0")
    put("xls", "strings", biff_workbook(strings, b"".join(biff(0x00FD, at(i, 0) + u32(i)) for i in range(3))))
    put("xls", "excel5", biff_workbook(biff(0x0042, u16(1252)), biff(0x0204, at(0, 0) + u16(4) + b"J\xF6rg"), 0x0500))
    put("xls", "compound", compound_file("Workbook", biff_workbook(formats, cells)))


def xlsb():
    def number(value):
        out = b""
        while value >= 0x80:
            out += bytes([value & 0x7F | 0x80])
            value >>= 7
        return out + bytes([value])

    def record(kind, data=b""):
        return number(kind) + number(len(data)) + data

    def wide(text):
        return u32(len(text)) + text.encode("utf-16-le")

    def cell(kind, column, value, style=0):
        return record(kind, u32(column, style) + value)

    def row(n):
        return record(0, u32(n, 0))
    rows = (row(0) + cell(6, 0, wide("name")) + row(1) + cell(7, 0, u32(0)) + cell(1, 1, b"") + cell(2, 2, u32(12345 << 2 | 3)) +
            cell(3, 3, b"\x2A") + cell(4, 4, b"\x01") + cell(5, 5, real(0.1)) + cell(8, 6, wide("text") + u16(0)) +
            cell(9, 7, real(45413.5) + u16(0), 1) + cell(10, 8, b"\0") + cell(11, 9, b"\x07") + cell(62, 10, b"\0" + wide("rich")))
    sheet = record(129) + record(145) + rows + record(146) + record(130)
    strings = record(19, b"\0" + wide("Jörg")) + record(160)
    styles = (record(44, u16(164) + wide("yyyy-mm-dd")) + record(617) + record(47, u16(0, 0)) + record(47, u16(0, 164)) +
              record(618) + record(279))
    book = record(153, u32(1)) + record(156, u32(0, 1) + wide("a") + wide("People")) + record(132)
    put("xlsb", "cells", EDGE.join((sheet, strings, styles, book)))
    put("xlsb", "sheet_alone", record(145) + row(2) + cell(6, 0, wide("a")) + row(9) + cell(5, 1, real(-1.5)) + record(146))


def detection():
    text = "Name;Größe\r\nJörg;1,5\r\nÅsa;2,5\r\n"
    put("detection", "utf16le", b"\xFF\xFE" + text.encode("utf-16-le"))
    put("detection", "utf16be_unmarked", text.encode("utf-16-be"))
    put("detection", "utf32le", text.encode("utf-32-le"))
    put("detection", "windows1252", text.encode("cp1252"))
    put("detection", "separator", b"sep=|\r\na|b\r\n1|2\r\n")
    put("detection", "escapes", b'a,b\n"x \\" y",2\n\'q\',"d""d"\n')
    put("detection", "preamble", b"Report of May\n\nid,when,amount\n,,EUR\n1,2024-05-01,2.50\n2,2024-05-02,3.50\n")
    put("detection", "long_delimiter", b"a||b||c\n1||2||3\n4||5||6\n")
    put("detection", "config", b'{"encoding":"windows-1252","delimiter":"tab","quote":"none","header_row":2,"skip_rows":1}')


for write in (multipart, http_head, xlsx, ods, xls, xlsb, detection):
    write()
