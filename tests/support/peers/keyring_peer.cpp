// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/keyring_peer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QStandardPaths>
#include <QThread>

namespace idstore::test {

namespace {
constexpr int patience = 30'000; // ms
}

KeyringPeer::KeyringPeer(Keyring keyring)
{
    for (const char *program : {"dbus-daemon", "dbus-send", "gnome-keyring-daemon"}) {
        if (QStandardPaths::findExecutable(QLatin1StringView(program)).isEmpty()) {
            m_problem = QStringLiteral("%1 is missing: install the packages dbus and gnome-keyring")
                            .arg(QLatin1StringView(program));
            return;
        }
    }
    start(keyring);
}

KeyringPeer::~KeyringPeer()
{
    for (QProcess *process : {&m_keyring, &m_bus}) {
        process->kill();
        process->waitForFinished(patience);
    }
}

void KeyringPeer::start(Keyring keyring)
{
    const QDir home(m_home.path());
    for (const char *folder : {"run", ".local/share", ".config", ".cache"})
        home.mkpath(QLatin1StringView(folder));
    QFile::setPermissions(home.filePath(QStringLiteral("run")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString address = QStringLiteral("unix:path=") + home.filePath(QStringLiteral("run/bus"));
    m_variables = {{QStringLiteral("HOME"), home.path()},
                   {QStringLiteral("XDG_RUNTIME_DIR"), home.filePath(QStringLiteral("run"))},
                   {QStringLiteral("XDG_DATA_HOME"), home.filePath(QStringLiteral(".local/share"))},
                   {QStringLiteral("XDG_CONFIG_HOME"), home.filePath(QStringLiteral(".config"))},
                   {QStringLiteral("XDG_CACHE_HOME"), home.filePath(QStringLiteral(".cache"))},
                   {QStringLiteral("XDG_CURRENT_DESKTOP"), QString()},
                   {QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), address}};
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto it = m_variables.cbegin(); it != m_variables.cend(); ++it)
        environment.insert(it.key(), it.value());
    for (QProcess *process : {&m_bus, &m_keyring})
        process->setProcessEnvironment(environment);

    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--address=") + address});
    QStringList arguments{QStringLiteral("--foreground"), QStringLiteral("--components=secrets")};
    if (keyring == Keyring::Unlocked)
        arguments.prepend(QStringLiteral("--unlock"));
    QElapsedTimer waited;
    waited.start();
    while (!QFile::exists(home.filePath(QStringLiteral("run/bus"))) && !waited.hasExpired(patience))
        QThread::msleep(5);
    m_keyring.start(QStringLiteral("gnome-keyring-daemon"), arguments);
    m_keyring.waitForStarted(patience);
    if (keyring == Keyring::Unlocked) {
        m_keyring.write("test-keyring-password");
        m_keyring.waitForBytesWritten(patience); // there is no event loop here that would
    }
    m_keyring.closeWriteChannel();

    const auto answers = [&environment](const QStringList &call) {
        QProcess asking;
        asking.setProcessEnvironment(environment);
        asking.start(QStringLiteral("dbus-send"),
                     QStringList{QStringLiteral("--session"), QStringLiteral("--print-reply")} + call);
        asking.waitForFinished(patience);
        return QString::fromUtf8(asking.readAllStandardOutput());
    };
    // Ready when the service is on the bus, and when its login collection is open. In this order: asking for a service
    // that is not there yet would have the bus start another.
    for (;;) {
        bool ready = answers({QStringLiteral("--dest=org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
                              QStringLiteral("org.freedesktop.DBus.NameHasOwner"),
                              QStringLiteral("string:org.freedesktop.secrets")})
                         .contains(QStringLiteral("boolean true"));
        if (ready && keyring == Keyring::Unlocked) {
            ready =
                answers({QStringLiteral("--dest=org.freedesktop.secrets"),
                         QStringLiteral("/org/freedesktop/secrets/collection/login"),
                         QStringLiteral("org.freedesktop.DBus.Properties.Get"),
                         QStringLiteral("string:org.freedesktop.Secret.Collection"), QStringLiteral("string:Locked")})
                    .contains(QStringLiteral("boolean false"));
        }
        if (ready)
            return;
        if (waited.hasExpired(patience)) {
            m_problem = QStringLiteral("gnome-keyring does not start: ") +
                        QString::fromLocal8Bit(m_keyring.readAllStandardError());
            return;
        }
        QThread::msleep(20);
    }
}

} // namespace idstore::test
