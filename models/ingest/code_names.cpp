// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/code_names.h"

#include <QStringList>

#include <algorithm>
#include <initializer_list>

namespace idstore {

namespace {

/// "PostalCode", "postal_code" and "Postal Code 2" are all {"postal", "code"}.
QStringList wordsOf(const QString &name)
{
    QStringList words;
    QString word;
    const auto finish = [&] {
        if (!word.isEmpty())
            words.append(word);
        word.clear();
    };
    QChar before;
    for (const QChar c : name) {
        if (!c.isLetter()) {
            finish();
        } else {
            if (c.isUpper() && before.isLower())
                finish();
            word += c.toLower();
        }
        before = c;
    }
    finish();
    return words;
}

bool isOneOf(const QString &word, std::initializer_list<const char *> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](const char *candidate) { return word == QLatin1StringView(candidate); });
}

bool meansPostalCode(const QString &word)
{
    return isOneOf(word, {"zip", "zipcode", "plz", "postleitzahl", "postcode", "postalcode"});
}

bool meansNumber(const QString &word)
{
    return isOneOf(word, {"number", "no", "nr", "num", "nummer", "code", "id"});
}

} // namespace

bool isPostalCodeName(const QString &name)
{
    QStringList words = wordsOf(name);
    if (words.isEmpty())
        return false;
    const QString last = words.takeLast();
    if (meansPostalCode(last))
        return true;
    const QString before = words.isEmpty() ? QString() : words.constLast();
    return isOneOf(last, {"code"}) && isOneOf(before, {"zip", "postal", "post"});
}

bool isCodeName(const QString &name)
{
    if (isPostalCodeName(name))
        return true;
    QStringList words = wordsOf(name);
    if (words.isEmpty())
        return false;
    const QString last = words.takeLast();
    if (isOneOf(last,
                {"phone", "telephone", "telefon", "tel", "mobile", "handy", "fax", "iban", "isbn", "ean", "gtin", "upc",
                 "barcode", "ssn", "kontonummer", "telefonnummer", "steuernummer", "kundennummer", "artikelnummer"})) {
        return true;
    }
    const QString before = words.isEmpty() ? QString() : words.constLast();
    return meansNumber(last) &&
           isOneOf(before, {"phone",   "telephone", "telefon", "tel",     "mobile", "fax", "account",
                            "acct",    "konto",     "card",    "tax",     "vat",    "ssn", "passport",
                            "routing", "sort",      "bank",    "article", "part",   "zip"});
}

bool isVersionName(const QString &name)
{
    const QStringList words = wordsOf(name);
    return !words.isEmpty() && isOneOf(words.constLast(), {"version", "release"});
}

} // namespace idstore
