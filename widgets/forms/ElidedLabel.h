// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHelpEvent>
#include <QLabel>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace dt {

/// A line of plain text that asks for room but can do with less: text that does not fit ends in an
/// ellipsis, and the whole text is the tooltip unless there is another one.
class ElidedLabel : public QLabel
{
public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr) : QLabel(text, parent)
    {
        setTextFormat(Qt::PlainText);
    }

    /// The part of the text that is drawn.
    [[nodiscard]] QString shownText() const
    {
        return fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    }

    [[nodiscard]] QSize minimumSizeHint() const override
    {
        const QSize all = QLabel::minimumSizeHint();
        return {std::min(all.width(), fontMetrics().horizontalAdvance(QStringLiteral("M..."))),
                all.height()};
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        const QString shown = shownText();
        if (shown == text()) {
            QLabel::paintEvent(event);
            return;
        }
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(contentsRect(), static_cast<int>(alignment()), shown);
    }

    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && shownText() != text()) {
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), text(), this);
            return true;
        }
        return QLabel::event(event);
    }
};

} // namespace dt
