# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that are measured with are what they say, and what is measured is counted and compared rightly."""
import csv
import os
import sys
import tempfile
import unittest
import zipfile
import zlib

import make_workbook
import measure
import run
import tables


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def test_every_shape_has_its_rows_and_columns(self):
        for number, (make, rows) in enumerate([(tables.people, 50), *tables.shapes(600)]):
            table = make(self.path(f"{number}.csv"), rows)
            self.assertEqual(tables.csv_rows(table.path), rows, table.name)
            with open(table.path, newline="", encoding="utf-8") as file:
                self.assertEqual({len(row) for row in csv.reader(file)}, {table.columns}, table.name)

    def test_shapes_are_the_same_each_time(self):
        self.assertEqual(tables.csv_digest(tables.quoted(self.path("a"), 300).path),
                         tables.csv_digest(tables.quoted(self.path("b"), 300).path))

    def test_digest_tells_cells_and_order_apart(self):
        digest = tables.digest_of([["a", "b"], ["c", ""]])
        self.assertNotEqual(digest, tables.digest_of([["ab", ""], ["c", ""]]))
        self.assertNotEqual(digest, tables.digest_of([["c", ""], ["a", "b"]]))

    def test_workbook_has_its_rows_and_shared_strings(self):
        table = tables.workbook(self.path("people.xlsx"), 40)
        with zipfile.ZipFile(table.path) as archive:
            self.assertIsNone(archive.testzip())
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
            strings = archive.read("xl/sharedStrings.xml").decode()
        self.assertEqual(sheet.count("<row "), 41)
        self.assertIn(f"person{40}@example.com", strings)
        self.assertEqual(strings.count("<si>"), int(strings.split('uniqueCount="')[1].split('"')[0]))
        highest = max(int(cell.split("<v>")[1].split("<")[0]) for cell in sheet.split("<c ") if 't="s"' in cell)
        self.assertEqual(highest, strings.count("<si>") - 1)

    def test_workbook_texts_are_those_of_its_cells(self):
        strings = make_workbook.Strings()
        [(xml, cells)] = list(make_workbook.rows_of(3, strings))
        self.assertEqual(cells.count("\x1e"), 3)
        self.assertEqual({row.count("\x1f") for row in cells.split("\x1e")[:3]}, {13})
        self.assertEqual(tables.workbook(self.path("three.xlsx"), 3).digest, zlib.crc32(cells.encode()))
        self.assertNotIn("#", xml)


class Contender:
    def __init__(self, name, code, rows=3):
        self.name, self.code, self.rows = name, code, rows

    def load(self, table, folder):
        return measure.run([sys.executable, "-c", self.code])

    def check(self, table, folder):
        return self.rows, ""


class Measuring(unittest.TestCase):
    def contest(self, *contenders):
        with tempfile.TemporaryDirectory() as scratch:
            self.table = tables.people(os.path.join(scratch, "t.csv"), 3)
            results = measure.contest(list(contenders), self.table, 2, scratch, lambda text: None)
            report = run.Report()
            report.contest("csv", self.table, results)
            return results, report

    def test_memory_is_that_of_the_program_measured(self):
        large = measure.run([sys.executable, "-c", "import time; x = bytearray(150 << 20); time.sleep(.1)"])
        small = measure.run([sys.executable, "-c", "import time; time.sleep(.1)"])
        self.assertGreater(large.peak_rss, 150 << 20)
        self.assertLess(small.peak_rss, 100 << 20)

    def test_each_takes_every_turn_and_the_first_is_one(self):
        results, report = self.contest(Contender("ours", "pass"), Contender("rival", "pass"))
        self.assertEqual([len(result.runs) for result in results], [2, 2])
        self.assertEqual(report.data["csv"][0]["contenders"][0]["ratio"], 1)
        self.assertEqual(report.failed, [])

    def test_who_fails_is_shown_with_the_reason(self):
        _, report = self.contest(Contender("ours", "pass"), Contender("rival", "raise SystemExit('out of luck')"))
        self.assertIn("out of luck", "\n".join(report.lines))
        self.assertEqual(report.failed, [])

    def test_other_rows_than_the_file_has_are_told(self):
        _, report = self.contest(Contender("ours", "pass"), Contender("rival", "pass", rows=2))
        self.assertIn("ROWS: 3 expected", "\n".join(report.lines))
        _, report = self.contest(Contender("ours", "pass", rows=2))
        self.assertEqual(len(report.failed), 1)

    def test_line_through_points_on_a_line(self):
        start, slope, fit = measure.linear_fit([(1, 5), (2, 7), (10, 23)])
        self.assertAlmostEqual(start, 3)
        self.assertAlmostEqual(slope, 2)
        self.assertAlmostEqual(fit, 1)


if __name__ == "__main__":
    unittest.main()
