// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/sources_area.h"

#include "ui/itemmodels/sources_model.h"
#include "ui/page_context.h"
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
{
    addWidget(m_page);
    addWidget(m_review);
    connect(m_review, &FileReview::filesAccepted, &files, &FileAdder::add);
    connect(m_review, &FileReview::sourceAccepted, &actions, &SourceActions::applyReading);
    connect(m_review, &FileReview::closed, this, [this] {
        setCurrentWidget(m_page);
        m_page->table()->setFocus(Qt::OtherFocusReason);
        Q_EMIT reviewingChanged();
    });
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
    return currentWidget() == m_review;
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
    setCurrentWidget(m_review);
    Q_EMIT reviewingChanged();
}

QList<QWidget *> SourcesArea::panes() const
{
    return isReviewing() ? QList<QWidget *>{m_review} : m_page->panes();
}

} // namespace idstore
