// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/ssh/private_key.h"

#include "connectors/ssh/ssh_errors.h"

namespace idstore::ssh {

namespace {

/// PROTOCOL.key of OpenSSH: "openssh-key-v1\0", then the name of the cipher as a string, "none" for no protection.
bool isProtectedOpenSshKey(const QByteArray &text)
{
    constexpr char begin[] = "-----BEGIN OPENSSH PRIVATE KEY-----";
    const qsizetype start = text.indexOf(begin);
    if (start < 0)
        return false;
    // No more than the head of the key is decoded, which holds nothing secret.
    constexpr qsizetype headSize = 160;
    const QByteArray head =
        QByteArray::fromBase64(text.mid(start + static_cast<qsizetype>(sizeof begin) - 1, headSize).simplified());
    constexpr char unprotected[] = "openssh-key-v1\0\0\0\0\x04none";
    return !head.startsWith(QByteArrayView(unprotected, sizeof unprotected - 1));
}

bool isProtected(const QByteArray &text)
{
    return text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") ||
           isProtectedOpenSshKey(text);
}

bool isPublicKey(const QByteArray &text)
{
    return text.startsWith("ssh-") || text.startsWith("ecdsa-sha2-") || text.contains("BEGIN PUBLIC KEY") ||
           text.contains("BEGIN SSH2 PUBLIC KEY");
}

/// Instead of asking on a terminal.
int noPassphrase(const char *, char *, size_t, int, int, void *)
{
    return -1;
}

/// As the file was: text that went through forms and clipboards has other line ends, or spaces around it.
Secret tidied(const Secret &text)
{
    QByteArray bytes = text.clone().reveal().trimmed();
    bytes.replace("\r\n", "\n");
    bytes += '\n';
    return Secret(std::move(bytes));
}

} // namespace

Result<Key> readPrivateKey(const Secret &text, const Secret &passphrase)
{
    const Secret key = tidied(text);
    const bool locked = isProtected(key.reveal());
    if (locked && passphrase.isEmpty())
        return passphraseMissing();
    ssh_key read = nullptr;
    const int status = ssh_pki_import_privkey_base64(
        key.reveal().constData(), locked ? passphrase.reveal().constData() : nullptr, noPassphrase, nullptr, &read);
    if (status == SSH_OK && read)
        return Key(read);
    if (locked)
        return passphraseWrong();
    return keyUnreadable(isPublicKey(key.reveal()), key.reveal().startsWith("PuTTY-User-Key-File"));
}

} // namespace idstore::ssh
