// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/connector_catalog.h"
#include "tests/support/peers/sshd_peer.h"
#include "tests/support/result_checks.h"
#include "workbook_fixture.h"

#include <QFuture>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QtConcurrentRun>

#include <atomic>
#include <csignal>

#include <unistd.h>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::SshdPeer;

namespace {

const QByteArray people = "id,name\n1,Ada\n2,Bo\n";

} // namespace

/// Against OpenSSH's own server.
class TestSftpCsv : public QObject
{
    Q_OBJECT

    QTemporaryDir m_scratch;
    BuiltInConnectors m_connectors;
    const Connector &m_connector = *m_connectors.find(u"sftp_csv");
    std::unique_ptr<SshdPeer> m_peer;
    QByteArray m_key;
    std::atomic<qsizetype> m_lastRows = -1;

    QJsonObject configFor(const QString &path, const QJsonObject &more = {}) const
    {
        QJsonObject config{{u"host"_s, u"127.0.0.1"_s},
                           {u"port"_s, m_peer->port()},
                           {u"path"_s, QString(m_peer->folder() + u'/' + path)},
                           {u"host_key_sha256"_s, m_peer->fingerprint(u"ed25519"_s)}};
        for (auto it = more.begin(); it != more.end(); ++it)
            config.insert(it.key(), it.value());
        return config;
    }

    QJsonObject byKey(const QByteArray &key, const QString &passphrase = {}) const
    {
        QJsonObject credentials{{u"username"_s, m_peer->user()}, {u"private_key"_s, QString::fromUtf8(key)}};
        if (!passphrase.isEmpty())
            credentials.insert(u"private_key_passphrase"_s, passphrase);
        return credentials;
    }

    QJsonObject byPassword(const QString &password) const
    {
        return {{u"username"_s, m_peer->user()}, {u"password"_s, password}};
    }

    ReadRequest requestFor(const QJsonObject &config, const QJsonObject &credentials) const
    {
        ReadRequest request;
        request.config = config;
        request.credentials = Secret(QJsonDocument(credentials).toJson());
        request.mode = RunMode::Incremental;
        request.scratchFolder = m_scratch.path();
        return request;
    }
    ReadRequest requestFor(const QString &path, const QJsonObject &more = {}) const
    {
        return requestFor(configFor(path, more), byKey(m_key));
    }

    Result<QStringList> rowsOf(const ReadRequest &request) const
    {
        IDS_TRY(reader, m_connector.open(request));
        QStringList rows;
        RowBatch batch;
        for (;;) {
            IDS_TRY(more, reader->read(batch));
            if (!more)
                return rows;
            for (std::size_t row = 0; row < batch.rowCount(); ++row) {
                QStringList cells;
                for (int column = 0; column < reader->columns().size(); ++column) {
                    const auto cell = batch.cell(row, column).value_or("NULL");
                    cells.append(QString::fromUtf8(cell.data(), static_cast<qsizetype>(cell.size())));
                }
                rows.append(cells.join(u'|'));
            }
        }
    }

    /// Sparse, so that it takes no room: gigabytes of which a test sees the beginning.
    void putHugeFile(const QString &name) const
    {
        m_peer->put(name, people);
        constexpr qint64 size = 64LL * 1024 * 1024 * 1024;
        QVERIFY(QFile::resize(m_peer->folder() + u'/' + name, size));
    }

