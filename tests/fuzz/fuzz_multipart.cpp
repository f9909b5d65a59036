// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all as a multipart/form-data body: however it is cut into pieces, the same comes out.
#include "server/http/multipart_parser.h"

#include "fuzz_input.h"

#include <optional>

using namespace idstore;

namespace {

class Recorder final : public MultipartParser::Sink
{
public:
    void partBegins(const HeaderParameters &disposition) override
    {
        fuzz::require(!m_inPart && disposition.word == "form-data");
        m_inPart = true;
        ++m_parts;
        all += '<' + disposition.parameters.value("name") + '|' + dispositionFileName(disposition).toUtf8() + '>';
    }
    void partData(QByteArrayView data) override
    {
        fuzz::require(m_inPart);
        all.append(data);
    }
    void partEnds() override
    {
        fuzz::require(m_inPart);
        m_inPart = false;
        all += "</>";
    }
    [[nodiscard]] int parts() const { return m_parts; }

    QByteArray all;

private:
    bool m_inPart = false;
    int m_parts = 0;
};

/// What came of the whole body; nothing when it was refused.
std::optional<QByteArray> parsed(QByteArrayView body, qsizetype piece)
{
    Recorder recorder;
    MultipartParser parser("edge", recorder);
    for (qsizetype at = 0; at < body.size(); at += piece) {
        if (!parser.feed(body.sliced(at, std::min(piece, body.size() - at)))) {
            fuzz::require(!parser.error().isEmpty());
            return std::nullopt;
        }
    }
    fuzz::require(recorder.parts() <= MultipartParser::maxParts);
    if (!parser.finish())
        return std::nullopt;
    return recorder.all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView body(data, static_cast<qsizetype>(size));
    const auto whole = parsed(body, std::max<qsizetype>(body.size(), 1));
    for (const qsizetype piece : {1, 2, 7, 61})
        fuzz::require(parsed(body, piece) == whole);
    return 0;
}
