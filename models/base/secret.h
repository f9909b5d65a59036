// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace idstore {

/// A value that must never be printed, logged or serialised by accident: it has no stream operator, no conversion
/// to text and no QVariant registration. The bytes are overwritten when the last owner goes. Not shared: move it.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray utf8);
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret();

    [[nodiscard]] Secret clone() const { return Secret(QByteArray(m_utf8.constData(), m_utf8.size())); }
    [[nodiscard]] bool isEmpty() const { return m_utf8.isEmpty(); }
    /// The one, deliberately loud, way to the value. Use it where the secret is sent, nowhere else.
    [[nodiscard]] const QByteArray &reveal() const { return m_utf8; }
    /// What may be shown afterwards: "…9f2c", or "" when the value is too short to give any of it away.
    [[nodiscard]] QString hint() const;

private:
    void wipe();

    QByteArray m_utf8;
};

} // namespace idstore
