# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house as plain functions: text or links in, findings out.

Each rule yields (line, sentence); line 0 speaks of the whole file. check_architecture.py applies them to the
tree, test_rules.py shows each of them failing on a violating sample.
"""
import re

HOUSE = ("models", "connectors", "server", "ui", "app")

# Which folders a folder's sources may include headers of.
MAY_INCLUDE = {
    "models": {"models"},
    "connectors": {"models", "connectors"},
    "server": {"models", "server"},
    "ui": {"models", "ui"},
    "app": set(HOUSE),
}

# What a target may reach over its links, followed to the end. `house` are our own libraries, `never` are libraries
# that must not be reached by any way.
LINK_RULES = {
    "idstore_models": {
        "house": set(),
        "never": {"Qt6::Gui", "Qt6::Widgets", "Qt6::Network", "Qt6::HttpServer", "Qt6::Svg", "Qt6::WebSockets"},
    },
    "idstore_connectors": {
        "house": {"idstore_models"},
        "never": {"Qt6::Gui", "Qt6::Widgets", "Qt6::HttpServer", "Qt6::Svg"},
    },
    "idstore_server": {"house": {"idstore_models"}, "never": {"Qt6::Gui", "Qt6::Widgets", "Qt6::Svg"}},
    "idstore_ui": {"house": {"idstore_models"}, "never": {"Qt6::HttpServer"}},
    # What the command line needs to talk to a running instance; part of app/.
    "idstore_client": {"house": {"idstore_models", "idstore_connectors"}, "never": {"Qt6::Gui", "Qt6::Widgets", "Qt6::HttpServer"}},
    # The system's keychain behind models' SecretStore; part of app/.
    "idstore_keychain": {
        "house": {"idstore_models"},
        "never": {"Qt6::Gui", "Qt6::Widgets", "Qt6::Network", "Qt6::HttpServer"},
    },
    "identity-store": {
        "house": {"idstore_models", "idstore_connectors", "idstore_server", "idstore_ui", "idstore_client",
                  "idstore_keychain"},
        "never": set(),
    },
}


def is_neutral(name):
    """Any target may link these: the shared settings, and what CMake makes of a target's own resources."""
    return name == "idstore_options" or re.search(r"_resources_\d+$", name)


MAX_SOURCE_LINES = 500
MAX_HEADER_LINES = 200
MAX_MAIN_WINDOW_LINES = 400


def suffix(path):
    return path[path.rfind("."):] if "." in path.rsplit("/", 1)[-1] else ""


def folder(path):
    return path.split("/", 1)[0]


def is_cpp(path):
    return suffix(path) in (".cpp", ".h")


def without_comments(text):
    """C++ text with comments and the insides of string literals blanked, line numbers kept."""
    def blank(match):
        got = match.group(0)
        if got[0] in "\"'":
            return got[0] + " " * (len(got) - 2) + got[-1]
        return re.sub(r"[^\n]", " ", got)
    return re.sub(r'//[^\n]*|/\*.*?\*/|R"([^()\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', blank, text,
                  flags=re.DOTALL)


def matches(pattern, text, sentence):
    for match in re.finditer(pattern, text, flags=re.MULTILINE):
        yield text.count("\n", 0, match.start()) + 1, sentence.format(match.group(0).strip())


# ---- rules over links ----------------------------------------------------------------------------------------------

def reachable(edges, target):
    """Everything that `target` links, followed to the end. `edges`: target -> list of linked names."""
    seen, todo = set(), list(edges.get(target, ()))
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo.extend(edges.get(name, ()))
    return seen


def links(edges):
    """Who links whom: one way, and nothing but the program sees all."""
    for target, rule in LINK_RULES.items():
        if target not in edges:
            continue
        reached = reachable(edges, target)
        for name in sorted(reached):
            if name.startswith("idstore_") and name not in rule["house"] and not is_neutral(name):
                yield 0, f"{target} links {name}; it may link {sorted(rule['house']) or 'none of our libraries'}"
            if name in rule["never"]:
                yield 0, f"{target} reaches {name}, which it must do without"
    for target in sorted(edges):
        if target.startswith("idstore_") and target not in LINK_RULES and not is_neutral(target):
            yield 0, f"{target} is a library that LINK_RULES says nothing of; decide what it may link"


# ---- rules over one file -------------------------------------------------------------------------------------------

