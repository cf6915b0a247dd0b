// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/TermPopup.h"

#include "engine/base/Glossary.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

constexpr int Letters = 52; ///< of a line
/// It takes no more of the screen's height.
constexpr double MostOfScreen = 0.6;

} // namespace

TermPopup::TermPopup(const Glossary &glossary, const QStringList &keys, QWidget *parent) :
    QFrame(parent, Qt::Popup), m_scroll(new QScrollArea)
{
    setObjectName(QStringLiteral("termPopup"));
    setAccessibleName(tr("What it means"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(theme::Grid * 2, theme::Grid, theme::Grid * 2, theme::Grid);
    column->setSpacing(theme::Grid / 2);
    const int width = QFontMetrics(theme::bodyFont()).averageCharWidth() * Letters;
    QString first;
    for (const QString &key : keys) {
        const GlossaryEntry *entry = glossary.find(key.toStdString());
        if (!entry)
            continue;
        auto *name = new QLabel(QString::fromStdString(entry->name));
        name->setObjectName(key + QStringLiteral("NameLabel"));
        theme::setRole(name, "heading");
        auto *meaning = new QLabel(QString::fromStdString(entry->text));
        meaning->setObjectName(key + QStringLiteral("MeaningLabel"));
        meaning->setTextFormat(Qt::MarkdownText);
        meaning->setWordWrap(true);
        meaning->setFixedWidth(width);
        if (!first.isEmpty())
            column->addSpacing(theme::Grid);
        else
            first = key;
        column->addWidget(name);
        if (!entry->aliases.empty()) {
            QStringList aliases;
            for (const std::string &alias : entry->aliases)
                aliases << QString::fromStdString(alias);
            auto *also = new QLabel(tr("also called %1").arg(aliases.join(QStringLiteral(", "))));
            also->setObjectName(key + QStringLiteral("AliasLabel"));
            theme::setRole(also, "muted");
            theme::setRole(also, "caption");
            column->addWidget(also);
        }
        column->addWidget(meaning);
    }
    m_scroll->setObjectName(QStringLiteral("termScrollArea"));
    m_scroll->setWidget(content);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    content->adjustSize();
    const int most = static_cast<int>(MostOfScreen * screen()->availableSize().height());
    const int bar =
        content->height() > most ? m_scroll->verticalScrollBar()->sizeHint().width() : 0;
    m_scroll->setFixedSize(content->width() + bar, std::min(content->height(), most));
    auto *more = new QPushButton(tr("More in the Guide"));
    more->setObjectName(QStringLiteral("termGuideButton"));
    more->setToolTip(tr("Open the glossary of the user guide at this word"));
    more->setFlat(true);
    connect(more, &QPushButton::clicked, this, [this, first] {
        Q_EMIT guideWanted(QStringLiteral("glossary.md#") + first);
        close();
    });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, theme::Grid / 2);
    layout->setSpacing(0);
    layout->addWidget(m_scroll);
    layout->addWidget(more, 0, Qt::AlignRight);
    more->installEventFilter(this);
    more->setFocus();
}

// The button has the focus and would take the keys that move through a long text.
bool TermPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    QScrollBar *bar = m_scroll->verticalScrollBar();
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        bar->triggerAction(QScrollBar::SliderSingleStepAdd);
        return true;
    case Qt::Key_Up:
        bar->triggerAction(QScrollBar::SliderSingleStepSub);
        return true;
    case Qt::Key_PageDown:
        bar->triggerAction(QScrollBar::SliderPageStepAdd);
        return true;
    case Qt::Key_PageUp:
        bar->triggerAction(QScrollBar::SliderPageStepSub);
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

void TermPopup::showAt(const QRect &place)
{
    adjustSize();
    const QRect room = screen()->availableGeometry();
    const int below = place.bottom() + theme::Grid / 2;
    const int y =
        below + height() <= room.bottom() + 1 ? below : place.top() - theme::Grid / 2 - height();
    move(std::clamp(place.left(), room.left(), std::max(room.left(), room.right() + 1 - width())),
         std::max(room.top(), y));
    show();
}

} // namespace dt
