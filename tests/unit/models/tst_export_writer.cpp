// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/export_writer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace idstore;

class TestExportWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void csv_specialCells_areQuoted()
    {
        QByteArray out;
        appendCsvRow(out, {"plain", std::nullopt, "", "a,b", "say \"hi\"", "two\r\nlines", " spaced "});
        QCOMPARE(out, QByteArray("plain,,\"\",\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\", spaced \r\n"));
    }

    void csv_singleNullColumn_isAnEmptyLine()
    {
        QByteArray out;
        appendCsvRow(out, {std::nullopt});
        QCOMPARE(out, QByteArray("\r\n"));
    }

    void ndjson_everyAsciiByte_isValidJson()
    {
        std::string all;
        for (int byte = 1; byte < 128; ++byte)
            all += static_cast<char>(byte);
        all += "ü☕";
        QByteArray out;
        appendNdjsonRow(out, {"\"a\"", "\"b\""}, {all, std::nullopt});
        QVERIFY(out.endsWith('\n'));
        QJsonParseError error;
        const QJsonObject object = QJsonDocument::fromJson(out, &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(object[QStringLiteral("a")].toString(), QString::fromStdString(all));
        QVERIFY(object[QStringLiteral("b")].isNull());
    }
};

QTEST_APPLESS_MAIN(TestExportWriter)
#include "tst_export_writer.moc"
