// SPDX-License-Identifier: GPL-3.0-or-later
#include "gcs_fixture.h"

namespace idstore {

using namespace Qt::StringLiterals;

const QByteArray GcsFixture::people = "id,name\n1,Ada\n2,Bo\n";
const std::vector<Row> GcsFixture::peopleRows = {{"1", "Ada"}, {"2", "Bo"}};

GcsFixture::GcsFixture()
    : source(u"gcs_csv")
{
    put(u"people.csv"_s, people);
}

ReadRequest GcsFixture::several(const QJsonObject &more)
{
    QJsonObject config{{u"bucket"_s, u"people-1"_s}, {u"base_url"_s, google.peer.baseUrl()}};
    for (auto it = more.begin(); it != more.end(); ++it)
        config.insert(it.key(), it.value());
    return source.request(config, google.peer.credentials());
}

ReadRequest GcsFixture::one(const QString &object, const QJsonObject &more)
{
    QJsonObject fields = more;
    fields.insert(u"object"_s, object);
    return several(fields);
}

QList<QByteArray> GcsFixture::secrets() const
{
    return google.peer.tokens() + QList<QByteArray>{google.peer.account().privateKey(), google.hmacSecret};
}

void GcsFixture::check() const
{
    QCOMPARE(google.peer.problems(), QStringList());
    QVERIFY(source.leftNothingBehind());
    QCOMPARE(source.leak(secrets()), QByteArray());
}

bool isForContent(const test::GoogleCall &call)
{
    return call.read.value(u"alt"_s) == u"media";
}

} // namespace idstore
