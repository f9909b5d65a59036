// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/source_service.h"

#include <QStringList>
#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QListWidget;

namespace idstore {

class Button;
class ElidedLabel;
class PreviewDraft;
class PreviewPage;
class TileLabel;
struct PageContext;

/// A file that a person has looked at and wants stored.
struct FileOrder
{
    QString path;
    QJsonObject config = {}; ///< settings the person chose; on top of the source's own where one is replaced
    Columns columns = {}; ///< of a new source, when the person chose types
    SourceId replaces = {}; ///< the source whose file it becomes; null: a new source
    QList<ColumnChange> columnChanges = {}; ///< types chosen for columns of that source
};

/// Shows files before anything is stored: each with its preview, several in a list. The same for a source's file, to
/// change how it is read, and for a newer file of a source. Leaves nothing behind when it is cancelled; Enter accepts.
/// GUI thread; `context` must outlive it.
class FileReview : public QWidget
{
    Q_OBJECT

public:
    FileReview(PageContext &context, QWidget *parent);
    ~FileReview() override;

    /// New sources to be. Joins those that are open already.
    void reviewFiles(const QStringList &paths);
    /// How the file of `source` is read.
    void reviewSource(const Source &source);
    /// The file that is to take the place of the source's.
    void reviewNewerFile(const Source &source, const QString &path);
    [[nodiscard]] bool isOpen() const { return !m_files.empty(); }
    void cancel();
    /// Every preview is there, or the reason why there is none.
    [[nodiscard]] bool isReady() const;

Q_SIGNALS:
    /// In the order they were given; the review is closed.
    void filesAccepted(const QList<idstore::FileOrder> &orders);
    /// Settings and types of a source that was reviewed; `run`: and it is to be read again.
    void sourceAccepted(idstore::SourceId id, const idstore::SourcePatch &patch, bool run);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    enum class Purpose { NewSources, ReadingOptions, NewerFile };
    struct File
    {
        QString path;
        QString name;
        qint64 size = 0; ///< bytes
        std::unique_ptr<PreviewDraft> draft;
    };

    void buildHead();
    void buildBody();
    void buildFooter();
    void open(Purpose purpose, const Source &source);
    void addFile(const QString &path, const QString &name, qint64 size, std::unique_ptr<PreviewDraft> draft);
    void leaveOut(int row);
    void showFile(int row);
    void follow(const PreviewDraft *draft);
    void updateWords();
    /// Enter is all it takes.
    void focusAccept();
    void accept(bool run = true);
    void close();
    [[nodiscard]] QString summary(const PreviewDraft &draft) const;

    PageContext &m_context;
    Purpose m_purpose = Purpose::NewSources;
    Source m_source; ///< of the other purposes
    std::vector<File> m_files;
    bool m_acceptWhenReady = false;

    TileLabel *m_tile = nullptr;
    ElidedLabel *m_title = nullptr;
    QLabel *m_size = nullptr;
    QListWidget *m_list = nullptr;
    QWidget *m_listLine = nullptr;
    PreviewPage *m_page = nullptr;
    QLabel *m_state = nullptr;
    Button *m_leaveOut = nullptr;
    Button *m_save = nullptr;
    Button *m_accept = nullptr;
};

} // namespace idstore
