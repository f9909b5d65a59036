// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"

#include "app/option_tables.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

#include <limits>

namespace idstore {

namespace {

Error wrongUsage(const QString &message)
{
    Error error;
    error.kind = ErrorKind::InvalidInput;
    error.code = QStringLiteral("wrong_usage");
    error.message = message;
    error.remedy = QCoreApplication::translate("Options", "Run 'identity-store --help' to see what is possible.");
    return error;
}

QString defaultDataDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/identity-store");
}

/// The command line taken apart: options as written, and everything else in order.
struct Parts
{
    struct Given
    {
        const OptionSpec *option;
        QString value;
    };
    QList<Given> options;
    QStringList words;
};

const OptionSpec *findOption(QStringView name)
{
    for (const OptionSpec &option : optionTable()) {
        const bool isLetter = option.letter != '\0' && name.size() == 1 && name.front() == QLatin1Char(option.letter);
        if (isLetter || name == QLatin1StringView(option.name))
            return &option;
    }
    return nullptr;
}

Result<Parts> split(const QStringList &arguments)
{
    Parts parts;
    bool onlyWords = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (onlyWords || argument.size() < 2 || !argument.startsWith(u'-')) {
            parts.words.append(argument);
            continue;
        }
        if (argument == QStringLiteral("--")) {
            onlyWords = true;
            continue;
        }
        const bool isLong = argument.startsWith(QStringLiteral("--"));
        const qsizetype equals = isLong ? argument.indexOf(u'=') : -1;
        const QString name = argument.mid(isLong ? 2 : 1, equals < 0 ? -1 : equals - 2);
        const OptionSpec *option = isLong || name.size() == 1 ? findOption(name) : nullptr;
        if (!option || (isLong && name.size() == 1))
            return wrongUsage(QCoreApplication::translate("Options", "There is no option '%1'.").arg(argument));

        if (!option->valueName) {
            if (equals >= 0)
                return wrongUsage(QCoreApplication::translate("Options", "The option --%1 takes no value.").arg(name));
            parts.options.append({option, QString()});
        } else if (equals >= 0) {
            parts.options.append({option, argument.mid(equals + 1)});
        } else if (i + 1 < arguments.size()) {
            parts.options.append({option, arguments.at(++i)});
        } else {
            return wrongUsage(QCoreApplication::translate("Options", "The option %1 needs a value.").arg(argument));
        }
    }
    return parts;
}

/// Takes the command's name off the front of `words`.
Result<const CommandSpec *> takeCommand(QStringList &words)
{
    const CommandSpec *found = nullptr;
    for (const CommandSpec &command : commandTable()) {
        const QStringList name = QString::fromLatin1(command.name).split(u' ');
        if (words.mid(0, name.size()) == name) {
            found = &command;
            words = words.mid(name.size());
            break;
        }
    }
    if (!found) {
        return wrongUsage(
            QCoreApplication::translate("Options", "There is no command '%1'.").arg(words.mid(0, 2).join(u' ')));
    }
    if (words.size() < found->minimumArguments || words.size() > found->maximumArguments) {
        return wrongUsage(QCoreApplication::translate("Options", "This command is written: identity-store %1 %2")
                              .arg(QLatin1StringView(found->name), QLatin1StringView(found->synopsis)));
    }
    return found;
}

Result<void> apply(const OptionSpec &option, const QString &value, const QString &writtenAs, Invocation &invocation)
{
    if (const auto problem = option.apply(value, invocation))
        return wrongUsage(QStringLiteral("%1: %2").arg(writtenAs, *problem));
    return {};
}

/// What holds between the options of an import.
Result<void> checkImport(const CommandCall &command)
{
    const bool several = command.kind == CommandKind::Import && command.arguments.size() > 1;
    if (several && !command.name.isEmpty())
        return wrongUsage(QCoreApplication::translate("Options", "The option --name goes with one file only."));
    if (several && !command.into.isEmpty())
        return wrongUsage(QCoreApplication::translate("Options", "The option --into goes with one file only."));
    if (!command.name.isEmpty() && !command.into.isEmpty()) {
        return wrongUsage(
            QCoreApplication::translate("Options", "The options --name and --into do not go together: the source keeps "
                                                   "its name."));
    }
    return {};
}

} // namespace

std::optional<qint64> parseByteSize(QStringView text)
{
    qint64 unit = 1;
    if (!text.isEmpty()) {
        const qsizetype power = QStringView(u"KMGT").indexOf(text.back().toUpper());
        if (power >= 0) {
            unit = qint64(1) << (10 * (power + 1));
            text.chop(1);
        }
    }
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
    }
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number < 1 || number > std::numeric_limits<qint64>::max() / unit)
        return std::nullopt;
    return number * unit;
}

Result<Invocation> parseInvocation(const QStringList &arguments, const QProcessEnvironment &environment)
{
    Invocation invocation;
    IDS_TRY(parts, split(arguments));

    unsigned use = forWindow;
    if (!parts.words.isEmpty()) {
        IDS_TRY(command, takeCommand(parts.words));
        use = command->use;
        invocation.face = use == forServe ? Face::Serve : Face::Command;
        invocation.command.kind = command->kind;
        invocation.command.arguments = parts.words;
    }

    for (const OptionSpec &option : optionTable()) {
        const QString variable = QString::fromLatin1(option.environment);
        const bool isGiven = std::any_of(parts.options.cbegin(), parts.options.cend(),
                                         [&](const Parts::Given &given) { return given.option == &option; });
        if (variable.isEmpty() || isGiven || environment.value(variable).isEmpty())
            continue;
        IDS_CHECK(apply(option, environment.value(variable), variable, invocation));
    }
    for (const Parts::Given &given : parts.options) {
        const QString name = QLatin1StringView("--") + QLatin1StringView(given.option->name);
        if ((given.option->uses & use) == 0) {
            return wrongUsage(
                QCoreApplication::translate("Options", "The option %1 does not go with this command.").arg(name));
        }
        IDS_CHECK(apply(*given.option, given.value, name, invocation));
    }

    IDS_CHECK(checkImport(invocation.command));
    if (invocation.start.dataDirectory.isEmpty())
        invocation.start.dataDirectory = defaultDataDirectory();
    if (invocation.start.tokenFile.isEmpty())
        invocation.start.tokenFile = QDir(invocation.start.dataDirectory).filePath(QStringLiteral("token"));
    return invocation;
}

} // namespace idstore
