# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that are measured with: each the same bytes for the same arguments, with its rows and columns."""
import csv
import dataclasses
import os
import random
import zlib

import make_people
import make_workbook

BLOCK = 2_000
WORDS = ("customer order invoice delivery Straße café naïve été 東京 région account contract renewal phone mail address "
         "meeting offer price quarter support ticket open closed pending urgent later never always maybe").split()


@dataclasses.dataclass
class Table:
    name: str
    path: str
    rows: int
    columns: int
    digest: int | None = None  # of the cells, where whoever made the file knows it

    @property
    def bytes(self):
        return os.path.getsize(self.path)


def write_blocks(path, header, rows, block_of):
    """`block_of(numbers)` gives the text of these rows."""
    with open(path, "wb") as file:
        file.write(header.encode())
        for start in range(1, rows + 1, BLOCK):
            file.write(block_of(range(start, min(start + BLOCK, rows + 1))).encode())


def people(path, rows):
    make_people.write(rows, path)
    return Table("14 columns", path, rows, 14)


def narrow(path, rows):
    write_blocks(path, "id,name,amount\r\n", rows,
                 lambda numbers: "".join([f"{n},{WORDS[n % len(WORDS)]} {n % 997},{n % 100_000}.25\r\n" for n in numbers]))
    return Table("narrow", path, rows, 3)


def wide(path, rows, columns=300):
    rng = random.Random(7)
    tails = []
    for _ in range(97):
        cells = [rng.choice((str(rng.randrange(10 ** 6)), f"{rng.random() * 1000:.3f}", rng.choice(WORDS), "", "2024-05-17"))
                 for _ in range(columns - 1)]
        tails.append("," + ",".join(cells) + "\r\n")
    header = ",".join(f"measure_{i}" for i in range(columns)) + "\r\n"
    write_blocks(path, header, rows, lambda numbers: "".join([f"{n}{tails[n % 97]}" for n in numbers]))
    return Table("wide", path, rows, columns)


def long_text(path, rows):
    rng = random.Random(8)
    texts = [" ".join(rng.choices(WORDS, k=rng.randrange(40, 700))) for _ in range(61)]
    write_blocks(path, "id,author,title,body,tags\r\n", rows, lambda numbers: "".join(
        [f'{n},author {n % 113},{WORDS[n % len(WORDS)]},"{texts[n % 61]}, and so on.\n{texts[(n * 7) % 61]}",a;b\r\n' for n in numbers]))
    return Table("long text", path, rows, 5)


def quoted(path, rows):
    rng = random.Random(9)
    pool = ['said ""yes"", then left', "one, two, three", "first line\r\nsecond line", '""', "plain", "", "d'accord; merci",
            '5"" pipe, 2 m', "a,b,,c"]
    tails = [",".join(f'"{rng.choice(pool)}"' for _ in range(9)) + "\r\n" for _ in range(101)]
    header = ",".join(f'"field, {i}"' for i in range(10)) + "\r\n"
    write_blocks(path, header, rows, lambda numbers: "".join([f'"{n}",{tails[n % 101]}' for n in numbers]))
    return Table("heavily quoted", path, rows, 10)


def workbook(path, rows):
    digest = make_workbook.write(rows, path)
    return Table("workbook", path, rows, len(make_workbook.HEADER), digest)


def shapes(rows):
    """(function, rows): files of about the size of `people` with that many rows."""
    return [(narrow, rows * 4), (wide, max(rows // 12, 10)), (long_text, max(rows // 25, 10)), (quoted, rows)]


# ---- what stands in the cells -------------------------------------------------------------------------------------


def digest_of(rows):
    """One number for all cells in their order; NULL and the empty text are the same to it."""
    digest = 0
    for row in rows:
        digest = zlib.crc32(("\x1f".join(row) + "\x1e").encode(), digest)
    return digest


def csv_digest(path):
    csv.field_size_limit(1 << 30)
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        return digest_of(reader)


def csv_rows(path):
    """Rows under the header."""
    csv.field_size_limit(1 << 30)
    with open(path, newline="", encoding="utf-8") as file:
        return sum(1 for row in csv.reader(file) if row) - 1
