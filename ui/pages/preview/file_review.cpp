// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/preview/file_review.h"

#include "models/ingest/connector.h"
#include "models/services/column_notes.h"
#include "models/services/engine.h"
#include "models/services/source_opening.h"
#include "ui/page_context.h"
#include "ui/pages/preview/preview_draft.h"
#include "ui/pages/preview/preview_page.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QAbstractSpinBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace idstore {

namespace {

constexpr int listWidth = 220;
constexpr int itemHeight = 46;

QJsonObject fileSchema(const SourceService &sources)
{
    const Connector *connector = sources.connectors().find(QString(QLatin1StringView(fileSourceType)));
    return connector ? connector->descriptor().configSchema : QJsonObject();
}

} // namespace

FileReview::FileReview(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    setAccessibleName(tr("Preview"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead();
    buildBody();
    buildFooter();
}

FileReview::~FileReview() = default;

void FileReview::buildHead()
{
    const Theme &theme = m_context.theme;
    auto *head = new QWidget(this);
    head->setFixedHeight(theme.px(56));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(theme.px(20), 0, theme.px(16), 0);
    row->setSpacing(theme.px(10));
    m_tile = new TileLabel(theme, 28, head);
    m_tile->setConnector(QString(QLatin1StringView(fileSourceType)), ConnectorCategory::File);
    m_title = new ElidedLabel(theme, TextStyle::PageTitle, head);
    m_title->setElideMode(Qt::ElideMiddle);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_size = makeLabel(theme, TextStyle::Body, {}, head, Tone::Muted);
    QToolButton *close = makeIconButton(theme, QStringLiteral("close"), tr("Cancel (Esc)"), head);
    row->addWidget(m_tile);
    row->addWidget(m_title);
    row->addWidget(m_size);
    row->addStretch(1);
    row->addWidget(close);
    layout()->addWidget(head);
    layout()->addWidget(makeLine(this));
    connect(close, &QToolButton::clicked, this, &FileReview::cancel);
}

void FileReview::buildBody()
{
    const Theme &theme = m_context.theme;
    auto *body = new QWidget(this);
    auto *row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_list = new QListWidget(body);
    m_list->setAccessibleName(tr("Files"));
    m_list->setFixedWidth(theme.px(listWidth));
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setIconSize(QSize(theme.px(16), theme.px(16)));
    m_list->setProperty("plane", QStringLiteral("sunken"));
    m_listLine = makeLine(body, Qt::Vertical);
    m_page = new PreviewPage(theme, fileSchema(m_context.engine.sources()), body);
    row->addWidget(m_list);
    row->addWidget(m_listLine);
    row->addWidget(m_page, 1);
    qobject_cast<QVBoxLayout *>(layout())->addWidget(body, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &FileReview::showFile);
}

void FileReview::buildFooter()
{
    const Theme &theme = m_context.theme;
    QWidget *footer = makePlane(QStringLiteral("footer"), this);
    footer->setMinimumHeight(theme.px(50));
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8));
    row->setSpacing(theme.px(8));
    auto *cancelButton = new Button(theme, ButtonRole::Quiet, tr("Cancel"), footer);
    m_leaveOut = new Button(theme, ButtonRole::Quiet, tr("Leave this file out"), footer);
    m_state = makeText(theme, TextStyle::Small, {}, footer, Tone::Muted);
    m_state->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_save = new Button(theme, ButtonRole::Standard, tr("Save only"), footer);
    m_accept = new Button(theme, ButtonRole::Primary, {}, footer);
    m_accept->setObjectName(QStringLiteral("acceptReview"));
    row->addWidget(cancelButton);
    row->addWidget(m_leaveOut);
    row->addWidget(m_state, 1);
    row->addWidget(m_save);
    row->addWidget(m_accept);
    layout()->addWidget(footer);
    connect(cancelButton, &QPushButton::clicked, this, &FileReview::cancel);
    connect(m_leaveOut, &QPushButton::clicked, this, [this] { leaveOut(m_list->currentRow()); });
    connect(m_save, &QPushButton::clicked, this, [this] { accept(false); });
    connect(m_accept, &QPushButton::clicked, this, [this] { accept(); });
}

void FileReview::open(Purpose purpose, const Source &source)
{
    m_page->setDraft(nullptr);
    m_list->clear();
    m_files.clear();
    m_acceptWhenReady = false;
    m_purpose = purpose;
    m_source = source;
}

