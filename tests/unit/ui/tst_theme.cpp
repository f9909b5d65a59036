// SPDX-License-Identifier: GPL-3.0-or-later
// The design tokens: complete, of enough contrast in every variant, and applied everywhere.
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace idstore;

namespace {

constexpr double textFloor = 4.5; // WCAG 2.2, 1.4.3
constexpr double shapeFloor = 3.0; // WCAG 2.2, 1.4.11

double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one) + 0.05;
    const double b = luminance(other) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

struct Pair
{
    ColorRole foreground;
    ColorRole background;
    double floor;
};

QList<Pair> pairs()
{
    using enum ColorRole;
    QList<Pair> list;
    for (const ColorRole ground :
         {Window, Surface, Raised, Sunken, Hover, Selected, SelectedIdle, CodeBg, DiffNew, DiffChanged, DiffRemoved,
          AccentSoft, WarningSoft, DangerSoft, InfoSoft, SuccessSoft})
        list.append({Text, ground, textFloor});
    for (const ColorRole ground : {Window, Surface, Raised, Sunken, Hover, Selected, SelectedIdle, CodeBg, AccentSoft,
                                   WarningSoft, DangerSoft, InfoSoft})
        list.append({Muted, ground, textFloor});
    for (const ColorRole ground : {Surface, Window, Sunken, Raised, Selected, AccentSoft})
        list.append({Link, ground, textFloor});
    list.append({{AccentText, Accent, textFloor},
                 {AccentText, AccentHover, textFloor},
                 {AccentText, DangerFill, textFloor},
                 {FindText, Find, textFloor},
                 {Success, Surface, textFloor},
                 {Success, Sunken, textFloor},
                 {Success, SuccessSoft, textFloor},
                 {Warning, Surface, textFloor},
                 {Warning, Sunken, textFloor},
                 {Warning, WarningSoft, textFloor},
                 {Danger, Surface, textFloor},
                 {Danger, Sunken, textFloor},
                 {Danger, DangerSoft, textFloor},
                 {Info, Surface, textFloor},
                 {Info, Sunken, textFloor},
                 {Info, InfoSoft, textFloor},
                 {PillPendingFg, PillPendingBg, textFloor},
                 {PillIngestingFg, PillIngestingBg, textFloor},
                 {PillReadyFg, PillReadyBg, textFloor},
                 {PillErrorFg, PillErrorBg, textFloor},
                 {PillSigninFg, PillSigninBg, textFloor},
                 {PillWaitingFg, PillWaitingBg, textFloor},
                 {PillCancelledFg, PillCancelledBg, textFloor},
                 {CatDatabases, CatDatabasesBg, textFloor},
                 {CatCloudFiles, CatCloudFilesBg, textFloor},
                 {CatSignIn, CatSignInBg, textFloor},
                 {CatApps, CatAppsBg, textFloor},
                 {CatFile, CatFileBg, textFloor},
                 {Danger, DiffRemoved, textFloor},
                 {Success, DiffNew, textFloor},
                 {PillIngestingFg, DiffChanged, textFloor}});
    for (const ColorRole ground : {Surface, Window, Sunken, Raised})
        list.append({BorderStrong, ground, shapeFloor});
    for (const ColorRole ground : {Surface, Window, Selected, Raised})
        list.append({Focus, ground, shapeFloor});
    list.append({{Accent, Surface, shapeFloor},
                 {Accent, Window, shapeFloor},
                 {BarFill, BarTrack, shapeFloor},
                 {BarFill, Surface, shapeFloor},
                 {BarFill, Selected, shapeFloor}});
    for (const ColorRole mark : {ChartNew, ChartChanged, ChartRemoved, ChartLine, ChartDuration})
        list.append({mark, Surface, shapeFloor});
    return list;
}

const QList<ThemeVariant> variants{ThemeVariant::Light, ThemeVariant::Dark, ThemeVariant::HighContrast};

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokens_everyVariant_nameTheSameRoles();
    void colors_meaningfulPairs_haveEnoughContrast();
    void styleSheet_everyVariant_resolvesEveryMark();
    void icon_named_isDrawnInTheColorOfItsRole();
    void icon_afterThemeChange_takesTheNewColor();
    void lengths_largerFont_grow();
};

