// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/xml_part.h"

#include "connectors/files/workbook/workbook.h"

#include <expat.h>

namespace idstore {

namespace {

constexpr int blockBytes = 64 * 1024;
constexpr std::int64_t maxTokenBytes = 4 * 1024 * 1024;
constexpr int maxDepth = 256;

std::string_view localName(const char *name)
{
    const std::string_view whole(name);
    const auto colon = whole.find(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

} // namespace

const char *XmlAttributes::find(std::string_view name) const
{
    for (const char **pair = m_list; *pair; pair += 2) {
        if (localName(pair[0]) == name)
            return pair[1];
    }
    return nullptr;
}

XmlPart::XmlPart(std::unique_ptr<ZipPart> part, XmlHandler &handler)
    : m_part(std::move(part))
    , m_handler(handler)
    , m_parser(XML_ParserCreate(nullptr))
{
    setUp();
}

XmlPart::XmlPart(XmlHandler &handler)
    : m_handler(handler)
    , m_parser(XML_ParserCreate(nullptr))
{
    setUp();
}

void XmlPart::setUp()
{
    XML_SetUserData(m_parser, this);
    XML_SetElementHandler(m_parser, &XmlPart::onStart, &XmlPart::onEnd);
    XML_SetCharacterDataHandler(m_parser, &XmlPart::onText);
    XML_SetStartDoctypeDeclHandler(m_parser, &XmlPart::onDoctype);
}

XmlPart::~XmlPart()
{
    XML_ParserFree(m_parser);
}

void XmlPart::onStart(void *self, const char *name, const char **attributes)
{
    auto *part = static_cast<XmlPart *>(self);
    if (part->m_error)
        return;
    if (++part->m_depth > maxDepth) {
        part->fail(workbook_errors::damaged(QStringLiteral("elements nested too deep")));
        return;
    }
    part->m_handler.startElement(*part, localName(name), XmlAttributes(attributes));
}

void XmlPart::onEnd(void *self, const char *name)
{
    auto *part = static_cast<XmlPart *>(self);
    if (part->m_error)
        return;
    --part->m_depth;
    part->m_handler.endElement(*part, localName(name));
}

void XmlPart::onText(void *self, const char *text, int length)
{
    auto *part = static_cast<XmlPart *>(self);
    if (!part->m_error)
        part->m_handler.text(*part, std::string_view(text, static_cast<std::size_t>(length)));
}

void XmlPart::onDoctype(void *self, const char *, const char *, const char *, int)
{
    static_cast<XmlPart *>(self)->fail(workbook_errors::damaged(QStringLiteral("a document type declaration")));
}

void XmlPart::pause()
{
    m_paused = true;
    XML_StopParser(m_parser, XML_TRUE);
}

void XmlPart::fail(Error error)
{
    if (!m_error)
        m_error = std::move(error);
    XML_StopParser(m_parser, XML_FALSE);
}

Error XmlPart::problem() const
{
    if (m_error)
        return *m_error;
    return workbook_errors::damaged(QStringLiteral("XML, byte %1: %2")
                                        .arg(XML_GetCurrentByteIndex(m_parser))
                                        .arg(QString::fromLatin1(XML_ErrorString(XML_GetErrorCode(m_parser)))));
}

Result<bool> XmlPart::outcome(int status)
{
    if (m_error || status == XML_STATUS_ERROR) {
        m_error = problem();
        return *m_error;
    }
    if (status == XML_STATUS_SUSPENDED)
        return true;
    if (!m_ended && m_fed - XML_GetCurrentByteIndex(m_parser) > maxTokenBytes) {
        m_error = workbook_errors::tooLarge(QStringLiteral("an endless tag or name"));
        return *m_error;
    }
    return false;
}

Result<bool> XmlPart::feed(std::string_view text, bool last)
{
    if (m_error)
        return *m_error;
    m_fed += static_cast<std::int64_t>(text.size());
    m_ended = last;
    return outcome(XML_Parse(m_parser, text.data(), static_cast<int>(text.size()), last ? XML_TRUE : XML_FALSE));
}

bool XmlPart::hasTakenAll() const
{
    return !m_paused && XML_GetCurrentByteIndex(m_parser) == m_fed;
}

Result<bool> XmlPart::advance()
{
    if (m_error)
        return *m_error;
    if (std::exchange(m_paused, false)) {
        IDS_TRY(paused, outcome(XML_ResumeParser(m_parser)));
        if (paused)
            return true;
    }
    while (m_part && !m_ended) {
        void *const buffer = XML_GetBuffer(m_parser, blockBytes);
        if (!buffer)
            return problem();
        auto got = m_part->read(static_cast<char *>(buffer), blockBytes);
        if (!got) {
            m_error = got.error();
            return *m_error;
        }
        m_fed += static_cast<std::int64_t>(*got);
        m_ended = *got == 0;
        IDS_TRY(paused, outcome(XML_ParseBuffer(m_parser, static_cast<int>(*got), m_ended ? XML_TRUE : XML_FALSE)));
        if (paused)
            return true;
    }
    return false;
}

Result<void> XmlPart::readAll()
{
    while (true) {
        IDS_TRY(more, advance());
        if (!more)
            return {};
    }
}

} // namespace idstore
