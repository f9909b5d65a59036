// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QStringList>

namespace idstore::test {

/// A service account whose key is made anew in every test program, and the side of Google that judges what it
/// signs (https://developers.google.com/identity/protocols/oauth2/service-account#httprest). One thread at a time.
class GoogleAccount
{
public:
    [[nodiscard]] QString email() const { return QStringLiteral("reader@contacts-1.iam.gserviceaccount.com"); }
    [[nodiscard]] QByteArray privateKey() const; ///< PEM
    /// As the console hands it out.
    [[nodiscard]] QJsonObject keyFile() const;

    /// What is wrong with an assertion that arrives at `now`: form, signature, issuer, scope, audience, times; nothing
    /// when it is right.
    [[nodiscard]] QStringList assertionProblems(const QByteArray &jwt, const QString &scope,
                                                const QDateTime &now) const;
};

} // namespace idstore::test
