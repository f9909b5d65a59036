// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/header_parameters.h"

#include <QString>

#include <algorithm>

namespace idstore {

namespace {

class Scanner
{
public:
    explicit Scanner(const QByteArray &text)
        : m_text(text)
    {}

    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    void skipSpace()
    {
        while (!atEnd() && (m_text[m_at] == ' ' || m_text[m_at] == '\t'))
            ++m_at;
    }
    bool take(char c)
    {
        if (atEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    QByteArray takeUntil(QByteArrayView ends)
    {
        const qsizetype start = m_at;
        while (!atEnd() && !ends.contains(m_text[m_at]))
            ++m_at;
        return m_text.mid(start, m_at - start);
    }
    /// The inside of a quoted string; nothing when the closing quote is missing.
    std::optional<QByteArray> takeQuoted()
    {
        QByteArray inside;
        while (!atEnd()) {
            const char c = m_text[m_at++];
            if (c == '"')
                return inside;
            // Only \" and \\ are escapes: some browsers send Windows paths as they are.
            if (c == '\\' && !atEnd() && (m_text[m_at] == '"' || m_text[m_at] == '\\'))
                inside.append(m_text[m_at++]);
            else
                inside.append(c);
        }
        return std::nullopt;
    }

private:
    const QByteArray &m_text;
    qsizetype m_at = 0;
};

bool isBoundaryChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           QByteArrayView("'()+_,-./:=? ").contains(c);
}

} // namespace

std::optional<HeaderParameters> parseHeaderParameters(const QByteArray &value)
{
    Scanner scanner(value);
    HeaderParameters result;
    scanner.skipSpace();
    result.word = scanner.takeUntil("; \t").toLower();
    if (result.word.isEmpty())
        return std::nullopt;
    for (;;) {
        scanner.skipSpace();
        if (scanner.atEnd())
            return result;
        if (!scanner.take(';'))
            return std::nullopt;
        scanner.skipSpace();
        if (scanner.atEnd())
            return result;
        const QByteArray name = scanner.takeUntil("=; \t").toLower();
        if (name.isEmpty() || !scanner.take('='))
            return std::nullopt;
        std::optional<QByteArray> text;
        if (scanner.take('"'))
            text = scanner.takeQuoted();
        else
            text = scanner.takeUntil("; \t");
        if (!text || result.parameters.contains(name))
            return std::nullopt;
        result.parameters.insert(name, *text);
    }
}

std::optional<QByteArray> multipartBoundary(const HeaderParameters &contentType)
{
    const QByteArray boundary = contentType.parameters.value("boundary");
    const bool fits = !boundary.isEmpty() && boundary.size() <= 70 && !boundary.endsWith(' ') &&
                      std::all_of(boundary.begin(), boundary.end(), isBoundaryChar);
    return fits ? std::optional(boundary) : std::nullopt;
}

QString dispositionFileName(const HeaderParameters &disposition)
{
    const QByteArray extended = disposition.parameters.value("filename*");
    const QByteArray prefix = QByteArrayLiteral("utf-8''");
    if (extended.size() > prefix.size() && extended.first(prefix.size()).toLower() == prefix)
        return QString::fromUtf8(QByteArray::fromPercentEncoding(extended.sliced(prefix.size())));
    if (!disposition.parameters.contains("filename"))
        return {};
    QByteArray name = disposition.parameters.value("filename");
    // What the HTML standard has browsers escape in a file name, and nothing else.
    name.replace("%22", "\"").replace("%0D", "").replace("%0A", "");
    const QString text = QString::fromUtf8(name);
    return text.isNull() ? QString::fromLatin1("") : text;
}

} // namespace idstore
