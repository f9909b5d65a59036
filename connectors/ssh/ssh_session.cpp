// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/ssh/ssh_session.h"

#include "models/ingest/pipeline.h"

#include <QCryptographicHash>

#include <openssl/crypto.h>

#include <array>

#include <sys/socket.h>
#include <unistd.h>

namespace idstore::ssh {

namespace {

struct HostKeyKind
{
    const char *type; ///< how the names of its keys begin
    const char *algorithms; ///< as SSH_OPTIONS_HOSTKEYS wants them
};
constexpr std::array<HostKeyKind, 3> hostKeyKinds{
    {{"ssh-ed25519", "ssh-ed25519"},
     {"ecdsa-", "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521"},
     {"ssh-rsa", "rsa-sha2-512,rsa-sha2-256"}}};

QString withoutDecoration(QString fingerprint)
{
    fingerprint = fingerprint.trimmed();
    if (fingerprint.startsWith(QStringLiteral("SHA256:"), Qt::CaseInsensitive))
        fingerprint.remove(0, 7);
    while (fingerprint.endsWith(u'='))
        fingerprint.chop(1);
    return fingerprint;
}

bool isPinned(const HostKey &shown, const Login &login)
{
    return withoutDecoration(shown.sha256) == withoutDecoration(login.hostKeySha256);
}

/// libssh's words without those of the server, which may quote what was sent to it.
QString ownWords(ssh_session session)
{
    const QString text = QString::fromUtf8(ssh_get_error(session));
    return text.contains(QStringLiteral("SSH_MSG_DISCONNECT")) ? QStringLiteral("disconnected by the server") : text;
}

QStringList methodNames(int methods)
{
    QStringList names;
    if (methods & static_cast<int>(SSH_AUTH_METHOD_PASSWORD))
        names.append(QStringLiteral("password"));
    if (methods & static_cast<int>(SSH_AUTH_METHOD_INTERACTIVE))
        names.append(QStringLiteral("keyboard-interactive"));
    if (methods & static_cast<int>(SSH_AUTH_METHOD_PUBLICKEY))
        names.append(QStringLiteral("publickey"));
    if (methods & static_cast<int>(SSH_AUTH_METHOD_GSSAPI_MIC))
        names.append(QStringLiteral("gssapi-with-mic"));
    if (methods & static_cast<int>(SSH_AUTH_METHOD_HOSTBASED))
        names.append(QStringLiteral("hostbased"));
    return names;
}

bool offers(int methods, unsigned method)
{
    return (static_cast<unsigned>(methods) & method) != 0;
}

} // namespace

Result<std::unique_ptr<Session>> Session::open(const Login &login, const CancelToken &cancel)
{
    std::unique_ptr<Session> session(new Session);
    session->m_host = login.host;
    IDS_CHECK(session->connect(login, cancel, nullptr));
    IDS_TRY(shown, session->hostKey());
    if (login.hostKeySha256.isEmpty())
        return hostKeyUnknown(login.host, shown);
    if (!isPinned(shown, login) && !session->findPinnedKey(login, cancel, shown.type)) {
        if (cancel.isCancelled())
            return cancelledError();
        return hostKeyChanged(login.host, login.hostKeySha256, shown);
    }
    IDS_CHECK(session->signIn(login));
    IDS_CHECK(session->openSftp());
    return session;
}

Result<void> Session::connect(const Login &login, const CancelToken &cancel, const char *hostKeyTypes)
{
    IDS_TRY(connection, TcpConnection::open(login.host, login.port, login.connectTimeout, cancel));
    m_connection = std::move(connection);
    m_watch = std::make_unique<SocketWatch>(m_connection->socket(), cancel, login.silence);

    m_session = ssh_new();
    const bool no = false;
    socket_t socket = ::dup(m_connection->socket()); // libssh closes the one it is given
    ssh_options_set(m_session, SSH_OPTIONS_FD, &socket);
    ssh_options_set(m_session, SSH_OPTIONS_PROCESS_CONFIG, &no);
    ssh_options_set(m_session, SSH_OPTIONS_HOST, login.host.toUtf8().constData());
    ssh_options_set(m_session, SSH_OPTIONS_USER, login.username.toUtf8().constData());
    // What the person's own ssh knows is neither read nor written.
    for (const ssh_options_e file : {SSH_OPTIONS_KNOWNHOSTS, SSH_OPTIONS_GLOBAL_KNOWNHOSTS})
        ssh_options_set(m_session, file, "/dev/null");
    const long seconds = static_cast<long>(login.silence.count() / 1000) + 5; // the watch is to be first
    ssh_options_set(m_session, SSH_OPTIONS_TIMEOUT, &seconds);
    if (hostKeyTypes)
        ssh_options_set(m_session, SSH_OPTIONS_HOSTKEYS, hostKeyTypes);
    if (call([&] { return ssh_connect(m_session); }) == SSH_OK)
        return {};
    const QString cause = ownWords(m_session);
    if (m_watch->reason() != SocketWatch::Reason::None)
        return broken();
    return notAnSshServer(m_host, cause);
}

Result<HostKey> Session::hostKey() const
{
    ssh_key shown = nullptr;
    unsigned char *hash = nullptr;
    std::size_t length = 0;
    const bool known = ssh_get_server_publickey(m_session, &shown) == SSH_OK &&
                       ssh_get_publickey_hash(shown, SSH_PUBLICKEY_HASH_SHA256, &hash, &length) == 0;
    const Key owner(shown);
    if (!known)
        return broken();
    const QByteArray digest(reinterpret_cast<const char *>(hash), static_cast<qsizetype>(length));
    ssh_clean_pubkey_hash(&hash);
    const QString type = QString::fromLatin1(ssh_key_type_to_char(ssh_key_type(shown)));
    return HostKey{type,
                   QStringLiteral("SHA256:") + QString::fromLatin1(digest.toBase64(QByteArray::OmitTrailingEquals))};
}

bool Session::findPinnedKey(const Login &login, const CancelToken &cancel, const QString &shownType)
{
    for (const HostKeyKind &kind : hostKeyKinds) {
        if (shownType.startsWith(QLatin1StringView(kind.type)))
            continue;
        Session other;
        other.m_host = login.host;
        // A server without a key of this kind ends the connection, which is no news about the first.
        if (!other.connect(login, cancel, kind.algorithms))
            continue;
        const auto shown = other.hostKey();
        if (!shown || !isPinned(*shown, login))
            continue;
        std::swap(m_connection, other.m_connection);
        std::swap(m_watch, other.m_watch);
        std::swap(m_session, other.m_session);
        return true;
    }
    return false;
}

Result<void> Session::signIn(const Login &login)
{
    // Asks what the server takes; only now, since it names the user.
    int status = call([&] { return ssh_userauth_none(m_session, nullptr); });
    if (status == SSH_AUTH_SUCCESS)
        return {};
    if (status == SSH_AUTH_ERROR)
        return broken();
    const int methods = ssh_userauth_list(m_session, nullptr);
    if (login.key) {
        if (!offers(methods, SSH_AUTH_METHOD_PUBLICKEY))
            return methodRefused(m_host, methodNames(methods));
        status = call([&] { return ssh_userauth_publickey(m_session, nullptr, login.key.get()); });
    } else if (offers(methods, SSH_AUTH_METHOD_PASSWORD)) {
        status = call([&] { return ssh_userauth_password(m_session, nullptr, login.password.reveal().constData()); });
    } else if (offers(methods, SSH_AUTH_METHOD_INTERACTIVE)) {
        IDS_TRY(answered, signInByQuestions(login));
        status = answered;
    } else {
        return methodRefused(m_host, methodNames(methods));
    }
    switch (status) {
    case SSH_AUTH_SUCCESS:
        return {};
    case SSH_AUTH_PARTIAL:
        return methodRefused(m_host, methodNames(ssh_userauth_list(m_session, nullptr)));
    case SSH_AUTH_DENIED:
        return login.key ? keyRefused(m_host, login.username) : passwordRefused(m_host, login.username);
    default:
        // Servers hang up after too many refusals.
        return broken();
    }
}

Result<int> Session::signInByQuestions(const Login &login)
{
    int status = call([&] { return ssh_userauth_kbdint(m_session, nullptr, nullptr); });
    bool answered = false;
    while (status == SSH_AUTH_INFO) {
        const int questions = ssh_userauth_kbdint_getnprompts(m_session);
        // The password is the answer to the one question for a password; a second one is for something else.
        if (questions > 1 || (questions == 1 && answered))
            return methodRefused(m_host, {});
        char echo = 0;
        if (questions == 1) {
            ssh_userauth_kbdint_getprompt(m_session, 0, &echo);
            if (echo != 0)
                return methodRefused(m_host, {});
            ssh_userauth_kbdint_setanswer(m_session, 0, login.password.reveal().constData());
            answered = true;
        }
        status = call([&] { return ssh_userauth_kbdint(m_session, nullptr, nullptr); });
    }
    return status;
}

Result<void> Session::openSftp()
{
    const bool opened = call([&] {
        m_sftp = sftp_new(m_session);
        return m_sftp && sftp_init(m_sftp) == SSH_OK;
    });
    if (opened)
        return {};
    if (m_watch->reason() != SocketWatch::Reason::None || !ssh_is_connected(m_session))
        return broken();
    return sftpRefused(m_host, ownWords(m_session));
}

Error Session::sftpError(const QString &path) const
{
    const int status = sftp_get_error(m_sftp);
    if (m_watch->reason() != SocketWatch::Reason::None || !ssh_is_connected(m_session) ||
        status == SSH_FX_CONNECTION_LOST || status == SSH_FX_NO_CONNECTION)
        return broken();
    switch (status) {
    case SSH_FX_NO_SUCH_FILE:
    case SSH_FX_NO_SUCH_PATH:
        return pathNotFound(path);
    case SSH_FX_PERMISSION_DENIED:
        return permissionDenied(path);
    case SSH_FX_OK: // libssh gave up on the channel
        return broken();
    default:
        return sftpFailed(path, status);
    }
}

Error Session::broken() const
{
    switch (m_watch->reason()) {
    case SocketWatch::Reason::Cancelled:
        return cancelledError();
    case SocketWatch::Reason::Silent:
        return timedOut(m_host);
    case SocketWatch::Reason::None:
        break;
    }
    return connectionLost(m_host, ownWords(m_session));
}

Session::~Session()
{
    close();
    // What OpenSSL keeps for a thread is not always freed when a pool ends the thread.
    OPENSSL_thread_stop();
}

void Session::close()
{
    if (!m_session)
        return;
    // Saying goodbye could wait for a server that does not answer any more.
    m_watch.reset();
    ::shutdown(m_connection->socket(), SHUT_RDWR);
    if (m_sftp)
        sftp_free(m_sftp);
    ssh_disconnect(m_session);
    ssh_free(m_session);
}

} // namespace idstore::ssh
