// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/train/TrainingDelegate.h"

#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QPainter>

namespace dt {

namespace {

constexpr int Margin = theme::Grid;
constexpr int BarHeight = 3;

} // namespace

QSize TrainingDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int lines = QFontMetrics(option.font).height()
        + QFontMetrics(theme::captionFont()).height() + BarHeight;
    return {10, lines + 2 * Margin};
}

void TrainingDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);

    const bool selected = option.state & QStyle::State_Selected;
    const QColor text =
        option.palette.color(selected ? QPalette::HighlightedText : QPalette::WindowText);
    const QRect area = option.rect.adjusted(Margin, Margin / 2, -Margin, -Margin / 2);
    painter->save();
    painter->setFont(option.font);
    painter->setPen(text);
    const QFontMetrics first(option.font);
    painter->drawText(QRect(area.left(), area.top(), area.width(), first.height()),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      first.elidedText(index.data().toString(), Qt::ElideRight, area.width()));
    const QFont small = theme::captionFont();
    const QFontMetrics second(small);
    painter->setFont(small);
    const bool failed = index.data(FailedRole).toBool();
    painter->setPen(selected     ? text
                        : failed ? colours::onto(colours::Failure, option.palette)
                                 : colours::muted(option.palette));
    const int top = area.top() + first.height();
    painter->drawText(
        QRect(area.left(), top, area.width(), second.height()), Qt::AlignLeft | Qt::AlignVCenter,
        second.elidedText(index.data(StateRole).toString(), Qt::ElideRight, area.width()));
    if (const QVariant share = index.data(ShareRole); share.isValid()) {
        const QRect bar(area.left(), top + second.height() + 2, area.width(), BarHeight);
        painter->fillRect(bar, colours::line(option.palette));
        painter->fillRect(QRect(bar.topLeft(),
                                QSize(static_cast<int>(share.toDouble() * bar.width()), BarHeight)),
                          selected ? text : option.palette.color(QPalette::Highlight));
    }
    painter->restore();
}

} // namespace dt
