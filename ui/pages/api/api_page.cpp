// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/api/api_page.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/page_context.h"
#include "ui/pages/api/new_token_dialog.h"
#include "ui/pages/api/script_panel.h"
#include "ui/pages/api/token_table_model.h"
#include "ui/pages/tables/page_head.h"
#include "ui/pages/tables/table_delegate.h"
#include "ui/text/format.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace idstore {

namespace {

constexpr int rowHeight = 34;
constexpr int mostRowsShown = 12;

} // namespace

ApiPage::ApiPage(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_clock(std::make_unique<SystemClock>())
    , m_tokens(new TokenTableModel(*m_clock, this))
    , m_error(new Banner(context.theme, Severity::Error, {}, {}, this))
{
    m_error->setClosable(true);
    m_error->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    addPageHead(*layout, context.theme, tr("API"), this);
    layout->addWidget(makeLine(this));
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(buildMain());
    auto *scripts = new ScriptPanel(context, splitter);
    scripts->setMinimumWidth(context.theme.px(340));
    splitter->addWidget(scripts);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    layout->addWidget(splitter, 1);

    connect(&context.engine.tokens(), &TokenService::tokensChanged, this, &ApiPage::loadTokens);
    loadTokens();
}

ApiPage::~ApiPage() = default;

QWidget *ApiPage::buildMain()
{
    const Theme &theme = m_context.theme;
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    QWidget *content = makePlane(QStringLiteral("surface"), scroll);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(20));
    layout->setSpacing(theme.px(10));
    layout->addWidget(m_error);
    layout->addWidget(buildAddress());
    layout->addSpacing(theme.px(10));

    auto *heading = new QHBoxLayout;
    heading->addWidget(makeLabel(theme, TextStyle::PanelTitle, tr("Tokens"), content), 1);
    auto *create = new Button(theme, ButtonRole::Standard, tr("New token…"), content, QStringLiteral("key"));
    connect(create, &QPushButton::clicked, this, &ApiPage::openNewTokenDialog);
    heading->addWidget(create);
    layout->addLayout(heading);
    layout->addWidget(buildValuePanel());
    auto *card = new QFrame(content);
    card->setProperty("plane", QStringLiteral("card"));
    auto *cardLayout = new QVBoxLayout(card);
    cardLayout->setContentsMargins(1, 1, 1, 1);
    cardLayout->addWidget(buildTable());
    layout->addWidget(card);
    layout->addStretch(1);
    scroll->setWidget(content);
    return scroll;
}

QWidget *ApiPage::buildCopyRow(const QString &label, const QString &value, const QString &copyName)
{
    const Theme &theme = m_context.theme;
    auto *row = new QWidget(this);
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(4));
    auto *name = makeLabel(theme, TextStyle::Strong, label, row);
    auto *field = new QLineEdit(value, row);
    field->setReadOnly(true);
    field->setFont(theme.font(TextStyle::Mono));
    field->setAccessibleName(label);
    field->setToolTip(value.toHtmlEscaped());
    field->setCursorPosition(0);
    name->setBuddy(field);
    auto *copy = makeIconButton(theme, QStringLiteral("copy"), copyName, row);
    connect(copy, &QToolButton::clicked, this, [value] { QGuiApplication::clipboard()->setText(value); });
    auto *line = new QHBoxLayout;
    line->setSpacing(theme.px(4));
    line->addWidget(field, 1);
    line->addWidget(copy);
    layout->addWidget(name);
    layout->addLayout(line);
    return row;
}

