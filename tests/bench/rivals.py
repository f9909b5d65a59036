# SPDX-License-Identifier: GPL-3.0-or-later
"""Who takes part: the program, and what people use today to get such a file into a table.

Each contender has `name`, `missing()` (a sentence when it is not on this machine), `load(table, folder)` (measured, a
measure.Run) and `check(table, folder)` (rows it made of it, and a note).
"""
import glob
import os
import shutil
import sqlite3
import subprocess
import sys

import measure
import tables

HERE = os.path.dirname(os.path.abspath(__file__))


def version_of(command):
    try:
        text = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout
        return text.strip().splitlines()[0][:26].strip()
    except (OSError, subprocess.SubprocessError, IndexError):
        return ""


class Ours:
    """`identity-store import`: the process starts, takes the file in as an upload, ingests it with progress and rejects,
    makes it durable, and ends."""
    name = "identity-store import"

    def __init__(self, program):
        self.program = program

    def missing(self):
        return None

    def version(self):
        return version_of([self.program, "--version"])

    def load(self, table, folder):
        return measure.run([self.program, "--data-dir", os.path.join(folder, "data"), "import", table.path],
                           {"QT_QPA_PLATFORM": "offscreen"})

    def check(self, table, folder):
        database = glob.glob(os.path.join(folder, "data", "datasets", "*", "*.db"))[0]
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        columns = [name for _, name, *_ in connection.execute("pragma table_info(records)") if name[1:].isdigit()]
        rows = connection.execute("select count(*) from records").fetchone()[0]
        cells = ", ".join(f"coalesce({name}, '')" for name in columns)
        stored = tables.digest_of(connection.execute(f"select {cells} from records order by rowid"))
        connection.close()
        if table.digest is None:
            table.digest = tables.csv_digest(table.path)
        same = stored == table.digest and len(columns) == table.columns
        return rows, "every cell as in the file" if same else "CELLS DIFFER"


class SqliteShell:
    name = "sqlite3 .import"

    def missing(self):
        return None if shutil.which("sqlite3") else "the command sqlite3 (package sqlite3)"

    def version(self):
        return version_of(["sqlite3", "--version"])

    def load(self, table, folder):
        return measure.run(["sqlite3", os.path.join(folder, "rival.db"), "-cmd", ".mode csv", f".import '{table.path}' t"])

    def check(self, table, folder):
        connection = sqlite3.connect(os.path.join(folder, "rival.db"))
        rows = connection.execute("select count(*) from t").fetchone()[0]
        connection.close()
        return rows, ""


class PythonCsv:
    name = "Python csv + sqlite3"
    script = """
import csv, sqlite3, sys
csv.field_size_limit(1 << 30)
connection = sqlite3.connect(sys.argv[2])
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    reader = csv.reader(file)
    header = next(reader)
    connection.execute("create table t (%s)" % ", ".join('"%s" text' % name for name in header))
    connection.executemany("insert into t values (%s)" % ", ".join("?" * len(header)), reader)
connection.commit()
"""

    def missing(self):
        return None

    def version(self):
        return f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"

    def load(self, table, folder):
        return measure.run([sys.executable, "-c", self.script, table.path, os.path.join(folder, "rival.db")])

    check = SqliteShell.check


class DuckDb:
    """The npm package @duckdb/node-api, into a database file. What it needs to start is in the time, as it is in ours."""

    def __init__(self, modules, all_varchar):
        self.modules, self.all_varchar = modules, all_varchar
        self.name = "DuckDB read_csv, all_varchar" if all_varchar else "DuckDB read_csv, automatic"

    def missing(self):
        if not shutil.which("node"):
            return "the command node (package nodejs)"
        if not self.modules or not os.path.isdir(os.path.join(self.modules, "node_modules", "@duckdb", "node-api")):
            return "the npm package @duckdb/node-api"
        return None

    def version(self):
        return self._run("version").output.strip()

    def _run(self, *arguments):
        return measure.run(["node", os.path.join(HERE, "duckdb_load.mjs"), self.modules, *arguments])

    def load(self, table, folder):
        return self._run("load", os.path.join(folder, "rival.duckdb"), table.path, "all_varchar" if self.all_varchar else "auto")

    def check(self, table, folder):
        return int(self._run("count", os.path.join(folder, "rival.duckdb")).output), ""


class Miller:
    name = "Miller, to CSV"

    def missing(self):
        return None if shutil.which("mlr") else "the command mlr (package miller)"

    def version(self):
        return version_of(["mlr", "--version"])

    def load(self, table, folder):
        return measure.run(["sh", "-c", 'exec mlr --csv cat "$1" > "$2"', "sh", table.path, os.path.join(folder, "rival.csv")])

    def check(self, table, folder):
        return tables.csv_rows(os.path.join(folder, "rival.csv")), "no table afterwards"


class Xlsx2Csv:
    name = "xlsx2csv"

    def missing(self):
        return None if shutil.which("xlsx2csv") else "the command xlsx2csv (package xlsx2csv)"

    def version(self):
        return version_of(["xlsx2csv", "--version"])

    def load(self, table, folder):
        return measure.run(["xlsx2csv", table.path, os.path.join(folder, "rival.csv")])

    def check(self, table, folder):
        return tables.csv_rows(os.path.join(folder, "rival.csv")), "no table afterwards"


class OpenPyxl:
    name = "openpyxl, read-only"
    script = """
import sys
import openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
print(sum(1 for row in book.worksheets[0].iter_rows(values_only=True)) - 1)
"""

    def __init__(self):
        self.rows = 0
        # Debian's packages are for Debian's Python, which need not be the one that runs this.
        self.python = next((python for python in (sys.executable, "/usr/bin/python3") if version_of(
            [python, "-c", "import openpyxl; print(openpyxl.__version__)"])), None)

    def missing(self):
        return None if self.python else "the Python module openpyxl (package python3-openpyxl)"

    def version(self):
        return version_of([self.python, "-c", "import openpyxl; print(openpyxl.__version__)"])

    def load(self, table, folder):
        run = measure.run([self.python, "-c", self.script, table.path])
        self.rows = int(run.output.strip().splitlines()[-1])
        return run

    def check(self, table, folder):
        return self.rows, "read only, nothing stored"


def for_csv(program, modules):
    return [Ours(program), SqliteShell(), DuckDb(modules, False), DuckDb(modules, True), PythonCsv(), Miller()]


def for_shapes(program, modules):
    return [Ours(program), SqliteShell(), DuckDb(modules, False), DuckDb(modules, True)]


def for_workbooks(program):
    return [Ours(program), Xlsx2Csv(), OpenPyxl()]


def present(contenders):
    """Those that are here, and a sentence for each that is not."""
    here, missing = [], []
    for contender in contenders:
        lack = contender.missing()
        if lack is None:
            here.append(contender)
        else:
            missing.append(f"{contender.name} is not in it: {lack} is missing")
    return here, missing
