# SPDX-License-Identifier: GPL-3.0-or-later
"""The program under measurement: started on a scratch data directory, driven over its REST API."""
import http.client
import json
import os
import select
import signal
import subprocess
import threading
import time
import urllib.parse


class Program:
    """One running process, as `serve` or with its window; ended by leaving the `with` block."""

    def __init__(self, executable, data_dir, window=False, environment=None):
        variables = dict(os.environ, **(environment or {}))
        self.data_dir = data_dir
        command = [executable, "--data-dir", data_dir] if window else \
            [executable, "serve", "--port", "0", "--data-dir", data_dir]
        if window and not (variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY")):
            variables["QT_QPA_PLATFORM"] = "offscreen"
        self.log = open(os.path.join(data_dir, "bench.log"), "wb")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, env=variables)
        try:
            self.base, token_file = self._instance() if window else self._ready_line()
            with open(token_file, encoding="utf-8") as file:
                self.token = file.read().strip()
        except BaseException:
            self.stop()
            raise

    def _fail(self, what):
        with open(self.log.name, encoding="utf-8", errors="replace") as file:
            raise RuntimeError(f"{what}\n{file.read()[-2000:]}")

    def _ready_line(self):
        if not select.select([self.process.stdout], [], [], 60)[0]:
            self._fail("the program printed no ready line within a minute")
        line = self.process.stdout.readline()
        if not line:
            self._fail("the program ended before it was ready")
        ready = json.loads(line)
        return ready["url"], ready["token_file"]

    def _instance(self):
        """A window prints no ready line; it leaves word of its address in the data directory."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with open(os.path.join(self.data_dir, "instance.json"), encoding="utf-8") as file:
                    instance = json.load(file)
                if instance.get("url") and instance.get("pid") == self.process.pid:
                    return instance["url"], instance["token_file"]
            except (FileNotFoundError, ValueError):
                pass
            time.sleep(0.05)
        self._fail("the window's program did not say where it listens")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def peak_rss(self):
        """Bytes: the most the whole process has held in memory so far."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
        raise RuntimeError("no VmHWM")

    # ---- the API -------------------------------------------------------------------------------------------------

    def connect(self):
        address = urllib.parse.urlsplit(self.base)
        return http.client.HTTPConnection(address.hostname, address.port, timeout=600)

    def call(self, method, path, body=None, headers=None, connection=None):
        """The decoded JSON answer; RuntimeError for a status of 400 and above."""
        own = connection or self.connect()
        own.request(method, path, body, {"Authorization": f"Bearer {self.token}", **(headers or {})})
        answer = own.getresponse()
        text = answer.read()
        if connection is None:
            own.close()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:500]!r}")
        return json.loads(text) if text else None

    def upload(self, name, blocks, size):
        """`blocks` yields the file's bytes, `size` of them."""
        edge = "bench-5f1c9a"
        head = (f'--{edge}\r\nContent-Disposition: form-data; name="name"\r\n\r\n{name}\r\n'
                f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}.csv"\r\n'
                "Content-Type: text/csv\r\n\r\n").encode()
        tail = f"\r\n--{edge}--\r\n".encode()

        def body():
            yield head
            yield from blocks
            yield tail
        return self.call("POST", "/api/sources/upload", body(), {
            "Content-Type": f"multipart/form-data; boundary={edge}", "Content-Length": str(len(head) + size + len(tail))})

    def ingest(self, source):
        """Ingests and waits; the run. RuntimeError when it did not complete."""
        self.call("POST", f"/api/sources/{source}/ingest", b"")
        connection = self.connect()
        while True:
            run = self.call("GET", f"/api/sources/{source}/history", connection=connection)[0]
            if run["status"] != "running":
                break
            time.sleep(0.1)
        connection.close()
        if run["status"] != "completed":
            raise RuntimeError(f"the run ended {run['status']}: {run.get('error')}")
        return run

    def export(self, source):
        """Bytes of the exported CSV."""
        connection = self.connect()
        connection.request("GET", f"/api/sources/{source}/export?format=csv", headers={"Authorization": f"Bearer {self.token}"})
        answer = connection.getresponse()
        total = 0
        while block := answer.read(1 << 20):
            total += len(block)
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"export: {answer.status}")
        return total


class LatencyProbe:
    """Asks for the list of sources again and again, on one connection, while the block runs."""

    def __init__(self, program, every=0.01):
        self.program, self.every = program, every
        self.seconds, self.problem = [], None
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self):
        try:
            connection = self.program.connect()
            while not self._end.wait(self.every):
                started = time.perf_counter()
                self.program.call("GET", "/api/sources", connection=connection)
                self.seconds.append(time.perf_counter() - started)
            connection.close()
        except (OSError, RuntimeError, http.client.HTTPException) as problem:
            self.problem = problem

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._end.set()
        self._thread.join()
        if self.problem:
            raise self.problem

    def quantile(self, share):
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")
