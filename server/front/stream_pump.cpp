// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/front/stream_pump.h"

#include "models/base/logging.h"
#include "server/problem.h"

#include <QPointer>
#include <QSemaphore>

namespace idstore {

struct StreamPump::Shared
{
    QSemaphore granted;
    CancelToken ended;
};

StreamPump::StreamPump(QThreadPool &pool, QObject &home, QObject *parent)
    : QObject(parent)
    , m_pool(pool)
    , m_home(home)
    , m_shared(std::make_shared<Shared>())
{}

StreamPump::~StreamPump()
{
    m_shared->ended.cancel();
    m_shared->granted.release();
}

void StreamPump::start(const StreamHandler &handler, const HttpRequest &request)
{
    const QPointer<StreamPump> self(this);
    m_pool.start([self, handler, request, shared = m_shared, home = &m_home] {
        // Reports reach the pump in the API thread, where looking at the guard is safe.
        const auto report = [self, home](auto say) {
            const auto deliver = [self, say] {
                if (self)
                    say(*self);
            };
            QMetaObject::invokeMethod(home, deliver, Qt::QueuedConnection);
        };
        Result<StreamedAnswer> answer = handler(request);
        if (!answer) {
            report([response = problemOf(answer.error())](StreamPump &pump) { Q_EMIT pump.refused(response); });
            return;
        }
        HttpResponse head;
        head.contentType = answer->contentType;
        head.headers = answer->headers;
        report([head](StreamPump &pump) { Q_EMIT pump.opened(head); });
        for (;;) {
            shared->granted.acquire();
            if (shared->ended.isCancelled())
                return;
            const Result<QByteArray> bytes = answer->blocks->next();
            if (!bytes) {
                qCWarning(logServer).noquote() << "A stream broke off:" << bytes.error().logLine();
                report([](StreamPump &pump) { Q_EMIT pump.broke(); });
                return;
            }
            if (bytes->isEmpty()) {
                report([](StreamPump &pump) { Q_EMIT pump.ended(); });
                return;
            }
            report([bytes = *bytes](StreamPump &pump) { Q_EMIT pump.block(bytes); });
        }
    });
}

void StreamPump::grant()
{
    m_shared->granted.release();
}

} // namespace idstore
