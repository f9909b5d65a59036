// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api_server.h"

#include "models/services/engine.h"
#include "server/endpoints/endpoints.h"
#include "server/front/api_front.h"

#include <QThread>

namespace idstore {

class ApiServer::Private
{
public:
    explicit Private(Engine &engineToServe)
        : engine(engineToServe)
    {}

    Engine &engine;
    RouteTable routes;
    QThread thread;
    QObject *gate = nullptr; ///< lives in the API thread; the front is made and destroyed through it
    std::unique_ptr<ApiFront> front; ///< API thread only
};

ApiServer::ApiServer(Engine &engine, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(engine))
{
    addEndpoints(d->routes, engine);
    d->thread.setObjectName(QStringLiteral("idstore-api"));
}

ApiServer::~ApiServer()
{
    stop();
}

Result<QUrl> ApiServer::start(const ApiServerOptions &options)
{
    Q_ASSERT(!d->thread.isRunning());
    auto gate = std::make_unique<QObject>();
    gate->moveToThread(&d->thread);
    d->gate = gate.get();
    connect(&d->thread, &QThread::finished, gate.release(), &QObject::deleteLater);
    d->thread.start();
    std::optional<Result<quint16>> port;
    const auto open = [this, &options, &port] {
        d->front = std::make_unique<ApiFront>(d->routes, d->engine);
        port = d->front->open(options.port, options.nextFreePort);
    };
    QMetaObject::invokeMethod(d->gate, open, Qt::BlockingQueuedConnection);
    if (!*port) {
        stop();
        return port->error();
    }
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(**port);
    return url;
}

void ApiServer::stop()
{
    if (!d->thread.isRunning())
        return;
    const auto close = [this] {
        const auto end = [this] {
            d->front.reset();
            d->thread.quit();
        };
        // Queued: the front must not go while it is speaking.
        connect(d->front.get(), &ApiFront::drained, d->gate, end, Qt::QueuedConnection);
        d->front->drain();
    };
    QMetaObject::invokeMethod(d->gate, close, Qt::QueuedConnection);
    d->thread.wait();
    d->gate = nullptr;
}

} // namespace idstore
