# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the built program and, in the same run, what people use instead. Prints a table; judges nothing.

  run.py --program build/identity-store [--rows N] [--window-rows N] [--upload-bytes N] [--only STAGE]…

Stages:
  ingest  a generated customer table of --rows is uploaded, ingested and exported by `serve`; times, peak memory, and how
          long GET /api/sources takes meanwhile. The rivals load the same file.
  window  the same with the window open, --window-rows of them: peak memory of the whole process, and the longest stall
          of the window's event loop (which the program measures itself when IDENTITY_STORE_STALL_PROBE names a file).
  upload  --upload-bytes are uploaded and not ingested: peak memory.
"""
import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time

import make_people
import rivals
from program import LatencyProbe, Program

STAGES = ("ingest", "window", "upload")
MIB = 1 << 20


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, value, note=""):
        self.rows.append((what, value, note))
        print(f"  {what}: {value} {note}", file=sys.stderr, flush=True)

    def print(self):
        widths = [max(len(row[i]) for row in self.rows) for i in (0, 1)]
        for what, value, note in self.rows:
            print(f"{what:<{widths[0]}}  {value:>{widths[1]}}  {note}".rstrip())


def timed(action):
    started = time.perf_counter()
    result = action()
    return time.perf_counter() - started, result


def file_blocks(path):
    with open(path, "rb") as file:
        while block := file.read(MIB):
            yield block


def rate(rows, size, seconds):
    return f"{rows / seconds:,.0f} rows/s, {size / MIB / seconds:,.0f} MiB/s"


def upload_and_ingest(program, path, rows, table, where):
    size = os.path.getsize(path)
    seconds, source = timed(lambda: program.upload("people", file_blocks(path), size))
    table.add(f"{where}: upload", f"{seconds:.2f} s", f"{size / MIB / seconds:,.0f} MiB/s")
    with LatencyProbe(program) as probe:
        seconds, run = timed(lambda: program.ingest(source["id"]))
    if run["rows_ingested"] != rows:
        raise RuntimeError(f"{run['rows_ingested']} rows ingested, {rows} expected")
    table.add(f"{where}: ingest", f"{seconds:.2f} s", rate(rows, size, seconds))
    table.add(f"{where}: GET /api/sources meanwhile, p50", f"{probe.quantile(.5) * 1000:.1f} ms",
              f"{len(probe.seconds)} requests")
    table.add(f"{where}: GET /api/sources meanwhile, p99", f"{probe.quantile(.99) * 1000:.1f} ms",
              f"longest {max(probe.seconds, default=0) * 1000:.1f} ms")
    table.add(f"{where}: peak memory", f"{program.peak_rss() / MIB:.0f} MiB", f"after {rows:,} rows")
    return source["id"], seconds


def layers(given, path, scratch):
    """What parts of an ingestion cost by themselves; see bench_layers.cpp."""
    if not given.layers:
        return []
    return subprocess.run([given.layers, path, scratch], check=True, capture_output=True, text=True).stdout.splitlines()


def stage_ingest(given, scratch, table):
    path = os.path.join(scratch, "people.csv")
    make_people.write(given.rows, path)
    size = os.path.getsize(path)
    data = os.path.join(scratch, "serve")
    os.mkdir(data)
    with Program(given.program, data) as program:
        source, ours = upload_and_ingest(program, path, given.rows, table, "serve")
        seconds, exported = timed(lambda: program.export(source))
        table.add("serve: export as CSV", f"{seconds:.2f} s", rate(given.rows, exported, seconds))
    shutil.rmtree(data)
    for line in layers(given, path, scratch):
        name, seconds, _ = line.split("\t")
        table.add(f"layer: {name}", f"{float(seconds):.2f} s", f"{size / MIB / float(seconds):,.0f} MiB/s")
    for name, load in rivals.installed(given.rows):
        database = os.path.join(scratch, "rival.db")
        seconds, _ = timed(lambda: load(path, database))
        os.remove(database)
        table.add(f"rival: {name}", f"{seconds:.2f} s", f"takes {seconds / ours:.2f} times as long as our ingest")
    os.remove(path)


def stage_window(given, scratch, table):
    path = os.path.join(scratch, "people.csv")
    make_people.write(given.window_rows, path)
    data = os.path.join(scratch, "window")
    os.mkdir(data)
    probe = os.path.join(scratch, "stall")
    with Program(given.program, data, window=True, environment={"IDENTITY_STORE_STALL_PROBE": probe}) as program:
        upload_and_ingest(program, path, given.window_rows, table, "window")
    try:
        with open(probe, encoding="utf-8") as file:
            stalls = json.load(file)
        table.add("window: longest stall of the event loop", f"{stalls['max_ms']:.1f} ms",
                  f"{stalls['over_50_ms']} over 50 ms in {stalls['seconds']:.0f} s")
    except FileNotFoundError:
        table.add("window: longest stall of the event loop", "not measured", "the program wrote no probe file")
    shutil.rmtree(data)
    os.remove(path)


def stage_upload(given, scratch, table):
    """One block over and over: what counts is the size."""
    block = b"".join(make_people.blocks(20_000))
    block += b"1,padding\r\n" * ((MIB - len(block) % MIB) // 11)

    def blocks():
        left = given.upload_bytes
        while left > 0:
            yield block[:left]
            left -= min(left, len(block))
    data = os.path.join(scratch, "upload")
    os.mkdir(data)
    with Program(given.program, data) as program:
        seconds, _ = timed(lambda: program.upload("large", blocks(), given.upload_bytes))
        table.add(f"upload of {given.upload_bytes / 1e9:.1f} GB", f"{seconds:.2f} s",
                  f"{given.upload_bytes / MIB / seconds:,.0f} MiB/s")
        table.add("upload: peak memory", f"{program.peak_rss() / MIB:.0f} MiB")
    shutil.rmtree(data)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", required=True)
    options.add_argument("--layers", help="the program bench_layers; without it that part is left out")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--window-rows", type=int, help="default: as --rows")
    options.add_argument("--upload-bytes", type=int, default=2_000_000_000)
    options.add_argument("--scratch", help="folder for the files made (some 400 bytes a row); default: the system's")
    options.add_argument("--only", action="append", choices=STAGES)
    given = options.parse_args()
    given.program = os.path.abspath(given.program)
    given.window_rows = given.window_rows or given.rows

    table, failed = Table(), []
    with tempfile.TemporaryDirectory(prefix="identity-store-bench-", dir=given.scratch) as scratch:
        for stage in given.only or STAGES:
            print(f"{stage}…", file=sys.stderr, flush=True)
            try:
                {"ingest": stage_ingest, "window": stage_window, "upload": stage_upload}[stage](given, scratch, table)
            except (OSError, RuntimeError, subprocess.CalledProcessError) as problem:
                failed.append(f"{stage}: {problem}")
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}; "
          f"{given.rows:,} rows, with the window {given.window_rows:,}")
    if table.rows:
        table.print()
    for problem in failed:
        print(f"FAILED {problem}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
