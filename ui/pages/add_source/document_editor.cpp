// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/document_editor.h"

#include "ui/preferences.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFocusEvent>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

namespace idstore {

namespace {

constexpr int textHeight = 96;

} // namespace

DocumentEditor::DocumentEditor(const Theme &theme, const FieldSpec &spec, QWidget *parent)
    : FieldEditor(parent)
    , m_isSecret(spec.isSecret())
    , m_stack(new QStackedWidget(this))
    , m_text(new QPlainTextEdit(m_stack))
    , m_hidden(new QFrame(m_stack))
    , m_summary(makeText(theme, TextStyle::Small, {}, m_hidden))
    , m_problem(makeText(theme, TextStyle::Small, {}, this, Tone::Danger))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.px(6));
    m_text->setObjectName(spec.name);
    m_text->setFont(theme.font(TextStyle::Mono));
    m_text->setProperty("field", true);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_text->setPlaceholderText(tr("Paste the text here, or choose its file."));
    m_text->installEventFilter(this);
    m_hidden->setProperty("plane", QStringLiteral("card"));
    auto *row = new QHBoxLayout(m_hidden);
    row->setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8));
    row->setSpacing(theme.px(8));
    auto *show = new Button(theme, ButtonRole::Quiet, tr("Show"), m_hidden, QStringLiteral("eye"), ButtonExtent::Small);
    row->addWidget(new IconLabel(theme, QStringLiteral("key"), 16, ColorRole::Success, m_hidden));
    row->addWidget(m_summary, 1);
    row->addWidget(show);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_hidden);
    m_stack->setFixedHeight(theme.px(textHeight));
    auto *choose = new Button(theme, ButtonRole::Standard, tr("Choose a file…"), this, QStringLiteral("folder"),
                              ButtonExtent::Small);
    column->addWidget(m_stack);
    column->addWidget(choose, 0, Qt::AlignLeft);
    column->addWidget(m_problem);
    m_problem->hide();
    setFocusProxy(m_text);
    connect(show, &QPushButton::clicked, this, [this] { setShown(true); });
    connect(choose, &QPushButton::clicked, this, &DocumentEditor::chooseFile);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_problem->hide();
        if (!m_isFilling)
            Q_EMIT edited();
    });
}

QJsonValue DocumentEditor::value() const
{
    const QString text = m_text->toPlainText().trimmed();
    return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(QString(text % u'\n'));
}

void DocumentEditor::setValue(const QJsonValue &value)
{
    m_isFilling = true;
    m_text->setPlainText(value.isObject() ? QString::fromUtf8(QJsonDocument(value.toObject()).toJson())
                                          : value.toString().trimmed());
    m_isFilling = false;
    setShown(false);
}

void DocumentEditor::setMark(Mark mark)
{
    m_text->setProperty("invalid", mark == Mark::Wrong);
    m_text->style()->unpolish(m_text);
    m_text->style()->polish(m_text);
    if (mark == Mark::Wrong)
        setShown(true);
}

void DocumentEditor::setWords(const QString &name, const QString &description)
{
    m_text->setAccessibleName(name);
    m_text->setAccessibleDescription(description);
}

void DocumentEditor::setStored(const QString &hint)
{
    m_text->setPlaceholderText(hint.isEmpty()
                                   ? tr("Set. Leave empty to keep it.")
                                   : tr("Set, ends in %1. Leave empty to keep it.").arg(QString(hint).remove(u'…')));
}

void DocumentEditor::setShown(bool shown)
{
    const QString text = m_text->toPlainText().trimmed();
    const bool isHidden = m_isSecret && !shown && !text.isEmpty();
    const qsizetype lines = text.count(u'\n') + 1;
    m_summary->setText(lines == 1 ? tr("%1 characters, hidden").arg(formatCount(text.size()))
                                  : tr("%1 lines, hidden").arg(formatCount(lines)));
    m_stack->setCurrentWidget(isHidden ? m_hidden : static_cast<QWidget *>(m_text));
    if (shown)
        m_text->setFocus(Qt::OtherFocusReason);
}

void DocumentEditor::chooseFile()
{
    auto *dialog = new QFileDialog(window(), tr("Choose the file"), Preferences().lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &DocumentEditor::readFile);
    dialog->open();
}

bool DocumentEditor::readFile(const QString &path)
{
    QFile file(path);
    const QString name = QFileInfo(path).fileName();
    QString problem;
    if (file.size() > maxFileSize)
        problem = tr("%1 is too large for a key. Choose the key's own file.").arg(name);
    else if (!file.open(QIODevice::ReadOnly))
        problem = tr("%1 cannot be read. Check that you may read it.").arg(name);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (!problem.isEmpty())
        return false;
    take(QString::fromUtf8(file.readAll()));
    return true;
}

void DocumentEditor::take(const QString &text)
{
    m_text->setPlainText(text.trimmed());
    setShown(false);
    Q_EMIT left();
}

bool DocumentEditor::eventFilter(QObject *watched, QEvent *event)
{
    // Not when a menu opens over it or the person looks at another window.
    if (watched == m_text && event->type() == QEvent::FocusOut &&
        static_cast<QFocusEvent *>(event)->reason() < Qt::ActiveWindowFocusReason) {
        setShown(false);
        Q_EMIT left();
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace idstore