void FileReview::reviewFiles(const QStringList &paths)
{
    if (m_purpose != Purpose::NewSources || !isOpen())
        open(Purpose::NewSources, {});
    for (const QString &path : paths) {
        if (std::ranges::find(m_files, path, &File::path) != m_files.end())
            continue;
        const QFileInfo info(path);
        auto loader = [&previews = m_context.engine.previews(), path,
                       name = info.fileName()](const PreviewRequest &request, const CancelToken &cancel) {
            return previews.previewFile(path, name, request, cancel);
        };
        addFile(path, info.fileName(), info.size(), std::make_unique<PreviewDraft>(m_context.async, std::move(loader)));
    }
}

void FileReview::reviewSource(const Source &source)
{
    open(Purpose::ReadingOptions, source);
    auto loader = [&previews = m_context.engine.previews(), id = source.id](const PreviewRequest &request,
                                                                            const CancelToken &cancel) {
        return previews.preview(TokenService::localUser(), id, request, cancel);
    };
    auto draft = std::make_unique<PreviewDraft>(m_context.async, std::move(loader));
    draft->setHeldColumns(source.columns);
    const StoredFile file = source.file.value_or(StoredFile());
    addFile(file.path, file.originalName, file.size, std::move(draft));
}

void FileReview::reviewNewerFile(const Source &source, const QString &path)
{
    open(Purpose::NewerFile, source);
    const QFileInfo info(path);
    auto loader = [&previews = m_context.engine.previews(), path, name = info.fileName(),
                   config = source.config](PreviewRequest request, const CancelToken &cancel) {
        request.config = mergedConfig(config, request.config);
        return previews.previewFile(path, name, request, cancel);
    };
    auto draft = std::make_unique<PreviewDraft>(m_context.async, std::move(loader));
    draft->setHeldColumns(source.columns);
    addFile(path, info.fileName(), info.size(), std::move(draft));
}

void FileReview::addFile(const QString &path, const QString &name, qint64 size, std::unique_ptr<PreviewDraft> draft)
{
    connect(draft.get(), &PreviewDraft::changed, this, [this, shown = draft.get()] { follow(shown); });
    m_files.push_back({path, name, size, std::move(draft)});
    auto *item = new QListWidgetItem(name, m_list);
    item->setToolTip(path);
    item->setSizeHint(QSize(0, m_context.theme.px(itemHeight)));
    m_files.back().draft->load();
    const bool isFirst = m_files.size() == 1;
    m_list->setVisible(!isFirst);
    m_listLine->setVisible(!isFirst);
    if (isFirst)
        m_list->setCurrentRow(0);
    updateWords();
    focusAccept();
}

void FileReview::leaveOut(int row)
{
    if (row < 0 || m_files.size() < 2)
        return;
    m_page->setDraft(nullptr);
    m_files.erase(m_files.begin() + row);
    {
        const QSignalBlocker blocker(m_list);
        delete m_list->takeItem(row);
    }
    m_list->setVisible(m_files.size() > 1);
    m_listLine->setVisible(m_files.size() > 1);
    showFile(m_list->currentRow());
}

void FileReview::showFile(int row)
{
    if (row < 0 || row >= static_cast<int>(m_files.size()))
        return;
    const File &file = m_files[static_cast<std::size_t>(row)];
    m_page->setDraft(file.draft.get());
    m_size->setText(formatBytes(file.size));
    switch (m_purpose) {
    case Purpose::NewSources:
        m_title->setFullText(tr("New source from %1").arg(file.name));
        break;
    case Purpose::ReadingOptions:
        m_title->setFullText(tr("How “%1” is read").arg(m_source.name));
        break;
    case Purpose::NewerFile:
        m_title->setFullText(tr("Newer file of “%1”: %2").arg(m_source.name, file.name));
        break;
    }
    updateWords();
}

QString FileReview::summary(const PreviewDraft &draft) const
{
    if (draft.error())
        return tr("Cannot be read");
    if (!draft.preview())
        return tr("Looking…");
    const qsizetype columns = draft.preview()->columns.size();
    return columns == 1 ? tr("1 column") : tr("%1 columns").arg(formatCount(columns));
}

void FileReview::follow(const PreviewDraft *draft)
{
    const auto found = std::ranges::find_if(m_files, [draft](const File &file) { return file.draft.get() == draft; });
    if (found == m_files.end())
        return;
    QListWidgetItem *item = m_list->item(static_cast<int>(found - m_files.begin()));
    item->setText(QString(found->name % u'\n' % summary(*draft)));
    item->setIcon(draft->error() ? m_context.theme.icon(QStringLiteral("status-error"), ColorRole::Danger)
                                 : m_context.theme.icon(QStringLiteral("file-table"), ColorRole::Muted));
    updateWords();
    // Later, because accepting ends the draft that is telling of itself here.
    if (m_acceptWhenReady && isReady())
        QMetaObject::invokeMethod(
            this, [this] { accept(); }, Qt::QueuedConnection);
}

