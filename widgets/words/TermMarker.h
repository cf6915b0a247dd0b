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

/// Makes the words of termPlaces() links in every window in which they appear.
class TermMarker : public QObject
{
    Q_OBJECT

public:
    /// Watches the whole program. The glossary must outlive all labels.
    explicit TermMarker(const Glossary &glossary, QObject *parent = nullptr);

    /// Entries about a field or plot, or about the nearest widget around it; empty when there are
    /// none.
    [[nodiscard]] QStringList keysOf(const QWidget *widget) const;
    /// All entries that the visible part of a window is about, each once, from top to bottom.
    [[nodiscard]] QStringList keysIn(const QWidget *window) const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// A word of this label was clicked, at this place of the screen.
    void asked(const QStringList &keys, const QRect &place, QWidget *label);

private:
    void mark(QLabel *label);

    const Glossary &m_glossary;
    /// Keys of entries by object name; an empty list means any word of the text.
    QHash<QString, QStringList> m_places;
    QSet<QString> m_sentences; ///< object names of labels where only the words are links
};

} // namespace dt
