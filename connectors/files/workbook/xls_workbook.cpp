// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/xls_workbook.h"

#include "connectors/files/workbook/xls_sheet.h"

#include <QCoreApplication>

#include <unordered_map>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Workbook)
};

constexpr unsigned biff8 = 0x0600;
constexpr unsigned biff5 = 0x0500;
constexpr std::size_t maxStyles = 1'000'000;

} // namespace

XlsWorkbook::XlsWorkbook(std::unique_ptr<CompoundFile> container, std::unique_ptr<ByteSource> stream)
    : m_container(std::move(container))
    , m_stream(std::move(stream))
{
    m_book.codePage = std::make_unique<CodePage>(0);
}

Result<std::unique_ptr<Workbook>> XlsWorkbook::open(std::unique_ptr<CompoundFile> container,
                                                    std::unique_ptr<ByteSource> stream)
{
    std::unique_ptr<XlsWorkbook> workbook(new XlsWorkbook(std::move(container), std::move(stream)));
    IDS_CHECK(workbook->readBook());
    return std::unique_ptr<Workbook>(std::move(workbook));
}

Result<void> XlsWorkbook::readBook()
{
    BiffRecords records(*m_stream, 0);
    IDS_TRY(begun, records.next());
    if (!begun || records.type() != Biff::Bof)
        return workbook_errors::notSupported(Words::tr("a workbook of Excel 4 or older"));
    const unsigned version = records.u16();
    if (version != biff8 && version != biff5)
        return workbook_errors::notSupported(Words::tr("a workbook of Excel 4 or older"));
    m_book.unicode = version == biff8;

    std::unordered_map<unsigned, NumberKind> formats;
    std::vector<unsigned> styleFormats;
    while (true) {
        IDS_TRY(more, records.next());
        if (!more)
            return workbook_errors::damaged(QStringLiteral("the workbook's own records break off"));
        if (records.type() == Biff::Eof)
            break;
        switch (records.type()) {
        case Biff::FilePass:
            return workbook_errors::encrypted();
        case Biff::CodePage:
            m_book.codePage = std::make_unique<CodePage>(records.u16());
            break;
        case Biff::DateMode:
            m_book.from1904 = records.u16() == 1;
            break;
        case Biff::Format: {
            const unsigned id = records.u16();
            std::string code;
            if (m_book.unicode)
                records.unicodeText(records.u16(), code);
            else
                records.byteText(records.u8(), *m_book.codePage, code);
            formats[id] = numberKind(code);
            break;
        }
        case Biff::Xf:
            records.skip(2);
            styleFormats.push_back(records.u16());
            break;
        case Biff::BoundSheet:
            readSheet(records);
            break;
        case Biff::Sst:
            IDS_CHECK(readStrings(records));
            break;
        default:
            break;
        }
        if (styleFormats.size() > maxStyles)
            return workbook_errors::tooLarge(QStringLiteral("cell formats"));
    }
    for (const unsigned id : styleFormats) {
        const auto own = formats.find(id);
        m_book.styles.push_back(own != formats.end() ? own->second : builtInNumberKind(id));
    }
    if (m_sheets.empty())
        return workbook_errors::damaged(QStringLiteral("no worksheets"));
    return {};
}

void XlsWorkbook::readSheet(BiffRecords &records)
{
    const std::uint32_t offset = records.u32();
    const unsigned state = records.u8();
    const unsigned type = records.u8();
    const std::size_t length = records.u8();
    std::string name;
    if (m_book.unicode)
        records.unicodeText(length, name);
    else
        records.byteText(length, *m_book.codePage, name);
    if (type != 0 || records.isBroken())
        return;
    m_sheets.push_back({QString::fromStdString(name), (state & 3) != 0});
    m_offsets.push_back(offset);
}

Result<void> XlsWorkbook::readStrings(BiffRecords &records)
{
    records.skip(4);
    const std::uint32_t count = records.u32();
    std::string text;
    for (std::uint32_t i = 0; i < count && !records.isBroken(); ++i) {
        text.clear();
        records.unicodeText(records.u16(), text);
        if (!m_book.strings.add(text))
            return workbook_errors::tooLarge(QStringLiteral("shared strings"));
    }
    return {};
}

Result<std::unique_ptr<SheetRows>> XlsWorkbook::rows(std::size_t sheet)
{
    return std::unique_ptr<SheetRows>(std::make_unique<XlsSheetRows>(*m_stream, m_offsets[sheet], m_book));
}

} // namespace idstore
