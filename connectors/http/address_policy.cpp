// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/http/address_policy.h"

#include <QtGlobal>

#include <algorithm>
#include <array>

#include <netinet/in.h>
#include <sys/socket.h>

namespace idstore::http {

namespace {

struct Network
{
    quint32 address;
    int bits;
};

// IANA IPv4 special-purpose address registry: all that is not globally reachable.
constexpr auto privateNetworks = std::to_array<Network>({
    {0x00000000, 8}, // this host
    {0x0A000000, 8}, // private
    {0x64400000, 10}, // shared, carrier-grade NAT
    {0x7F000000, 8}, // loopback
    {0xA9FE0000, 16}, // link-local
    {0xAC100000, 12}, // private
    {0xC0000000, 24}, // protocol assignments
    {0xC0000200, 24}, // documentation
    {0xC0A80000, 16}, // private
    {0xC6120000, 15}, // benchmarking
    {0xC6336400, 24}, // documentation
    {0xCB007100, 24}, // documentation
    {0xE0000000, 4}, // multicast
    {0xF0000000, 4}, // reserved, broadcast
});

bool isPrivate(quint32 address)
{
    return std::ranges::any_of(privateNetworks, [address](const Network &network) {
        const quint32 mask = ~quint32(0) << (32 - network.bits);
        return (address & mask) == network.address;
    });
}

quint32 fourBytes(const quint8 *bytes)
{
    return quint32(bytes[0]) << 24 | quint32(bytes[1]) << 16 | quint32(bytes[2]) << 8 | quint32(bytes[3]);
}

bool isPrivate(const in6_addr &address)
{
    const auto *bytes = address.s6_addr;
    constexpr int ipv4Offset = 12;
    const bool zeroHead = std::all_of(bytes, bytes + 10, [](quint8 byte) { return byte == 0; });
    if (zeroHead && ((bytes[10] == 0xFF && bytes[11] == 0xFF) || (bytes[10] == 0 && bytes[11] == 0)))
        return isPrivate(fourBytes(bytes + ipv4Offset)); // mapped and compatible; ::1 and :: fall in 0.0.0.0/8
    constexpr std::array<quint8, ipv4Offset> nat64{0x00, 0x64, 0xFF, 0x9B};
    if (std::equal(nat64.begin(), nat64.end(), bytes))
        return isPrivate(fourBytes(bytes + ipv4Offset));
    if (bytes[0] == 0x20 && bytes[1] == 0x02)
        return isPrivate(fourBytes(bytes + 2)); // 6to4
    return (bytes[0] & 0xFE) == 0xFC // unique local
           || (bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80) // link-local
           || (bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0xC0) // site-local, of old
           || bytes[0] == 0xFF // multicast
           || (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8) // documentation
           || (bytes[0] == 0x01 && bytes[1] == 0x00); // discard-only
}

} // namespace

bool isPrivateAddress(const sockaddr &address)
{
    if (address.sa_family == AF_INET)
        return isPrivate(ntohl(reinterpret_cast<const sockaddr_in &>(address).sin_addr.s_addr));
    if (address.sa_family == AF_INET6)
        return isPrivate(reinterpret_cast<const sockaddr_in6 &>(address).sin6_addr);
    return true;
}

} // namespace idstore::http
