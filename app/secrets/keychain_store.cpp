// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychain_store.h"

#include "models/store/data_directory.h"

#include <QCoreApplication>
#include <QFile>
#include <QMutexLocker>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QSemaphore>

#include <cerrno>

#include <qt6keychain/keychain.h>

#ifdef Q_OS_LINUX
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#endif

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(KeychainStore)
};

const QString service = QStringLiteral("identity-store");

Error keychainError(const char *code, const QString &message, const QString &remedy, const QString &cause = {})
{
    return {ErrorKind::Unavailable, QLatin1StringView(code), message, remedy, cause, {}};
}

Error errorOf(QKeychain::Error error, const QString &cause)
{
    const QString otherwise = Words::tr("Unlock it and try again, or start with --secrets vault.");
    switch (error) {
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return keychainError("keychain_refused", Words::tr("The keychain refused access."), otherwise, cause);
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return keychainError("keychain_unavailable", Words::tr("There is no keychain in this session."),
                             Words::tr("Start with --secrets vault to keep credentials in the data directory, "
                                       "encrypted."),
                             cause);
    default:
        return keychainError("keychain_locked", Words::tr("The keychain is locked or cannot be used."), otherwise,
                             cause);
    }
}

} // namespace

/// Shared by who waits and the job: whoever stops waiting first leaves it to the other.
struct KeychainStore::Answer
{
    QSemaphore done;
    QKeychain::Error error = QKeychain::NoError;
    QString cause;
    QMutex mutex;
    bool abandoned = false;
};

bool KeychainStore::isAvailable()
{
#ifdef Q_OS_LINUX
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return false;
    QDBusConnectionInterface *names = bus.interface();
    const QStringList activatable = names->activatableServiceNames().value();
    for (const char *name : {"org.freedesktop.secrets", "org.kde.kwalletd6", "org.kde.kwalletd5"}) {
        const QString known = QLatin1StringView(name);
        if (names->isServiceRegistered(known).value() || activatable.contains(known))
            return true;
    }
    return false;
#else
    return true;
#endif
}

KeychainStore::KeychainStore(QString dataDirectory, std::chrono::milliseconds timeLimit)
    : m_dataDirectory(std::move(dataDirectory))
    , m_timeLimit(timeLimit)
    , m_context(std::make_unique<QObject>())
{
    m_thread.setObjectName(QStringLiteral("keychain"));
    m_context->moveToThread(&m_thread);
    m_thread.start();
}

KeychainStore::~KeychainStore()
{
    m_thread.quit();
    m_thread.wait();
}

Result<QString> KeychainStore::keyOf(SourceId source) const
{
    const QMutexLocker locker(&m_mutex);
    if (m_id.isEmpty()) {
        const QString path = m_dataDirectory + QStringLiteral("/keychain-id");
        QFile file(path);
        if (file.exists()) {
            if (!file.open(QIODevice::ReadOnly))
                return fileError(path, errno);
            m_id = QString::fromLatin1(file.readLine(64)).trimmed();
        }
        if (m_id.isEmpty()) {
            const QString id = QString::number(QRandomGenerator::system()->generate64(), 16);
            QSaveFile made(path);
            if (!made.open(QIODevice::WriteOnly) || made.write(id.toLatin1() + '\n') < 0 || !made.commit())
                return fileError(path, errno);
            m_id = id;
        }
    }
    return QString(m_id + u'/' + source.toString());
}

Result<void> KeychainStore::run(const std::function<std::unique_ptr<QKeychain::Job>()> &make,
                                const std::function<void(QKeychain::Job &)> &take) const
{
    const auto answer = std::make_shared<Answer>();
    QMetaObject::invokeMethod(
        m_context.get(),
        [this, answer, make, take] {
            QKeychain::Job *job = make().release();
            job->setParent(m_context.get()); // deletes itself when finished
            job->setInsecureFallback(false);
            QObject::connect(job, &QKeychain::Job::finished, m_context.get(), [answer, take](QKeychain::Job *finished) {
                const QMutexLocker locker(&answer->mutex);
                answer->error = finished->error();
                answer->cause = finished->errorString();
                if (take && !answer->abandoned && answer->error == QKeychain::NoError)
                    take(*finished);
                answer->done.release();
            });
            job->start();
        },
        Qt::QueuedConnection);
    if (!answer->done.tryAcquire(1, static_cast<int>(m_timeLimit.count()))) {
        const QMutexLocker locker(&answer->mutex);
        answer->abandoned = true;
        return keychainError("keychain_timeout", Words::tr("The keychain does not answer."),
                             Words::tr("It may be waiting to be unlocked: look for its question, then try again."));
    }
    if (answer->error == QKeychain::NoError || answer->error == QKeychain::EntryNotFound)
        return {};
    return errorOf(answer->error, answer->cause);
}

Result<void> KeychainStore::store(SourceId source, const Secret &value)
{
    if (value.isEmpty())
        return remove(source);
    IDS_TRY(key, keyOf(source));
    const auto copy = std::make_shared<Secret>(value.clone());
    return run([key = key, copy]() -> std::unique_ptr<QKeychain::Job> {
        auto job = std::make_unique<QKeychain::WritePasswordJob>(service);
        job->setKey(key);
        job->setBinaryData(copy->reveal());
        return job;
    });
}

Result<Secret> KeychainStore::load(SourceId source) const
{
    IDS_TRY(key, keyOf(source));
    const auto found = std::make_shared<Secret>();
    IDS_CHECK(run(
        [key = key]() -> std::unique_ptr<QKeychain::Job> {
            auto job = std::make_unique<QKeychain::ReadPasswordJob>(service);
            job->setKey(key);
            return job;
        },
        [found](QKeychain::Job &job) {
            *found = Secret(static_cast<QKeychain::ReadPasswordJob &>(job).binaryData());
        }));
    return std::move(*found);
}

Result<void> KeychainStore::remove(SourceId source)
{
    IDS_TRY(key, keyOf(source));
    return run([key = key]() -> std::unique_ptr<QKeychain::Job> {
        auto job = std::make_unique<QKeychain::DeletePasswordJob>(service);
        job->setKey(key);
        return job;
    });
}

} // namespace idstore
