// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/key_sorter.h"

#include "models/store/data_directory.h"

#include <QTemporaryFile>

#include <algorithm>
#include <cstring>

namespace idstore {

namespace {

constexpr std::size_t headBytes = 8;
constexpr qint64 bufferSize = 256 * 1024;
constexpr std::size_t recordHead = sizeof(std::uint32_t) + sizeof(std::uint16_t); ///< row, size of the key

std::uint64_t headOf(std::string_view key)
{
    std::uint64_t head = 0;
    for (std::size_t i = 0; i < headBytes; ++i)
        head = head << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
    return head;
}

Error cannotKeep(const QTemporaryFile &file)
{
    return fileError(file.fileTemplate(), errno);
}

} // namespace

/// A sorted part, read from its start: the row it stands at, and the next.
class KeySorter::Run
{
public:
    explicit Run(QTemporaryFile &file)
        : m_file(file)
        , m_buffer(bufferSize)
    {}

    [[nodiscard]] std::string_view key() const { return m_key; }
    [[nodiscard]] std::uint32_t row() const { return m_row; }

    /// False: there is no further row.
    Result<bool> next()
    {
        IDS_TRY(hasHead, fill(recordHead));
        if (!hasHead)
            return false;
        std::uint16_t size = 0;
        std::memcpy(&m_row, m_buffer.data() + m_start, sizeof m_row);
        std::memcpy(&size, m_buffer.data() + m_start + sizeof m_row, sizeof size);
        IDS_TRY(hasKey, fill(recordHead + size));
        if (!hasKey)
            return fileError(m_file.fileTemplate(), EIO);
        m_key = {m_buffer.data() + m_start + recordHead, size};
        m_start += recordHead + size;
        return true;
    }

private:
    /// Makes `size` bytes behind m_start available, unless the file ends before.
    Result<bool> fill(std::size_t size)
    {
        if (m_end - m_start >= size)
            return true;
        std::memmove(m_buffer.data(), m_buffer.data() + m_start, m_end - m_start);
        m_end -= m_start;
        m_start = 0;
        while (m_end < size) {
            const qint64 read = m_file.read(m_buffer.data() + m_end, static_cast<qint64>(m_buffer.size() - m_end));
            if (read < 0)
                return cannotKeep(m_file);
            if (read == 0)
                return false;
            m_end += static_cast<std::size_t>(read);
        }
        return true;
    }

    QTemporaryFile &m_file;
    std::vector<char> m_buffer;
    std::size_t m_start = 0;
    std::size_t m_end = 0;
    std::string_view m_key; ///< into m_buffer
    std::uint32_t m_row = 0;
};

KeySorter::KeySorter(QString folder, std::size_t memory)
    : m_folder(std::move(folder))
{
    // All at once, so that nothing is ever there twice while it grows; what is not used is not there at all.
    m_entries.reserve(memory / 2 / sizeof(Entry));
    m_rest.reserve(memory / 2);
}

KeySorter::~KeySorter() = default;

Result<void> KeySorter::add(std::string_view key, std::uint32_t row)
{
    Q_ASSERT(key.size() <= UINT16_MAX);
    const std::string_view rest = key.size() > headBytes ? key.substr(headBytes) : std::string_view();
    const bool isFull = m_entries.size() == m_entries.capacity() || m_rest.size() + rest.size() > m_rest.capacity();
    if (isFull && !m_entries.empty())
        IDS_CHECK(spill());
    m_entries.push_back({headOf(key), static_cast<std::uint32_t>(m_rest.size()),
                         static_cast<std::uint32_t>(rest.size()), row,
                         static_cast<std::uint32_t>(std::min(key.size(), headBytes))});
    m_rest.insert(m_rest.end(), rest.begin(), rest.end());
    return {};
}

void KeySorter::sortEntries()
{
    std::ranges::sort(m_entries, [this](const Entry &a, const Entry &b) {
        if (a.head != b.head)
            return a.head < b.head;
        if (a.headSize != b.headSize)
            return a.headSize < b.headSize;
        const std::string_view restOfA(m_rest.data() + a.offset, a.size);
        const int order = restOfA.compare({m_rest.data() + b.offset, b.size});
        return order != 0 ? order < 0 : a.row < b.row;
    });
}

Result<void> KeySorter::spill()
{
    sortEntries();
    auto file = std::make_unique<QTemporaryFile>(m_folder + QStringLiteral("/sort.XXXXXX"));
    if (!file->open())
        return cannotKeep(*file);
    std::vector<char> buffer;
    buffer.reserve(bufferSize);
    const auto flush = [&]() -> Result<void> {
        if (file->write(buffer.data(), static_cast<qint64>(buffer.size())) != static_cast<qint64>(buffer.size()))
            return cannotKeep(*file);
        buffer.clear();
        return {};
    };
    const auto put = [&](const void *bytes, std::size_t size) {
        const char *from = static_cast<const char *>(bytes);
        buffer.insert(buffer.end(), from, from + size);
    };
    for (const Entry &entry : m_entries) {
        const auto size = static_cast<std::uint16_t>(entry.headSize + entry.size);
        put(&entry.row, sizeof entry.row);
        put(&size, sizeof size);
        for (std::uint32_t i = 0; i < entry.headSize; ++i)
            buffer.push_back(static_cast<char>(entry.head >> (8 * (headBytes - 1 - i)) & 0xFF));
        put(m_rest.data() + entry.offset, entry.size);
        if (buffer.size() >= static_cast<std::size_t>(bufferSize) / 2)
            IDS_CHECK(flush());
    }
    IDS_CHECK(flush());
    if (!file->seek(0))
        return cannotKeep(*file);
    m_runs.push_back(std::move(file));
    m_entries.clear();
    m_rest.clear();
    return {};
}

Result<void> KeySorter::finish(const std::function<Result<void>(std::uint32_t)> &take)
{
    if (m_runs.empty()) {
        sortEntries();
        for (const Entry &entry : m_entries)
            IDS_CHECK(take(entry.row));
        return {};
    }
    IDS_CHECK(spill());
    m_entries = {};
    m_rest = {};

    std::vector<std::unique_ptr<Run>> heap;
    const auto comesLater = [](const std::unique_ptr<Run> &a, const std::unique_ptr<Run> &b) {
        const int order = a->key().compare(b->key());
        return order != 0 ? order > 0 : a->row() > b->row();
    };
    for (const auto &file : m_runs) {
        auto run = std::make_unique<Run>(*file);
        IDS_TRY(hasRow, run->next());
        if (hasRow)
            heap.push_back(std::move(run));
    }
    std::ranges::make_heap(heap, comesLater);
    while (!heap.empty()) {
        std::ranges::pop_heap(heap, comesLater);
        Run &first = *heap.back();
        IDS_CHECK(take(first.row()));
        IDS_TRY(hasRow, first.next());
        if (hasRow)
            std::ranges::push_heap(heap, comesLater);
        else
            heap.pop_back();
    }
    return {};
}

} // namespace idstore
