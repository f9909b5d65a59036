// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/source.h"

#include <QWidget>

#include <functional>
#include <vector>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace idstore {

class Button;
class ElidedLabel;
class SourceActions;
class SourceOverview;
class SourcesModel;
class StatusPill;
class TileLabel;
struct PageContext;
struct SourceRow;

/// Everything about one source, in tabs. Stands beside the table, over it in a narrow window, or, expanded, in place
/// of the page with a breadcrumb. Follows the model; closes when its source goes away.
class SourcePanel : public QWidget
{
    Q_OBJECT

public:
    enum Tab { OverviewTab, RecordsTab, HistoryTab, RejectedTab };

    SourcePanel(PageContext &context, const SourcesModel &sources, SourceActions &actions, QWidget *parent);

    void showSource(SourceId id);
    void showTab(Tab tab);
    [[nodiscard]] SourceId source() const { return m_id; }
    [[nodiscard]] bool isExpanded() const { return m_expanded; }
    void setExpanded(bool expanded);
    /// With a cross in its header, where it lies over something.
    void setClosable(bool closable);
    /// The search of the tab in front, where it has one.
    void focusSearch();

Q_SIGNALS:
    void closeWanted();
    void expandWanted(bool expanded);

private:
    /// A view that is made when its tab is first shown.
    struct LazyView
    {
        std::function<QWidget *()> make;
        std::function<void(SourceId)> showSource;
        std::function<void()> focusSearch;
        QWidget *widget = nullptr;
        SourceId shown;
    };

    void buildHeader();
    void buildTabs();
    void addViews();
    void addView(const QString &title, LazyView view);
    template <typename View>
    void addView(const QString &title);
    void follow();
    void showRow(const SourceRow &row);
    void showCurrentTab();
    void openMore();
    void applyPlane();

    PageContext &m_context;
    const SourcesModel &m_sources;
    SourceActions &m_actions;
    SourceId m_id;
    bool m_expanded = false;
    QString m_plane = QStringLiteral("sunken");

    Button *m_crumb = nullptr;
    QWidget *m_crumbMark = nullptr;
    TileLabel *m_tile = nullptr;
    ElidedLabel *m_name = nullptr;
    ElidedLabel *m_detail = nullptr;
    StatusPill *m_pill = nullptr;
    Button *m_run = nullptr;
    QToolButton *m_expand = nullptr;
    QToolButton *m_more = nullptr;
    QToolButton *m_close = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_stack = nullptr;
    SourceOverview *m_overview = nullptr;
    std::vector<LazyView> m_views; ///< by tab
};

} // namespace idstore
