# SPDX-License-Identifier: GPL-3.0-or-later
"""Each rule finds what it forbids and leaves alone what it allows."""
import unittest

import rules

SPDX = "// SPDX-License-Identifier: GPL-3.0-or-later\n"


def found(rule, path, text, *more):
    return [line for line, _ in rule(path, text, *more)]


class Links(unittest.TestCase):
    good = {
        "idstore_models": ["idstore_options", "Qt6::Core", "Qt6::Sql"],
        "idstore_connectors": ["idstore_models", "Qt6::Network"],
        "idstore_server": ["idstore_models", "Qt6::HttpServer"],
        "idstore_ui": ["idstore_models", "Qt6::Widgets"],
        "identity-store": ["idstore_models", "idstore_connectors", "idstore_server", "idstore_ui"],
        "Qt6::Widgets": ["Qt6::Gui"],
    }

    def complaints(self, **changes):
        edges = dict(self.good, **{name.replace("__", "::"): linked for name, linked in changes.items()})
        return [sentence for _, sentence in rules.links(edges)]

    def test_the_house_as_drawn_is_fine(self):
        self.assertEqual(self.complaints(), [])

    def test_models_reaching_gui_through_another_library_is_found(self):
        self.assertIn("idstore_models reaches Qt6::Gui, which it must do without",
                      self.complaints(idstore_models=["helper"], helper=["Qt6::Widgets"]))

    def test_models_linking_network_is_found(self):
        self.assertEqual(len(self.complaints(idstore_models=["Qt6::Network"])), 1)

    def test_each_forbidden_pair_of_siblings_is_found(self):
        siblings = ("idstore_connectors", "idstore_server", "idstore_ui")
        for one in siblings:
            for other in siblings:
                if one != other:
                    with self.subTest(one=one, other=other):
                        self.assertTrue(any(f"{one} links {other}" in sentence for sentence in
                                            self.complaints(**{one: ["idstore_models", other]})))

    def test_models_linking_back_up_is_found(self):
        self.assertTrue(any("idstore_models links idstore_ui" in sentence
                            for sentence in self.complaints(idstore_models=["idstore_ui"])))

    def test_settings_and_own_resources_are_free(self):
        self.assertEqual(self.complaints(idstore_models=["idstore_options", "idstore_models_resources_1"],
                                         idstore_models_resources_1=["Qt6::Core"]), [])

    def test_a_new_library_without_a_rule_is_found(self):
        self.assertEqual(len(self.complaints(idstore_extra=["idstore_models"])), 1)


class Includes(unittest.TestCase):
    def test_server_header_in_ui_is_found_with_its_line(self):
        self.assertEqual(found(rules.includes, "ui/a.cpp", '#pragma once\n#include "server/api_server.h"\n'), [2])

    def test_every_folder_is_kept_to_its_neighbours(self):
        for folder, allowed in rules.MAY_INCLUDE.items():
            for other in rules.HOUSE:
                with self.subTest(folder=folder, other=other):
                    self.assertEqual(found(rules.includes, f"{folder}/a.cpp", f'#include "{other}/b.h"\n'),
                                     [] if other in allowed else [1])

    def test_relative_path_is_found(self):
        self.assertEqual(found(rules.includes, "ui/a.cpp", '#include "../models/base/result.h"\n'), [1])

    def test_qt_header_above_models_is_found(self):
        self.assertEqual(found(rules.includes, "models/a.h", "#include <QtGui/QColor>\n"), [1])

    def test_test_header_in_program_is_found(self):
        self.assertEqual(found(rules.includes, "app/a.cpp", '#include "tests/support/result_checks.h"\n'), [1])

    def test_system_headers_and_tests_are_free(self):
        self.assertEqual(found(rules.includes, "models/a.h", "#include <QString>\n#include <vector>\n"), [])
        self.assertEqual(found(rules.includes, "tests/gui/a.cpp", '#include "server/api_server.h"\n'), [])


class Size(unittest.TestCase):
    def test_limits_are_exact(self):
        for path, limit in (("ui/a.cpp", 500), ("ui/a.h", 200), ("ui/shell/main_window.cpp", 400),
                            ("ui/shell/main_window.h", 200), ("tests/a.py", 500)):
            with self.subTest(path=path):
                self.assertEqual(found(rules.size, path, "x\n" * limit), [])
                self.assertEqual(found(rules.size, path, "x\n" * (limit + 1)), [0])

    def test_scripts_without_a_suffix_count(self):
        self.assertEqual(found(rules.size, "dev", "#!/usr/bin/env bash\n" + "x\n" * 500), [0])
        self.assertEqual(found(rules.size, "LICENSE", "x\n" * 600), [])