bool FileReview::isReady() const
{
    return std::ranges::none_of(m_files, [](const File &file) { return file.draft->isLoading(); });
}

void FileReview::updateWords()
{
    const auto usable = std::ranges::count_if(m_files, [](const File &file) { return !file.draft->error(); });
    const auto broken = static_cast<qsizetype>(m_files.size()) - usable;
    switch (m_purpose) {
    case Purpose::NewSources:
        m_accept->setText(m_files.size() < 2 ? tr("Add and ingest")
                          : broken == 0      ? tr("Add all %1").arg(formatCount(usable))
                                        : tr("Add %1 of %2").arg(formatCount(usable), formatCount(m_files.size())));
        break;
    case Purpose::ReadingOptions:
        m_accept->setText(tr("Save and ingest again"));
        break;
    case Purpose::NewerFile:
        m_accept->setText(tr("Replace and ingest"));
        break;
    }
    m_accept->updateGeometry();
    // While a preview is under way it can be pressed: accepting waits for the preview.
    m_accept->setEnabled(usable > 0);
    m_save->setVisible(m_purpose == Purpose::ReadingOptions);
    m_save->setEnabled(usable > 0 && isReady() && m_files.front().draft->isChanged());
    m_leaveOut->setVisible(m_files.size() > 1);

    bool isAsked = false;
    for (const File &file : m_files) {
        const Columns columns = file.draft->columns();
        isAsked = isAsked || std::ranges::any_of(columns, needsDateOrder);
    }
    if (m_acceptWhenReady)
        m_state->setText(tr("Goes on as soon as the preview is there"));
    else if (broken > 0 && usable > 0)
        m_state->setText(tr("What cannot be read is left out"));
    else if (isAsked)
        m_state->setText(tr("Open question: you can also decide later"));
    else if (m_purpose == Purpose::NewSources)
        m_state->setText(tr("Nothing is stored before you add it"));
    else
        m_state->setText({});
}

void FileReview::accept(bool run)
{
    if (!isOpen())
        return;
    if (!isReady()) {
        m_acceptWhenReady = run;
        updateWords();
        return;
    }
    m_acceptWhenReady = false;
    if (!m_accept->isEnabled())
        return;
    QList<FileOrder> orders;
    for (const File &file : m_files) {
        const PreviewDraft &draft = *file.draft;
        if (draft.error())
            continue;
        FileOrder order{.path = file.path, .config = draft.settings()};
        if (m_purpose == Purpose::NewSources) {
            if (!draft.columnChanges().isEmpty())
                order.columns = draft.columns();
        } else {
            order.replaces = m_source.id;
            order.columnChanges = draft.columnChanges();
        }
        orders.append(order);
    }
    const Purpose purpose = m_purpose;
    const SourceId id = m_source.id;
    close();
    if (purpose == Purpose::ReadingOptions) {
        SourcePatch patch;
        if (!orders.first().config.isEmpty())
            patch.config = orders.first().config;
        patch.columns = orders.first().columnChanges;
        Q_EMIT sourceAccepted(id, patch, run);
    } else {
        Q_EMIT filesAccepted(orders);
    }
}

void FileReview::cancel()
{
    if (isOpen())
        close();
}

void FileReview::close()
{
    open(Purpose::NewSources, {});
    Q_EMIT closed();
}

void FileReview::focusAccept()
{
    if (isVisible())
        m_accept->setFocus(Qt::OtherFocusReason);
}

void FileReview::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    focusAccept();
}

void FileReview::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        cancel();
        return;
    }
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QWidget::keyPressEvent(event);
        return;
    }
    // Enter in a field is for the field, on a button for the button; anywhere else it accepts.
    QWidget *focused = focusWidget();
    const bool isForced = event->modifiers() & Qt::ControlModifier;
    if (!isForced && (qobject_cast<QLineEdit *>(focused) || qobject_cast<QAbstractSpinBox *>(focused)))
        return;
    auto *button = qobject_cast<QAbstractButton *>(focused);
    if (!isForced && button && button != m_accept)
        button->click();
    else
        accept();
}

} // namespace idstore
