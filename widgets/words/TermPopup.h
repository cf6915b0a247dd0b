// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QStringList>

class QScrollArea;

namespace dt {

class Glossary;

/// Says what words mean, beside the place where they stand. Escape or a click elsewhere closes it,
/// and it deletes itself.
class TermPopup : public QFrame
{
    Q_OBJECT

public:
    TermPopup(const Glossary &glossary, const QStringList &keys, QWidget *parent);

    /// Shows the popup below a rectangle of the screen, or above it where there is no room.
    void showAt(const QRect &place);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// A link to a place in the guide was clicked, e.g. "glossary.md#cap".
    void guideWanted(const QString &link);

private:
    QScrollArea *m_scroll;
};

} // namespace dt