class Licence(unittest.TestCase):
    def test_missing_line_is_found(self):
        for path in ("a.cpp", "a.h", "a.py", "a.cmake", "x/CMakeLists.txt", "a.sql", "a.sh"):
            with self.subTest(path=path):
                self.assertEqual(found(rules.licence, path, "x\n"), [1])
        self.assertEqual(found(rules.licence, "dev", "#!/bin/sh\nx\n"), [1])

    def test_line_further_down_is_found(self):
        self.assertEqual(found(rules.licence, "a.cpp", "\n\n" + SPDX), [1])

    def test_first_line_or_line_after_the_interpreter_is_fine(self):
        self.assertEqual(found(rules.licence, "a.cpp", SPDX), [])
        self.assertEqual(found(rules.licence, "dev", "#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n"), [])
        self.assertEqual(found(rules.licence, "README.md", "x\n"), [])


class Machine(unittest.TestCase):
    def test_registry_hosts_are_found(self):
        for host in ("deb.debian" ".org", "registry.npmjs" ".org", "pypi" ".org", "x.pkg" ".dev"):
            with self.subTest(host=host):
                self.assertEqual(found(rules.machine, "README.md", f"\nsee https://{host}/x\n"), [2])

    def test_hosts_of_this_machine_are_found(self):
        self.assertEqual(found(rules.machine, "dev", "get mirror.example.net/debian\n", ["mirror.example.net"]), [1])
        self.assertEqual(found(rules.machine, "dev", "get a.mirror.example.network\n", ["mirror.example.net"]), [])

    def test_paths_of_one_machine_are_found(self):
        for path in ("/ro" "ot/x", "/wo" "rk/shared/x", "/ho" "me/ada/x"):
            with self.subTest(path=path):
                self.assertEqual(found(rules.machine, "docs/a.md", f'"{path}"\n'), [1])

    def test_paths_within_the_tree_or_the_system_are_fine(self):
        text = "see docs/work/x, ${root}/work/x, https://example.com/root/x and /usr/share/doc\n"
        self.assertEqual(found(rules.machine, "docs/a.md", text), [])


class Code(unittest.TestCase):
    def test_process_events_is_found_even_in_tests(self):
        for path in ("ui/a.cpp", "tests/gui/a.cpp"):
            self.assertEqual(found(rules.event_loops, path, "\nQCoreApplication::process" "Events();\n"), [2])

    def test_event_loop_is_found_outside_tests(self):
        self.assertEqual(found(rules.event_loops, "ui/a.cpp", "QEvent" "Loop loop;\n"), [1])
        self.assertEqual(found(rules.event_loops, "tests/gui/a.cpp", "QEvent" "Loop loop;\n"), [])

    def test_waiting_for_a_future_in_the_window_is_found(self):
        self.assertEqual(found(rules.event_loops, "ui/a.cpp", "future.waitForFinished();\n"), [1])
        self.assertEqual(found(rules.event_loops, "models/a.cpp", "future.waitForFinished();\n"), [])

    def test_comments_and_texts_are_not_code(self):
        text = '// no process' 'Events() here\n/* nor QEvent' 'Loop */\nconst char *a = "process' 'Events()";\n'
        self.assertEqual(found(rules.event_loops, "ui/a.cpp", text), [])

    def test_string_connect_is_found(self):
        self.assertEqual(found(rules.connects, "ui/a.cpp", "connect(a, SIG" "NAL(x()), b, SL" "OT(y()));\n"), [1, 1])
        self.assertEqual(found(rules.connects, "ui/a.cpp", "connect(a, &A::x, b, &B::y);\nQ_SIGNALS:\n"), [])

    def test_dialog_below_the_window_is_found(self):
        for folder in ("models", "connectors", "server"):
            self.assertEqual(found(rules.dialogs, f"{folder}/a.cpp", "QMessageBox::warning(nullptr, a, b);\n"), [1])
        self.assertEqual(found(rules.dialogs, "ui/a.cpp", "QMessageBox box;\n"), [])

    def test_singleton_is_found(self):
        self.assertEqual(found(rules.singletons, "models/a.h", "static Engine &instance();\n"), [1])
        self.assertEqual(found(rules.singletons, "models/a.h", "static Result<Engine> open();\n"), [])

    def test_mark_is_found(self):
        self.assertEqual(found(rules.marks, "ui/a.cpp", "// TO" "DO: later\n"), [1])
        self.assertEqual(found(rules.marks, "tests/a.cpp", "QSK" "IP(x);\n"), [1])
        self.assertEqual(found(rules.marks, "ui/a.cpp", "// a to-do list widget\n"), [])


if __name__ == "__main__":
    unittest.main()
