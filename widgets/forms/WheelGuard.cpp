// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/WheelGuard.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QScrollBar>
#include <QTabBar>

namespace dt {

namespace {

bool isChangedByWheel(const QWidget *widget)
{
    return qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QComboBox *>(widget)
        || qobject_cast<const QTabBar *>(widget)
        || (qobject_cast<const QAbstractSlider *>(widget)
            && !qobject_cast<const QScrollBar *>(widget));
}

} // namespace

WheelGuard::WheelGuard(QObject *parent) : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type != QEvent::Wheel && type != QEvent::Polish && type != QEvent::Show)
        return false;
    auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || !isChangedByWheel(widget))
        return false;
    if (type != QEvent::Wheel) {
        // Or the wheel would take the focus first. A widget that was asked for its size before this
        // guard was there is polished already, so it is looked at when it shows.
        widget->setFocusPolicy(static_cast<Qt::FocusPolicy>(
            widget->focusPolicy() & ~(Qt::WheelFocus & ~Qt::StrongFocus)));
        return false;
    }
    if (widget->hasFocus())
        return false;
    event->ignore(); // goes on to what lies behind
    return true;
}

} // namespace dt
