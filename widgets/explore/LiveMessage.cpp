// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/LiveMessage.h"

#include "widgets/theme/Theme.h"

#include <QEvent>

#include <algorithm>

namespace dt {

namespace {

constexpr int NoteMs = 6000;

} // namespace

LiveMessage::LiveMessage(QWidget *picture) : QLabel(picture)
{
    setObjectName(QStringLiteral("liveMessageLabel"));
    setProperty("card", true);
    setAutoFillBackground(true);
    setWordWrap(true);
    setAlignment(Qt::AlignCenter);
    setMargin(theme::Grid / 2);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_timer.setSingleShot(true);
    m_timer.setInterval(NoteMs);
    connect(&m_timer, &QTimer::timeout, this, [this] { say({}, false); });
    picture->installEventFilter(this);
    hide();
}

void LiveMessage::say(const QString &sentence, bool isProblem)
{
    theme::setRole(this, "problem", isProblem);
    setText(sentence);
    setVisible(!sentence.isEmpty());
    place();
    if (isProblem || sentence.isEmpty())
        m_timer.stop();
    else
        m_timer.start();
}

void LiveMessage::place()
{
    const QRect room =
        parentWidget()->rect().marginsRemoved({theme::Grid, 0, theme::Grid, theme::Grid});
    const int oneLine = fontMetrics().horizontalAdvance(text()) + theme::Grid * 3;
    const int width = std::min(oneLine, room.width());
    resize(width, heightForWidth(width));
    move(room.center().x() - width / 2, room.bottom() + 1 - height());
    raise();
}

bool LiveMessage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QLabel::eventFilter(watched, event);
}

} // namespace dt
