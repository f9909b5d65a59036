// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "remote_fixture.h"

namespace idstore {

/// Sources of one of Google's kinds, request by request, with a watch for what leaks of secrets that come into being on
/// the way, as tokens do. One at a time.
class GoogleSource
{
public:
    explicit GoogleSource(QStringView sourceType)
        : m_fixture(sourceType)
    {}

    /// An incremental run that knows nothing yet.
    [[nodiscard]] ReadRequest request(const QJsonObject &config, const QJsonObject &credentials);
    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &request) const
    {
        return connector().open(request);
    }
    /// All of it, or the error that ended it.
    [[nodiscard]] ReadTable read(const ReadRequest &request) const;
    [[nodiscard]] ConnectionReport test(const ReadRequest &request) const { return connector().test(request); }
    [[nodiscard]] const Connector &connector() const { return m_fixture.connector(); }

    [[nodiscard]] QString log() const { return m_fixture.log().join(u'\n'); }
    [[nodiscard]] bool leftNothingBehind() const { return m_fixture.leftNothingBehind(); }
    /// Which of these stands in an error, a test's report, or any log so far; empty: none does. The lines of a secret
    /// of several lines count one by one.
    [[nodiscard]] QByteArray leak(const QList<QByteArray> &secrets, const std::optional<Error> &error = {},
                                  const ConnectionReport &report = {}) const;

private:
    RemoteFixture m_fixture;
};

/// Empty when all steps succeeded; else "2: " and what to do about the third.
[[nodiscard]] QString failedStepOf(const ConnectionReport &report);

} // namespace idstore
