// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong between here and Google Cloud Storage, each with its own error, and no secret in any.
#include "connectors/cloud/gcs_store.h"
#include "connectors/remote/remote_tables.h"
#include "gcs_fixture.h"
#include "tests/support/result_checks.h"

using namespace idstore;
using namespace Qt::StringLiterals;
using test::GoogleCall;
using test::PeerAnswer;

class TestGcsFaults : public QObject
{
    Q_OBJECT

    std::unique_ptr<GcsFixture> m_gcs;

    /// The content, or the error that it ends in, with little patience for a server that fails.
    [[nodiscard]] Result<QByteArray> fetchedImpatiently(int attempts) const
    {
        const ReadRequest request = m_gcs->one(u"people.csv"_s);
        http::ClientSettings settings = clientSettings(request);
        settings.retry.attempts = attempts;
        settings.retry.firstDelay = std::chrono::milliseconds(1);
        settings.silence = std::chrono::seconds(1);
        IDS_TRY(store, cloud::openGcsStore(request, settings));
        IDS_TRY(files, store->list());
        IDS_TRY(scratch, ScratchFile::create(request.scratchFolder));
        IDS_TRY(fetched, store->fetch(files.first(), {}, std::move(scratch), {}));
        QFile file(fetched->content->readablePath());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init() { m_gcs = std::make_unique<GcsFixture>(); }
    void cleanup() { m_gcs->check(); }

    void token_holds_isKept();
    void token_aboutToExpire_isRenewed();
    void token_revokedBetweenRequests_isRenewedOnce();
    void token_refusedForEver_isAnError();
    void token_endpointRefuses_isNamed_data();
    void token_endpointRefuses_isNamed();
    void refusal_isNamed_data();
    void refusal_isNamed();
    void server_busyForAWhile_isWaitedFor();
    void server_failing_isNamed_data();
    void server_failing_isNamed();
    void largerThanAllowed_isRefused();
    void cancelled_endsAtOnce();
};

void TestGcsFaults::token_holds_isKept()
{
    for (int i = 1; i <= 4; ++i)
        m_gcs->put(u"in/%1.csv"_s.arg(i), GcsFixture::people);
    QVERIFY(!m_gcs->source.read(m_gcs->several({{u"prefix"_s, u"in/"_s}})).error);
    QCOMPARE(m_gcs->google.peer.tokensIssued(), 1);
}

void TestGcsFaults::token_aboutToExpire_isRenewed()
{
    m_gcs->google.peer.tokenSeconds = 60; // less than a request may take
    QCOMPARE(m_gcs->source.read(m_gcs->one(u"people.csv"_s)).rows, GcsFixture::peopleRows);
    QCOMPARE(m_gcs->google.peer.tokensIssued(), 2);
}

void TestGcsFaults::token_revokedBetweenRequests_isRenewedOnce()
{
    bool revoked = false;
    m_gcs->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (!isForContent(call) || revoked)
            return std::nullopt;
        revoked = true;
        m_gcs->google.peer.revokeTokens();
        return test::googleError(401, "Invalid Credentials", "authError");
    };
    const ReadTable table = m_gcs->source.read(m_gcs->one(u"people.csv"_s));
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows, GcsFixture::peopleRows);
    QCOMPARE(m_gcs->google.peer.tokensIssued(), 2);
}

void TestGcsFaults::token_refusedForEver_isAnError()
{
    m_gcs->google.peer.intervention = [](const GoogleCall &) -> std::optional<PeerAnswer> {
        return test::googleError(401, "Invalid Credentials", "authError");
    };
    const ReadTable table = m_gcs->source.read(m_gcs->one(u"people.csv"_s));
    QCOMPARE(table.error.value_or(Error()).code, u"wrong_token"_s);
    QCOMPARE(m_gcs->google.peer.tokensIssued(), 2);
    QCOMPARE(m_gcs->source.leak(m_gcs->secrets(), table.error), QByteArray());
}

void TestGcsFaults::token_endpointRefuses_isNamed_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::newRow("deleted account")
        << 400 << QByteArray(R"({"error":"invalid_grant","error_description":"Invalid grant: account not found"})")
        << u"unknown_key"_s;
    QTest::newRow("deleted key") << 400
                                 << QByteArray(
                                        R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})")
                                 << u"wrong_key"_s;
    QTest::newRow("clock")
        << 400
        << QByteArray(
               R"({"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim."})")
        << u"clock_wrong"_s;
    QTest::newRow("no JSON") << 200 << QByteArray("<html>Sign in to the hotel's network</html>")
                             << u"token_unreadable"_s;
    QTest::newRow("another type") << 200
                                  << QByteArray(
                                         R"({"access_token":"ya29.canary-x","token_type":"MAC","expires_in":3599})")
                                  << u"token_unreadable"_s;
}

void TestGcsFaults::token_endpointRefuses_isNamed()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    m_gcs->google.peer.tokenIntervention = [&](const GoogleCall &) -> std::optional<PeerAnswer> {
        return PeerAnswer::of(status, body, {"Content-Type: application/json"});
    };
    const ReadTable table = m_gcs->source.read(m_gcs->one(u"people.csv"_s));
    QCOMPARE(table.error.value_or(Error()).code, code);
    QVERIFY(!table.error->remedy.isEmpty());
    QCOMPARE(m_gcs->source.leak(m_gcs->secrets() + QList<QByteArray>{"ya29.canary-x"}, table.error), QByteArray());
}

