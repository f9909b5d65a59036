// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/api/api_case.h"

#include <QFile>
#include <QFileInfo>

namespace idstore::test {

QList<ApiCase> readApiCases(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    QList<ApiCase> cases;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const QString word = line.section(u' ', 0, 0);
        const QString rest = line.section(u' ', 1).trimmed();
        if (word == QStringLiteral("case"))
            cases.append({QFileInfo(path).completeBaseName() + QStringLiteral(": ") + rest, {}});
        else if (!cases.isEmpty())
            cases.last().steps.append({static_cast<int>(i + 1), word, rest});
        else
            qFatal("%s:%d stands before the first case", qPrintable(path), static_cast<int>(i + 1));
    }
    return cases;
}

QByteArray unescaped(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    QByteArray bytes;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        if (utf8[i] != '\\' || i + 1 == utf8.size()) {
            bytes += utf8[i];
            continue;
        }
        switch (utf8[++i]) {
        case 'r':
            bytes += '\r';
            break;
        case 'n':
            bytes += '\n';
            break;
        case 't':
            bytes += '\t';
            break;
        case 's':
            bytes += ' ';
            break;
        case '0':
            bytes += '\0';
            break;
        case 'x':
            bytes += static_cast<char>(utf8.mid(i + 1, 2).toInt(nullptr, 16));
            i += 2;
            break;
        default:
            bytes += utf8[i];
        }
    }
    return bytes;
}

} // namespace idstore::test
