// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/compound_file.h"

#include "connectors/files/workbook/workbook.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace idstore {

namespace {

constexpr std::uint32_t endOfChain = 0xFFFF'FFFE;
constexpr std::uint32_t lastSector = 0xFFFF'FFFA;
constexpr std::uint64_t headerBytes = 512;
constexpr std::size_t entryBytes = 128;

std::uint16_t u16(const char *at)
{
    return qFromLittleEndian<std::uint16_t>(at);
}

std::uint32_t u32(const char *at)
{
    return qFromLittleEndian<std::uint32_t>(at);
}

char16_t lowered(char16_t c)
{
    return c >= u'A' && c <= u'Z' ? static_cast<char16_t>(c + 32) : c;
}

/// A stream as the pieces of another source that it consists of.
class Pieces final : public ByteSource
{
public:
    Pieces(ByteSource &base, std::uint64_t offset, std::uint32_t pieceBytes, std::vector<std::uint32_t> chain,
           std::uint64_t size)
        : m_base(base)
        , m_offset(offset)
        , m_pieceBytes(pieceBytes)
        , m_chain(std::move(chain))
        , m_size(std::min<std::uint64_t>(size, static_cast<std::uint64_t>(m_chain.size()) * pieceBytes))
    {}

    /// Takes over what it reads from.
    void own(std::unique_ptr<ByteSource> base) { m_owned = std::move(base); }

    [[nodiscard]] std::uint64_t size() const override { return m_size; }

    Result<void> read(std::uint64_t at, char *to, std::size_t count) override
    {
        if (at > m_size || count > m_size - at)
            return workbook_errors::damaged(QStringLiteral("a stream breaks off at %1").arg(m_size));
        while (count > 0) {
            const std::uint64_t inPiece = at % m_pieceBytes;
            const std::size_t part = static_cast<std::size_t>(std::min<std::uint64_t>(count, m_pieceBytes - inPiece));
            const std::uint64_t piece = m_chain[static_cast<std::size_t>(at / m_pieceBytes)];
            IDS_CHECK(m_base.read(m_offset + piece * m_pieceBytes + inPiece, to, part));
            at += part;
            to += part;
            count -= part;
        }
        return {};
    }

private:
    std::unique_ptr<ByteSource> m_owned;
    ByteSource &m_base;
    std::uint64_t m_offset;
    std::uint32_t m_pieceBytes;
    std::vector<std::uint32_t> m_chain;
    std::uint64_t m_size;
};

} // namespace

Result<std::unique_ptr<FileBytes>> FileBytes::open(const QString &path)
{
    std::unique_ptr<FileBytes> bytes(new FileBytes(path));
    if (!bytes->m_file.open(QIODevice::ReadOnly))
        return workbook_errors::damaged(bytes->m_file.errorString());
    return bytes;
}

Result<void> FileBytes::read(std::uint64_t at, char *to, std::size_t count)
{
    const auto wanted = static_cast<qint64>(count);
    if (at + count > size() || !m_file.seek(static_cast<qint64>(at)) || m_file.read(to, wanted) != wanted)
        return workbook_errors::damaged(QStringLiteral("the file breaks off at %1").arg(size()));
    return {};
}

Result<std::unique_ptr<CompoundFile>> CompoundFile::open(const QString &path)
{
    IDS_TRY(bytes, FileBytes::open(path));
    std::unique_ptr<CompoundFile> file(new CompoundFile(std::move(bytes)));
    IDS_CHECK(file->readTables());
    return file;
}

Result<void> CompoundFile::readTables()
{
    std::array<char, headerBytes> header{};
    IDS_CHECK(m_file->read(0, header.data(), header.size()));
    const unsigned shift = u16(&header[30]);
    const unsigned miniShift = u16(&header[32]);
    if ((shift != 9 && shift != 12) || miniShift < 4 || miniShift >= shift)
        return workbook_errors::damaged(QStringLiteral("sectors of 2^%1 bytes").arg(shift));
    m_sectorBytes = 1U << shift;
    m_miniSectorBytes = 1U << miniShift;
    m_miniCutoff = u32(&header[56]);

    // Where the allocation table stands: 109 sectors in the header, the others in a list of their own.
    const std::uint64_t mostSectors = m_file->size() / m_sectorBytes + 1;
    std::vector<std::uint32_t> fatSectors;
    for (std::size_t at = 76; at < headerBytes; at += 4) {
        if (u32(&header[at]) < lastSector)
            fatSectors.push_back(u32(&header[at]));
    }
    std::vector<char> sector(m_sectorBytes);
    std::uint32_t next = u32(&header[68]);
    for (std::uint64_t seen = 0; next < lastSector; ++seen) {
        if (seen > mostSectors || fatSectors.size() > mostSectors)
            return workbook_errors::damaged(QStringLiteral("the allocation table has no end"));
        IDS_CHECK(m_file->read((std::uint64_t(next) + 1) * m_sectorBytes, sector.data(), sector.size()));
        for (std::size_t at = 0; at + 4 < sector.size(); at += 4) {
            if (u32(&sector[at]) < lastSector)
                fatSectors.push_back(u32(&sector[at]));
        }
        next = u32(&sector[sector.size() - 4]);
    }
    IDS_CHECK(readFat(fatSectors));
    IDS_CHECK(readDirectory(u32(&header[48])));
    if (const std::uint32_t start = u32(&header[60]); start < lastSector) {
        IDS_TRY(sectors, chain(m_fat, start));
        for (const std::uint32_t one : sectors) {
            IDS_CHECK(m_file->read((std::uint64_t(one) + 1) * m_sectorBytes, sector.data(), sector.size()));
            for (std::size_t at = 0; at < sector.size(); at += 4)
                m_miniFat.push_back(u32(&sector[at]));
        }
    }
    return {};
}

