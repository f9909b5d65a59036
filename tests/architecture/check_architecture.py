# SPDX-License-Identifier: GPL-3.0-or-later
"""Applies rules.py to the tree.   check_architecture.py SOURCE_DIR LINKS_FILE

LINKS_FILE has a line for every target, "target: linked;linked;…", written when CMake configures.
Prints file:line: sentence for each finding; exit status 1 when there is any.
"""
import glob
import os
import re
import subprocess
import sys

import rules

# path -> {rule name: why this file may break it}. Starts empty; each entry needs a reason that a reviewer accepts.
ALLOWED = {}

BINARY = {".png", ".ico", ".icns", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".gz", ".xz", ".zip", ".db", ".qm"}
SKIPPED_FOLDERS = re.compile(r"(^|/)(build[^/]*|\.git|\.cache|__pycache__|node_modules)(/|$)")


def project_files(top):
    """What git tracks or would track; every file outside build folders where there is no git."""
    try:
        got = subprocess.run(["git", "-c", f"safe.directory={top}", "-C", top, "ls-files", "-z", "--cached", "--others",
                              "--exclude-standard"], capture_output=True, check=True).stdout
        names = [os.fsdecode(name) for name in got.split(b"\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [os.path.relpath(os.path.join(where, name), top) for where, _, files in os.walk(top) for name in files]
    return sorted(name for name in names if not SKIPPED_FOLDERS.search(name) and os.path.isfile(os.path.join(top, name)))


def machine_registries():
    """Hosts that this machine fetches packages from: none of them may stand in the tree."""
    hosts = set()
    files = glob.glob("/etc/apt/sources.list") + glob.glob("/etc/apt/sources.list.d/*") + ["/etc/npmrc"] \
        + glob.glob(os.path.expanduser("~/.npmrc"))
    for name in files:
        try:
            with open(name, encoding="utf-8", errors="replace") as file:
                hosts.update(re.findall(r"[a-z+]+://(?:[^@/\s]*@)?([A-Za-z0-9.-]+\.[A-Za-z0-9-]+)", file.read()))
        except OSError:
            continue
    return sorted(host for host in hosts if not re.fullmatch(r"[0-9.]+", host))


def read_links(name):
    edges = {}
    with open(name, encoding="utf-8") as file:
        for line in file:
            target, _, linked = line.rstrip("\n").partition(": ")
            names = [re.sub(r"^\$<LINK_ONLY:(.*)>$", r"\1", one) for one in linked.split(";") if one]
            # Qt's own files call its libraries by the name without the version.
            edges[target] = [re.sub(r"^Qt::", "Qt6::", name) for name in names]
    return edges


def main():
    top, links_file = os.path.realpath(sys.argv[1]), sys.argv[2]
    findings, used, hosts = [], set(), machine_registries()

    edges = read_links(links_file)
    for target in rules.LINK_RULES:
        if target not in edges:
            findings.append(f"{links_file}: the target {target} is missing")
    findings += [f"links: {sentence}" for _, sentence in rules.links(edges)]

    files = project_files(top)
    for path in files:
        if rules.suffix(path) in BINARY:
            continue
        with open(os.path.join(top, path), encoding="utf-8", errors="replace") as file:
            text = file.read()
        for rule in rules.FILE_RULES:
            found = rule(path, text, hosts) if rule is rules.machine else rule(path, text)
            for line, sentence in found:
                if rule.__name__ in ALLOWED.get(path, {}):
                    used.add((path, rule.__name__))
                else:
                    findings.append(f"{path}:{line}: {sentence}")
    for path, names in ALLOWED.items():
        findings += [f"{path}: ALLOWED excuses it from '{name}', but it keeps that rule" for name in names
                     if (path, name) not in used]

    for finding in findings:
        print(finding)
    print(f"{len(files)} files and {len(edges)} targets looked at, {len(findings)} findings")
    return 1 if findings or len(files) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
