// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application_setup.h"
#include "app/commands/command_program.h"
#include "app/console.h"
#include "app/log_output.h"
#include "app/options.h"
#include "app/serve.h"
#include "app/window/window_program.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <cstdlib>

namespace {

constexpr int exitWrongUsage = 2;

idstore::Result<idstore::Invocation> readArguments(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return idstore::parseInvocation(arguments, QProcessEnvironment::systemEnvironment());
}

int print(const QString &text)
{
    return idstore::printLine(text) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int runWithoutWindow(const idstore::Invocation &invocation)
{
    using idstore::Face;
    switch (invocation.face) {
    case Face::Version:
        return print(QStringLiteral("identity-store " IDSTORE_VERSION));
    case Face::Help:
        return print(idstore::helpText().trimmed());
    case Face::Serve:
        return idstore::serve(invocation.start);
    case Face::Command:
    case Face::Window:
        break;
    }
    // A command's standard error is for the person who typed it; QT_LOGGING_RULES brings the rest back.
    QLoggingCategory::setFilterRules(QStringLiteral("*.debug=false\n*.info=false"));
    return idstore::commands::CommandProgram(invocation).run();
}

} // namespace

int main(int argc, char **argv)
{
    idstore::installLogOutput();
    idstore::keepMemoryOutOfCrashFiles();
    const auto early = readArguments(argc, argv);
    if (early && early->face == idstore::Face::Window)
        return idstore::runWindow(argc, argv, early->start);

    // Everything else works without a display.
    QCoreApplication application(argc, argv);
    idstore::setUpApplication(application);
    // Once more, now that sentences come out in the person's language.
    const auto invocation = readArguments(argc, argv);
    if (!invocation) {
        idstore::printError(invocation.error());
        return exitWrongUsage;
    }
    return runWithoutWindow(*invocation);
}
