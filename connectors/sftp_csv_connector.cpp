// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/remote/remote_tables.h"
#include "connectors/remote/sftp_store.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace idstore::connectors::sftp_csv {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SftpCsvConnector)
};

constexpr quint16 usualPort = 22;

Result<std::unique_ptr<RemoteStore>> openStore(const ReadRequest &request)
{
    const auto setting = [&](const char *name) { return request.config[QLatin1StringView(name)]; };
    const QJsonObject credentials = QJsonDocument::fromJson(request.credentials.reveal()).object();
    const auto secret = [&](const char *name) {
        return Secret(credentials[QLatin1StringView(name)].toString().toUtf8());
    };
    ssh::Login login;
    login.host = setting("host").toString();
    login.port = static_cast<quint16>(setting("port").toInt(usualPort));
    login.username = credentials[QLatin1StringView("username")].toString();
    login.hostKeySha256 = setting("host_key_sha256").toString();
    login.password = secret("password");
    if (const Secret text = secret("private_key"); !text.isEmpty()) {
        IDS_TRY(key, ssh::readPrivateKey(text, secret("private_key_passphrase")));
        login.key = std::move(key);
    }
    const http::ClientSettings times = clientSettings(request);
    login.connectTimeout = times.connectTimeout;
    login.silence = times.silence;
    return std::unique_ptr<RemoteStore>(std::make_unique<SftpStore>(
        std::move(login), SftpSelection{setting("path").toString(), setting("newest_only").toBool()}, request.cancel));
}

} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return remoteTablesConnector(
        {.id = QStringLiteral("sftp_csv"),
         .title = Words::tr("SFTP"),
         .summary = Words::tr("The rows of CSV files on a server that is reached over SSH."),
         .keywords = {Words::tr("SSH"), Words::tr("FTP"), Words::tr("file server")},
         .category = ConnectorCategory::CloudFile,
         .auth = AuthKind::Password,
         .credentialsSchema = oneOf(
             {{Words::tr("Password"),
               {text(QStringLiteral("username"), Words::tr("User name"), Words::tr("The user on the server."))
                    .required(),
                text(QStringLiteral("password"), Words::tr("Password"), Words::tr("That user's password."))
                    .required()
                    .secret()}},
              {Words::tr("Private key"),
               {text(QStringLiteral("username"), Words::tr("User name"), Words::tr("The user on the server."))
                    .required(),
                text(QStringLiteral("private_key"), Words::tr("Private key"),
                     Words::tr("The text of the key's file, such as id_ed25519. OpenSSH and PEM files of Ed25519, "
                               "ECDSA and RSA keys."))
                    .asDocument()
                    .foundAt(Words::tr("On your computer, in the folder .ssh of your home: the file without .pub. Who "
                                       "runs the server adds the one with .pub there."))
                    .required()
                    .secret(),
                text(QStringLiteral("private_key_passphrase"), Words::tr("Passphrase"),
                     Words::tr("The passphrase of the private key, if it has one."))
                    .secret()}}}),
         .configSchema = object(
             Fields{text(QStringLiteral("host"), Words::tr("Host"), Words::tr("The name or address of the server."))
                        .required()
                        .matching(QStringLiteral("^[^\\s/@]+$"),
                                  Words::tr("Only the server's name belongs here, such as files.example.com.")),
                    integer(QStringLiteral("port"), Words::tr("Port"), Words::tr("The port of the server."))
                        .between(1, 65535)
                        .byDefault(usualPort),
                    text(QStringLiteral("path"), Words::tr("Path"),
                         Words::tr("The path of the file, from / or else from the user's folder. * stands for anything "
                                   "within a folder, ** for folders too, ? for one character: all files that match are "
                                   "read as one table."))
                        .required()
                        .matching(QStringLiteral("[^/~]")),
                    boolean(QStringLiteral("newest_only"), Words::tr("Newest file"),
                            Words::tr("Of the files that match, reads only the one that was changed last.")),
                    text(QStringLiteral("host_key_sha256"), Words::tr("Host key"),
                         Words::tr("The SHA-256 fingerprint of the server's key, such as SHA256:… Nothing is sent to a "
                                   "server with another one. Left out, testing the connection shows the server's."))
                        .matching(QStringLiteral("^\\s*([Ss][Hh][Aa]256:)?[A-Za-z0-9+/]{43}=?\\s*$"),
                                  Words::tr("A fingerprint is SHA256: and 43 characters."))
                        .foundAt(Words::tr("Who runs the server sees it with: ssh-keygen -lf "
                                           "/etc/ssh/ssh_host_ed25519_key.pub"))} +
             tableFileFields() + networkFields())},
        openStore);
}

} // namespace idstore::connectors::sftp_csv
