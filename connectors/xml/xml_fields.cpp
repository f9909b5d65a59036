// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/xml/xml_fields.h"

#include <QCoreApplication>

#include <memory>
#include <vector>

#include <expat.h>

namespace idstore {

namespace {

constexpr qsizetype maxDocumentBytes = 32 * 1024 * 1024;
constexpr qsizetype maxTextBytes = 256 * 1024;
constexpr std::size_t maxDepth = 32;

using Parser = std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)>;

Error unreadable(const QString &cause)
{
    return {.kind = ErrorKind::Malformed,
            .code = QStringLiteral("xml_unreadable"),
            .message = QCoreApplication::translate("XmlFields", "The document cannot be read as XML."),
            .remedy = {},
            .cause = cause,
            .fields = {}};
}

/// Where the parser stands.
struct Reading
{
    XML_Parser parser;
    XmlFieldsHandler &handler;
    QByteArray path;
    std::vector<qsizetype> parents; ///< the lengths of the paths above
    QByteArray text;
    QString refused;

    void refuse(const QString &reason)
    {
        if (refused.isEmpty())
            refused = reason;
        XML_StopParser(parser, XML_FALSE);
    }
};

void onStart(void *self, const char *name, const char **attributes)
{
    auto &reading = *static_cast<Reading *>(self);
    // The parser may finish the tag it is in after having been stopped.
    if (!reading.refused.isEmpty())
        return;
    if (reading.parents.size() == maxDepth) {
        reading.refuse(QStringLiteral("elements nested too deep"));
        return;
    }
    reading.parents.push_back(reading.path.size());
    if (!reading.path.isEmpty())
        reading.path += '/';
    const std::string_view local = localXmlName(name);
    reading.path.append(local.data(), static_cast<qsizetype>(local.size()));
    reading.text.clear();
    reading.handler.opened(reading.path, XmlAttributes(attributes));
}

void onEnd(void *self, const char *)
{
    auto &reading = *static_cast<Reading *>(self);
    if (!reading.refused.isEmpty())
        return;
    reading.handler.closed(reading.path, reading.text);
    reading.text.clear();
    reading.path.truncate(reading.parents.back());
    reading.parents.pop_back();
}

void onText(void *self, const char *text, int length)
{
    auto &reading = *static_cast<Reading *>(self);
    if (reading.text.size() + length > maxTextBytes)
        reading.refuse(QStringLiteral("a text that is too long"));
    else
        reading.text.append(text, length);
}

void onDoctype(void *self, const char *, const char *, const char *, int)
{
    static_cast<Reading *>(self)->refuse(QStringLiteral("a document type declaration"));
}

} // namespace

Result<void> readXmlFields(QByteArrayView document, XmlFieldsHandler &handler)
{
    if (document.size() > maxDocumentBytes)
        return unreadable(QStringLiteral("%1 bytes").arg(document.size()));
    const Parser parser(XML_ParserCreate(nullptr), &XML_ParserFree);
    if (!parser)
        return unreadable(QStringLiteral("no memory"));
    Reading reading{parser.get(), handler, {}, {}, {}, {}};
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), onStart, onEnd);
    XML_SetCharacterDataHandler(parser.get(), onText);
    XML_SetStartDoctypeDeclHandler(parser.get(), onDoctype);
    if (XML_Parse(parser.get(), document.data(), static_cast<int>(document.size()), XML_TRUE) == XML_STATUS_OK)
        return {};
    if (!reading.refused.isEmpty())
        return unreadable(reading.refused);
    return unreadable(QStringLiteral("line %1: %2")
                          .arg(XML_GetCurrentLineNumber(parser.get()))
                          .arg(QString::fromLatin1(XML_ErrorString(XML_GetErrorCode(parser.get())))));
}

} // namespace idstore
