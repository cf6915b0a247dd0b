// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace dt {

/// A list or a form at the edge of a page that can be folded away, so that the plots have the room:
/// a slim bar beside it does so, and brings it back. In a splitter it gets its old size again.
class FoldPane : public QWidget
{
    Q_OBJECT

public:
    /// Where it lies, seen from what gets its room.
    enum class Edge { Left, Right, Top, Bottom };

    /// `name` is what its being folded is remembered under, `title` says what is in it.
    FoldPane(const QString &name, const QString &title, QWidget *content, Edge edge,
             QWidget *parent = nullptr);

    [[nodiscard]] bool isFolded() const { return m_folded; }
    void setFolded(bool folded);
    [[nodiscard]] QWidget *content() const { return m_content; }
    /// Of the bar [px].
    [[nodiscard]] int barWidth() const;

Q_SIGNALS:
    /// By anybody.
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
