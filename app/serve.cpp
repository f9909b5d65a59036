// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve.h"

#include "app/console.h"
#include "app/service_host.h"
#include "app/termination.h"
#include "models/base/logging.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdlib>

namespace idstore {

int serve(const StartOptions &options)
{
    // First of all, so that a signal during the start also ends in a clean stop.
    Termination termination;
    QObject::connect(&termination, &Termination::requested, QCoreApplication::instance(), [] {
        qCInfo(logApp, "asked to stop");
        QCoreApplication::exit(EXIT_SUCCESS);
    });

    auto host = ServiceHost::open(InstanceKind::Serve, options);
    if (!host) {
        printError(withHolder(host.error(), options.dataDirectory));
        return EXIT_FAILURE;
    }
    ApiServerOptions serverOptions;
    serverOptions.port = options.port;
    if (const auto listening = (*host)->listen(serverOptions); !listening) {
        printError(listening.error());
        return EXIT_FAILURE;
    }

    const QJsonObject ready{{QStringLiteral("url"), (*host)->url().toString()},
                            {QStringLiteral("token_file"), (*host)->tokenFile()}};
    if (const auto printed = printJson(QJsonDocument(ready)); !printed)
        qCWarning(logApp).noquote() << printed.error().logLine();
    const int status = QCoreApplication::exec();
    (*host)->stop();
    return status;
}

} // namespace idstore
