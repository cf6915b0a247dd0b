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

/// Makes words of a label links: a dotted line below them, a click asks. The label's text stays as
/// it is. A child of its label.
class TermLabel : public QObject
{
    Q_OBJECT

public:
    /// The whole text is one link to these entries; without any, its words that the glossary has
    /// are. In a sentence only the words of these entries are, each a link to all of them. The
    /// glossary outlives the label.
    TermLabel(QLabel *label, const Glossary &glossary, QStringList keys, bool sentence = false);

    /// Entries that can be asked for here now.
    [[nodiscard]] QStringList keys() const;
    [[nodiscard]] QLabel *label() const { return m_label; }
    /// Where in the label a word lies, in pixels; null when it does not.
    [[nodiscard]] QRectF placeOf(const QString &key) const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// Somebody clicked this word, at this place of the screen.
    void asked(const QStringList &keys, const QRect &place);

private:
    struct Link
    {
        QStringList keys;
        QList<QRectF> lines; ///< one for each line that it reaches over
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
