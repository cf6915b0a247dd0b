// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace dt {

/// The pages of the program, one button below the other. Ctrl+1, Ctrl+2, ... choose them, too.
class PageBar : public QWidget
{
    Q_OBJECT

public:
    explicit PageBar(QWidget *parent = nullptr);

    int addPage(const QString &name, const QString &icon, const QString &tip);
    void setCurrent(int page);

Q_SIGNALS:
    void chosen(int page);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    void fit();

    struct Item
    {
        QToolButton *button;
        QString icon;
    };
    std::vector<Item> m_items;
    QButtonGroup *m_group;
    QVBoxLayout *m_layout;
};

} // namespace dt
