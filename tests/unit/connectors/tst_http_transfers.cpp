// SPDX-License-Identifier: GPL-3.0-or-later
// The HTTP client against a server that does whatever a test needs, on a socket.
#include "connectors/http/http_client.h"
#include "tests/support/http_peer.h"
#include "tests/support/result_checks.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace idstore;
using namespace idstore::http;
using namespace std::chrono_literals;
using test::HttpPeer;
using test::PeerAnswer;
using test::PeerRequest;

namespace {

ClientSettings quick()
{
    ClientSettings settings;
    settings.retry.firstDelay = 1ms;
    settings.retry.attempts = 3;
    return settings;
}

class CollectingSink final : public Sink
{
public:
    QByteArray bytes;
    int begun = 0;
    bool fail = false;

    Result<void> begin(const Response &) override
    {
        ++begun;
        bytes.clear();
        return {};
    }
    Result<void> write(QByteArrayView piece) override
    {
        if (fail)
            return Error{ErrorKind::StorageFull, QStringLiteral("storage_full"), {}, {}, {}, {}};
        bytes.append(piece);
        return {};
    }
};

class TextBody final : public BodySource
{
public:
    explicit TextBody(QByteArray text)
        : m_text(std::move(text))
    {}
    int rewound = 0;

    qint64 size() const override { return m_text.size(); }
    Result<qint64> read(char *data, qint64 room) override
    {
        const qint64 count = std::min<qint64>(room, m_text.size() - m_at);
        std::copy_n(m_text.constData() + m_at, count, data);
        m_at += count;
        return count;
    }
    Result<void> rewind() override
    {
        ++rewound;
        m_at = 0;
        return {};
    }

private:
    QByteArray m_text;
    qint64 m_at = 0;
};

} // namespace

