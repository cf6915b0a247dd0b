// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/TermMarker.h"

#include "widgets/words/TermLabel.h"
#include "widgets/words/TermPlaces.h"
#include "widgets/words/Text.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>

#include <algorithm>
#include <utility>
#include <vector>

namespace dt {

TermMarker::TermMarker(const Glossary &glossary, QObject *parent) :
    QObject(parent), m_glossary(glossary)
{
    for (const TermPlace &place : termPlaces()) {
        m_places.insert(text(place.widget),
                        place.keys == AnyTerm ? QStringList()
                                              : text(place.keys).split(u' ', Qt::SkipEmptyParts));
        if (place.sentence)
            m_sentences.insert(text(place.widget));
    }
    qApp->installEventFilter(this);
}

bool TermMarker::eventFilter(QObject *watched, QEvent *event)
{
    // When it is shown, a label has its name and its buddy.
    if (event->type() == QEvent::Show) {
        if (auto *label = qobject_cast<QLabel *>(watched))
            mark(label);
    }
    return QObject::eventFilter(watched, event);
}

void TermMarker::mark(QLabel *label)
{
    auto place = m_places.constFind(label->objectName());
    if (place == m_places.cend() && label->buddy())
        place = m_places.constFind(label->buddy()->objectName());
    if (place == m_places.cend()
        || label->findChild<TermLabel *>(QString(), Qt::FindDirectChildrenOnly))
        return;
    auto *link = new TermLabel(label, m_glossary, *place, m_sentences.contains(place.key()));
    connect(link, &TermLabel::asked, this,
            [this, label](const QStringList &keys, const QRect &word) {
                Q_EMIT asked(keys, word, label);
            });
}

QStringList TermMarker::keysOf(const QWidget *widget) const
{
    for (; widget && !widget->isWindow(); widget = widget->parentWidget()) {
        if (const QStringList keys = m_places.value(widget->objectName()); !keys.isEmpty())
            return keys;
    }
    return {};
}

QStringList TermMarker::keysIn(const QWidget *window) const
{
    struct Found
    {
        int y;
        int x;
        QStringList keys;
    };
    std::vector<Found> found;
    const auto add = [&](const QWidget *widget, const QStringList &keys) {
        const QPoint at = widget->mapTo(window, QPoint(0, 0));
        found.push_back({at.y(), at.x(), keys});
    };
    for (const QWidget *widget : window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != window)
            continue;
        if (const auto *link =
                widget->findChild<TermLabel *>(QString(), Qt::FindDirectChildrenOnly))
            add(widget, link->keys());
        else if (const QStringList keys = m_places.value(widget->objectName()); !keys.isEmpty())
            add(widget, keys);
    }
    std::stable_sort(found.begin(), found.end(), [](const Found &a, const Found &b) {
        return std::pair(a.y, a.x) < std::pair(b.y, b.x);
    });
    QStringList keys;
    for (const Found &f : found)
        keys << f.keys;
    keys.removeDuplicates();
    return keys;
}

} // namespace dt
