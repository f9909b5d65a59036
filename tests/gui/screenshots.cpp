// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the window's scenes into a folder, from invented data in a temporary directory:
//     idstore_screenshots <folder> [font [scene]]   scenes: empty, preview, types, filled, rejects, add
#include "connectors/connector_catalog.h"
#include "models/services/engine.h"
#include "models/services/staged_upload.h"
#include "tests/gui/screenshot_add_source.h"
#include "tests/gui/screenshot_data.h"
#include "ui/pages/preview/date_question.h"
#include "ui/pages/preview/file_review.h"
#include "ui/pages/records/filter_editor.h"
#include "ui/pages/records/record_header.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/records/records_view.h"
#include "ui/pages/sources/column_list.h"
#include "ui/pages/sources/source_panel.h"
#include "ui/shell/main_window.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace idstore;

namespace {

struct Fixture
{
    const char *name;
    int rows;
    int broken; ///< lines with too many fields
};

// Invented, and small enough to be made in a moment.
constexpr Fixture fixtures[] = {
    {"Partner leads", 41'077, 0},      {"Customer master", 120'000, 0},  {"Marketing contacts", 18'240, 0},
    {"Product accounts", 8'031, 0},    {"CRM contacts EMEA", 41'280, 7}, {"Billing customers", 58'931, 0},
    {"Event registrations", 1'846, 0}, {"Loyalty members", 104'377, 0},  {"Newsletter audience", 96'512, 0},
    {"Support users", 34'190, 0},      {"Shop orders 2025", 12'004, 0},  {"Trade fair Munich", 3'482, 14},
};

class Scenes
{
public:
    explicit Scenes(QString folder)
        : m_folder(std::move(folder))
    {}

    void empty();
    void filled();
    void rejects();
    void preview();
    void types();
    void addSource();

private:
    std::unique_ptr<Engine> open(const QString &name);
    SourceId add(Engine &engine, const QString &name, const QByteArray &content, bool run = true);
    static void settle(Engine &engine);
    void shoot(QWidget &window, const QString &name);
    static void choose(MainWindow &window, const QString &source);
    static void setTheme(MainWindow &window, const QString &name);
    [[nodiscard]] QString write(const QString &name, const QByteArray &content);

    QString m_folder;
    QTemporaryDir m_data;
    BuiltInConnectors m_connectors;
    SystemClock m_clock;
};

std::unique_ptr<Engine> Scenes::open(const QString &name)
{
    EngineOptions options;
    options.dataDirectory = m_data.filePath(name);
    auto engine = Engine::open(options, m_connectors, m_clock);
    if (!engine)
        qFatal("%s", qPrintable(engine.error().logLine()));
    return std::move(*engine);
}

SourceId Scenes::add(Engine &engine, const QString &name, const QByteArray &content, bool run)
{
    const UserId user = TokenService::localUser();
    auto upload = engine.sources().stageUpload();
    if (!upload || !(*upload)->write(content))
        qFatal("cannot stage");
    const QString fileName =
        QString(name).toLower().replace(QLatin1Char(' '), QLatin1Char('_')) % QLatin1StringView(".csv");
    const auto source = engine.sources().createFromFile(user, {name, {}, fileName}, std::move(*upload));
    if (!source)
        qFatal("%s", qPrintable(source.error().logLine()));
    if (run && !engine.ingestion().start(user, source->id, RunMode::Full, RunTrigger::Api))
        qFatal("cannot start");
    return source->id;
}

void Scenes::settle(Engine &engine)
{
    if (!QTest::qWaitFor([&engine] { return engine.ingestion().runningCount() == 0; }, 120'000))
        qFatal("runs do not end");
    QTest::qWait(600);
}

void Scenes::shoot(QWidget &window, const QString &name)
{
    QTest::qWait(250);
    const QString path = QDir(m_folder).filePath(name % QLatin1StringView(".png"));
    if (!window.grab().save(path))
        qFatal("cannot write %s", qPrintable(path));
}

void Scenes::choose(MainWindow &window, const QString &source)
{
    auto *table = window.findChild<QTableView *>(QStringLiteral("sourcesTable"));
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString() == source)
            table->setCurrentIndex(table->model()->index(row, 0));
    }
}

void Scenes::setTheme(MainWindow &window, const QString &name)
{
    for (QAction *action : window.findChildren<QAction *>()) {
        if (action->text() == name)
            action->trigger();
    }
}

QString Scenes::write(const QString &name, const QByteArray &content)
{
    QFile file(m_data.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(name));
    return file.fileName();
}

void Scenes::preview()
{
    auto engine = open(QStringLiteral("preview"));
    MainWindow window({*engine, QUrl(QStringLiteral("http://127.0.0.1:8765")), {}, {}});
    window.resize(1440, 870);
    window.show();
    window.activateWindow();
    QApplication::setActiveWindow(&window);
    QTest::qWait(300);
    const auto review = [&window] { return window.findChild<FileReview *>(); };
    const auto settled = [&] {
        [[maybe_unused]] const bool ended = QTest::qWaitFor([&review] { return review()->isReady(); }, 20'000);
        QTest::qWait(200);
    };
    window.addFiles({write(QStringLiteral("leads_munich.csv"), leads(3'482))});
    settled();
    shoot(window, QStringLiteral("06-preview"));
    auto *question = review()->findChild<DateQuestion *>();
    question->findChildren<QPushButton *>().constFirst()->click();
    auto *quote = review()->findChild<QComboBox *>(QStringLiteral("quote"));
    quote->setCurrentIndex(2);
    Q_EMIT quote->activated(2);
    settled();
    shoot(window, QStringLiteral("06-preview-overrides"));
    setTheme(window, QStringLiteral("Dark"));
    shoot(window, QStringLiteral("06-preview-dark"));
    setTheme(window, QStringLiteral("Light"));
    window.resize(1024, 738);
    shoot(window, QStringLiteral("06-preview-1024"));
    auto *rows = review()->findChild<RecordHeader *>();
    Q_EMIT rows->menuWanted(7);
    QTest::qWait(200);
    if (QWidget *menu = QApplication::activePopupWidget()) {
        shoot(*menu, QStringLiteral("06-preview-type-menu"));
        menu->close();
    }
    window.resize(1440, 870);
    for (QPushButton *button : review()->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == QStringLiteral("Show them"))
            button->click();
    }
    shoot(window, QStringLiteral("06-preview-rejected"));
    window.addFiles({write(QStringLiteral("fair.csv"), leads(120)),
                     write(QStringLiteral("picture.csv"), "\x89PNG\r\n\x1a\n"),
                     write(QStringLiteral("newsletter_spring_2026.csv"), csv(40, 0))});
    settled();
    shoot(window, QStringLiteral("06-preview-several"));
    review()->findChild<QListWidget *>()->setCurrentRow(2);
    shoot(window, QStringLiteral("06-preview-broken"));
}

void Scenes::types()
{
    auto engine = open(QStringLiteral("types"));
    const SourceId id = add(*engine, QStringLiteral("Trade fair Munich"), leads(3'482));
    add(*engine, QStringLiteral("CRM contacts EMEA"), csv(41'280, 7));
    settle(*engine);
    MainWindow window({*engine, QUrl(QStringLiteral("http://127.0.0.1:8765")), {}, {}});
    window.resize(1440, 870);
    window.show();
    window.activateWindow();
    QApplication::setActiveWindow(&window);
    QTest::qWait(500);
    window.showSource(id);
    shoot(window, QStringLiteral("01-sources-question"));
    auto *columns = window.findChild<ColumnList *>();
    columns->setCurrentIndex(columns->model()->index(7, 1));
    QTest::keyClick(columns, Qt::Key_Return);
    QTest::qWait(200);
    if (QWidget *menu = QApplication::activePopupWidget()) {
        shoot(*menu, QStringLiteral("01-sources-type-menu"));
        menu->close();
    }
    auto *question = window.findChild<SourcePanel *>()->findChild<DateQuestion *>();
    question->findChildren<QPushButton *>().constFirst()->click();
    QTest::qWait(600);
    shoot(window, QStringLiteral("01-sources-question-answered"));

    window.showPage(QStringLiteral("records"));
    QTest::qWait(500);
    auto *header = window.findChild<RecordsPage *>()->findChild<RecordHeader *>();
    auto *view = window.findChild<RecordsPage *>()->findChild<RecordsView *>();
    window.findChild<RecordsPage *>()->showSource(id);
    QTest::qWait(500);
    header->setSortIndicator(7, Qt::DescendingOrder);
    QTest::qWait(800);
    shoot(window, QStringLiteral("09-records-sorted"));
    Q_EMIT header->menuWanted(5);
    QTest::qWait(200);
    if (auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())) {
        shoot(*menu, QStringLiteral("09-records-header-menu"));
        for (QAction *action : menu->actions()) {
            if (action->text() == QStringLiteral("Filter…"))
                action->trigger();
        }
        menu->close();
    }
    QTest::qWait(300);
    if (auto *editor = view->findChild<FilterEditor *>()) {
        editor->findChild<QLineEdit *>()->setText(QStringLiteral("ö"));
        shoot(*editor, QStringLiteral("09-records-filter-editor"));
        QTest::keyClick(editor, Qt::Key_Return);
    }
    QTest::qWait(600);
    shoot(window, QStringLiteral("09-records-filtered"));
    setTheme(window, QStringLiteral("Dark"));
    shoot(window, QStringLiteral("09-records-filtered-dark"));
    setTheme(window, QStringLiteral("Light"));
}

void Scenes::empty()
{
    auto engine = open(QStringLiteral("empty"));
    MainWindow window({*engine, QUrl(QStringLiteral("http://127.0.0.1:8765")), {}, {}});
    window.resize(1440, 870);
    window.show();
    window.activateWindow();
    QApplication::setActiveWindow(&window);
    QTest::qWait(300);
    shoot(window, QStringLiteral("02-empty"));
    window.resize(760, 640);
    shoot(window, QStringLiteral("02-empty-narrow"));
}

void Scenes::filled()
{
    auto engine = open(QStringLiteral("filled"));
    for (const Fixture &fixture : fixtures) {
        const bool pending = qstrcmp(fixture.name, "Product accounts") == 0;
        add(*engine, QLatin1StringView(fixture.name), csv(fixture.rows, fixture.broken), !pending);
    }
    const SourceId broken = add(*engine, QStringLiteral("Old export"), csv(5, 0), false);
    const UserId user = TokenService::localUser();
    QFile::remove(engine->sources().get(user, broken)->file->path);
    if (!engine->ingestion().start(user, broken, RunMode::Full, RunTrigger::Api))
        qFatal("cannot start");
    settle(*engine);

    MainWindow window({*engine, QUrl(QStringLiteral("http://127.0.0.1:8765")), {}, {}});
    window.resize(1440, 870);
    window.show();
    window.activateWindow();
    QApplication::setActiveWindow(&window);
    QTest::qWait(600);
    shoot(window, QStringLiteral("01-sources"));
    auto *table = window.findChild<QTableView *>(QStringLiteral("sourcesTable"));
    choose(window, QStringLiteral("CRM contacts EMEA"));
    QTest::keyClick(table, Qt::Key_Return);
    shoot(window, QStringLiteral("01-sources-panel"));
    window.resize(1280, 770);
    shoot(window, QStringLiteral("01-sources-1280"));
    QTest::keyClick(table, Qt::Key_Escape);
    window.resize(1024, 738);
    shoot(window, QStringLiteral("01-sources-1024"));
    QTest::keyClick(table, Qt::Key_Return);
    shoot(window, QStringLiteral("01-sources-1024-panel"));
    QTest::keyClick(table, Qt::Key_Escape);
    window.resize(1440, 870);
    choose(window, QStringLiteral("Old export"));
    QTest::keyClick(table, Qt::Key_Return);
    shoot(window, QStringLiteral("01-sources-error"));

    QAction *dark = nullptr;
    for (QAction *action : window.findChildren<QAction *>()) {
        if (action->text() == QStringLiteral("Dark"))
            dark = action;
    }
    choose(window, QStringLiteral("CRM contacts EMEA"));
    dark->trigger();
    shoot(window, QStringLiteral("01-sources-dark"));
    for (QAction *action : window.findChildren<QAction *>()) {
        if (action->text() == QStringLiteral("High contrast"))
            action->trigger();
    }
    shoot(window, QStringLiteral("01-sources-hc"));
    for (QAction *action : window.findChildren<QAction *>()) {
        if (action->text() == QStringLiteral("Light"))
            action->trigger();
    }

    add(*engine, QStringLiteral("Web sign-ups"), csv(3'000'000, 0));
    QTest::qWait(500);
    shoot(window, QStringLiteral("01-sources-ingesting"));
    choose(window, QStringLiteral("Web sign-ups"));
    shoot(window, QStringLiteral("01-sources-ingesting-panel"));
    settle(*engine);

    choose(window, QStringLiteral("Trade fair Munich"));
    auto *panel = window.findChild<SourcePanel *>();
    for (const auto &[tab, name] :
         {std::pair(SourcePanel::RecordsTab, "panel-records"), std::pair(SourcePanel::HistoryTab, "panel-history"),
          std::pair(SourcePanel::RejectedTab, "panel-rejected")}) {
        panel->showTab(tab);
        shoot(window, QLatin1StringView(name));
    }
    Q_EMIT panel->expandWanted(true);
    shoot(window, QStringLiteral("11-rejects"));
    for (const char *page : {"records", "activity", "api", "settings"}) {
        window.showPage(QLatin1StringView(page));
        shoot(window, QLatin1StringView(page));
    }
}

/// Rejected rows on their way to being repaired.
void Scenes::rejects()
{
    auto engine = open(QStringLiteral("rejects"));
    QByteArray text("Nr;Vorname;Nachname;Firma;PLZ;Ort;Telefon;Kontakt\r\n");
    for (int i = 1; i <= 3'482; ++i) {
        const QByteArray number = QByteArray::number(i).rightJustified(5, '0');
        if (i % 240 == 0)
            text += number + ";Lena;Fuchs;Fuchs; Partner;01809;Heidenau;03529 55501;06/04/2026\r\n";
        else if (i % 1'100 == 0)
            text += number + ";Uli;Frank;\"Haus am Ring;22767;Hamburg;040 55508;04/04/2026\r\n";
        else
            text += number + ";Paul;Jansen;Jansen & Co;28195;Bremen;0421 55501;02/04/2026\r\n";
    }
    const SourceId source = add(*engine, QStringLiteral("Trade fair Munich"), text);
    settle(*engine);
    const UserId user = TokenService::localUser();
    const auto correct = [&](qint64 row, const QString &raw) {
        if (!engine->rejections().correct(user, source, row, {{raw, std::nullopt}}))
            qFatal("cannot correct");
    };
    correct(1, QStringLiteral("00240;Lena;Fuchs;\"Fuchs; Partner\";01809;Heidenau;03529 55501;06/04/2026"));
    correct(2, QStringLiteral("00480;Lena;Fuchs;\"Fuchs; Partner;01809;Heidenau;03529 55501;06/04/2026"));

    MainWindow window({*engine, QUrl(QStringLiteral("http://127.0.0.1:8765")), {}, {}});
    window.resize(1440, 870);
    window.show();
    window.activateWindow();
    QApplication::setActiveWindow(&window);
    QTest::qWait(600);
    window.showSource(source);
    auto *panel = window.findChild<SourcePanel *>();
    panel->showTab(SourcePanel::RejectedTab);
    QTest::qWait(400);
    shoot(window, QStringLiteral("11-rejects-panel"));
    Q_EMIT panel->expandWanted(true);
    QTest::qWait(400);
    const auto named = [&panel](const QString &name) -> QWidget * {
        const QList<QWidget *> widgets = panel->findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            if (widget->accessibleName() == name)
                return widget;
        }
        qFatal("no %s", qPrintable(name));
    };
    auto *list = qobject_cast<QTableView *>(named(QStringLiteral("Rejected rows")));
    auto *raw = qobject_cast<QPlainTextEdit *>(named(QStringLiteral("Text in the file")));
    list->selectRow(2);
    QTest::qWait(400);
    shoot(window, QStringLiteral("11-rejects"));
    raw->setFocus();
    raw->setPlainText(QStringLiteral("00720;Lena;Fuchs;\"Fuchs; Partner\";01809;Heidenau;03529 55501;06/04/2026"));
    QTest::qWait(600);
    shoot(window, QStringLiteral("11-rejects-fits"));
    list->selectRow(1);
    QTest::qWait(400);
    shoot(window, QStringLiteral("11-rejects-draft"));
    const auto choose = [&window](const QString &theme) {
        const QList<QAction *> actions = window.findChildren<QAction *>();
        for (QAction *action : actions) {
            if (action->text() == theme)
                action->trigger();
        }
    };
    choose(QStringLiteral("Dark"));
    shoot(window, QStringLiteral("11-rejects-dark"));
    choose(QStringLiteral("Light"));
    window.resize(1024, 738);
    QTest::qWait(300);
    shoot(window, QStringLiteral("11-rejects-1024"));
    window.resize(1440, 870);
    const QList<QPushButton *> buttons = panel->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text().startsWith(QStringLiteral("Retry all")))
            button->click();
    }
    settle(*engine);
    QTest::qWait(600);
    shoot(window, QStringLiteral("11-rejects-retried"));
}

void Scenes::addSource()
{
    auto engine = open(QStringLiteral("add"));
    add(*engine, QStringLiteral("Customer master"), csv(1'200, 0));
    settle(*engine);
    MainWindow window({*engine, QUrl(QStringLiteral("http://127.0.0.1:8765")), {}, {}});
    window.resize(1440, 870);
    window.show();
    window.activateWindow();
    QApplication::setActiveWindow(&window);
    QTest::qWait(600);
    shootAddSource(
        window, [&](const QString &name) { shoot(window, name); },
        [&window](const QString &theme) { setTheme(window, theme); });
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setApplicationName(QStringLiteral("idstore_screenshots"));
    if (argc < 2)
        qFatal("usage: idstore_screenshots <folder> [font [scene]]");
    QDir().mkpath(QString::fromLocal8Bit(argv[1]));
    QFont font = QApplication::font();
    if (argc > 2)
        font.setFamily(QString::fromLocal8Bit(argv[2]));
    font.setPixelSize(13);
    QApplication::setFont(font);
    QSettings().clear(); // the scenes start as on a new computer
    Preferences().setThemeChoice(ThemeChoice::Light);
    Scenes scenes(QString::fromLocal8Bit(argv[1]));
    const auto wanted = [argc, argv](const char *scene) { return argc < 4 || qstrcmp(argv[3], scene) == 0; };
    if (wanted("empty"))
        scenes.empty();
    if (wanted("preview"))
        scenes.preview();
    if (wanted("types"))
        scenes.types();
    if (wanted("filled"))
        scenes.filled();
    if (wanted("add"))
        scenes.addSource();
    if (wanted("rejects"))
        scenes.rejects();
    return 0;
}
