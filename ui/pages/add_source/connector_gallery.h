// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace idstore {

class Button;
class ChipBar;
class ConnectorCard;
class EmptyState;
class SearchField;
class Theme;
class TileLabel;

/// Where sources come from: files, and the connectors that this build can read, by category, with search. The panel at
/// the side says what one needs and what it does. Arrow keys move among the cards, Enter goes on with the chosen one.
/// GUI thread; the catalog outlives it.
class ConnectorGallery : public QWidget
{
    Q_OBJECT

public:
    ConnectorGallery(const Theme &theme, const ConnectorCatalog &connectors, QWidget *parent);

    /// As if just opened: no search, the field in focus.
    void reset();
    void focusSearch();

Q_SIGNALS:
    void connectorChosen(const QString &sourceType);
    void fileWanted();
    void closed();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Section
    {
        ConnectorCategory category;
        QWidget *box = nullptr;
        QGridLayout *grid = nullptr;
        std::vector<ConnectorCard *> cards = {};
    };

    void buildHead();
    QWidget *makeFilters();
    QWidget *makeUpload();
    void addSection(ConnectorCategory category, const QString &icon, const QString &title, const QString &note,
                    const ConnectorCatalog &connectors, QVBoxLayout *column);
    QWidget *makePanel();
    void applyFilter();
    void arrange();
    void select(ConnectorCard *card);
    void moveSelection(int key);
    void goOn();
    [[nodiscard]] std::vector<ConnectorCard *> shownCards() const;

    const Theme &m_theme;
    int m_count = 0;
    int m_columns = 0;
    std::vector<Section> m_sections;
    ConnectorCard *m_selected = nullptr;
    SearchField *m_search = nullptr;
    ChipBar *m_chips = nullptr;
    QWidget *m_content = nullptr;
    QWidget *m_upload = nullptr;
    EmptyState *m_nothing = nullptr;
    QWidget *m_panel = nullptr;
    QWidget *m_panelLine = nullptr;
    TileLabel *m_tile = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_category = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_need = nullptr;
    QLabel *m_updates = nullptr;
    Button *m_connect = nullptr;
};

} // namespace idstore
