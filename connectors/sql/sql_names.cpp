// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/sql/sql_names.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <numeric>
#include <vector>

namespace idstore::sql {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SqlNames)
};

/// Levenshtein's: how many characters differ.
qsizetype distance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < static_cast<std::size_t>(b.size()); ++j) {
            const qsizetype changed = diagonal + (a[i] == b[static_cast<qsizetype>(j)] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

} // namespace

QString nameProblem(const QString &name, Dialect dialect)
{
    // \z and not $, which would let a line break at the end pass.
    static const QRegularExpression postgres(QStringLiteral("\\A[A-Za-z_][A-Za-z0-9_$]{0,62}\\z"));
    static const QRegularExpression mysql(QStringLiteral("\\A(?![0-9]+\\z)[A-Za-z0-9_$]{1,64}\\z"));
    if (dialect == Dialect::PostgreSql) {
        if (postgres.match(name).hasMatch())
            return {};
        return Words::tr("A name is a letter or _, then up to 62 letters (A to Z), digits, _ or $. For a table with "
                         "another name, make a view with such a name.");
    }
    if (mysql.match(name).hasMatch())
        return {};
    return Words::tr("A name is up to 64 letters (A to Z), digits, _ or $, and not digits alone. For a table with "
                     "another name, make a view with such a name.");
}

QStringList textsOf(const QJsonValue &value)
{
    if (value.isString())
        return {value.toString()};
    QStringList texts;
    for (const QJsonValue each : value.toArray())
        texts.append(each.toString());
    return texts;
}

QList<FieldError> nameProblems(const QJsonObject &config, Dialect dialect)
{
    QList<FieldError> problems;
    const auto check = [&](const QString &field, const QString &name) {
        if (const QString problem = nameProblem(name, dialect); !problem.isEmpty())
            problems.append({field, problem});
    };
    for (const QString &field : {QStringLiteral("schema"), QStringLiteral("table")}) {
        if (config[field].isString())
            check(QStringLiteral("config.") + field, config[field].toString());
    }
    for (const QString &field : {QStringLiteral("columns"), QStringLiteral("key")}) {
        const QStringList names = textsOf(config[field]);
        for (qsizetype i = 0; i < names.size(); ++i)
            check(config[field].isArray() ? QStringLiteral("config.%1.%2").arg(field).arg(i)
                                          : QString(QStringLiteral("config.") + field),
                  names[i]);
    }
    return problems;
}

QString quotedName(const QString &name, Dialect dialect)
{
    const QChar quote = dialect == Dialect::PostgreSql ? u'"' : u'`';
    QString inner = name;
    inner.replace(quote, QString(2, quote));
    return quote + inner + quote;
}

QStringList nearNames(const QString &wanted, const QStringList &names)
{
    constexpr qsizetype most = 3;
    const QString sought = wanted.toLower();
    QList<std::pair<qsizetype, QString>> near;
    for (const QString &name : names) {
        const QString other = name.toLower();
        const qsizetype apart =
            other.contains(sought) || sought.contains(other) ? 1 : distance(sought.left(64), other.left(64));
        if (apart <= std::max<qsizetype>(2, sought.size() / 3))
            near.append({apart, name});
    }
    std::ranges::sort(near);
    QStringList found;
    for (const auto &[apart, name] : near.first(std::min(most, near.size())))
        found.append(name);
    return found;
}

} // namespace idstore::sql
