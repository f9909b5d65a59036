// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/secret.h"

#include <utility>

namespace idstore {

namespace {
constexpr qsizetype hintLength = 4;
constexpr qsizetype shortestHintedSecret = 16;
} // namespace

Secret::Secret(QByteArray utf8)
    : m_utf8(std::move(utf8))
{}

Secret::Secret(Secret &&other) noexcept
    : m_utf8(std::exchange(other.m_utf8, {}))
{}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_utf8 = std::exchange(other.m_utf8, {});
    }
    return *this;
}

Secret::~Secret()
{
    wipe();
}

QString Secret::hint() const
{
    if (m_utf8.size() < shortestHintedSecret)
        return {};
    return QStringLiteral("…") + QString::fromUtf8(m_utf8).right(hintLength);
}

void Secret::wipe()
{
    // Only when nobody else shares the bytes: data() on a shared array would wipe a fresh copy.
    if (!m_utf8.isEmpty() && m_utf8.isDetached()) {
        volatile char *bytes = m_utf8.data();
        for (qsizetype i = 0; i < m_utf8.size(); ++i)
            bytes[i] = 0;
    }
    m_utf8.clear();
}

} // namespace idstore
