// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/NoticeBar.h"

#include "widgets/theme/Colours.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace dt {

NoticeBar::NoticeBar(QWidget *parent) :
    QFrame(parent), m_icon(new QLabel), m_text(new QLabel), m_button(new QPushButton),
    m_close(new QToolButton)
{
    setObjectName(QStringLiteral("noticeBar"));
    setProperty("card", true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setObjectName(QStringLiteral("noticeLabel"));
    m_button->setObjectName(QStringLiteral("noticeActionButton"));
    m_close->setObjectName(QStringLiteral("noticeCloseButton"));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close (Escape)"));
    m_close->setAccessibleName(tr("Close this message"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::Grid * 2, theme::Grid / 2, theme::Grid, theme::Grid / 2);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &NoticeBar::dismiss);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const std::function<void()> action = std::exchange(m_action, {});
        m_dismissed = {};
        hide();
        if (action)
            action();
    });
    restyle();
    hide();
}

void NoticeBar::show(Kind kind, const QString &sentence, const QString &button,
                     std::function<void()> action, std::function<void()> dismissed)
{
    m_kind = kind;
    m_text->setText(sentence);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_action = std::move(action);
    m_dismissed = std::move(dismissed);
    restyle();
    QFrame::show();
}

QString NoticeBar::sentence() const
{
    return m_text->text();
}

void NoticeBar::settle()
{
    if (m_kind == Kind::Failure)
        dismiss();
}

void NoticeBar::withdraw(const QString &sentence)
{
    if (isHidden() || m_text->text() != sentence)
        return;
    m_action = {};
    m_dismissed = {};
    hide();
}

void NoticeBar::dismiss()
{
    m_action = {};
    const std::function<void()> dismissed = std::exchange(m_dismissed, {});
    hide();
    if (dismissed)
        dismissed();
}

void NoticeBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

void NoticeBar::restyle()
{
    const int side = fontMetrics().height() + 4;
    QPalette p = palette();
    if (m_kind == Kind::Failure)
        p.setColor(QPalette::ButtonText, colours::onto(colours::Failure, palette()));
    m_icon->setPixmap(themedIcon(QStringLiteral("warning"), p).pixmap(side, side));
    m_icon->setVisible(m_kind == Kind::Failure);
    m_close->setIcon(themedIcon(QStringLiteral("close"), palette()));
}

void NoticeBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_close)
        restyle();
}

} // namespace dt
