// SPDX-License-Identifier: GPL-3.0-or-later
// Every control that a person can reach has a name for a screen reader, on every page and in the source panel.
#include "tests/gui/gui_fixture.h"
#include "ui/pages/add_source/connector_gallery.h"
#include "ui/pages/sources/source_panel.h"
#include "ui/pages/sources/sources_area.h"

#include <QAccessible>
#include <QTabBar>

using namespace idstore;
using namespace idstore::test;

namespace {

QString describe(const QWidget *widget)
{
    QStringList path;
    for (const QWidget *step = widget; step; step = step->parentWidget())
        path.prepend(QLatin1StringView(step->metaObject()->className()));
    return path.join(QStringLiteral(" > "));
}

// The visible widgets that take the keyboard's focus and say nothing about themselves.
QStringList namelessControls(QWidget &root)
{
    QStringList nameless;
    const auto widgets = root.findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy())
            continue;
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        if (!interface || interface->text(QAccessible::Name).trimmed().isEmpty())
            nameless.append(describe(widget));
    }
    return nameless;
}

} // namespace

class TestAccessibleNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyWindow_everyControl_hasAName();
    void pages_everyControl_hasAName_data();
    void pages_everyControl_hasAName();
    void panel_everyTab_everyControlHasAName();
    void preview_everyControl_hasAName();
    void addSource_everyControl_hasAName();
};

void TestAccessibleNames::emptyWindow_everyControl_hasAName()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    QTest::qWait(100);
    QCOMPARE(namelessControls(fixture.window()), QStringList());
}

void TestAccessibleNames::pages_everyControl_hasAName_data()
{
    QTest::addColumn<QString>("page");
    for (const char *page : {"sources", "records", "activity", "api", "settings"})
        QTest::newRow(page) << QString(QLatin1StringView(page));
}

void TestAccessibleNames::pages_everyControl_hasAName()
{
    QFETCH(QString, page);
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    const auto source = fixture.store().addFile(QStringLiteral("Leads"), "id,name\r\n1,Ada\r\n2,Bo,x\r\n");
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(fixture.store().ingest(source->id));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    fixture.window().showPage(page);
    QTest::qWait(200);
    QCOMPARE(namelessControls(fixture.window()), QStringList());
}

void TestAccessibleNames::panel_everyTab_everyControlHasAName()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    const auto source = fixture.store().addFile(QStringLiteral("Leads"), "id,name\r\n1,Ada\r\n2,Bo,x\r\n");
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(fixture.store().ingest(source->id));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    fixture.window().showSource(source->id);
    auto *tabs = fixture.window().findChild<SourcePanel *>()->findChild<QTabBar *>();
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        QTest::qWait(150);
        QCOMPARE(namelessControls(fixture.window()), QStringList());
    }
}

void TestAccessibleNames::preview_everyControl_hasAName()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    QVERIFY(fixture.drop({fixture.writeFile(QStringLiteral("a.csv"), "id;day\r\n1;03/04/2026\r\n2;x;y;z\r\n"),
                          fixture.writeFile(QStringLiteral("b.csv"), "id,name\r\n1,Ada\r\n")}));
    auto *review = fixture.window().findChild<FileReview *>();
    QTRY_VERIFY_WITH_TIMEOUT(review->isReady(), 30'000);
    QCOMPARE(namelessControls(fixture.window()), QStringList());
}

void TestAccessibleNames::addSource_everyControl_hasAName()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    fixture.window().findChild<SourcesArea *>()->addSource();
    QCOMPARE(namelessControls(fixture.window()), QStringList());
    auto *gallery = fixture.window().findChild<ConnectorGallery *>();
    for (const Connector *connector : connectors.all()) {
        if (!connector->descriptor().readable)
            continue;
        Q_EMIT gallery->connectorChosen(connector->descriptor().id);
        QCOMPARE(namelessControls(fixture.window()), QStringList());
    }
}

QTEST_MAIN(TestAccessibleNames)
#include "tst_accessible_names.moc"
