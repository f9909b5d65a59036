# SPDX-License-Identifier: GPL-3.0-or-later
"""What people use today to get a CSV into a table, as far as it is on this machine. Each takes (csv, database file)."""
import csv
import importlib.util
import shutil
import sqlite3
import subprocess

# csvkit reads whole files into memory and infers types in Python: minutes for a million rows.
SLOW_RIVAL_ROWS = 100_000


def sqlite_shell(table, database):
    subprocess.run(["sqlite3", database, "-cmd", ".mode csv", f".import '{table}' people"], check=True)


def python_csv(table, database):
    connection = sqlite3.connect(database)
    with open(table, newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        header = next(reader)
        connection.execute(f"create table people ({', '.join(name + ' text' for name in header)})")
        connection.executemany(f"insert into people values ({', '.join('?' * len(header))})", reader)
    connection.commit()
    connection.close()


def csvkit(table, database):
    subprocess.run(["csvsql", "--db", f"sqlite:///{database}", "--insert", "--no-inference", "--tables", "people", table],
                   check=True)


def duckdb(table, database):
    subprocess.run(["duckdb", database, "-c", f"create table people as from read_csv('{table}', all_varchar=true)"],
                   check=True, stdout=subprocess.DEVNULL)


def duckdb_module(table, database):
    import duckdb as engine
    connection = engine.connect(database)
    connection.execute(f"create table people as from read_csv('{table}', all_varchar=true)")
    connection.close()


def installed(rows):
    """(name, function) of the rivals that are here and can take this many rows."""
    found = []
    if shutil.which("sqlite3"):
        found.append(("sqlite3 .import", sqlite_shell))
    found.append(("Python csv + sqlite3", python_csv))
    if shutil.which("duckdb"):
        found.append(("DuckDB read_csv", duckdb))
    elif importlib.util.find_spec("duckdb"):
        found.append(("DuckDB read_csv", duckdb_module))
    if shutil.which("csvsql") and rows <= SLOW_RIVAL_ROWS:
        found.append(("csvkit csvsql", csvkit))
    return found
