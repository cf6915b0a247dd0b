// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace dt {

/// Draws a training of the queue in two lines: what it is, and how it stands, over a thin bar.
class TrainingDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// Roles beside Qt::DisplayRole, which is the first line.
    static constexpr int StateRole = Qt::UserRole; ///< QString, the second line
    static constexpr int ShareRole = Qt::UserRole + 1; ///< double 0..1, absent: no bar
    static constexpr int FailedRole = Qt::UserRole + 2; ///< bool

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace dt
