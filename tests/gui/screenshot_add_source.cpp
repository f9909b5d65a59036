// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/screenshot_add_source.h"

#include "models/services/engine.h"
#include "tests/gui/screenshot_data.h"
#include "tests/support/http_peer.h"
#include "ui/pages/add_source/connection_editor.h"
#include "ui/pages/add_source/connection_report.h"
#include "ui/pages/add_source/connector_gallery.h"
#include "ui/pages/add_source/schema_form.h"
#include "ui/pages/add_source/source_wizard.h"
#include "ui/pages/sources/source_actions.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/segments.h"

#include <QAbstractButton>
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace idstore {

namespace {

constexpr int patience = 30'000; // milliseconds

void trigger(MainWindow &window, const QString &text)
{
    const QList<QAction *> actions = window.findChildren<QAction *>();
    for (QAction *action : actions) {
        if (action->text() == text)
            action->trigger();
    }
}

void type(SourceWizard &wizard, const QString &field, const QString &text)
{
    auto *line = wizard.findChild<QLineEdit *>(field);
    if (!line)
        qFatal("no field %s", qPrintable(field));
    line->setFocus();
    line->clear();
    QTest::keyClicks(line, text);
}

void waitForReport(SourceWizard &wizard)
{
    auto *report = wizard.findChild<ConnectionReportView *>();
    if (!QTest::qWaitFor([report] { return !report->isRunning(); }, patience))
        qFatal("the test does not end");
}

} // namespace

void shootAddSource(MainWindow &window, const std::function<void(const QString &)> &shoot,
                    const std::function<void(const QString &)> &setTheme)
{
    for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        qunsetenv(name);
    bool isLocked = true;
    test::HttpPeer peer([&isLocked](const test::PeerRequest &) {
        return isLocked ? test::PeerAnswer::of(401) : test::PeerAnswer::of(200, leads(3'482));
    });
    const auto inAllLooks = [&](const QString &name) {
        shoot(name);
        setTheme(QStringLiteral("Dark"));
        shoot(QString(name % QStringLiteral("-dark")));
        setTheme(QStringLiteral("High contrast"));
        shoot(QString(name % QStringLiteral("-hc")));
        setTheme(QStringLiteral("Light"));
        const QSize size = window.size();
        window.resize(1024, 738);
        shoot(QString(name % QStringLiteral("-1024")));
        window.resize(size);
    };

    trigger(window, QStringLiteral("Add source…"));
    inAllLooks(QStringLiteral("03-add-source-gallery"));
    auto *gallery = window.findChild<ConnectorGallery *>();
    QTest::keyClicks(gallery->findChild<QLineEdit *>(), QStringLiteral("sap"));
    shoot(QStringLiteral("03-add-source-nothing"));
    QTest::keyClick(gallery->findChild<QLineEdit *>(), Qt::Key_Escape);

    Q_EMIT gallery->connectorChosen(QStringLiteral("csv_url"));
    auto *wizard = window.findChild<SourceWizard *>();
    auto *next = wizard->findChild<QPushButton *>(QStringLiteral("wizardNext"));
    shoot(QStringLiteral("04-wizard-connect"));
    type(*wizard, QStringLiteral("username"), QStringLiteral("identity_reader"));
    type(*wizard, QStringLiteral("password"), QStringLiteral("invented password"));
    type(*wizard, QStringLiteral("url"), QStringLiteral("crm.example.com/leads.csv"));
    next->click();
    inAllLooks(QStringLiteral("04-wizard-connect-errors"));

    type(*wizard, QStringLiteral("url"), peer.url(QStringLiteral("/leads_munich.csv")).toString());
    wizard->findChild<QCheckBox *>(QStringLiteral("allow_private_network"))->click();
    next->click();
    shoot(QStringLiteral("05-wizard-test-running"));
    waitForReport(*wizard);
    inAllLooks(QStringLiteral("05-wizard-test"));
    wizard->findChild<QPushButton *>(QStringLiteral("showCause"))->click();
    shoot(QStringLiteral("05-wizard-test-cause"));
    isLocked = false;
    Q_EMIT wizard->findChild<ConnectionReportView *>()->retryWanted();
    waitForReport(*wizard);
    shoot(QStringLiteral("05-wizard-test-passed"));
    next->click();
    QTest::qWait(500);
    shoot(QStringLiteral("05-wizard-choose"));
    next->click();
    QTest::qWait(500);
    inAllLooks(QStringLiteral("06-wizard-preview"));
    next->click();
    auto *title = wizard->findChild<QLabel *>(QStringLiteral("doneTitle"));
    if (!QTest::qWaitFor([title] { return title->text().contains(QStringLiteral("is ready")); }, patience))
        qFatal("the run does not end");
    inAllLooks(QStringLiteral("06-wizard-done"));
    next->click();
    QTest::qWait(800);
    shoot(QStringLiteral("06-wizard-source"));
    trigger(window, QStringLiteral("Connection…"));
    shoot(QStringLiteral("04-connection-edit"));
    window.findChild<ConnectionEditor *>()->leave();
    for (const char *type : {"sftp_csv", "s3_csv", "google_sheets"}) {
        Q_EMIT gallery->connectorChosen(QLatin1StringView(type));
        const QList<Segments *> ways = wizard->findChildren<Segments *>();
        if (!ways.isEmpty())
            ways.last()->findChildren<QAbstractButton *>().last()->click();
        shoot(QString(QStringLiteral("04-form-") % QLatin1StringView(type)));
        wizard->start(QStringLiteral("csv_url"));
    }
}

} // namespace idstore