class TestHttpTransfers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
    }

    void answer_isReadWhole_andTheConnectionUsedAgain()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200, "hello", {"X-Page: 2", "x-page: 3"}); });
        Client client(quick(), {});
        for (int i = 0; i < 3; ++i) {
            const auto answer = client.send({.url = peer.url(QStringLiteral("/a?b=c"))});
            IDS_VERIFY_OK(answer);
            QCOMPARE(answer->status, 200);
            QCOMPARE(answer->body, QByteArray("hello"));
            QCOMPARE(answer->header("X-PAGE"), QByteArray("3"));
        }
        QCOMPARE(peer.connections(), 1);
        const PeerRequest request = peer.requests().first();
        QCOMPARE(request.target, QByteArray("/a?b=c"));
        QVERIFY(request.header("User-Agent").startsWith("identity-store/"));
        QVERIFY(request.header("Accept-Encoding").contains("gzip"));
    }

    void refusal_isAnAnswer_withItsBody()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(403, R"({"error":"no"})"); });
        CollectingSink sink;
        const auto answer = Client(quick(), {}).receive({.url = peer.url(QStringLiteral("/"))}, sink);
        IDS_VERIFY_OK(answer);
        QCOMPARE(answer->status, 403);
        QCOMPARE(answer->body, QByteArray(R"({"error":"no"})"));
        QCOMPARE(sink.begun, 0);
        QCOMPARE(peer.requests().size(), 1);
    }

    void post_sendsItsBodyOnce_whenItFails()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(503); });
        const auto answer = Client(quick(), {})
                                .send({.method = "POST",
                                       .url = peer.url(QStringLiteral("/")),
                                       .headers = {{"Content-Type", "application/json"}},
                                       .body = "{}"});
        IDS_VERIFY_OK(answer);
        QCOMPARE(answer->status, 503);
        QCOMPARE(peer.requests().size(), 1);
        QCOMPARE(peer.requests().first().body, QByteArray("{}"));
        QCOMPARE(peer.requests().first().header("Content-Type"), QByteArray("application/json"));
        QVERIFY(!peer.requests().first().has("Expect"));
    }

    void streamedBody_isSentAgainFromItsStart()
    {
        HttpPeer peer([count = 0](const PeerRequest &) mutable { return PeerAnswer::of(++count < 3 ? 500 : 201); });
        TextBody body(QByteArray(300'000, 'x'));
        const auto answer =
            Client(quick(), {}).send({.method = "PUT", .url = peer.url(QStringLiteral("/")), .bodySource = &body});
        IDS_VERIFY_OK(answer);
        QCOMPARE(answer->status, 201);
        QCOMPARE(body.rewound, 2);
        QCOMPARE(peer.requests().last().body.size(), 300'000);
    }

    void passingFailure_isTriedAgain_asTheServerAsks()
    {
        HttpPeer peer([count = 0](const PeerRequest &) mutable {
            return ++count < 2 ? PeerAnswer::of(429, {}, {"Retry-After: 1"}) : PeerAnswer::of(200, "ok");
        });
        QList<QDateTime> waits;
        Client client(quick(), {.waiting = [&](const QDateTime &until) { waits.append(until); }});
        const QDateTime before = QDateTime::currentDateTimeUtc();
        const auto answer = client.send({.url = peer.url(QStringLiteral("/"))});
        IDS_VERIFY_OK(answer);
        QCOMPARE(answer->body, QByteArray("ok"));
        QCOMPARE(waits.size(), 2);
        QVERIFY(before.msecsTo(waits.first()) >= 1000);
        QVERIFY(waits.last().isNull());
    }

    void failureForever_endsWithTheLastAnswer()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(429, "slow down"); });
        const auto answer = Client(quick(), {}).send({.url = peer.url(QStringLiteral("/"))});
        IDS_VERIFY_OK(answer);
        QCOMPARE(answer->status, 429);
        QCOMPARE(answer->body, QByteArray("slow down"));
        QCOMPARE(peer.requests().size(), 3);
    }

    void brokenAnswer_isFetchedAnew_andTheSinkToldSo()
    {
        HttpPeer peer([count = 0](const PeerRequest &) mutable {
            PeerAnswer answer = PeerAnswer::of(200, "0123456789");
            if (++count == 1)
                answer = {answer.bytes.chopped(5), PeerAnswer::Then::Close};
            return answer;
        });
        CollectingSink sink;
        IDS_VERIFY_OK(Client(quick(), {}).receive({.url = peer.url(QStringLiteral("/"))}, sink));
        QCOMPARE(sink.bytes, QByteArray("0123456789"));
        QCOMPARE(sink.begun, 2);
    }

    void brokenForever_isConnectionLost()
    {
        HttpPeer peer([](const PeerRequest &) {
            return PeerAnswer{PeerAnswer::of(200, "0123456789").bytes.chopped(5), PeerAnswer::Then::Close};
        });
        IDS_VERIFY_ERROR(Client(quick(), {}).send({.url = peer.url(QStringLiteral("/"))}), ErrorKind::Source,
                         "connection_lost");
    }

    void silentServer_isGivenUp()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer{{}, PeerAnswer::Then::Hang}; });
        ClientSettings settings = quick();
        settings.silence = 1s;
        settings.retry.attempts = 1;
        IDS_VERIFY_ERROR(Client(settings, {}).send({.url = peer.url(QStringLiteral("/"))}), ErrorKind::Source,
                         "timed_out");
    }

    void cancel_endsAWaitForBytesAndAWaitBetweenAttempts()
    {
        HttpPeer peer([](const PeerRequest &request) {
            return request.target == "/hang" ? PeerAnswer{{}, PeerAnswer::Then::Hang}
                                             : PeerAnswer::of(503, {}, {"Retry-After: 600"});
        });
        for (const char *path : {"/hang", "/busy"}) {
            const CancelToken cancel;
            std::thread canceller([&] {
                std::this_thread::sleep_for(50ms);
                cancel.cancel();
            });
            const auto answer = Client(quick(), {.cancel = cancel}).send({.url = peer.url(QLatin1StringView(path))});
            canceller.join();
            IDS_VERIFY_ERROR(answer, ErrorKind::Cancelled, "cancelled");
        }
    }

    void redirect_isFollowedByLeaveOnly()
    {
        HttpPeer peer([](const PeerRequest &request) {
            return request.target == "/from" ? PeerAnswer::of(302, {}, {"Location: /to"})
                                             : PeerAnswer::of(200, "there");
        });
        Client client(quick(), {});
        IDS_VERIFY_ERROR(client.send({.url = peer.url(QStringLiteral("/from"))}), ErrorKind::Source,
                         "redirect_refused");
        const auto answer = client.send({.url = peer.url(QStringLiteral("/from")), .maxRedirects = 5});
        IDS_VERIFY_OK(answer);
        QCOMPARE(answer->body, QByteArray("there"));
        QCOMPARE(answer->url.path(), QStringLiteral("/to"));
    }

    void redirectLoop_ends()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(302, {}, {"Location: /again"}); });
        IDS_VERIFY_ERROR(Client(quick(), {}).send({.url = peer.url(QStringLiteral("/")), .maxRedirects = 4}),
                         ErrorKind::Source, "too_many_redirects");
        QCOMPARE(peer.requests().size(), 5);
    }

    void secrets_stayWithTheirOrigin()
    {
        HttpPeer other([](const PeerRequest &) { return PeerAnswer::of(200, "other"); });
        HttpPeer peer([&](const PeerRequest &request) {
            if (request.target.startsWith("/same"))
                return PeerAnswer::of(307, {}, {"Location: /away"});
            return PeerAnswer::of(302, {}, {"Location: " + other.url(QStringLiteral("/f")).toEncoded()});
        });
        const auto answer = Client(quick(), {})
                                .send({.url = peer.url(QStringLiteral("/same?a=1")),
                                       .authorizer = secretHeader("X-Api-Key", Secret("s3cr3t")),
                                       .secretQuery = Secret("sig=t0k3n"),
                                       .maxRedirects = 5});
        IDS_VERIFY_OK(answer);
        QCOMPARE(answer->body, QByteArray("other"));
        QCOMPARE(peer.requests()[0].target, QByteArray("/same?a=1&sig=t0k3n"));
        QCOMPARE(peer.requests()[0].header("X-Api-Key"), QByteArray("s3cr3t"));
        QCOMPARE(peer.requests()[1].header("X-Api-Key"), QByteArray("s3cr3t"));
        QVERIFY(!other.requests().first().has("X-Api-Key"));
        QCOMPARE(other.requests().first().target, QByteArray("/f"));
    }

    void authorizer_isAskedBeforeEveryAttempt()
    {
        HttpPeer peer([count = 0](const PeerRequest &) mutable { return PeerAnswer::of(++count < 3 ? 503 : 200); });
        int asked = 0;
        const auto answer = Client(quick(), {}).send({.url = peer.url(QStringLiteral("/")), .authorizer = [&] {
                                                          return bearer(Secret("t" + QByteArray::number(++asked)))();
                                                      }});
        IDS_VERIFY_OK(answer);
        QCOMPARE(peer.requests().last().header("Authorization"), QByteArray("Bearer t3"));
    }

    void basicAuthorization_isUtf8()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200); });
        IDS_VERIFY_OK(Client(quick(), {})
                          .send({.url = peer.url(QStringLiteral("/")),
                                 .authorizer = basic(QStringLiteral("zoë"), Secret("p:w"))}));
        QCOMPARE(peer.requests().first().header("Authorization"),
                 QByteArray("Basic ") + QByteArray("zo\xC3\xAB:p:w").toBase64());
    }

    void failedAuthorizer_sendsNothing()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200); });
        const auto answer =
            Client(quick(), {})
                .send({.url = peer.url(QStringLiteral("/")), .authorizer = []() -> Result<SecretHeaders> {
                           return Error{ErrorKind::Source, QStringLiteral("no_grant"), {}, {}, {}, {}};
                       }});
        IDS_VERIFY_ERROR(answer, ErrorKind::Source, "no_grant");
        QCOMPARE(peer.requests().size(), 0);
    }

    void bodyOverTheLimit_isRefused_packedOrNot()
    {
        // 1 MB of zeros in about 1 kB.
        const QByteArray packed = QByteArray::fromBase64(gzipOfZeros());
        HttpPeer peer([&](const PeerRequest &request) {
            return request.target == "/packed" ? PeerAnswer::of(200, packed, {"Content-Encoding: gzip"})
                                               : PeerAnswer::of(200, QByteArray(200'000, 'x'));
        });
        Client client(quick(), {});
        for (const char *path : {"/plain", "/packed"}) {
            IDS_VERIFY_ERROR(client.send({.url = peer.url(QLatin1StringView(path)), .maxBytes = 100'000}),
                             ErrorKind::Source, "answer_too_large");
        }
        QCOMPARE(peer.requests().size(), 2);
        const auto whole = client.send({.url = peer.url(QStringLiteral("/packed")), .maxBytes = 1'000'000});
        IDS_VERIFY_OK(whole);
        QCOMPARE(whole->body, QByteArray(1'000'000, '\0'));
    }

    void sinkThatFails_endsTheExchangeWithItsError()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200, "data"); });
        CollectingSink sink;
        sink.fail = true;
        IDS_VERIFY_ERROR(Client(quick(), {}).receive({.url = peer.url(QStringLiteral("/"))}, sink),
                         ErrorKind::StorageFull, "storage_full");
        QCOMPARE(peer.requests().size(), 1);
    }

    void privateAddress_isRefusedUnlessAllowed()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200); });
        ClientSettings settings = quick();
        settings.allowPrivateNetwork = false;
        for (const char *host : {"127.0.0.1", "localhost"}) {
            IDS_VERIFY_ERROR(Client(settings, {}).send({.url = peer.url(QStringLiteral("/"), QLatin1StringView(host))}),
                             ErrorKind::Source, "private_address_refused");
        }
        QCOMPARE(peer.connections(), 0);
        // Also when there is a proxy that would connect in our place.
        settings.proxy = peer.url({}).toString();
        IDS_VERIFY_ERROR(Client(settings, {}).send({.url = QUrl(QStringLiteral("http://127.0.0.1:1/"))}),
                         ErrorKind::Source, "private_address_refused");
        QCOMPARE(peer.connections(), 0);
    }

    void proxy_getsTheWholeAddress()
    {
        HttpPeer proxy([](const PeerRequest &) { return PeerAnswer::of(200, "by proxy"); });
        ClientSettings settings = quick();
        settings.proxy = proxy.url({}).toString();
        const auto answer = Client(settings, {}).send({.url = QUrl(QStringLiteral("http://127.0.0.2:81/a"))});
        IDS_VERIFY_OK(answer);
        QCOMPARE(proxy.requests().first().target, QByteArray("http://127.0.0.2:81/a"));
    }

    void proxy_ofHttps_isAskedForATunnel()
    {
        HttpPeer proxy([](const PeerRequest &) { return PeerAnswer::of(403, "no"); });
        ClientSettings settings = quick();
        settings.proxy = proxy.url({}).toString();
        settings.retry.attempts = 1;
        Request request{.url = QUrl(QStringLiteral("https://files.example.test/people.csv"))};
        request.authorizer = []() -> Result<SecretHeaders> {
            SecretHeaders secrets;
            secrets.emplace_back(QByteArrayLiteral("Authorization"), Secret(QByteArrayLiteral("Bearer CANARY")));
            return secrets;
        };
        IDS_VERIFY_ERROR(Client(settings, {}).send(request), ErrorKind::Source, "proxy_failed");
        QCOMPARE(proxy.requests().size(), 1);
        QCOMPARE(proxy.requests().first().method, QByteArray("CONNECT"));
        QCOMPARE(proxy.requests().first().target, QByteArray("files.example.test:443"));
        QVERIFY(!proxy.requests().first().has("Authorization"));
    }

    void proxy_none_disregardsTheEnvironment()
    {
        HttpPeer proxy([](const PeerRequest &) { return PeerAnswer::of(200, "by proxy"); });
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200, "direct"); });
        qputenv("http_proxy", proxy.url({}).toString().toLatin1());
        const auto restored = qScopeGuard([] { qunsetenv("http_proxy"); });
        const auto byEnvironment = Client(quick(), {}).send({.url = peer.url(QStringLiteral("/"))});
        IDS_VERIFY_OK(byEnvironment);
        QCOMPARE(byEnvironment->body, QByteArray("by proxy"));
        ClientSettings settings = quick();
        settings.proxy = QStringLiteral("none");
        const auto direct = Client(settings, {}).send({.url = peer.url(QStringLiteral("/"))});
        IDS_VERIFY_OK(direct);
        QCOMPARE(direct->body, QByteArray("direct"));
    }

    void nobodyListening_isConnectionRefused()
    {
        int port = 0;
        {
            const HttpPeer gone([](const PeerRequest &) { return PeerAnswer::of(200); });
            port = gone.port();
        }
        const QUrl url(QStringLiteral("http://127.0.0.1:%1/").arg(port));
        IDS_VERIFY_ERROR(Client(quick(), {}).send({.url = url}), ErrorKind::Source, "connection_refused");
    }

    void notHttp_isABadAnswer()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer{"220 smtp ready\r\n", PeerAnswer::Then::Close}; });
        IDS_VERIFY_ERROR(Client(quick(), {}).send({.url = peer.url(QStringLiteral("/"))}), ErrorKind::Source,
                         "bad_answer");
    }

private:
    static QByteArray gzipOfZeros();
};

QByteArray TestHttpTransfers::gzipOfZeros()
{
    return "H4sIAAAAAAACA+3BAQEAAACCIP+vbkhAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
           "AAAAAAAAAAAAAAAAAAAAAAAArwaey3kSQEIPAA==";
}

QTEST_GUILESS_MAIN(TestHttpTransfers)
#include "tst_http_transfers.moc"
