// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/object_listing.h"

#include "connectors/cloud/percent_encoding.h"
#include "connectors/cloud/store_time.h"
#include "connectors/xml/xml_fields.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ObjectListing)
};

Error unreadable(const QString &cause)
{
    return {.kind = ErrorKind::Source,
            .code = QStringLiteral("listing_unreadable"),
            .message = Words::tr("The answer of the store is not a list of files."),
            .remedy = Words::tr("Check the endpoint: it may be the address of something else, such as a web page."),
            .cause = cause,
            .fields = {}};
}

qint64 byteCount(const QByteArray &digits)
{
    bool ok = false;
    const qint64 size = digits.trimmed().toLongLong(&ok);
    return ok && size >= 0 ? size : -1;
}

/// ETags stand without quotes in some lists; in the fields that compare them they never do.
QByteArray quoted(const QByteArray &etag)
{
    if (etag.isEmpty() || etag.endsWith('"'))
        return etag;
    return '"' + etag + '"';
}

/// Of S3 with encoding-type=url, where a plus sign is a space.
QByteArray formDecoded(QByteArray text)
{
    return decoded(text.replace('+', ' '));
}

class S3Listing final : public XmlFieldsHandler
{
public:
    void opened(const QByteArray &path, const XmlAttributes &) override
    {
        if (path == "ListBucketResult/Contents")
            m_page.objects.emplace_back();
        m_isListing = m_isListing || path == "ListBucketResult";
    }

    void closed(const QByteArray &path, const QByteArray &text) override
    {
        if (path == "ListBucketResult/Contents/Key")
            m_page.objects.back().name = QString::fromUtf8(text);
        else if (path == "ListBucketResult/Contents/Size")
            m_page.objects.back().size = byteCount(text);
        else if (path == "ListBucketResult/Contents/ETag")
            m_page.objects.back().etag = quoted(text.trimmed());
        else if (path == "ListBucketResult/Contents/LastModified")
            m_page.objects.back().lastModified = isoTime(QString::fromUtf8(text));
        else if (path == "ListBucketResult/Contents/Generation")
            m_page.objects.back().generation = text.trimmed();
        else if (path == "ListBucketResult/NextContinuationToken")
            m_page.nextToken = QString::fromUtf8(text);
        else if (path == "ListBucketResult/IsTruncated")
            m_goesOn = text.trimmed() == "true";
        else if (path == "ListBucketResult/EncodingType")
            m_encoded = text.trimmed() == "url";
    }

    Result<ObjectPage> page()
    {
        if (!m_isListing)
            return unreadable(QStringLiteral("another document"));
        for (ObjectEntry &object : m_page.objects) {
            if (m_encoded)
                object.name = QString::fromUtf8(formDecoded(object.name.toUtf8()));
            if (object.name.isEmpty())
                return unreadable(QStringLiteral("an object without a name"));
        }
        if (m_goesOn && m_page.nextToken.isEmpty())
            return unreadable(QStringLiteral("it goes on, but does not say where"));
        if (!m_goesOn)
            m_page.nextToken.clear();
        return std::move(m_page);
    }

private:
    ObjectPage m_page;
    bool m_isListing = false;
    bool m_goesOn = false;
    bool m_encoded = false;
};

class AzureListing final : public XmlFieldsHandler
{
public:
    void opened(const QByteArray &path, const XmlAttributes &attributes) override
    {
        if (path == "EnumerationResults/Blobs/Blob") {
            m_page.objects.emplace_back();
            m_isFolder = false;
        } else if (path == "EnumerationResults/Blobs/Blob/Name") {
            m_nameEncoded = attributes.value("Encoded") == "true";
        }
        m_isListing = m_isListing || path == "EnumerationResults/Blobs";
    }

    void closed(const QByteArray &path, const QByteArray &text) override
    {
        if (path == "EnumerationResults/Blobs/Blob/Name")
            m_page.objects.back().name = QString::fromUtf8(m_nameEncoded ? decoded(text) : text);
        else if (path == "EnumerationResults/Blobs/Blob/Properties/Content-Length")
            m_page.objects.back().size = byteCount(text);
        else if (path == "EnumerationResults/Blobs/Blob/Properties/Etag")
            m_page.objects.back().etag = quoted(text.trimmed());
        else if (path == "EnumerationResults/Blobs/Blob/Properties/Last-Modified")
            m_page.objects.back().lastModified = httpTime(text);
        else if (path == "EnumerationResults/Blobs/Blob/Properties/ResourceType")
            m_isFolder = text.trimmed() == "directory";
        else if (path == "EnumerationResults/Blobs/Blob/Metadata/hdi_isfolder")
            m_isFolder = m_isFolder || text.trimmed() == "true";
        else if (path == "EnumerationResults/Blobs/Blob" && m_isFolder)
            m_page.objects.pop_back();
        else if (path == "EnumerationResults/NextMarker")
            m_page.nextToken = QString::fromUtf8(text);
    }

    Result<ObjectPage> page()
    {
        if (!m_isListing)
            return unreadable(QStringLiteral("another document"));
        for (const ObjectEntry &object : m_page.objects) {
            if (object.name.isEmpty())
                return unreadable(QStringLiteral("an object without a name"));
        }
        return std::move(m_page);
    }

private:
    ObjectPage m_page;
    bool m_isListing = false;
    bool m_nameEncoded = false;
    bool m_isFolder = false;
};

template <typename Listing>
Result<ObjectPage> parseXml(QByteArrayView xml)
{
    Listing listing;
    if (const auto read = readXmlFields(xml, listing); !read)
        return unreadable(read.error().cause);
    return listing.page();
}

} // namespace

Result<ObjectPage> parseS3Listing(QByteArrayView xml)
{
    return parseXml<S3Listing>(xml);
}

Result<ObjectPage> parseAzureListing(QByteArrayView xml)
{
    return parseXml<AzureListing>(xml);
}

Result<ObjectPage> parseGoogleListing(const QByteArray &json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (!document.isObject())
        return unreadable(problem.error ? problem.errorString() : QStringLiteral("not an object"));
    const QJsonObject root = document.object();
    // A bucket without objects, or a request for some fields only, answers neither of these.
    const QJsonValue kind = root.value(u"kind");
    const QJsonValue items = root.value(u"items");
    if ((!kind.isUndefined() && kind != QJsonValue(QStringLiteral("storage#objects"))) ||
        (!items.isUndefined() && !items.isArray()) || root.contains(u"error")) {
        return unreadable(QStringLiteral("another document"));
    }
    ObjectPage page;
    page.nextToken = root.value(u"nextPageToken").toString();
    const QJsonArray list = items.toArray();
    for (const QJsonValue &value : list) {
        const QJsonObject item = value.toObject();
        ObjectEntry object;
        object.name = item.value(u"name").toString();
        if (object.name.isEmpty())
            return unreadable(QStringLiteral("an object without a name"));
        object.size = byteCount(item.value(u"size").toString().toLatin1());
        object.etag = quoted(item.value(u"etag").toString().toUtf8());
        object.lastModified = isoTime(item.value(u"updated").toString());
        object.generation = item.value(u"generation").toString().toLatin1();
        page.objects.push_back(std::move(object));
    }
    return page;
}

} // namespace idstore::cloud
