// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/xml/xml_attributes.h"
#include "models/base/result.h"

#include <QByteArray>

namespace idstore {

/// What somebody who reads the fields of a document is told, in its order. `path` is where the element stands, from the
/// outermost one, without namespace prefixes: "ListBucketResult/Contents/Key".
class XmlFieldsHandler
{
public:
    virtual ~XmlFieldsHandler() = default;
    virtual void opened(const QByteArray &path, const XmlAttributes &attributes) = 0;
    /// `text`: UTF-8; what stands in the element itself behind its last inner element.
    virtual void closed(const QByteArray &path, const QByteArray &text) = 0;
};

/// Reads a document whose elements hold either elements or text, as services answer them, from memory. Refuses document
/// type declarations, and with them every entity but XML's own five; documents over 32 MiB; texts over 256 KiB; nesting
/// deeper than 32. The error is "xml_unreadable" (Malformed) with the reason as its cause, which quotes nothing of the
/// document; what the handler was told before it is void.
[[nodiscard]] Result<void> readXmlFields(QByteArrayView document, XmlFieldsHandler &handler);

} // namespace idstore
