// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/source.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace idstore {

class Engine;

/// Two thousand invented people in three sources, for looking around. The same every time.
struct SampleFile
{
    QString fileName; ///< tells sample sources from a person's own
    QString name; ///< of the source, translated
    QByteArray csv;
};

[[nodiscard]] QList<SampleFile> sampleFiles();
[[nodiscard]] bool isSample(const Source &source);

/// Makes the three sources and starts reading them. Touches the disk: call it off the window's thread.
[[nodiscard]] Result<void> addSampleData(Engine &engine);

} // namespace idstore
