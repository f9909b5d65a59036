// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

namespace idstore {

/// One of the values that a setting can have.
struct ReadingChoice
{
    QJsonValue value; ///< as it stands in a source's config
    QString label; ///< what a person reads, translated
    bool hidden = false; ///< a sheet that its workbook hides

    bool operator==(const ReadingChoice &) const = default;
};

/// One setting that a source is read with: found out from the source, or chosen in its config.
struct ReadingSetting
{
    QString name; ///< of the property in the source's config, such as "delimiter"
    QJsonValue value; ///< as it stands in a config; put there, the same rows are read. Null: nothing is known yet
    bool chosen = false; ///< stands in the config; false: found out
    QString reason = {}; ///< a few words on what it was found out from; translated, may be empty
    QList<ReadingChoice> choices = {}; ///< what it can be; empty: anything that the config's schema allows

    bool operator==(const ReadingSetting &) const = default;
};

/// What a reader understood of its source: the settings it reads with, in the words of the source's config and in the
/// order to show them, and remarks in plain sentences. Value type.
struct SourceReading
{
    QList<ReadingSetting> settings;
    QStringList remarks; ///< "3 lines before the table are passed over."; translated

    /// The setting of this name, or null.
    [[nodiscard]] const ReadingSetting *find(QStringView name) const
    {
        for (const ReadingSetting &setting : settings) {
            if (setting.name == name)
                return &setting;
        }
        return nullptr;
    }
    /// All values that are known, as a config.
    [[nodiscard]] QJsonObject config() const
    {
        QJsonObject object;
        for (const ReadingSetting &setting : settings) {
            if (!setting.value.isNull())
                object.insert(setting.name, setting.value);
        }
        return object;
    }

    bool operator==(const SourceReading &) const = default;
};

} // namespace idstore
