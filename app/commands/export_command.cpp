// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_context.h"
#include "app/console.h"

#include <QCoreApplication>
#include <QSaveFile>

namespace idstore::commands {

namespace {

Error cannotWrite(const QSaveFile &file)
{
    Error error;
    error.kind = ErrorKind::Unavailable;
    error.code = QStringLiteral("output_failed");
    error.message =
        QCoreApplication::translate("Commands", "%1 cannot be written: %2").arg(file.fileName(), file.errorString());
    return error;
}

} // namespace

Result<int> exportSource(const CommandContext &context)
{
    QByteArray path =
        client::apiPath({QStringLiteral("sources"), context.call.arguments.first(), QStringLiteral("export")});
    path += context.call.format == ExportFormat::Csv ? "?format=csv" : "?format=ndjson";
    if (context.call.typedExport)
        path += "&types=true";
    if (context.call.output.isEmpty()) {
        IDS_CHECK(context.client.download(path, printBytes));
        return exitDone;
    }

    // Takes its name only when complete, so that a broken export never stands where a good one stood.
    QSaveFile file(context.call.output);
    if (!file.open(QIODevice::WriteOnly))
        return cannotWrite(file);
    IDS_CHECK(context.client.download(path, [&file](QByteArrayView bytes) -> Result<void> {
        if (file.write(bytes.data(), bytes.size()) != bytes.size())
            return cannotWrite(file);
        return {};
    }));
    if (!file.commit())
        return cannotWrite(file);
    return exitDone;
}

} // namespace idstore::commands
