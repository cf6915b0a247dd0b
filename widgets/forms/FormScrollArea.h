// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>

namespace dt {

/// A column of fields that scrolls vertically and is never cut at its right edge, whatever the
/// size of the text.
class FormScrollArea : public QScrollArea
{
public:
    explicit FormScrollArea(QWidget *content)
    {
        setWidget(content);
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        // What lies behind shows through: a page or a card.
        viewport()->setAutoFillBackground(false);
        content->setAutoFillBackground(false);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        content->installEventFilter(this);
        keepWidth();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            keepWidth();
        return QScrollArea::eventFilter(watched, event);
    }

private:
    void keepWidth()
    {
        setMinimumWidth(widget()->minimumSizeHint().width()
                        + verticalScrollBar()->sizeHint().width());
    }
};

} // namespace dt
