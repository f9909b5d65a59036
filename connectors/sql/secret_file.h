// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"

#include <QByteArray>

namespace idstore::sql {

/// A secret for a library that takes the name of a file and nothing else, such as the key of a client certificate: a
/// file in memory (memfd_create(2)) that has a name only within this process and goes with the object. Nothing of it
/// reaches a disk, and no system call carries it. Any thread.
class SecretFile
{
public:
    /// "client_key_unreadable" (Source) when there is no memory for it.
    [[nodiscard]] static Result<SecretFile> holding(const Secret &content);
    SecretFile() = default;
    ~SecretFile();
    SecretFile(SecretFile &&other) noexcept;
    SecretFile &operator=(SecretFile &&other) noexcept;
    Q_DISABLE_COPY(SecretFile)

    /// A name that stat() and open() take; one that leads nowhere for an object that holds nothing.
    [[nodiscard]] QByteArray name() const;

private:
    explicit SecretFile(int descriptor)
        : m_descriptor(descriptor)
    {}

    int m_descriptor = -1;
};

} // namespace idstore::sql
