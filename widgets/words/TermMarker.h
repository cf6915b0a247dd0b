// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>

class QLabel;
class QWidget;

namespace dt {

class Glossary;

/// Makes the words of termPlaces() links, in whatever window they show up.
class TermMarker : public QObject
{
    Q_OBJECT

public:
    /// Watches the whole program. The glossary outlives all labels.
    explicit TermMarker(const Glossary &glossary, QObject *parent = nullptr);

    /// Entries about a field or plot, or the nearest thing around it; empty when there are none.
    [[nodiscard]] QStringList keysOf(const QWidget *widget) const;
    /// All entries that the visible part of a window is about, each once, from top to bottom.
    [[nodiscard]] QStringList keysIn(const QWidget *window) const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// Somebody clicked a word of this label, at this place of the screen.
    void asked(const QStringList &keys, const QRect &place, QWidget *label);

private:
    void mark(QLabel *label);

    const Glossary &m_glossary;
    QHash<QString, QStringList> m_places; ///< by object name; an empty list: any word of the text
    QSet<QString> m_sentences; ///< of these, where only the words are links
};

} // namespace dt
