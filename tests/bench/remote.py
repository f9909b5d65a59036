# SPDX-License-Identifier: GPL-3.0-or-later
"""The same table from this computer's disk, from nginx and from an S3 server: what the way over HTTP costs."""
import json
import os
import shutil
import socket
import subprocess
import time

import make_people
from measure import MIB
from program import Program

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, "..", "support", "peers")
BUCKET, KEY_ID, SECRET = "contacts", "AKIABENCH", "secret-of-a-bench"
BYTES_A_ROW = 205  # of make_people, about


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server for the time of a `with` block; RuntimeError when nobody listens on its port in time."""

    def __init__(self, command, port, log):
        self.log = open(log, "wb")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        self.stop()
        with open(log, encoding="utf-8", errors="replace") as file:
            raise RuntimeError(f"{command[0]} did not start: {file.read()[-500:]}")

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def nginx(folder, port):
    text = f"""daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; sendfile on; default_type text/csv;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""
    with open(os.path.join(folder, "nginx.conf"), "w", encoding="utf-8") as file:
        file.write(text)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return Server([program, "-c", os.path.join(folder, "nginx.conf"), "-e", os.path.join(folder, "error.log")], port,
                  os.path.join(folder, "nginx.log"))


def s3_server(modules, folder, port):
    return Server(["node", "--openssl-legacy-provider", os.path.join(PEERS, "s3_server.cjs"), os.path.abspath(modules),
                   os.path.join(folder, "s3"), KEY_ID, SECRET, BUCKET, str(port)], port, os.path.join(folder, "s3.log"))


def ingested(given, scratch, turn, create, where):
    """Seconds for one ingestion by a program of its own, so that the peak of its memory belongs to it."""
    data = os.path.join(scratch, f"remote-{turn}")
    os.mkdir(data)
    with Program(given.program, data) as program:
        source = create(program)
        started = time.perf_counter()
        run = program.ingest(source["id"])
        seconds = time.perf_counter() - started
        peak = program.peak_rss()
    shutil.rmtree(data)
    if run["rows_ingested"] != given.remote_rows:
        raise RuntimeError(f"{where}: {run['rows_ingested']} rows ingested, {given.remote_rows} expected")
    return seconds, peak


def stage_remote(given, scratch, table):
    given.remote_rows = max(given.remote_bytes // BYTES_A_ROW, 10)
    folder = os.path.join(scratch, "remote")
    os.makedirs(os.path.join(folder, "www"))
    path = os.path.join(folder, "www", "people.csv")
    make_people.write(given.remote_rows, path)
    size = os.path.getsize(path)
    # The S3 server keeps an object as it is, beside its digest: no second copy.
    bucket = os.path.join(folder, "s3", BUCKET)
    os.makedirs(bucket)
    os.link(path, os.path.join(bucket, "people.csv._S3rver_object"))
    with open(os.path.join(bucket, "people.csv._S3rver_object.md5"), "w", encoding="ascii") as file:
        file.write("0" * 32)

    def blocks():
        with open(path, "rb") as file:
            while block := file.read(MIB):
                yield block
    web, store = free_port(), free_port()

    def from_disk(program):
        return program.upload("people", blocks(), size)

    def source(source_type, config, credentials=None):
        body = {"name": source_type, "source_type": source_type, "config": config, "credentials": credentials or {}}
        return lambda program: program.call("POST", "/api/sources", json.dumps(body), {"Content-Type": "application/json"})

    ways = {
        "disk": from_disk,
        "nginx": source("csv_url", {"url": f"http://127.0.0.1:{web}/people.csv", "allow_private_network": True,
                                    "max_bytes": size}),
        "S3 server": source("s3_csv", {"bucket": BUCKET, "key": "people.csv", "region": "us-east-1",
                                       "endpoint": f"http://127.0.0.1:{store}"},
                            {"access_key_id": KEY_ID, "secret_access_key": SECRET}),
    }
    best, peaks = {}, {}
    with nginx(folder, web), s3_server(given.peers, folder, store):
        for turn in range(min(given.repeat, 3)):
            for where, create in ways.items():
                seconds, peak = ingested(given, scratch, turn, create, where)
                best[where] = min(seconds, best.get(where, seconds))
                peaks[where] = max(peak, peaks.get(where, 0))
    for where, seconds in best.items():
        table.add(f"remote: {size / 1e6:,.0f} MB from {where}", f"{seconds:.2f} s",
                  f"{size / MIB / seconds:,.0f} MiB/s, {best['disk'] / seconds:.2f} of the speed from disk, "
                  f"peak {peaks[where] / MIB:.0f} MiB")
    shutil.rmtree(folder)
