// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace dt {

/// A list or a form at the edge of a page that can be folded away, so that the plots get its room.
/// A slim bar beside it folds it away and brings it back. In a splitter it then gets its old size
/// again.
class FoldPane : public QWidget
{
    Q_OBJECT

public:
    /// Where the pane lies, seen from the widget that gets its room.
    enum class Edge { Left, Right, Top, Bottom };

    /// `name` is the name under which the state is remembered, `title` says what the pane holds.
    FoldPane(const QString &name, const QString &title, QWidget *content, Edge edge,
             QWidget *parent = nullptr);

    [[nodiscard]] bool isFolded() const { return m_folded; }
    void setFolded(bool folded);
    [[nodiscard]] QWidget *content() const { return m_content; }
    /// Width of the bar [px].
    [[nodiscard]] int barWidth() const;

Q_SIGNALS:
    /// The pane was folded or unfolded, by a person or by the program.
    void foldedChanged(bool folded);

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    [[nodiscard]] bool isSideways() const { return m_edge == Edge::Left || m_edge == Edge::Right; }

    QString m_title;
    QWidget *m_content;
    Edge m_edge;
    QToolButton *m_bar;
    bool m_folded = false;
    int m_openSize = 0; ///< width or height in a splitter before it was folded [px]
};

} // namespace dt
