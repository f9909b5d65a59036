// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all as an HTTP request: its head, its chunked body and the values of its fields are read alike however
// they are cut into pieces.
#include "server/http/chunk_decoder.h"
#include "server/http/head_parser.h"
#include "server/http/header_parameters.h"

#include "fuzz_input.h"

using namespace idstore;

namespace {

QByteArray body(QByteArrayView bytes, qsizetype piece)
{
    ChunkDecoder decoder;
    QByteArray all;
    qsizetype at = 0;
    while (at < bytes.size() && !decoder.isDone() && !decoder.hasFailed()) {
        QByteArrayView input = bytes.sliced(at, std::min(piece, bytes.size() - at));
        at += input.size();
        while (!input.isEmpty() && !decoder.isDone() && !decoder.hasFailed())
            all.append(decoder.next(input));
        at -= input.size();
    }
    // What came before a mistake stands, and how much that is depends on nothing but the bytes.
    return all + (decoder.hasFailed() ? "failed" : decoder.isDone() ? "done" : "open") + QByteArray::number(at);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    HeadParser whole;
    const qsizetype taken = whole.feed(bytes);
    fuzz::require(taken <= bytes.size());
    HeadParser pieces;
    qsizetype at = 0;
    while (at < bytes.size() && pieces.state() == HeadParser::State::Reading)
        at += pieces.feed(bytes.sliced(at, 1));
    fuzz::require(pieces.state() == whole.state());
    if (whole.state() == HeadParser::State::Failed)
        fuzz::require(whole.error().status >= 400 && whole.error().status == pieces.error().status);
    if (whole.state() != HeadParser::State::Complete)
        return 0;

    const RequestHead &head = whole.head();
    fuzz::require(at == taken && head.fields == pieces.head().fields && head.path == pieces.head().path);
    fuzz::require(head.path.startsWith('/') && !pathProblem(head.path) && !pathSegments(head.path).isEmpty());
    fuzz::require(!(head.chunked && head.contentLength));
    (void)parseQuery(head.query);
    for (const HttpHeader &field : head.fields) {
        if (const auto parameters = parseHeaderParameters(field.value)) {
            (void)multipartBoundary(*parameters);
            (void)dispositionFileName(*parameters);
        }
    }
    const QByteArrayView rest = bytes.sliced(taken);
    const QByteArray once = body(rest, std::max<qsizetype>(rest.size(), 1));
    for (const qsizetype piece : {1, 3})
        fuzz::require(body(rest, piece) == once);
    return 0;
}
