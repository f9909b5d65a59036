// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/zip_archive.h"

#include <memory>
#include <optional>
#include <string_view>

struct XML_ParserStruct;

namespace idstore {

/// The attributes of the element that has just started. Names without their namespace prefix: transitional and strict
/// documents differ in nothing else.
class XmlAttributes
{
public:
    explicit XmlAttributes(const char **list)
        : m_list(list)
    {}
    /// Null when there is none of this name.
    [[nodiscard]] const char *find(std::string_view name) const;
    /// Empty when there is none.
    [[nodiscard]] std::string_view value(std::string_view name) const
    {
        const char *found = find(name);
        return found ? std::string_view(found) : std::string_view();
    }

private:
    const char **m_list;
};

class XmlPart;

/// What somebody who reads a part is told, in document order; names without prefix.
class XmlHandler
{
public:
    virtual ~XmlHandler() = default;
    virtual void startElement(XmlPart &part, std::string_view name, const XmlAttributes &attributes) = 0;
    virtual void endElement(XmlPart &part, std::string_view name) = 0;
    virtual void text(XmlPart &part, std::string_view utf8) = 0;
};

/// Reads the XML of one part of a workbook piece by piece, pausing where the handler wants to. Refuses document type
/// declarations (no workbook has one; entity bombs do), endless names and bottomless nesting.
class XmlPart
{
public:
    /// `handler` is not owned and outlives this.
    XmlPart(std::unique_ptr<ZipPart> part, XmlHandler &handler);
    /// For text that comes by feed().
    explicit XmlPart(XmlHandler &handler);
    ~XmlPart();
    XmlPart(const XmlPart &) = delete;
    XmlPart &operator=(const XmlPart &) = delete;

    /// Goes on until the handler pauses (true) or the document (what was fed of it) has ended (false).
    Result<bool> advance();
    /// More of the document; `last`: it ends there. True when the handler paused: advance() goes on.
    Result<bool> feed(std::string_view text, bool last);
    /// Nothing of what was fed waits for more: no tag, no comment.
    [[nodiscard]] bool hasTakenAll() const;
    /// To the end, whatever the handler says.
    Result<void> readAll();

    /// For the handler, in endElement(): advance() returns.
    void pause();
    /// For the handler: advance() returns this error.
    void fail(Error error);

    [[nodiscard]] const ZipPart &part() const { return *m_part; }

private:
    static void onStart(void *self, const char *name, const char **attributes);
    static void onEnd(void *self, const char *name);
    static void onText(void *self, const char *text, int length);
    static void onDoctype(void *self, const char *name, const char *systemId, const char *publicId, int internal);

    void setUp();
    Result<bool> outcome(int status);
    [[nodiscard]] Error problem() const;

    std::unique_ptr<ZipPart> m_part;
    XmlHandler &m_handler;
    XML_ParserStruct *m_parser;
    std::optional<Error> m_error;
    std::int64_t m_fed = 0;
    int m_depth = 0;
    bool m_paused = false;
    bool m_ended = false;
};

} // namespace idstore