    /// Reads on another thread; what comes of it is the code of the error, or nothing.
    QFuture<QString> readAside(const ReadRequest &request)
    {
        auto own = std::make_shared<ReadRequest>();
        own->config = request.config;
        own->credentials = request.credentials.clone();
        own->scratchFolder = request.scratchFolder;
        own->cancel = request.cancel;
        return QtConcurrent::run([this, own] {
            const auto rows = rowsOf(*own);
            m_lastRows = rows ? rows->size() : -1;
            return rows ? QString() : rows.error().code;
        });
    }
    /// The same, and waits until the server is sending `name`.
    QFuture<QString> openAside(const QString &name, const ReadRequest &request)
    {
        QFuture<QString> code = readAside(request);
        [[maybe_unused]] const bool serving =
            QTest::qWaitFor([&] { return code.isFinished() || m_peer->isServing(name); }, 30'000);
        return code;
    }
    /// The same, and waits until `server` has been connected to.
    QFuture<QString> openAside(QTcpServer &server, const ReadRequest &request)
    {
        QFuture<QString> code = readAside(request);
        [[maybe_unused]] const bool connected = server.waitForNewConnection(30'000);
        return code;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_peer = std::make_unique<SshdPeer>();
        QVERIFY2(m_peer->problem().isEmpty(), qPrintable(m_peer->problem()));
        m_key = m_peer->newKey({u"-t"_s, u"ed25519"_s, u"-N"_s, QString()});
        QVERIFY(!m_key.isEmpty());
        m_peer->put(u"people.csv"_s, people);
    }

    void cleanup() { m_peer->signalSessions(SIGCONT); }

    void file_isReadLikeAnUpload_andLeavesNothingBehind()
    {
        const auto rows = rowsOf(requestFor(u"people.csv"_s));
        IDS_VERIFY_OK(rows);
        QCOMPARE(*rows, (QStringList{u"1|Ada"_s, u"2|Bo"_s}));
        QVERIFY(QDir(m_scratch.path()).isEmpty());
    }

    void password_letsIn_orIsRefused()
    {
        const auto right = rowsOf(requestFor(configFor(u"people.csv"_s), byPassword(m_peer->password())));
        if (m_peer->takesPasswords())
            IDS_VERIFY_OK(right);
        else
            IDS_VERIFY_ERROR(right, ErrorKind::Source, "wrong_password");
        IDS_VERIFY_ERROR(rowsOf(requestFor(configFor(u"people.csv"_s), byPassword(u"canary-password"_s))),
                         ErrorKind::Source, "wrong_password");
    }

    void keys_ofEachKindAndFormat_letIn_data()
    {
        QTest::addColumn<QStringList>("how");
        QTest::addColumn<QString>("passphrase");
        QTest::newRow("ed25519") << QStringList{u"-t"_s, u"ed25519"_s} << QString();
        QTest::newRow("ed25519, protected") << QStringList{u"-t"_s, u"ed25519"_s} << u"pässphrase"_s;
        QTest::newRow("ecdsa") << QStringList{u"-t"_s, u"ecdsa"_s} << QString();
        QTest::newRow("ecdsa, PEM, protected") << QStringList{u"-t"_s, u"ecdsa"_s, u"-m"_s, u"PEM"_s} << u"phrase"_s;
        QTest::newRow("rsa") << QStringList{u"-t"_s, u"rsa"_s, u"-b"_s, u"2048"_s} << QString();
        QTest::newRow("rsa, PEM") << QStringList{u"-t"_s, u"rsa"_s, u"-b"_s, u"2048"_s, u"-m"_s, u"PEM"_s} << QString();
        QTest::newRow("rsa, PEM, protected")
            << QStringList{u"-t"_s, u"rsa"_s, u"-b"_s, u"2048"_s, u"-m"_s, u"PEM"_s} << u"phrase"_s;
        QTest::newRow("rsa, PKCS #8, protected")
            << QStringList{u"-t"_s, u"rsa"_s, u"-b"_s, u"2048"_s, u"-m"_s, u"PKCS8"_s} << u"phrase"_s;
    }

    void keys_ofEachKindAndFormat_letIn()
    {
        QFETCH(QStringList, how);
        QFETCH(QString, passphrase);
        const QByteArray key = m_peer->newKey(how + QStringList{u"-N"_s, passphrase});
        QVERIFY(!key.isEmpty());
        IDS_VERIFY_OK(rowsOf(requestFor(configFor(u"people.csv"_s), byKey(key, passphrase))));
        // As a form or a clipboard changes it.
        const QByteArray pasted = "  " + QByteArray(key).replace("\n", "\r\n").trimmed();
        IDS_VERIFY_OK(rowsOf(requestFor(configFor(u"people.csv"_s), byKey(pasted, passphrase))));
        if (passphrase.isEmpty())
            return;
        const auto wrong = rowsOf(requestFor(configFor(u"people.csv"_s), byKey(key, u"canary-phrase"_s)));
        IDS_VERIFY_ERROR(wrong, ErrorKind::InvalidInput, "passphrase_wrong");
        QCOMPARE(wrong.error().fields.front().field, u"credentials.private_key_passphrase"_s);
        IDS_VERIFY_ERROR(rowsOf(requestFor(configFor(u"people.csv"_s), byKey(key))), ErrorKind::InvalidInput,
                         "passphrase_missing");
    }

    void keys_thatAreNone_areRefusedByField()
    {
        for (const QByteArray &text : {QByteArray("no key at all"), QByteArray("ssh-ed25519 AAAAC3NzaC1 ada@home"),
                                       QByteArray("PuTTY-User-Key-File-3: ssh-ed25519\n"), m_key.left(120)}) {
            const auto rows = rowsOf(requestFor(configFor(u"people.csv"_s), byKey(text)));
            IDS_VERIFY_ERROR(rows, ErrorKind::InvalidInput, "private_key_unreadable");
            QCOMPARE(rows.error().fields.front().field, u"credentials.private_key"_s);
        }
    }

    void keyOfSomebodyElse_isRefused()
    {
        const QByteArray stranger = m_peer->newKey({u"-t"_s, u"ed25519"_s, u"-N"_s, QString()}, false);
        IDS_VERIFY_ERROR(rowsOf(requestFor(configFor(u"people.csv"_s), byKey(stranger))), ErrorKind::Source,
                         "wrong_key");
    }

    void methodThatTheServerDoesNotOffer_isNamed()
    {
        SshdPeer keysOnly(SshdPeer::HostKeys::Ed25519AndRsa, {u"PasswordAuthentication no"_s});
        QVERIFY2(keysOnly.problem().isEmpty(), qPrintable(keysOnly.problem()));
        const QJsonObject config = configFor(
            u"p"_s, {{u"port"_s, keysOnly.port()}, {u"host_key_sha256"_s, keysOnly.fingerprint(u"ed25519"_s)}});
        const auto rows =
            rowsOf(requestFor(config, {{u"username"_s, keysOnly.user()}, {u"password"_s, u"canary-password"_s}}));
        IDS_VERIFY_ERROR(rows, ErrorKind::Source, "sign_in_method_refused");
        QVERIFY(rows.error().message.contains(u"publickey"_s));
    }

    void hostKey_unknown_isShownAndNothingSent()
    {
        SshdPeer fresh;
        QVERIFY2(fresh.problem().isEmpty(), qPrintable(fresh.problem()));
        QJsonObject config = configFor(u"p"_s, {{u"port"_s, fresh.port()}});
        config.remove(u"host_key_sha256"_s);
        const ReadRequest request =
            requestFor(config, {{u"username"_s, fresh.user()}, {u"password"_s, fresh.password()}});
        const auto rows = rowsOf(request);
        IDS_VERIFY_ERROR(rows, ErrorKind::Source, "host_key_unknown");
        const QString shown = fresh.fingerprint(u"ed25519"_s);
        QVERIFY(rows.error().message.contains(shown));
        QVERIFY(rows.error().message.contains(u"ssh-ed25519"_s));
        QCOMPARE(rows.error().fields, (QList<FieldError>{{u"config.host_key_sha256"_s, shown}}));

        const ConnectionReport report = m_connector.test(request);
        QCOMPARE(report.steps.front().ok, std::optional(false));
        QVERIFY(report.steps.front().detail.contains(shown));
        QCOMPARE(report.steps.front().suggestion, (QJsonObject{{u"host_key_sha256"_s, shown}}));
        QTRY_VERIFY(fresh.log().contains("kex"));
        QVERIFY2(!fresh.log().contains("userauth-request"), fresh.log().constData());
    }

    void hostKey_changed_isRefusedAndNothingSent()
    {
        SshdPeer other;
        QVERIFY2(other.problem().isEmpty(), qPrintable(other.problem()));
        const ReadRequest request = requestFor(configFor(u"people.csv"_s, {{u"port"_s, other.port()}}),
                                               {{u"username"_s, other.user()}, {u"password"_s, other.password()}});
        const auto rows = rowsOf(request);
        IDS_VERIFY_ERROR(rows, ErrorKind::Source, "host_key_changed");
        QVERIFY(rows.error().message.contains(other.fingerprint(u"ed25519"_s)));
        QVERIFY(rows.error().message.contains(m_peer->fingerprint(u"ed25519"_s)));
        const ConnectionReport report = m_connector.test(request);
        QVERIFY(report.steps.front().suggestion.isEmpty());
        QTRY_VERIFY(other.log().contains("kex"));
        QVERIFY2(!other.log().contains("userauth-request"), other.log().constData());
    }

    void hostKey_inEachSpellingAndOfEachKind_isAccepted()
    {
        const QString plain = m_peer->fingerprint(u"ed25519"_s).mid(7);
        for (const QString &written : {plain, QString(plain + u'='), QString(u"SHA256:"_s + plain + u'='),
                                       QString(u"sha256:"_s + plain), m_peer->fingerprint(u"rsa"_s)}) {
            const QJsonObject config = configFor(u"people.csv"_s, {{u"host_key_sha256"_s, written}});
            QVERIFY(m_connector.checkConfig(config).isEmpty());
            IDS_VERIFY_OK(rowsOf(requestFor(config, byKey(m_key))));
        }
        QCOMPARE(m_connector.checkConfig(configFor(u"p"_s, {{u"host_key_sha256"_s, u"MD5:aa"_s}})).size(), 1);

        SshdPeer ecdsa(SshdPeer::HostKeys::EcdsaAlone);
        QVERIFY2(ecdsa.problem().isEmpty(), qPrintable(ecdsa.problem()));
        ecdsa.put(u"p.csv"_s, people);
        const QByteArray key = ecdsa.newKey({u"-t"_s, u"ed25519"_s, u"-N"_s, QString()});
        const QJsonObject config{{u"host"_s, u"localhost"_s},
                                 {u"port"_s, ecdsa.port()},
                                 {u"path"_s, QString(ecdsa.folder() + u"/p.csv"_s)},
                                 {u"host_key_sha256"_s, ecdsa.fingerprint(u"ecdsa"_s)}};
        IDS_VERIFY_OK(
            rowsOf(requestFor(config, {{u"username"_s, ecdsa.user()}, {u"private_key"_s, QString::fromUtf8(key)}})));
    }

    void severalFiles_areOneTable()
    {
        m_peer->put(u"many/a.csv"_s, "id,name\n1,Ada\n");
        m_peer->put(u"many/b.csv"_s, "name,id\nBo,2\n");
        m_peer->put(u"many/.c.csv.part"_s, "id,name\n9,Nobody\n");
        m_peer->put(u"many/deep/c.csv"_s, "id\n3\n");
        m_peer->put(u"many/notes.txt"_s, "id,name\n9,Nobody\n");
        const QString folder = m_peer->folder() + u"/many/"_s;
        const QStringList two{QString(u"1|Ada|"_s + folder + u"a.csv"_s), QString(u"2|Bo|"_s + folder + u"b.csv"_s)};
        for (const char *pattern : {"many/*.csv", "m?ny/*.csv"}) {
            const auto rows = rowsOf(requestFor(QLatin1StringView(pattern)));
            IDS_VERIFY_OK(rows);
            QCOMPARE(*rows, two);
        }
        const QStringList three = two + QStringList{QString(u"3|NULL|"_s + folder + u"deep/c.csv"_s)};
        const auto all = rowsOf(requestFor(u"many/**/*.csv"_s));
        IDS_VERIFY_OK(all);
        QCOMPARE(*all, three);
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"many/*.xlsx"_s)), ErrorKind::Source, "no_file_matches");
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"nowhere/*.csv"_s)), ErrorKind::Source, "not_found");
    }

    void newestFile_isTheOneChangedLast()
    {
        m_peer->put(u"days/monday.csv"_s, "id\n1\n", 3000);
        m_peer->put(u"days/tuesday.csv"_s, "id\n2\n", 2000);
        m_peer->put(u"days/again.csv"_s, "id\n3\n", 2500);
        ReadRequest request = requestFor(u"days/*.csv"_s, {{u"newest_only"_s, true}});
        auto reader = m_connector.open(request);
        IDS_VERIFY_OK(reader);
        QCOMPARE((*reader)->columns().size(), 1);
        QCOMPARE(rowsOf(request).ok() ? *rowsOf(request) : QStringList(), QStringList{u"2"_s});
        request.state = (*reader)->state();
        reader = m_connector.open(request);
        IDS_VERIFY_OK(reader);
        QVERIFY((*reader)->isUnchanged());
        m_peer->put(u"days/wednesday.csv"_s, "id\n4\n", 1000);
        QCOMPARE(rowsOf(request).ok() ? *rowsOf(request) : QStringList(), QStringList{u"4"_s});
    }

    void unchangedFile_isNotReadAgain()
    {
        m_peer->put(u"same.csv"_s, people, 5000);
        ReadRequest request = requestFor(u"same.csv"_s);
        const auto first = m_connector.open(request);
        IDS_VERIFY_OK(first);
        request.state = (*first)->state();
        const auto second = m_connector.open(request);
        IDS_VERIFY_OK(second);
        QVERIFY((*second)->isUnchanged());
        m_peer->put(u"same.csv"_s, people, 4000); // the same bytes, written anew
        const auto third = m_connector.open(request);
        IDS_VERIFY_OK(third);
        QVERIFY(!(*third)->isUnchanged());
    }

    void packedFilesAndWorkbooks_areRead()
    {
        m_peer->put(u"people.zip"_s, zipped({{"people.csv", people}}));
        m_peer->put(u"people.xlsx"_s,
                    zipped(xlsxParts(R"(<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>)"
                                     R"(<row r="2"><c r="A2"><v>1</v></c></row>)")));
        m_peer->put(u"people.csv.gz"_s,
                    QByteArray::fromHex("1f8b0800000000000203cb4ce132e70200894e019b05000000")); // "id\n7\n"
        const auto zip = rowsOf(requestFor(u"people.zip"_s));
        IDS_VERIFY_OK(zip);
        QCOMPARE(zip->size(), 2);
        const auto workbook = rowsOf(requestFor(u"people.xlsx"_s));
        IDS_VERIFY_OK(workbook);
        QCOMPARE(*workbook, QStringList{u"1"_s});
        const auto packed = rowsOf(requestFor(u"people.csv.gz"_s));
        IDS_VERIFY_OK(packed);
        QCOMPARE(*packed, QStringList{u"7"_s});
    }

    void largeFile_comesWhole()
    {
        QByteArray large = "id,name\n";
        int rows = 0;
        for (; large.size() < 9'000'001; ++rows)
            large += QByteArray::number(rows) + ",somebody with quite a long name\n";
        m_peer->put(u"large.csv"_s, large);
        const auto read = rowsOf(requestFor(u"large.csv"_s));
        IDS_VERIFY_OK(read);
        QCOMPARE(read->size(), rows);
        QCOMPARE(read->last(), QString(QString::number(rows - 1) + u"|somebody with quite a long name"_s));
        ReadRequest preview = requestFor(u"large.csv"_s);
        preview.sampleRows = 10;
        const auto sample = m_connector.open(preview);
        IDS_VERIFY_OK(sample);
        QVERIFY(*(*sample)->totalBytes() < large.size());
    }

    void paths_areExplained()
    {
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"missing.csv"_s)), ErrorKind::Source, "not_found");
        m_peer->put(u"folder/p.csv"_s, people);
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"folder"_s)), ErrorKind::Source, "path_is_folder");
        m_peer->put(u"page.csv"_s, "<!DOCTYPE html><html><body>Sign in</body></html>");
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"page.csv"_s)), ErrorKind::Source, "not_a_table");
        m_peer->put(u"locked.csv"_s, people);
        QFile::setPermissions(m_peer->folder() + u"/locked.csv"_s, QFile::Permissions());
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"locked.csv"_s)), ErrorKind::Source, "permission_denied");
        // From the user's folder.
        for (const char *path : {"in/people.csv", "~/in/people.csv", "in/peop*.csv"}) {
            if (m_peer->takesPasswords())
                IDS_VERIFY_OK(rowsOf(requestFor(configFor({}, {{u"path"_s, QLatin1StringView(path)}}), byKey(m_key))));
        }
    }

    void servers_thatAreNone_areExplained()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"p"_s, {{u"port"_s, silent.serverPort()}, {u"timeout_seconds"_s, 1}})),
                         ErrorKind::Source, "timed_out");
        const int closed = silent.serverPort();
        silent.close();
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"p"_s, {{u"port"_s, closed}})), ErrorKind::Source, "connection_refused");
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"p"_s, {{u"host"_s, u"no-such-host.invalid"_s}})), ErrorKind::Source,
                         "host_not_found");
    }

    void killedSession_isAConnectionLost()
    {
        putHugeFile(u"huge.csv"_s);
        const QFuture<QString> code = openAside(u"huge.csv"_s, requestFor(u"huge.csv"_s));
        m_peer->signalSessions(SIGKILL);
        QTRY_VERIFY(code.isFinished());
        QCOMPARE(code.result(), u"connection_lost"_s);
        QVERIFY(QDir(m_scratch.path()).isEmpty());
    }

    void hangingServer_timesOut()
    {
        putHugeFile(u"huge.csv"_s);
        const QFuture<QString> code = openAside(u"huge.csv"_s, requestFor(u"huge.csv"_s, {{u"timeout_seconds"_s, 1}}));
        m_peer->signalSessions(SIGSTOP);
        QTRY_VERIFY(code.isFinished());
        QCOMPARE(code.result(), u"timed_out"_s);
    }

    void cancelling_endsEveryWait()
    {
        putHugeFile(u"huge.csv"_s);
        const ReadRequest hanging = requestFor(u"huge.csv"_s);
        const QFuture<QString> waiting = openAside(u"huge.csv"_s, hanging);
        m_peer->signalSessions(SIGSTOP);
        hanging.cancel.cancel();
        QTRY_VERIFY(waiting.isFinished());
        QCOMPARE(waiting.result(), u"cancelled"_s);

        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const ReadRequest greeting = requestFor(u"p"_s, {{u"port"_s, silent.serverPort()}});
        const QFuture<QString> connecting = openAside(silent, greeting);
        greeting.cancel.cancel();
        QTRY_VERIFY(connecting.isFinished());
        QCOMPARE(connecting.result(), u"cancelled"_s);
    }

    void fileThatChangesMeanwhile_isFetchedAnew()
    {
        putHugeFile(u"rewritten.csv"_s);
        const QFuture<QString> code = openAside(u"rewritten.csv"_s, requestFor(u"rewritten.csv"_s));
        m_peer->signalSessions(SIGSTOP);
        m_peer->put(u"rewritten.csv"_s, people, 10);
        m_peer->signalSessions(SIGCONT);
        QTRY_VERIFY_WITH_TIMEOUT(code.isFinished(), 60'000);
        QCOMPARE(code.result(), QString());
        QCOMPARE(m_lastRows, 2);
    }

    void secrets_areInNoText()
    {
        const QString canary = u"canary-"_s + QString::number(::getpid());
        const auto check = [&](const QJsonObject &credentials, const QJsonObject &more = {}) {
            const ReadRequest request = requestFor(configFor(u"people.csv"_s, more), credentials);
            const auto rows = rowsOf(request);
            QVERIFY(!rows);
            QString all = rows.error().logLine() + rows.error().detail();
            for (const FieldError &field : rows.error().fields)
                all += field.message;
            const ConnectionReport report = m_connector.test(request);
            for (const TestStep &step : report.steps)
                all += step.name + step.detail + step.fix;
            QVERIFY2(!all.contains(canary), qPrintable(all));
        };
        check(byPassword(canary));
        check(byPassword(canary), {{u"host_key_sha256"_s, QString(43, u'A')}});
        check(byKey(canary.toUtf8()));
        check(byKey(m_peer->newKey({u"-t"_s, u"ed25519"_s, u"-N"_s, u"phrase"_s}), canary));
        QVERIFY(!m_peer->log().contains(canary.toUtf8()));
    }
};

QTEST_GUILESS_MAIN(TestSftpCsv)
#include "tst_sftp_csv.moc"
