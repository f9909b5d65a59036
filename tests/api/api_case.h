// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace idstore::test {

/// One step of a case: a word and what stands behind it on the line.
struct ApiStep
{
    int line = 0;
    QString word;
    QString rest;
};

struct ApiCase
{
    QString name;
    QList<ApiStep> steps;
};

/// Reads a file of cases:
///
///     case a source is found by its id
///     upload People: id,name\n1,Ada\n        -> {id}
///     request GET /api/sources/{id}
///     expect 200
///     expect json name "People"
///
/// A line beginning with # is a comment. The words are those of ApiRunner.
[[nodiscard]] QList<ApiCase> readApiCases(const QString &path);

/// Replaces \r \n \t \0 \\ \s (a space) and \xHH.
[[nodiscard]] QByteArray unescaped(const QString &text);

} // namespace idstore::test
