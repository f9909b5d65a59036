// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/sql/secret_file.h"

#include "connectors/sql/postgres_errors.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace idstore::sql {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SqlErrors)
};

Error noMemory()
{
    return sqlError("client_key_unreadable", Words::tr("There is no memory for the client certificate."),
                    Words::tr("Close other programs and try again."), qt_error_string(errno));
}

} // namespace

Result<SecretFile> SecretFile::holding(const Secret &content)
{
    SecretFile file(memfd_create("secret", MFD_CLOEXEC));
    const auto size = static_cast<std::size_t>(content.reveal().size());
    // Libraries refuse a key that others may read.
    if (file.m_descriptor < 0 || fchmod(file.m_descriptor, S_IRUSR | S_IWUSR) != 0 ||
        ftruncate(file.m_descriptor, static_cast<off_t>(size)) != 0)
        return noMemory();
    if (size == 0)
        return file;
    // Not with write(): what traces system calls would show it.
    void *const memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file.m_descriptor, 0);
    if (memory == MAP_FAILED)
        return noMemory();
    std::memcpy(memory, content.reveal().constData(), size);
    munmap(memory, size);
    return file;
}

SecretFile::~SecretFile()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

SecretFile::SecretFile(SecretFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{}

SecretFile &SecretFile::operator=(SecretFile &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

QByteArray SecretFile::name() const
{
    return m_descriptor < 0 ? QByteArrayLiteral("/nonexistent") : "/proc/self/fd/" + QByteArray::number(m_descriptor);
}

} // namespace idstore::sql
