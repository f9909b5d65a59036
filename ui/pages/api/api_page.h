// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/token_service.h"

#include <QPointer>
#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QTableView;

namespace idstore {

class Banner;
class NewTokenDialog;
class SystemClock;
class TokenTableModel;
struct PageContext;

/// What a script needs: the address, the tokens, and ready-made requests. A new token's value is shown once, here, and
/// hidden when the page is left. GUI thread only; `context` must outlive it.
class ApiPage final : public QWidget
{
    Q_OBJECT

public:
    explicit ApiPage(PageContext &context, QWidget *parent = nullptr);
    ~ApiPage() override;

protected:
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildMain();
    QWidget *buildAddress();
    QWidget *buildValuePanel();
    QTableView *buildTable();
    QWidget *buildCopyRow(const QString &label, const QString &value, const QString &copyName);

    void loadTokens();
    void showTokens(const QList<ApiToken> &tokens);
    void openNewTokenDialog();
    void createToken(const QString &name, TokenScope scope);
    void showValue(const IssuedToken &issued);
    void hideValue();
    void confirmRevoke(const ApiToken &token);
    void revoke(TokenId id);
    void showError(const Error &error);

    PageContext &m_context;
    std::unique_ptr<SystemClock> m_clock;
    TokenTableModel *m_tokens;
    Banner *m_error;
    QTableView *m_table = nullptr;
    QFrame *m_valuePanel = nullptr;
    QLabel *m_valueTitle = nullptr;
    QLineEdit *m_value = nullptr;
    QWidget *m_copyValue = nullptr;
    QPointer<NewTokenDialog> m_dialog;
};

} // namespace idstore
