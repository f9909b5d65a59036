// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application_setup.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <memory>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace idstore {

namespace {

void installTranslator(QCoreApplication &application, const QString &name, const QString &folder)
{
    auto translator = std::make_unique<QTranslator>(&application);
    // Without a translation for this language, the English of the source stays.
    if (translator->load(QLocale(), name, QStringLiteral("_"), folder))
        QCoreApplication::installTranslator(translator.release());
}

} // namespace

void keepMemoryOutOfCrashFiles()
{
#ifdef Q_OS_UNIX
    // The limit that may be raised again stays, for whoever looks for a defect: prlimit --core=unlimited.
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0;
        ::setrlimit(RLIMIT_CORE, &limit);
    }
#endif
}

void setUpApplication(QCoreApplication &application)
{
    QCoreApplication::setApplicationName(QStringLiteral("identity-store"));
    QCoreApplication::setOrganizationName(QStringLiteral("identity-store"));
    QCoreApplication::setApplicationVersion(QStringLiteral(IDSTORE_VERSION));
    installTranslator(application, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // The plural forms of English first: they stand in for any language there is no translation of.
    installTranslator(application, QStringLiteral("identity-store_en"), QStringLiteral(":/i18n"));
    installTranslator(application, QStringLiteral("identity-store"), QStringLiteral(":/i18n"));
}

} // namespace idstore
