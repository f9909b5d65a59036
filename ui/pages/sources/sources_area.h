// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QStackedWidget>

namespace idstore {

class ConnectionEditor;
class ConnectorGallery;
class FileAdder;
class FileReview;
class SourceActions;
class SourcesModel;
class SourcesPage;
class SourceWizard;
struct PageContext;

/// The page of sources and, in its place while a person adds or changes one: the review of files, the gallery of
/// connectors, the wizard behind it, the editor of a connection. What they are about waits here while the person is on
/// other pages.
class SourcesArea : public QStackedWidget
{
    Q_OBJECT

public:
    SourcesArea(PageContext &context, SourcesModel &sources, SourceActions &actions, FileAdder &files, QWidget *parent);
    ~SourcesArea() override;

    [[nodiscard]] SourcesPage *page() const { return m_page; }
    /// Something else than the list is in front.
    [[nodiscard]] bool isReviewing() const;
    /// The end of the wizard is in front and tells of this source.
    [[nodiscard]] bool isFollowing(SourceId source) const;
    /// Shows the gallery, or the wizard that was begun.
    void addSource();
    /// Shows the preview of these files; a single one over a source's row is asked about first.
    void addFiles(const QStringList &paths, SourceId droppedOn = {});
    /// The parts F6 goes through, in order.
    [[nodiscard]] QList<QWidget *> panes() const;

Q_SIGNALS:
    /// A file is to be chosen.
    void fileDialogWanted();
    /// The page or the review is in front now.
    void reviewingChanged();

private:
    void askWhatItIs(SourceId source, const QString &path);
    void reviewNewerFile(SourceId id, const QString &path);
    void showReview();
    void startWizard(const QString &sourceType);
    void showInFront(QWidget *widget);
    void showList();

    PageContext &m_context;
    const SourcesModel &m_sources;
    SourcesPage *m_page;
    FileReview *m_review;
    ConnectorGallery *m_gallery;
    SourceWizard *m_wizard;
    ConnectionEditor *m_editor;
};

} // namespace idstore
