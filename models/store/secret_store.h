// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/base/secret.h"

#include <memory>

namespace idstore {

/// Where the credentials of sources are kept: the encrypted vault of the data directory, or the system's keychain. The
/// catalog holds none of them. Calls may block, for a keychain as long as a person takes to unlock it: never on the
/// window's thread. Thread-safe. Errors are those of the place.
class SecretStore
{
public:
    virtual ~SecretStore() = default;

    [[nodiscard]] virtual Result<void> store(SourceId source, const Secret &value) = 0;
    /// An empty secret when none is stored.
    [[nodiscard]] virtual Result<Secret> load(SourceId source) const = 0;
    [[nodiscard]] virtual Result<void> remove(SourceId source) = 0;
};

/// Two places: what is saved goes to the first, and leaves the second; what is read comes from where it is. So neither
/// choosing another place nor a keychain that comes and goes loses anything that is within reach.
class TwoSecretStores final : public SecretStore
{
public:
    /// Both must outlive the object.
    TwoSecretStores(SecretStore &first, SecretStore &second)
        : m_first(first)
        , m_second(second)
    {}

    [[nodiscard]] Result<void> store(SourceId source, const Secret &value) override;
    /// When the first cannot be read, the second counts if it has something; otherwise the error of the first.
    [[nodiscard]] Result<Secret> load(SourceId source) const override;
    [[nodiscard]] Result<void> remove(SourceId source) override;

private:
    SecretStore &m_first;
    SecretStore &m_second;
};

} // namespace idstore
