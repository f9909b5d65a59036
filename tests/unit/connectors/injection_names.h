// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace idstore {

/// Names that are none: statements, ends of quotes, comments and encodings of them, as they are tried against programs
/// that build SQL from what they are given. More than a hundred for each database.
[[nodiscard]] inline QStringList injectionNames()
{
    QStringList names;
    // Each way out of the name, with each thing to do outside.
    const QStringList exits{QStringLiteral("people"),    QStringLiteral("people\""),   QStringLiteral("people`"),
                            QStringLiteral("people'"),   QStringLiteral("people\\\""), QStringLiteral("people\\`"),
                            QStringLiteral("people)"),   QStringLiteral("people\"\""), QStringLiteral("people``"),
                            QStringLiteral("people\"."), QStringLiteral("people]")};
    const QStringList deeds{QStringLiteral("; DROP TABLE people; --"),
                            QStringLiteral(" UNION SELECT usename, passwd FROM pg_shadow --"),
                            QStringLiteral(" UNION ALL SELECT user, password FROM mysql.user #"),
                            QStringLiteral(" OR 1=1 --"),
                            QStringLiteral(" WHERE pg_sleep(9) IS NULL /*"),
                            QStringLiteral(" AND SLEEP(9) -- -"),
                            QStringLiteral(") TO PROGRAM 'id'; --"),
                            QStringLiteral(" INTO OUTFILE '/tmp/x' --"),
                            QStringLiteral("/**/UNION/**/SELECT/**/1"),
                            QStringLiteral(" PROCEDURE ANALYSE()")};
    for (const QString &exit : exits) {
        for (const QString &deed : deeds)
            names.append(exit + deed);
    }
    names += {QStringLiteral("people--"),
              QStringLiteral("people#"),
              QStringLiteral("people/*"),
              QStringLiteral("people;"),
              QStringLiteral("people\n"),
              QStringLiteral("people\r\n; SELECT 1"),
              QStringLiteral("people\t"),
              QStringLiteral(" people"),
              QStringLiteral("people "),
              QStringLiteral("\"people\""),
              QStringLiteral("`people`"),
              QStringLiteral("[people]"),
              QStringLiteral("public.people"),
              QStringLiteral("public\".\"people"),
              QStringLiteral("$$people$$;"),
              QStringLiteral("E'people'"),
              QStringLiteral("U&\"\\0022\""),
              QStringLiteral("(SELECT 1)"),
              QStringLiteral("people%22"),
              QStringLiteral("people%00"),
              QStringLiteral("people\\"),
              QStringLiteral("@@version"),
              QStringLiteral("@people"),
              QStringLiteral("people:=1"),
              QStringLiteral("people::text"),
              QStringLiteral("0x70656f706c65;"),
              QStringLiteral("*"),
              QStringLiteral("people,secrets"),
              QStringLiteral("people JOIN secrets"),
              QStringLiteral("people\u02bc OR 1=1"),
              QStringLiteral("people\u2019"),
              QStringLiteral("people\uff02"),
              QStringLiteral("people\uff07"),
              QStringLiteral("people\u201c"),
              QStringLiteral("people\u00a0"),
              QStringLiteral("people\u200b"),
              QStringLiteral("people\u202e"),
              QStringLiteral("people\u037e"),
              QStringLiteral("p\u0435ople"),
              QStringLiteral("{people}"),
              QStringLiteral("people=1"),
              QStringLiteral("people|'x'"),
              QStringLiteral("people<0"),
              QStringLiteral("people?"),
              QStringLiteral("-people"),
              QStringLiteral("../people"),
              QString(u'p' + QString(QChar(0)) + u'"'),
              QString(QChar(0)),
              QString(65, u'a')};
    return names;
}

} // namespace idstore