void TestTheme::tokens_everyVariant_nameTheSameRoles()
{
    QFile file(QStringLiteral(":/idstore/theme/tokens.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject tokens = QJsonDocument::fromJson(file.readAll()).object();
    QStringList expected;
    for (const char *name : colorRoleNames)
        expected.append(QLatin1StringView(name));
    expected.sort();
    for (const char *variant : {"light", "dark", "hc"}) {
        const QJsonObject values = tokens.value(QLatin1StringView(variant)).toObject();
        QCOMPARE(values.keys(), expected);
        for (const QString &name : expected)
            QVERIFY2(QColor(values.value(name).toString()).isValid(), qPrintable(name));
    }
}

void TestTheme::colors_meaningfulPairs_haveEnoughContrast()
{
    for (const ThemeVariant variant : variants) {
        const Theme theme(variant, QApplication::font());
        for (const Pair &pair : pairs()) {
            const double ratio = contrast(theme.color(pair.foreground), theme.color(pair.background));
            QVERIFY2(ratio >= pair.floor,
                     qPrintable(QStringLiteral("%1 on %2 in variant %3: %4")
                                    .arg(QLatin1StringView(colorRoleNames[static_cast<size_t>(pair.foreground)]),
                                         QLatin1StringView(colorRoleNames[static_cast<size_t>(pair.background)]))
                                    .arg(static_cast<int>(variant))
                                    .arg(ratio)));
        }
    }
}

void TestTheme::styleSheet_everyVariant_resolvesEveryMark()
{
    for (const ThemeVariant variant : variants) {
        const QString sheet = Theme(variant, QApplication::font()).styleSheet();
        QVERIFY(!sheet.contains(QLatin1Char('@')));
        QVERIFY(!sheet.contains(QStringLiteral(": ;")));
        static const QRegularExpression image(QStringLiteral("url\\(:([^)]+)\\)"));
        auto matches = image.globalMatch(sheet);
        QVERIFY(matches.hasNext());
        while (matches.hasNext()) {
            const QString path = QLatin1Char(':') + matches.next().captured(1);
            QVERIFY2(QFile::exists(path), qPrintable(path));
        }
    }
}

void TestTheme::icon_named_isDrawnInTheColorOfItsRole()
{
    const Theme theme(ThemeVariant::Light, QApplication::font());
    const QImage image = theme.iconPixmap(QStringLiteral("stop"), ColorRole::Danger, 20, 2.0).toImage();
    QCOMPARE(image.size(), QSize(40, 40));
    bool found = false;
    for (int y = 0; y < image.height() && !found; ++y) {
        for (int x = 0; x < image.width() && !found; ++x)
            found = image.pixelColor(x, y) == theme.color(ColorRole::Danger);
    }
    QVERIFY(found);
    QVERIFY(Theme::hasIcon(QStringLiteral("stop")));
    QVERIFY(!Theme::hasIcon(QStringLiteral("no-such-icon")));
}

void TestTheme::icon_afterThemeChange_takesTheNewColor()
{
    Theme theme(ThemeVariant::Light, QApplication::font());
    const QIcon icon = theme.icon(QStringLiteral("stop"));
    const QImage light = icon.pixmap(20).toImage();
    theme = Theme(ThemeVariant::Dark, QApplication::font());
    QVERIFY(icon.pixmap(20).toImage() != light);
}

void TestTheme::lengths_largerFont_grow()
{
    QFont font = QApplication::font();
    font.setPixelSize(13);
    const Theme normal(ThemeVariant::Light, font);
    font.setPixelSize(26);
    const Theme doubled(ThemeVariant::Light, font);
    QVERIFY(normal.controlHeight() >= 30);
    QVERIFY(doubled.controlHeight() > 3 * normal.controlHeight() / 2);
    QCOMPARE(doubled.font(TextStyle::Welcome).pixelSize(), 44);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