def includes(path, text):
    """A folder includes only headers of the folders it may know, and those by their whole path."""
    allowed = MAY_INCLUDE.get(folder(path))
    if allowed is None or not is_cpp(path):
        return
    for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">]', text, flags=re.MULTILINE):
        line, header = text.count("\n", 0, match.start()) + 1, match.group(1)
        if header.startswith("../") or "/../" in header:
            yield line, f"includes {header}; write the path from the top of the tree"
        elif folder(header) in HOUSE and "/" in header and folder(header) not in allowed:
            yield line, f"{folder(path)}/ includes {header}; it may include {', '.join(sorted(allowed))}"
        elif folder(header) == "tests":
            yield line, f"includes {header}; the program knows nothing of its tests"
        elif folder(path) == "models" and re.match(r"Qt(Gui|Widgets|Network|HttpServer|Svg)/", header):
            yield line, f"models/ includes {header}; it stands on QtCore, QtConcurrent and QtSql alone"


def size(path, text):
    """A file has one subject, so it stays short."""
    if suffix(path) not in (".cpp", ".h", ".py", ".sh", "") or (suffix(path) == "" and not text.startswith("#!")):
        return
    lines = text.count("\n")
    limit = MAX_HEADER_LINES if suffix(path) == ".h" else MAX_SOURCE_LINES
    if re.search(r"(^|/)main_window\.(cpp|h)$", path):
        limit = min(limit, MAX_MAIN_WINDOW_LINES)
    if lines > limit:
        yield 0, f"has {lines} lines, over {limit}: more than one subject?"


def licence(path, text):
    """Every source says its licence in one of its first two lines."""
    named = suffix(path) in (".cpp", ".h", ".py", ".sh", ".cmake", ".sql") or path.endswith("CMakeLists.txt")
    if (named or text.startswith("#!")) and "SPDX-License-Identifier: GPL-3.0-or-later" not in \
            "\n".join(text.split("\n", 2)[:2]):
        yield 1, "does not begin with the line SPDX-License-Identifier: GPL-3.0-or-later"


# Patterns, so that this file does not itself name what it forbids.
REGISTRIES = r"\b(?:{})\b".format("|".join((
    r"(?:deb|security|snapshot|ftp)\.debian\.org", r"(?:archive|security|ports)\.ubuntu\.com", r"registry\.npmjs\.org",
    r"registry\.yarnpkg\.com", r"(?:test\.)?pypi\.org", r"files\.pythonhosted\.org", r"(?:static\.)?crates\.io",
    r"proxy\.golang\.org", r"repo1?\.maven(?:\.apache)?\.org", r"rubygems\.org", r"[a-z0-9.-]+\.pkg\.dev",
    r"(?:ghcr|quay|gcr)\.io", r"docker\.io")))
MACHINE_PATHS = r"(?:^|(?<=[^A-Za-z0-9_.$}/]))/(?:work|root|home/[a-z][a-z0-9_-]*|Users/[A-Za-z][\w-]*)/[^\s\"'`)]*"


def machine(path, text, more_hosts=()):
    """Nothing of one machine: no package registry's host, no absolute path into somebody's folders."""
    yield from matches(REGISTRIES, text, "names the package registry {}")
    for host in more_hosts:
        yield from matches(r"(?<![\w.-])" + re.escape(host) + r"(?![\w-])", text, "names the package registry {}")
    yield from matches(MACHINE_PATHS, text, "names {}, a path of one machine")


def event_loops(path, text):
    """No nested event loops: they re-enter handlers. Tests may wait."""
    if not is_cpp(path):
        return
    code = without_comments(text)
    yield from matches(r"\bprocessEvents\s*\(", code, "calls processEvents, which re-enters handlers")
    if folder(path) != "tests":
        yield from matches(r"\bQEventLoop\b", code, "uses QEventLoop, a nested event loop")
        yield from matches(r"\bwaitForFinished\s*\(", code if folder(path) == "ui" else "",
                           "waits for a future in the window's thread")


def connects(path, text):
    """Connections are checked by the compiler."""
    if is_cpp(path):
        yield from matches(r"\b(?:SIGNAL|SLOT)\s*\(", without_comments(text), "connects by string: {}")


def dialogs(path, text):
    """Dialogs are the window's: nothing below it opens one."""
    if is_cpp(path) and folder(path) in ("models", "connectors", "server"):
        yield from matches(r"\bQ(?:Dialog|MessageBox|FileDialog|InputDialog|ErrorMessage|ProgressDialog|Wizard)\b",
                           without_comments(text), "uses {}; dialogs belong to ui/")


def singletons(path, text):
    """Services arrive by constructor."""
    if is_cpp(path) and folder(path) in HOUSE:
        yield from matches(r"\bstatic\s+[\w:<>]+\s*[&*]\s*(?:instance|self|get[A-Z]?\w*Instance)\s*\(",
                           without_comments(text), "declares a singleton: {}")


def marks(path, text):
    """Finished work carries no notes to come back to."""
    if is_cpp(path):
        yield from matches(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b", text, "is marked {}")
        if folder(path) == "tests":
            yield from matches(r"\bQ" r"SKIP\s*\(", text, "skips a test")


FILE_RULES = (includes, size, licence, machine, event_loops, connects, dialogs, singletons, marks)