QWidget *ApiPage::buildAddress()
{
    const Theme &theme = m_context.theme;
    auto *card = new QFrame(this);
    card->setProperty("plane", QStringLiteral("card"));
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(14));
    layout->setSpacing(theme.px(10));
    if (m_context.serverUrl.isEmpty()) {
        layout->addWidget(
            new Banner(theme, Severity::Warning, tr("Scripts cannot connect."), m_context.serverProblem, card));
        return card;
    }
    if (!m_context.serverProblem.isEmpty())
        layout->addWidget(new Banner(theme, Severity::Info, {}, m_context.serverProblem, card));
    const QString server = m_context.serverUrl.toString(QUrl::StripTrailingSlash);
    layout->addWidget(buildCopyRow(tr("Address"), QString(server + QLatin1StringView("/api")), tr("Copy the address")));
    layout->addWidget(buildCopyRow(tr("Description (OpenAPI 3.1)"),
                                   QString(server + QLatin1StringView("/api/openapi.json")),
                                   tr("Copy the address of the description")));
    if (!m_context.tokenFile.isEmpty()) {
        layout->addWidget(buildCopyRow(tr("File with the token of this computer’s scripts"), m_context.tokenFile,
                                       tr("Copy the path of the token file")));
    }
    auto *note = new QHBoxLayout;
    note->setSpacing(theme.px(6));
    note->addWidget(new IconLabel(theme, QStringLiteral("lock"), 14, ColorRole::Muted, card), 0, Qt::AlignTop);
    note->addWidget(makeText(theme, TextStyle::Small,
                             tr("Only programs on this computer can connect, and only with a token."), card,
                             Tone::Muted),
                    1);
    layout->addLayout(note);
    return card;
}

QWidget *ApiPage::buildValuePanel()
{
    const Theme &theme = m_context.theme;
    m_valuePanel = new QFrame(this);
    m_valuePanel->setProperty("banner", QStringLiteral("success"));
    auto *layout = new QHBoxLayout(m_valuePanel);
    layout->setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10));
    layout->setSpacing(theme.px(12));
    layout->addWidget(new IconLabel(theme, QStringLiteral("status-ready"), 16, ColorRole::Success, m_valuePanel));
    auto *text = new QVBoxLayout;
    text->setSpacing(theme.px(6));
    m_valueTitle = makeText(theme, TextStyle::Strong, {}, m_valuePanel);
    m_value = new QLineEdit(m_valuePanel);
    m_value->setReadOnly(true);
    m_value->setFont(theme.font(TextStyle::Mono));
    m_value->setAccessibleName(tr("Value of the new token"));
    text->addWidget(m_valueTitle);
    text->addWidget(m_value);
    layout->addLayout(text, 1);
    auto *copy = new Button(theme, ButtonRole::Primary, tr("Copy value"), m_valuePanel, QStringLiteral("copy"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_value->text()); });
    auto *close = makeIconButton(theme, QStringLiteral("close"), tr("Hide the value"), m_valuePanel);
    connect(close, &QToolButton::clicked, this, &ApiPage::hideValue);
    layout->addWidget(copy);
    layout->addWidget(close);
    m_copyValue = copy;
    m_valuePanel->hide();
    return m_valuePanel;
}

