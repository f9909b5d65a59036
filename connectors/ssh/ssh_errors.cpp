// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/ssh/ssh_errors.h"

#include <QCoreApplication>
#include <QLocale>

namespace idstore::ssh {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SshServer)
};

Error fieldError(const char *code, const char *field, const QString &message, const QString &remedy)
{
    return {.kind = ErrorKind::InvalidInput,
            .code = QLatin1StringView(code),
            .message = message,
            .remedy = remedy,
            .cause = {},
            .fields = {{QLatin1StringView(field), message}}};
}

} // namespace

Error hostKeyUnknown(const QString &host, const HostKey &seen)
{
    Error error = sourceError(
        "host_key_unknown",
        Words::tr("%1 shows the host key %2 (%3), which is not known yet.").arg(host, seen.sha256, seen.type),
        Words::tr("Compare it with the one that who runs the server tells you. If it is the same, set the "
                  "host key (host_key_sha256) to it. Nothing secret was sent."));
    error.fields.append({QStringLiteral("config.host_key_sha256"), seen.sha256});
    return error;
}

Error hostKeyChanged(const QString &host, const QString &pinned, const HostKey &seen)
{
    return sourceError(
        "host_key_changed",
        Words::tr("%1 shows the host key %2 (%3) and not the one of this source, %4: it may be another server that "
                  "poses as it.")
            .arg(host, seen.sha256, seen.type, pinned),
        Words::tr("Ask who runs the server whether its key was changed. Only then set the host key (host_key_sha256) "
                  "to the new one. Nothing secret was sent."));
}

Error passwordRefused(const QString &host, const QString &username)
{
    return sourceError("wrong_password", Words::tr("%1 refuses the password of the user %2.").arg(host, username),
                       Words::tr("Check the user name and the password."));
}

Error keyRefused(const QString &host, const QString &username)
{
    return sourceError("wrong_key", Words::tr("%1 refuses the private key of the user %2.").arg(host, username),
                       Words::tr("Check the user name, and that the public part of this key is among the user's "
                                 "authorized keys on the server."));
}

Error methodRefused(const QString &host, const QStringList &offered)
{
    if (offered.isEmpty()) {
        return sourceError("sign_in_method_refused", Words::tr("%1 lets nobody sign in this way.").arg(host),
                           Words::tr("Ask who runs the server how to sign in."));
    }
    return sourceError("sign_in_method_refused",
                       Words::tr("%1 does not let this user sign in this way; what it takes: %2.")
                           .arg(host, offered.join(QStringLiteral(", "))),
                       Words::tr("Choose a password (password, keyboard-interactive) or a private key (publickey) "
                                 "accordingly."));
}

Error keyUnreadable(bool isPublicKey, bool isPuttyKey)
{
    QString remedy = Words::tr("Paste the whole text of the key file, from its first dashes to its last.");
    if (isPublicKey)
        remedy = Words::tr("This is the public part; the private one is in the file without .pub.");
    else if (isPuttyKey)
        remedy = Words::tr("This is a file of PuTTY: export it in PuTTYgen as an OpenSSH key first.");
    return fieldError("private_key_unreadable", "credentials.private_key",
                      Words::tr("The private key cannot be read; it must be an Ed25519, ECDSA or RSA key in the format "
                                "of OpenSSH or PEM."),
                      remedy);
}

Error passphraseMissing()
{
    return fieldError("passphrase_missing", "credentials.private_key_passphrase",
                      Words::tr("The private key is protected by a passphrase, and none is given."),
                      Words::tr("Give the passphrase of the key."));
}

Error passphraseWrong()
{
    return fieldError("passphrase_wrong", "credentials.private_key_passphrase",
                      Words::tr("The passphrase does not open the private key."),
                      Words::tr("Give the passphrase that the key was made with."));
}

Error notAnSshServer(const QString &host, const QString &cause)
{
    return sourceError("bad_answer", Words::tr("%1 does not answer like an SSH server.").arg(host),
                       Words::tr("Check the host and the port; SFTP is usually on port 22."), cause);
}

Error connectionLost(const QString &host, const QString &cause)
{
    return sourceError("connection_lost", Words::tr("The connection to %1 broke off.").arg(host),
                       Words::tr("Try again; if it stays so, check the network in between."), cause);
}

Error timedOut(const QString &host)
{
    return sourceError("timed_out", Words::tr("%1 did not answer in time.").arg(host),
                       Words::tr("Try again later; if it stays so, ask who runs the server."));
}

Error sftpRefused(const QString &host, const QString &cause)
{
    return sourceError("sftp_refused", Words::tr("%1 lets this user sign in, but not transfer files.").arg(host),
                       Words::tr("Ask who runs the server to allow SFTP for this user."), cause);
}

Error pathNotFound(const QString &path)
{
    return sourceError("not_found", Words::tr("There is no %1 on the server.").arg(path),
                       Words::tr("Check the path. One that does not begin with a slash starts in the user's folder."));
}

Error permissionDenied(const QString &path)
{
    return sourceError("permission_denied", Words::tr("The user may not read %1 on the server.").arg(path),
                       Words::tr("Have the user be given permission to read it, or use another user."));
}

Error pathIsFolder(const QString &path)
{
    return sourceError("path_is_folder", Words::tr("%1 is a folder and no file.").arg(path),
                       Words::tr("Name a file in it, or a pattern such as %1/*.csv.").arg(path));
}

Error noFileMatches(const QString &pattern)
{
    return sourceError("no_file_matches", Words::tr("No file on the server matches %1.").arg(pattern),
                       Words::tr("Check the path; * stands for anything within a folder, ** for folders too, ? for one "
                                 "character."));
}

Error tooManyFiles(const QString &pattern, qint64 most)
{
    return sourceError("too_many_files",
                       Words::tr("More than %1 files on the server match %2.").arg(QLocale().toString(most), pattern),
                       Words::tr("Use a pattern that means fewer files."));
}

Error fileKeepsChanging(const QString &path)
{
    return sourceError("object_changed", Words::tr("%1 was changed each time it was being fetched.").arg(path),
                       Words::tr("Run again when it is complete. Best is to have it written under another name and "
                                 "renamed at the end."));
}

Error sftpFailed(const QString &path, int status)
{
    return sourceError("sftp_failed", Words::tr("The server could not read %1.").arg(path),
                       Words::tr("Try again; if it stays so, ask who runs the server."),
                       QStringLiteral("SFTP status %1").arg(status));
}

} // namespace idstore::ssh
