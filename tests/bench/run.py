# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the built program and, in the same run on the same files, what people use instead. Prints tables and writes
them as JSON; judges nothing.

Stages (all of them, in this order, unless --only names some):
  csv      a table of --rows × 14: the program's whole `import` (process start, upload, ingestion with progress and
           rejects, durable rows, process end) against sqlite3, DuckDB, Python and Miller
  shapes   files of about the same size that are narrow, wide, of long texts, heavily quoted
  growth   the program alone, from a tenth of --rows to ten times as many, with the straight line through the times
  excel    a workbook with one sheet of --rows × 14 against xlsx2csv and openpyxl
  service  how long the REST API takes to answer while a table is ingested, export, and what each layer costs
  window   the same with the window open, and the longest stall of its event loop
  upload   --upload-bytes uploaded and not ingested: peak memory
  remote   --remote-bytes ingested from this computer's disk, from nginx and from an S3 server beside it

Contenders take turns; the time is the median of the turns, from process start to process end; memory is the most that
the process held. How many rows each made of the file is checked, and of ours every cell.
"""
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time

import measure
import remote
import rivals
import service
import tables
from measure import MIB

GROWTH = (0.1, 0.3, 1, 3, 10)
GROWTH_TURNS = 3


class Report:
    """What is found out: lines for the terminal now and at the end, and the same as data."""

    def __init__(self):
        self.lines, self.data, self.missing, self.failed = [], {}, [], []

    def progress(self, text):
        print(text, file=sys.stderr, flush=True)

    def heading(self, text):
        self.progress(text)
        self.lines += ["", text]

    def add(self, what, value, note=""):
        """A line of the stages that compare nothing."""
        self.data.setdefault("service", []).append({"what": what, "value": value, "note": note})
        self.progress(f"  {what}: {value} {note}")
        self.lines.append(f"  {what:<46} {value:>12}  {note}".rstrip())

    def note_missing(self, sentences):
        self.missing += [sentence for sentence in sentences if sentence not in self.missing]

    def contest(self, stage, table, results):
        base = results[0].median
        self.lines.append(f"  {'':<28} {'seconds':>8} {'from – to':>15} {'MB/s':>8} {'peak MiB':>9} {'× ours':>7} {'rows':>12}")
        entries = []
        for result in results:
            entry = {"name": result.name, "seconds": [round(run.seconds, 4) for run in result.runs], "median": result.median,
                     "peak_rss": result.peak_rss, "rows": result.rows, "note": result.note, "problem": result.problem}
            if result.problem or not result.runs:
                self.lines.append(f"  {result.name:<28} failed: {result.problem.splitlines()[-1][:90] if result.problem else ''}")
            else:
                entry["mb_per_second"] = table.bytes / 1e6 / result.median
                entry["ratio"] = result.median / base if base else None
                times = [run.seconds for run in result.runs]
                note = result.note if result.rows == table.rows else f"ROWS: {table.rows:,} expected; {result.note}"
                ratio = f"{entry['ratio']:.2f}" if base else "-"
                self.lines.append(f"  {result.name:<28} {result.median:8.2f} {f'{min(times):.2f} – {max(times):.2f}':>15} "
                                  f"{entry['mb_per_second']:8.1f} {result.peak_rss / MIB:9.0f} {ratio:>7} "
                                  f"{result.rows:>12,}  {note}".rstrip())
            entries.append(entry)
        self.data.setdefault(stage, []).append({"file": table.name, "rows": table.rows, "columns": table.columns,
                                                "bytes": table.bytes, "contenders": entries})
        if results[0].problem or results[0].rows != table.rows or "DIFFER" in results[0].note:
            self.failed.append(f"{stage}, {table.name}: {results[0].problem or 'our rows are not those of the file'}")


def described(table):
    return f"{table.name}: {table.rows:,} rows × {table.columns} columns, {table.bytes / 1e6:,.1f} MB"


def compare(given, stage, table, contenders, scratch, report):
    here, missing = rivals.present(contenders)
    report.note_missing(missing)
    report.heading(described(table))
    report.contest(stage, table, measure.contest(here, table, given.repeat, scratch, report.progress))
    os.remove(table.path)


def stage_csv(given, scratch, report):
    table = tables.people(os.path.join(scratch, "people.csv"), given.rows)
    compare(given, "csv", table, rivals.for_csv(given.program, given.modules), scratch, report)


def stage_shapes(given, scratch, report):
    for number, (make, rows) in enumerate(tables.shapes(given.rows)):
        table = make(os.path.join(scratch, f"shape{number}.csv"), rows)
        compare(given, "shapes", table, rivals.for_shapes(given.program, given.modules), scratch, report)


def stage_excel(given, scratch, report):
    report.progress("writing the workbook…")
    # A sheet ends at row 1,048,576.
    table = tables.workbook(os.path.join(scratch, "people.xlsx"), min(given.rows, 1_000_000))
    compare(given, "excel", table, rivals.for_workbooks(given.program), scratch, report)


def stage_growth(given, scratch, report):
    report.heading("growth: the program alone, people with 14 columns")
    report.lines.append(f"  {'rows':>12} {'MB':>8} {'seconds':>8} {'rows/s':>12} {'peak MiB':>9} {'off the line':>13}")
    measured = []
    for factor in GROWTH:
        table = tables.people(os.path.join(scratch, "growth.csv"), max(int(given.rows * factor), 10))
        report.progress(f"  {table.rows:,} rows")
        [result] = measure.contest([rivals.Ours(given.program)], table, min(given.repeat, GROWTH_TURNS), scratch,
                                   report.progress)
        if result.problem or result.rows != table.rows or "DIFFER" in result.note:
            report.failed.append(f"growth, {table.rows:,} rows: {result.problem or 'our rows are not those of the file'}")
            break
        measured.append((table.rows, table.bytes, result))
        os.remove(table.path)
    if len(measured) < 2:
        return
    start, slope, fit = measure.linear_fit([(rows, result.median) for rows, _, result in measured])
    for rows, size, result in measured:
        line = start + slope * rows
        report.lines.append(f"  {rows:>12,} {size / 1e6:8.1f} {result.median:8.2f} {rows / result.median:12,.0f} "
                            f"{result.peak_rss / MIB:9.0f} {(result.median - line) / result.median:>12.1%}")
    report.lines.append(f"  straight line: {start:.2f} s + {slope * 1e6:.2f} s a million rows, R² = {fit:.5f}")
    report.data["growth"] = {
        "points": [{"rows": rows, "bytes": size, "seconds": result.median, "peak_rss": result.peak_rss}
                   for rows, size, result in measured],
        "start": start, "seconds_per_million_rows": slope * 1e6, "r_squared": fit}


def told(stage):
    def run(given, scratch, report):
        report.heading(stage.__name__.removeprefix("stage_"))
        stage(given, scratch, report)
    return run


STAGES = {"csv": stage_csv, "shapes": stage_shapes, "growth": stage_growth, "excel": stage_excel,
          "service": told(service.stage_service), "window": told(service.stage_window), "upload": told(service.stage_upload),
          "remote": told(remote.stage_remote)}


def machine():
    model = ""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "")
    except OSError:
        pass
    return {"architecture": platform.machine(), "processor": model, "processors": os.cpu_count(),
            "load_before": list(os.getloadavg()), "python": platform.python_version()}


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--layers", help=argparse.SUPPRESS)
    parser.add_argument("--modules", help=argparse.SUPPRESS)
    parser.add_argument("--peers", help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=1_000_000, help="default: one million")
    parser.add_argument("--repeat", type=int, default=5, help="turns of each contender; default: 5")
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows, three turns, 200 MB uploaded: minutes")
    parser.add_argument("--only", action="append", choices=STAGES, help="this stage; may be given several times")
    parser.add_argument("--window-rows", type=int, help="default: as --rows")
    parser.add_argument("--upload-bytes", type=int, default=2_000_000_000, help="default: 2 GB")
    parser.add_argument("--remote-bytes", type=int, default=1_000_000_000, help="default: 1 GB")
    parser.add_argument("--scratch", help="folder for the files made (some 6 kB a row for growth, 600 bytes a row for the "
                                          "other stages); default: the system's")
    parser.add_argument("--json", help="where the results go; default: beside the program, bench.json")
    return parser


def main():
    given = options().parse_args()
    if given.quick:
        given.rows, given.repeat, given.upload_bytes = given.rows // 10, 3, 200_000_000
        given.remote_bytes //= 10
    given.program = os.path.abspath(given.program)
    given.window_rows = given.window_rows or given.rows
    report = Report()
    report.data["machine"] = machine()
    report.data["versions"] = {contender.name: contender.version()
                               for contender in rivals.present(rivals.for_csv(given.program, given.modules) +
                                                               rivals.for_workbooks(given.program))[0]}
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="identity-store-bench-", dir=given.scratch) as scratch:
        for stage in given.only or STAGES:
            report.progress(f"{stage}…")
            try:
                STAGES[stage](given, scratch, report)
            except (OSError, RuntimeError, subprocess.CalledProcessError) as problem:
                report.failed.append(f"{stage}: {problem}")
    report.data.update(missing=report.missing, failed=report.failed, minutes=(time.monotonic() - started) / 60)

    about = report.data["machine"]
    print(f"{about['processor'] or about['architecture']}, {about['processors']} processors, load before "
          f"{about['load_before'][0]:.1f}; {given.repeat} turns; {report.data['minutes']:.0f} minutes")
    print("; ".join(f"{name}: {version}" for name, version in report.data["versions"].items() if version))
    print("\n".join(report.lines))
    for sentence in report.missing:
        print(f"\nMISSING: {sentence}")
    for problem in report.failed:
        print(f"\nFAILED {problem}")
    target = given.json or os.path.join(os.path.dirname(given.program), "bench.json")
    with open(target, "w", encoding="utf-8") as file:
        json.dump(report.data, file, indent=2)
    print(f"\nas data: {target}")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
