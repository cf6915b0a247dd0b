// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/FocusKeeper.h"

#include <QApplication>
#include <QEvent>
#include <QStackedWidget>

namespace dt {

namespace {

/// By a command, not because its page was left.
bool isTakenAway(const QWidget &widget)
{
    for (const QWidget *part = &widget; part && !part->isWindow(); part = part->parentWidget()) {
        if (part->isHidden())
            return !qobject_cast<QStackedWidget *>(part->parentWidget());
    }
    return !widget.isEnabled();
}

} // namespace

FocusKeeper::FocusKeeper(QObject *parent) : QObject(parent)
{
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, &FocusKeeper::onFocusChanged);
}

void FocusKeeper::onFocusChanged(QWidget *old, QWidget *now)
{
    if (m_clearing || !now)
        return;
    m_kept.clear();
    if (!old || old->window() != now->window() || old->isWindow() || !isTakenAway(*old))
        return;
    m_kept = old;
    m_clearing = true;
    now->clearFocus();
    m_clearing = false;
}

bool FocusKeeper::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_kept
        && (event->type() == QEvent::EnabledChange || event->type() == QEvent::Show)
        && m_kept->isEnabled() && m_kept->isVisible()) {
        QWidget *kept = m_kept;
        m_kept.clear();
        if (!kept->window()->focusWidget())
            kept->setFocus();
    }
    return false;
}

} // namespace dt