QTableView *ApiPage::buildTable()
{
    const Theme &theme = m_context.theme;
    m_table = new QTableView(this);
    setUpTable(*m_table, theme, rowHeight);
    m_table->setModel(m_tokens);
    auto *delegate = new TableDelegate(theme, m_table);
    delegate->setColumnStyle(TokenTableModel::NameColumn, TextStyle::Strong, ColorRole::Text);
    delegate->setColumnStyle(TokenTableModel::HintColumn, TextStyle::Mono, ColorRole::Muted);
    delegate->setColumnStyle(TokenTableModel::CreatedColumn, TextStyle::Body, ColorRole::Muted);
    m_table->setItemDelegate(delegate);
    m_table->setAccessibleName(tr("Tokens"));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView *header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(TokenTableModel::NameColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(TokenTableModel::ScopeColumn, theme.px(124));
    m_table->setColumnWidth(TokenTableModel::HintColumn, theme.px(76));
    m_table->setColumnWidth(TokenTableModel::LastUsedColumn, theme.px(116));
    m_table->setColumnWidth(TokenTableModel::CreatedColumn, theme.px(110));
    m_table->setColumnWidth(TokenTableModel::ActionColumn, theme.px(90));
    return m_table;
}

void ApiPage::loadTokens()
{
    m_context.async.run(
        this, [&tokens = m_context.engine.tokens()] { return tokens.list(TokenService::localUser()); },
        [this](const Result<QList<ApiToken>> &tokens) {
            if (tokens)
                showTokens(*tokens);
            else
                showError(tokens.error());
        });
}

void ApiPage::showTokens(const QList<ApiToken> &tokens)
{
    m_tokens->setTokens(tokens);
    for (int row = 0; row < tokens.size(); ++row) {
        auto *holder = new QWidget;
        auto *layout = new QHBoxLayout(holder);
        layout->setContentsMargins(0, 0, 0, 1);
        auto *button = new Button(m_context.theme, ButtonRole::Quiet, tr("Revoke…"), holder, {}, ButtonExtent::Small);
        button->setRole(ButtonRole::Danger);
        button->setAccessibleName(tr("Revoke %1").arg(tokens.at(row).name));
        connect(button, &QPushButton::clicked, this, [this, token = tokens.at(row)] { confirmRevoke(token); });
        layout->addWidget(button);
        m_table->setIndexWidget(m_tokens->index(row, TokenTableModel::ActionColumn), holder); // the table owns it
    }
    const int rows = std::clamp(int(tokens.size()), 1, mostRowsShown);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + rows * m_context.theme.px(rowHeight) +
                            2);
}

void ApiPage::openNewTokenDialog()
{
    hideValue();
    m_dialog = new NewTokenDialog(m_context.theme, this);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &NewTokenDialog::createRequested, this, &ApiPage::createToken);
    m_dialog->open();
}

void ApiPage::createToken(const QString &name, TokenScope scope)
{
    m_context.async.run(
        this,
        [&tokens = m_context.engine.tokens(), name, scope] {
            return tokens.create(TokenService::localUser(), name, scope);
        },
        [this](Result<IssuedToken> issued) {
            if (issued) {
                if (m_dialog)
                    m_dialog->accept();
                showValue(*issued);
            } else if (m_dialog) {
                const Error &error = issued.error();
                m_dialog->showProblem(error.fields.isEmpty() ? error.detail() : error.fields.constFirst().message);
            } else {
                showError(issued.error());
            }
        });
}

void ApiPage::showValue(const IssuedToken &issued)
{
    m_valueTitle->setText(tr("“%1” was created. Copy its value now; it is not shown again.").arg(issued.token.name));
    m_value->setText(QString::fromUtf8(issued.value.reveal()));
    m_value->setCursorPosition(0);
    m_valuePanel->show();
    m_copyValue->setFocus(Qt::OtherFocusReason);
}

void ApiPage::hideValue()
{
    m_value->clear();
    m_valuePanel->hide();
}

void ApiPage::confirmRevoke(const ApiToken &token)
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::NoIcon);
    box->setWindowTitle(tr("Revoke token"));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Revoke “%1”?").arg(token.name));
    box->setInformativeText(token.lastUsedAt.isValid()
                                ? tr("Programs that use it are refused from then on. It was last used %1.")
                                      .arg(formatMoment(token.lastUsedAt, m_clock->now()))
                                : tr("Programs that use it are refused from then on. It has never been used."));
    QPushButton *yes = box->addButton(tr("Revoke"), QMessageBox::DestructiveRole);
    setButtonRole(*yes, ButtonRole::Destroy);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    connect(yes, &QPushButton::clicked, this, [this, id = token.id] { revoke(id); });
    box->open();
}

void ApiPage::revoke(TokenId id)
{
    m_context.async.run(
        this, [&tokens = m_context.engine.tokens(), id] { return tokens.revoke(TokenService::localUser(), id); },
        [this](const Result<void> &revoked) {
            if (!revoked)
                showError(revoked.error());
        });
}

void ApiPage::showError(const Error &error)
{
    m_error->setText(error.message, error.remedy);
    m_error->show();
}

void ApiPage::hideEvent(QHideEvent *event)
{
    hideValue();
    QWidget::hideEvent(event);
}

} // namespace idstore
