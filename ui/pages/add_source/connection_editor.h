// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/source.h"
#include "models/services/source_service.h"

#include <QWidget>

class QLabel;
class QScrollArea;

namespace idstore {

class Button;
class ConnectionForm;
class ConnectionReportView;
class Connector;
class ElidedLabel;
class TileLabel;
struct PageContext;

/// The connection of a source that is there: its settings and credentials, tested and saved. Secrets are said to be set
/// and kept unless something is typed over them. GUI thread; `context` must outlive it.
class ConnectionEditor : public QWidget
{
    Q_OBJECT

public:
    ConnectionEditor(PageContext &context, QWidget *parent);
    ~ConnectionEditor() override;

    void edit(const Source &source);
    [[nodiscard]] bool isOpen() const { return m_connector != nullptr; }
    /// Asks first when something was changed.
    void leave();

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void test();
    void save();
    void close();
    void updateWords();
    /// What changes of the source's config: null for what was taken out.
    [[nodiscard]] QJsonObject configChange() const;
    /// Shows what is wrong at its fields; false when nothing is.
    bool showsProblems(const Error &error);

    PageContext &m_context;
    const Connector *m_connector = nullptr;
    Source m_source;
    CancelToken m_cancel;
    quint64 m_round = 0; ///< answers of an earlier round are ignored
    bool m_isSaving = false;

    TileLabel *m_tile = nullptr;
    ElidedLabel *m_title = nullptr;
    QWidget *m_body = nullptr;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_help = nullptr;
    ConnectionForm *m_form = nullptr;
    ConnectionReportView *m_report = nullptr;
    QLabel *m_state = nullptr;
    Button *m_test = nullptr;
    Button *m_save = nullptr;
};

} // namespace idstore
