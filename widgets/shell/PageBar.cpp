// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/PageBar.h"

#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace dt {

PageBar::PageBar(QWidget *parent) :
    QWidget(parent), m_group(new QButtonGroup(this)), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("pageBar"));
    m_layout->setContentsMargins(theme::Grid / 2, theme::Grid, theme::Grid / 2, theme::Grid);
    m_layout->setSpacing(theme::Grid / 2);
    m_layout->addStretch(1);
    connect(m_group, &QButtonGroup::idClicked, this, &PageBar::chosen);
}

int PageBar::addPage(const QString &name, const QString &icon, const QString &tip)
{
    const int page = static_cast<int>(m_items.size());
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("pageButton"));
    button->setAccessibleName(name);
    button->setText(name);
    button->setCheckable(true);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + page)));
    button->setToolTip(tr("%1 (Ctrl+%2)").arg(tip).arg(page + 1));
    m_group->addButton(button, page);
    m_layout->insertWidget(page, button);
    m_items.push_back({button, icon});
    restyle();
    return page;
}

void PageBar::setCurrent(int page)
{
    m_items[static_cast<std::size_t>(page)].button->setChecked(true);
}

void PageBar::restyle()
{
    const int side = fontMetrics().height() * 3 / 2;
    for (const Item &item : m_items) {
        item.button->setIconSize({side, side});
        item.button->setIcon(themedIcon(item.icon, palette()));
    }
    fit();
}

// Large letters in a low window: the names alone.
void PageBar::fit()
{
    constexpr int Padding = 2 * theme::Grid; // of a button
    const int icon = fontMetrics().height() * 3 / 2;
    const int each = icon + fontMetrics().height() + Padding + m_layout->spacing();
    const bool roomy = height() >= static_cast<int>(m_items.size()) * each + 2 * theme::Grid;
    for (const Item &item : m_items)
        item.button->setToolButtonStyle(roomy ? Qt::ToolButtonTextUnderIcon
                                              : Qt::ToolButtonTextOnly);
}

void PageBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void PageBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        restyle();
}

} // namespace dt
