# SPDX-License-Identifier: GPL-3.0-or-later
"""The program at work as a service and with its window: how long others wait meanwhile, and what memory it holds."""
import json
import os
import shutil
import subprocess
import time

import make_people
from measure import MIB
from program import LatencyProbe, Program


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
    return source["id"]


def layers(given, path, scratch):
    """What parts of an ingestion cost by themselves; see bench_layers.cpp."""
    if not given.layers:
        return []
    return subprocess.run([given.layers, path, scratch], check=True, capture_output=True, text=True).stdout.splitlines()


def stage_service(given, scratch, table):
    path = os.path.join(scratch, "people.csv")
    make_people.write(given.rows, path)
    size = os.path.getsize(path)
    data = os.path.join(scratch, "serve")
    os.mkdir(data)
    with Program(given.program, data) as program:
        source = upload_and_ingest(program, path, given.rows, table, "serve")
        seconds, exported = timed(lambda: program.export(source))
        table.add("serve: export as CSV", f"{seconds:.2f} s", rate(given.rows, exported, seconds))
    shutil.rmtree(data)
    for line in layers(given, path, scratch):
        name, seconds, _ = line.split("\t")
        # A small table can take less than what is told of the time.
        told = max(float(seconds), 0.001)
        table.add(f"layer: {name}", f"{told:.2f} s", f"{size / MIB / told:,.0f} MiB/s")
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
