# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs programs and measures them: wall time from start to exit, and the most memory they held."""
import dataclasses
import os
import statistics
import subprocess
import tempfile
import threading
import time

MIB = 1 << 20
POLL_SECONDS = 0.01


@dataclasses.dataclass
class Run:
    seconds: float
    peak_rss: int  # bytes
    output: str  # what it printed


class ProgramFailed(RuntimeError):
    pass


def peak_of(pid):
    """Bytes; 0 when the process has gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def run(command, environment=None):
    """ProgramFailed when it does not exit with 0. The kernel's own account of a finished child (ru_maxrss) would count
    this process too, as it was at the fork; so the child's high-water mark is read while it lives."""
    peak, ended = 0, threading.Event()
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                                   env=dict(os.environ, **(environment or {})))

        def watch():
            nonlocal peak
            while not ended.wait(POLL_SECONDS):
                peak = max(peak, peak_of(process.pid))
        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            status = process.wait()
            seconds = time.perf_counter() - started
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            ended.set()
            watcher.join()
        output.seek(0)
        text = output.read().decode(errors="replace")
    if status != 0:
        raise ProgramFailed(f"{command[0]} ended with status {status}: {text.strip()[-600:]}")
    return Run(seconds, peak, text)


@dataclasses.dataclass
class Result:
    """What one contender did with one file."""
    name: str
    runs: list = dataclasses.field(default_factory=list)
    rows: int | None = None
    note: str = ""
    problem: str = ""

    @property
    def median(self):
        return statistics.median(run.seconds for run in self.runs) if self.runs else None

    @property
    def peak_rss(self):
        return max((run.peak_rss for run in self.runs), default=0)


def contest(contenders, table, repeat, scratch, report):
    """Every contender takes `table` `repeat` times, by turns, so that a busy minute of the machine falls on all alike.
    What each made of it is counted after its first turn, outside of the time."""
    results = {contender: Result(contender.name) for contender in contenders}
    for turn in range(repeat):
        # Each round begins with another one.
        for contender in contenders[turn % len(contenders):] + contenders[:turn % len(contenders)]:
            result = results[contender]
            if result.problem:
                continue
            folder = tempfile.mkdtemp(prefix="turn-", dir=scratch)
            try:
                # What was written before is not to be paid for by this one.
                os.sync()
                result.runs.append(contender.load(table, folder))
                if turn == 0:
                    result.rows, result.note = contender.check(table, folder)
                report(f"    {contender.name}: {result.runs[-1].seconds:.2f} s")
            except (ProgramFailed, OSError) as problem:
                result.problem = str(problem)
                report(f"    {contender.name}: {problem}")
            finally:
                subprocess.run(["rm", "-rf", folder], check=True)
    return [results[contender] for contender in contenders]


def linear_fit(points):
    """Least squares of seconds over rows: (seconds at no rows, seconds a row, R²)."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    mean_x, mean_y = statistics.fmean(xs), statistics.fmean(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0
    start = mean_y - slope * mean_x
    total = sum((y - mean_y) ** 2 for y in ys)
    left = sum((y - start - slope * x) ** 2 for x, y in points)
    return start, slope, 1 - left / total if total else 1.0
