// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

struct sockaddr;

namespace idstore::http {

/// Whether an address is one that only this computer or its own network reaches: loopback, private (RFC 1918, RFC
/// 4193), shared (RFC 6598), link-local (the clouds' metadata services among them), multicast, unspecified, and the
/// IPv6 forms that stand for such an IPv4 address. Whoever gives an address to fetch must not reach these through us
/// unless it was allowed. Addresses that are neither IPv4 nor IPv6 count as such.
[[nodiscard]] bool isPrivateAddress(const sockaddr &address);

} // namespace idstore::http
