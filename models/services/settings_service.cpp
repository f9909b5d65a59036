// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/settings_service.h"

#include "models/domain/proxy_setting.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMutexLocker>
#include <QSaveFile>

namespace idstore {

namespace {

constexpr QLatin1StringView proxyKey("proxy");

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SettingsService)
};

Error unavailable(const char *code, const QString &message, const QString &remedy, const QString &cause)
{
    return {ErrorKind::Unavailable, QString::fromLatin1(code), message, remedy, cause, {}};
}

Error unreadable(const QString &path, const QString &cause)
{
    return unavailable("settings_unreadable", Words::tr("The settings in %1 cannot be read.").arg(path),
                       Words::tr("Put the file right, or remove it to begin with the usual settings."), cause);
}

} // namespace

SettingsService::SettingsService(QString path, QString fixedProxy)
    : m_path(std::move(path))
    , m_fixedProxy(std::move(fixedProxy))
{}

Result<void> SettingsService::load()
{
    // Told before the first run needs it: going out another way than was set would be worse than not to start.
    IDS_TRY(fixedProxy, checkProxy(m_fixedProxy));
    m_fixedProxy = fixedProxy;
    QFile file(m_path);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(m_path, file.errorString());
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (!document.isObject())
        return unreadable(m_path, problem.errorString());
    IDS_TRY(proxy, checkProxy(document.object().value(proxyKey).toString()));
    const QMutexLocker locker(&m_lock);
    m_proxy = proxy;
    return {};
}

QString SettingsService::proxy() const
{
    const QMutexLocker locker(&m_lock);
    return m_fixedProxy.isEmpty() ? m_proxy : m_fixedProxy;
}

bool SettingsService::isProxyFixed() const
{
    return !m_fixedProxy.isEmpty();
}

Result<void> SettingsService::setProxy(const QString &text)
{
    IDS_TRY(proxy, checkProxy(text));
    const QMutexLocker locker(&m_lock);
    QJsonObject settings;
    if (!proxy.isEmpty())
        settings.insert(proxyKey, proxy);
    QSaveFile file(m_path);
    const QByteArray json = QJsonDocument(settings).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit()) {
        return unavailable("settings_not_saved", Words::tr("The setting could not be kept."),
                           Words::tr("Check that the data folder can be written to and has space left."),
                           file.errorString());
    }
    m_proxy = proxy;
    return {};
}

} // namespace idstore
