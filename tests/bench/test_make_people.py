# SPDX-License-Identifier: GPL-3.0-or-later
"""The generated table is what the measurements take it for."""
import csv
import io
import unittest

import make_people

ROWS = 25_000  # more than a block, more than the pools


def table(rows, seed=1):
    return b"".join(make_people.blocks(rows, seed))


class MakePeople(unittest.TestCase):
    def test_rows_are_whole_and_numbered(self):
        read = list(csv.reader(io.StringIO(table(ROWS).decode(), newline="")))
        self.assertEqual(read[0], make_people.HEADER.split(","))
        self.assertEqual(len(read), ROWS + 1)
        self.assertEqual({len(row) for row in read}, {len(read[0])})
        self.assertEqual([row[0] for row in read[1:]], [str(n) for n in range(1, ROWS + 1)])

    def test_rows_differ_beyond_their_numbers(self):
        read = csv.reader(io.StringIO(table(ROWS).decode(), newline=""))
        self.assertGreater(len({tuple(row[1:3] + row[4:]) for row in read}), ROWS * .9)

    def test_same_arguments_same_bytes(self):
        self.assertEqual(table(5000), table(5000))
        self.assertNotEqual(table(5000), table(5000, seed=2))

    def test_it_holds_what_makes_csv_hard(self):
        text = table(5000).decode()
        for hard in ('""', '"Line one\nLine two"', "\r\nNo calls", ",,", "陽子"):
            self.assertIn(hard, text)


if __name__ == "__main__":
    unittest.main()
