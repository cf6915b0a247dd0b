// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QRectF>
#include <QStringList>

#include <vector>

class QLabel;

namespace dt {

class Glossary;

/// Makes words of a label links, with a dotted line below them; a click on one sends asked(). The
/// label's text stays as it is. The object is a child of its label.
class TermLabel : public QObject
{
    Q_OBJECT

public:
    /// With `keys` the whole text is one link to these entries; without any, all its words that the
    /// glossary has are links. In a sentence only the words of these entries are links, each to all
    /// of them. The glossary must outlive the label.
    TermLabel(QLabel *label, const Glossary &glossary, QStringList keys, bool sentence = false);

    /// The entries that this label links to now.
    [[nodiscard]] QStringList keys() const;
    [[nodiscard]] QLabel *label() const { return m_label; }
    /// Where a word lies in the label [px]; null when it is not there.
    [[nodiscard]] QRectF placeOf(const QString &key) const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// A word for these entries was clicked, at this place of the screen.
    void asked(const QStringList &keys, const QRect &place);

private:
    struct Link
    {
        QStringList keys;
        QList<QRectF> lines; ///< one for each line that the word reaches over
    };
    [[nodiscard]] QString shownText() const;
    [[nodiscard]] std::vector<Link> links() const;
    [[nodiscard]] const Link *linkAt(const std::vector<Link> &links, const QPointF &at) const;
    void underline() const;
    void follow(const QPointF &at);

    QLabel *m_label;
    const Glossary &m_glossary;
    QStringList m_keys;
    bool m_sentence;
    bool m_pointing = false;
};

} // namespace dt
