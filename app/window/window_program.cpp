// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/window_program.h"

#include "app/application_setup.h"
#include "app/console.h"
#include "app/service_host.h"
#include "app/termination.h"
#include "app/window/single_window.h"
#include "app/window/stall_probe.h"
#include "models/base/logging.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMessageBox>
#include <QThread>

#include <cstdlib>

namespace idstore {

namespace {

/// A window that starts at the same moment holds the directory a little before it can be found.
bool raiseStartingWindow(const SingleWindow &single, const QString &dataDirectory)
{
    constexpr qint64 patience = 3000; // ms
    constexpr unsigned long pauseBetween = 100; // ms
    QElapsedTimer waited;
    waited.start();
    while (!waited.hasExpired(patience)) {
        if (single.raiseOther())
            return true;
        const auto holder = readInstanceFile(dataDirectory);
        if (holder && holder->kind != InstanceKind::Window)
            return false;
        QThread::msleep(pauseBetween);
    }
    return false;
}

int showProblem(const Error &error)
{
    printError(error);
    QMessageBox box(QMessageBox::Critical, QApplication::applicationDisplayName(), error.message, QMessageBox::Close);
    box.setAccessibleName(QApplication::applicationDisplayName());
    box.setInformativeText(error.remedy);
    box.show(); // closing it, the last window, ends the event loop; so does a signal
    QApplication::exec();
    return EXIT_FAILURE;
}

void bringForward(QWidget &window)
{
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

/// Without a display, QApplication would end the process by abort().
bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(name))
            return true;
    }
    return false;
#else
    return true;
#endif
}

Error noDisplay()
{
    Error error;
    error.kind = ErrorKind::Unavailable;
    error.code = QStringLiteral("no_display");
    error.message = QCoreApplication::translate("WindowProgram", "There is no display to open a window on.");
    error.remedy = QCoreApplication::translate("WindowProgram", "Run 'identity-store serve' to work without a window.");
    return error;
}

/// The REST API is a convenience of the window: without it the window works all the same and says why.
QString startServer(ServiceHost &host, const StartOptions &options)
{
    ApiServerOptions serverOptions;
    serverOptions.port = options.port;
    serverOptions.nextFreePort = true;
    if (const auto listening = host.listen(serverOptions); !listening) {
        qCWarning(logApp).noquote() << listening.error().logLine();
        return listening.error().detail();
    }
    if (options.port != 0 && host.url().port() != options.port) {
        return QCoreApplication::translate("WindowProgram", "Port %1 is in use by another program; this one answers on "
                                                            "port %2.")
            .arg(options.port)
            .arg(host.url().port());
    }
    return {};
}

/// Installed when the session ends: what follows is not the person closing the window, so nothing is asked.
class SessionEnd final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Quit)
            return QObject::eventFilter(watched, event);
        QCoreApplication::exit(EXIT_SUCCESS);
        return true;
    }
};

} // namespace

int runWindow(int &argc, char **argv, const StartOptions &options)
{
    if (!hasDisplay()) {
        QCoreApplication application(argc, argv);
        setUpApplication(application);
        printError(noDisplay());
        return EXIT_FAILURE;
    }
    QApplication application(argc, argv);
    setUpApplication(application);
    QGuiApplication::setApplicationDisplayName(QCoreApplication::translate("WindowProgram", "Identity Store"));
    QGuiApplication::setDesktopFileName(QStringLiteral("app.identity_store.IdentityStore"));

    // Not quit(): that would ask the window, which may ask the person. A signal is not a question.
    Termination termination;
    QObject::connect(&termination, &Termination::requested, &application, [] { QCoreApplication::exit(EXIT_SUCCESS); });

    SessionEnd sessionEnd;
    QObject::connect(&application, &QGuiApplication::commitDataRequest, &sessionEnd,
                     [&] { application.installEventFilter(&sessionEnd); });

    SingleWindow single(options.dataDirectory);
    if (single.raiseOther())
        return EXIT_SUCCESS;
    auto host = ServiceHost::open(InstanceKind::Window, options);
    if (!host) {
        if (host.error().code == QStringLiteral("data_directory_in_use") &&
            raiseStartingWindow(single, options.dataDirectory)) {
            return EXIT_SUCCESS;
        }
        return showProblem(withHolder(host.error(), options.dataDirectory));
    }
    single.listen();
    const QString serverProblem = startServer(**host, options);

    std::unique_ptr<StallProbe> probe;
    if (const QString path = qEnvironmentVariable("IDENTITY_STORE_STALL_PROBE"); !path.isEmpty())
        probe = std::make_unique<StallProbe>(path);

    int status = EXIT_SUCCESS;
    {
        MainWindow window(UiContext{(*host)->engine(), (*host)->url(), serverProblem, (*host)->tokenFile()});
        QObject::connect(&single, &SingleWindow::raiseRequested, &window, [&window] { bringForward(window); });
        window.show();
        status = QApplication::exec();
    }
    (*host)->stop();
    return status;
}

} // namespace idstore
