// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace idstore {

struct PageContext;

/// The settings there are, kept at once: appearance, where the data is, the proxy, what this program is. GUI thread
/// only; `context` must outlive it.
class SettingsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsPage(PageContext &context, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addSection(QVBoxLayout &column, const QString &title, bool isFirst = false);
    void addSetting(QVBoxLayout &column, const QString &label, QWidget *control);
    QWidget *buildAppearance();
    QWidget *buildDataFolder();
    QWidget *buildProxy();
    void keepProxy(const QString &proxy);
    QWidget *buildAbout();
    void measureFolder();

    PageContext &m_context;
    QLabel *m_space = nullptr;
    QLabel *m_proxyNote = nullptr;
};

} // namespace idstore
