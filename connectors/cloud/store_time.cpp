// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/store_time.h"

#include <QLocale>

namespace idstore::cloud {

QDateTime isoTime(const QString &text)
{
    QString whole = text.trimmed();
    const qsizetype time = whole.indexOf(u'T');
    if (time < 0)
        whole += QStringLiteral("T00:00:00Z");
    else if (!whole.endsWith(u'Z') && whole.indexOf(u'+', time) < 0 && whole.indexOf(u'-', time) < 0)
        whole += u'Z';
    const QDateTime parsed = QDateTime::fromString(whole, Qt::ISODateWithMs);
    return parsed.isValid() ? parsed.toUTC() : QDateTime();
}

QDateTime httpTime(const QByteArray &text)
{
    // Qt reads the form of RFC 2822, which has the zone as digits.
    QByteArray time = text.trimmed();
    if (time.endsWith("GMT"))
        time.replace(time.size() - 3, 3, "+0000");
    const QDateTime parsed = QDateTime::fromString(QString::fromLatin1(time), Qt::RFC2822Date);
    return parsed.isValid() ? parsed.toUTC() : QDateTime();
}

QByteArray toHttpTime(const QDateTime &time)
{
    return QLocale::c().toString(time.toUTC(), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1();
}

} // namespace idstore::cloud