void TestGcsFaults::refusal_isNamed_data()
{
    QTest::addColumn<QString>("bucket");
    QTest::addColumn<QString>("object");
    QTest::addColumn<bool>("anonymous");
    QTest::addColumn<QString>("code");
    QTest::newRow("bucket") << u"elsewhere"_s << u"people.csv"_s << false << u"bucket_not_found"_s;
    QTest::newRow("object") << u"people-1"_s << u"poeple.csv"_s << false << u"object_not_found"_s;
    QTest::newRow("not allowed") << u"locked"_s << u"people.csv"_s << false << u"access_denied"_s;
    QTest::newRow("list not allowed") << u"locked"_s << QString() << false << u"access_denied"_s;
    QTest::newRow("not public") << u"people-1"_s << u"people.csv"_s << true << u"key_needed"_s;
    QTest::newRow("no table") << u"people-1"_s << u"page.csv"_s << false << u"not_a_table"_s;
}

void TestGcsFaults::refusal_isNamed()
{
    QFETCH(QString, bucket);
    QFETCH(QString, object);
    QFETCH(bool, anonymous);
    QFETCH(QString, code);
    m_gcs->google.put(u"locked"_s, u"people.csv"_s, GcsFixture::people);
    m_gcs->google.lock(u"locked"_s);
    m_gcs->put(u"page.csv"_s, "<!DOCTYPE html><html><body>Hello</body></html>");
    ReadRequest request = object.isEmpty() ? m_gcs->several({{u"prefix"_s, u"in/"_s}}) : m_gcs->one(object);
    request.config.insert(u"bucket"_s, bucket);
    if (anonymous)
        request.credentials = {};
    const ReadTable table = m_gcs->source.read(request);
    QCOMPARE(table.error.value_or(Error()).code, code);
    QVERIFY(!table.error->message.isEmpty() && !table.error->remedy.isEmpty());
    QCOMPARE(m_gcs->source.leak(m_gcs->secrets(), table.error), QByteArray());
}

void TestGcsFaults::server_busyForAWhile_isWaitedFor()
{
    int requests = 0;
    m_gcs->google.peer.intervention = [&](const GoogleCall &) -> std::optional<PeerAnswer> {
        if (++requests == 1)
            return test::googleError(429, "Rate limit exceeded", "rateLimitExceeded", {}, {"Retry-After: 1"});
        return std::nullopt;
    };
    ReadRequest request = m_gcs->one(u"people.csv"_s);
    QList<QDateTime> waits;
    request.waiting = [&](const QDateTime &until) { waits.append(until); };
    QCOMPARE(m_gcs->source.read(request).rows, GcsFixture::peopleRows);
    QCOMPARE(waits.size(), 2);
    QVERIFY(waits[0].isValid() && waits[1].isNull());
    // One that asks for longer than anybody waits is not waited for.
    requests = -1'000'000;
    m_gcs->google.peer.intervention = [&](const GoogleCall &) -> std::optional<PeerAnswer> {
        return test::googleError(429, "Rate limit exceeded", "rateLimitExceeded", {}, {"Retry-After: 86400"});
    };
    IDS_VERIFY_ERROR(m_gcs->source.open(m_gcs->one(u"people.csv"_s)), ErrorKind::Unavailable, "store_busy");
}

void TestGcsFaults::server_failing_isNamed_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("code");
    QTest::newRow("5xx for ever") << u"503"_s << u"store_busy"_s;
    QTest::newRow("cut off for ever") << u"half"_s << u"connection_lost"_s;
    QTest::newRow("silent") << u"hang"_s << u"timed_out"_s;
    QTest::newRow("says nothing") << u"nothing"_s << u"object_unreadable"_s;
    QTest::newRow("redirects") << u"elsewhere"_s << u"redirect_refused"_s;
    QTest::newRow("twice, then well") << u"twice"_s << QString();
}

void TestGcsFaults::server_failing_isNamed()
{
    QFETCH(QString, fault);
    QFETCH(QString, code);
    int requests = 0;
    m_gcs->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        ++requests;
        if (fault == u"503" || (fault == u"twice" && requests <= 2))
            return test::googleError(503, "We encountered an internal error. Please try again.", "backendError");
        if (fault == u"nothing")
            return PeerAnswer::of(200, "{}");
        if (fault == u"elsewhere")
            return PeerAnswer::of(302, {}, {"Location: https://example.org/"});
        if (!isForContent(call))
            return std::nullopt;
        if (fault == u"hang")
            return PeerAnswer{{}, PeerAnswer::Then::Hang};
        PeerAnswer half = PeerAnswer::of(200, GcsFixture::people);
        half.bytes.chop(5);
        half.then = PeerAnswer::Then::Close;
        return fault == u"half" ? std::optional(half) : std::nullopt;
    };
    const auto fetched = fetchedImpatiently(fault == u"hang" ? 1 : 3);
    QCOMPARE(fetched ? QString() : fetched.error().code, code);
    if (fetched)
        QCOMPARE(*fetched, GcsFixture::people);
    else
        QCOMPARE(m_gcs->source.leak(m_gcs->secrets(), fetched.error()), QByteArray());
}

void TestGcsFaults::largerThanAllowed_isRefused()
{
    const ReadTable table = m_gcs->source.read(m_gcs->one(u"people.csv"_s, {{u"max_bytes"_s, 10}}));
    QCOMPARE(table.error.value_or(Error()).code, u"answer_too_large"_s);
}

void TestGcsFaults::cancelled_endsAtOnce()
{
    ReadRequest request = m_gcs->one(u"people.csv"_s);
    m_gcs->google.peer.intervention = [&](const GoogleCall &) -> std::optional<PeerAnswer> {
        request.cancel.cancel();
        PeerAnswer nothing;
        nothing.then = PeerAnswer::Then::Hang;
        return nothing;
    };
    IDS_VERIFY_ERROR(m_gcs->source.open(request), ErrorKind::Cancelled, "cancelled");
}

QTEST_GUILESS_MAIN(TestGcsFaults)
#include "tst_gcs_faults.moc"
