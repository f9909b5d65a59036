// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTcpSocket;

namespace idstore {

/// Tells the peer that nothing more will be sent, and goes on receiving: TCP's half-close, which QTcpSocket lacks.
/// Call it when bytesToWrite() is 0. A no-op where the system has no such thing.
void halfClose(QTcpSocket &socket);

} // namespace idstore