Result<void> CompoundFile::readFat(const std::vector<std::uint32_t> &sectors)
{
    const std::uint64_t mostSectors = m_file->size() / m_sectorBytes + 1;
    std::vector<char> sector(m_sectorBytes);
    for (const std::uint32_t one : sectors) {
        // The table may be longer than the file, but says nothing there.
        if (m_fat.size() >= mostSectors)
            break;
        IDS_CHECK(m_file->read((std::uint64_t(one) + 1) * m_sectorBytes, sector.data(), sector.size()));
        for (std::size_t at = 0; at < sector.size(); at += 4)
            m_fat.push_back(u32(&sector[at]));
    }
    return {};
}

Result<CompoundFile::Chain> CompoundFile::chain(const std::vector<std::uint32_t> &table, std::uint32_t start) const
{
    Chain chain;
    for (std::uint32_t at = start; at != endOfChain; at = table[at]) {
        if (at >= table.size() || chain.size() > table.size())
            return workbook_errors::damaged(QStringLiteral("a chain of sectors leads nowhere"));
        chain.push_back(at);
    }
    return chain;
}

Result<void> CompoundFile::readDirectory(std::uint32_t start)
{
    constexpr std::size_t maxEntries = 100'000;
    IDS_TRY(sectors, chain(m_fat, start));
    std::vector<char> sector(m_sectorBytes);
    for (const std::uint32_t one : sectors) {
        IDS_CHECK(m_file->read((std::uint64_t(one) + 1) * m_sectorBytes, sector.data(), sector.size()));
        for (std::size_t at = 0; at + entryBytes <= sector.size() && m_entries.size() < maxEntries; at += entryBytes) {
            const char *entry = &sector[at];
            const int type = entry[66];
            if (type != 2 && type != 5)
                continue;
            Entry &added = m_entries.emplace_back();
            const std::size_t letters = std::min<std::size_t>(u16(entry + 64) / 2, 32);
            for (std::size_t i = 0; i + 1 < letters; ++i)
                added.name += static_cast<char16_t>(u16(entry + 2 * i));
            added.start = u32(entry + 116);
            added.size = u32(entry + 120);
            added.root = type == 5;
        }
    }
    return {};
}

const CompoundFile::Entry *CompoundFile::find(std::u16string_view name) const
{
    const auto found = std::ranges::find_if(m_entries, [name](const Entry &entry) {
        return !entry.root && std::ranges::equal(entry.name, name, {}, lowered, lowered);
    });
    return found == m_entries.end() ? nullptr : &*found;
}

Result<std::unique_ptr<ByteSource>> CompoundFile::bigStream(std::uint32_t start, std::uint64_t size)
{
    IDS_TRY(sectors, chain(m_fat, start));
    return std::unique_ptr<ByteSource>(
        std::make_unique<Pieces>(*m_file, m_sectorBytes, m_sectorBytes, std::move(sectors), size));
}

Result<std::unique_ptr<ByteSource>> CompoundFile::stream(std::u16string_view name)
{
    const Entry *entry = find(name);
    if (!entry)
        return workbook_errors::notAWorkbook();
    if (entry->size >= m_miniCutoff)
        return bigStream(entry->start, entry->size);
    // Small streams stand together in one that belongs to the root.
    const auto root = std::ranges::find(m_entries, true, &Entry::root);
    if (root == m_entries.end())
        return workbook_errors::damaged(QStringLiteral("no root entry"));
    IDS_TRY(container, bigStream(root->start, root->size));
    IDS_TRY(sectors, chain(m_miniFat, entry->start));
    auto pieces = std::make_unique<Pieces>(*container, 0, m_miniSectorBytes, std::move(sectors), entry->size);
    pieces->own(std::move(container));
    return std::unique_ptr<ByteSource>(std::move(pieces));
}

} // namespace idstore
