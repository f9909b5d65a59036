// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/sources_area.h"

#include "models/services/engine.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/page_context.h"
#include "ui/pages/add_source/connection_editor.h"
#include "ui/pages/add_source/connector_gallery.h"
#include "ui/pages/add_source/source_wizard.h"
#include "ui/pages/preview/file_review.h"
#include "ui/pages/sources/file_adder.h"
#include "ui/pages/sources/source_actions.h"
#include "ui/pages/sources/sources_page.h"
#include "ui/pages/sources/sources_table.h"
#include "ui/widgets/buttons.h"

#include <QFileInfo>
#include <QMessageBox>

namespace idstore {

SourcesArea::SourcesArea(PageContext &context, SourcesModel &sources, SourceActions &actions, FileAdder &files,
                         QWidget *parent)
    : QStackedWidget(parent)
    , m_context(context)
    , m_sources(sources)
    , m_page(new SourcesPage(context, sources, actions, files, this))
    , m_review(new FileReview(context, this))
    , m_gallery(new ConnectorGallery(context.theme, context.engine.sources().connectors(), this))
    , m_wizard(new SourceWizard(context, this))
    , m_editor(new ConnectionEditor(context, this))
{
    for (QWidget *widget : std::initializer_list<QWidget *>{m_page, m_review, m_gallery, m_wizard, m_editor})
        addWidget(widget);
    connect(m_gallery, &ConnectorGallery::closed, this, &SourcesArea::showList);
    connect(m_gallery, &ConnectorGallery::fileWanted, this, &SourcesArea::fileDialogWanted);
    connect(m_gallery, &ConnectorGallery::connectorChosen, this, &SourcesArea::startWizard);
    connect(m_wizard, &SourceWizard::closed, this, &SourcesArea::showList);
    connect(m_wizard, &SourceWizard::galleryWanted, this, [this] {
        showInFront(m_gallery);
        m_gallery->focusSearch();
    });
    connect(m_wizard, &SourceWizard::sourceWanted, this, [this](SourceId id) {
        showList();
        m_page->openSource(id);
    });
    connect(m_editor, &ConnectionEditor::closed, this, &SourcesArea::showList);
    connect(&actions, &SourceActions::connectionWanted, this, [this](SourceId id) {
        if (const SourceRow *row = m_sources.find(id)) {
            showInFront(m_editor);
            m_editor->edit(row->source);
        }
    });
    connect(m_review, &FileReview::filesAccepted, &files, &FileAdder::add);
    connect(m_review, &FileReview::sourceAccepted, &actions, &SourceActions::applyReading);
    connect(m_review, &FileReview::closed, this, &SourcesArea::showList);
    connect(&actions, &SourceActions::readingOptionsWanted, this, [this](SourceId id) {
        if (const SourceRow *row = m_sources.find(id)) {
            m_review->reviewSource(row->source);
            showReview();
        }
    });
    connect(&actions, &SourceActions::newerFileChosen, this, &SourcesArea::reviewNewerFile);
}

SourcesArea::~SourcesArea() = default;

bool SourcesArea::isReviewing() const
{
    return currentWidget() != m_page;
}

bool SourcesArea::isFollowing(SourceId source) const
{
    return isVisible() && currentWidget() == m_wizard && m_wizard->doneSource() == source;
}

void SourcesArea::addSource()
{
    // A wizard that was begun waits for its end.
    if (m_wizard->isOpen() && m_wizard->step() != SourceWizard::Done) {
        showInFront(m_wizard);
        return;
    }
    showInFront(m_gallery);
    m_gallery->reset();
}

void SourcesArea::startWizard(const QString &sourceType)
{
    if (!m_wizard->isOpenFor(sourceType))
        m_wizard->start(sourceType);
    showInFront(m_wizard);
}

void SourcesArea::showInFront(QWidget *widget)
{
    setCurrentWidget(widget);
    Q_EMIT reviewingChanged();
}

void SourcesArea::showList()
{
    showInFront(m_page);
    m_page->table()->setFocus(Qt::OtherFocusReason);
}

void SourcesArea::addFiles(const QStringList &paths, SourceId droppedOn)
{
    if (paths.isEmpty())
        return;
    const SourceRow *row = m_sources.find(droppedOn);
    if (paths.size() == 1 && row && row->source.file && row->source.status != SourceStatus::Ingesting) {
        askWhatItIs(droppedOn, paths.first());
        return;
    }
    m_review->reviewFiles(paths);
    showReview();
}

void SourcesArea::askWhatItIs(SourceId source, const QString &path)
{
    const QString name = m_sources.find(source)->source.name;
    const QString title = tr("What is %1?").arg(QFileInfo(path).fileName());
    auto *box = new QMessageBox(QMessageBox::NoIcon, title, title, QMessageBox::Cancel, window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        tr("As a newer file of “%1” it takes the place of the file read until now; the source keeps its name, its "
           "settings and its history. Either way you see a preview first.")
            .arg(name));
    QPushButton *newer = box->addButton(tr("Newer file of “%1”").arg(name), QMessageBox::AcceptRole);
    QPushButton *another = box->addButton(tr("A new source"), QMessageBox::YesRole);
    box->setDefaultButton(newer);
    connect(newer, &QPushButton::clicked, this, [this, source, path] { reviewNewerFile(source, path); });
    connect(another, &QPushButton::clicked, this, [this, path] { addFiles({path}); });
    box->open();
}

void SourcesArea::reviewNewerFile(SourceId id, const QString &path)
{
    const SourceRow *row = m_sources.find(id);
    if (!row)
        return;
    m_review->reviewNewerFile(row->source, path);
    showReview();
}

void SourcesArea::showReview()
{
    showInFront(m_review);
}

QList<QWidget *> SourcesArea::panes() const
{
    return isReviewing() ? QList<QWidget *>{currentWidget()} : m_page->panes();
}

} // namespace idstore
