// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellTool.h"
#include "widgets/cell/TreeHandles.h"

#include <QObject>
#include <QPointF>

#include <memory>
#include <optional>

namespace dt {

class CellView;
class PictureSelection;
class ReconnectGesture;
class TreeEditor;
class TreeGesture;
class TreeKeys;

/// Editing on the picture of the cell. A click selects a dendrite, Ctrl adds one, and a drag over
/// the background selects those it meets. The selected dendrite has handles. Every drag is one undo
/// step; Escape takes it back. This class decides which gesture a press of the mouse begins; the
/// gesture does the rest.
class TreeTool : public QObject, public CellTool
{
    Q_OBJECT

public:
    using Handle = TreeHandles::Handle;

    TreeTool(CellView *view, TreeEditor *editor, QObject *parent = nullptr);
    ~TreeTool() override;

    /// Whether the tools of a tree are there. False for a stick: length and diameter can be
    /// dragged, nothing else.
    void setTreeTools(bool on);
    /// Whether every drag that begins on the cell draws a branch.
    void setDrawing(bool on);
    [[nodiscard]] bool isDrawing() const { return m_drawing; }
    /// A sentence that says what a drag draws in this picture.
    [[nodiscard]] QString drawHint() const;
    /// The next click on the cell says where the selected branch shall hang; Escape ends this.
    void askForParent();

    /// Shows the shared selection in the picture, e.g. after the cell has changed.
    void showSelection();

    /// Where a handle of the selected dendrite is drawn [px]; nothing when it is not shown.
    [[nodiscard]] std::optional<QPointF> handleAt(Handle handle) const;

    bool mousePress(QMouseEvent *event) override;
    void mouseMove(QMouseEvent *event) override;
    void mouseRelease(QMouseEvent *event) override;
    bool mouseDoubleClick(QMouseEvent *event) override;
    void hover(QMouseEvent *event) override;
    bool keyPress(QKeyEvent *event) override;
    void paint(QPainter &painter) override;

Q_SIGNALS:
    /// A person chose a part of the cell, perhaps the same again.
    void picked();
    void drawingChanged(bool on);
    /// Says what to do now; empty when there is nothing to say.
    void hint(const QString &sentence);

private:
    [[nodiscard]] TreeHandles handles() const;
    [[nodiscard]] bool draws(Qt::KeyboardModifiers modifiers) const;
    [[nodiscard]] bool isOnMark(const QPointF &at) const;
    /// The gesture that a drag of the handle begins; nullptr for none.
    [[nodiscard]] std::unique_ptr<TreeGesture> gestureOf(Handle handle, const QPointF &at) const;
    void drag(const QPointF &at);
    void finish(bool cancelled);
    void abandon();
    bool escape();

    CellView *m_view;
    TreeEditor *m_editor;
    PictureSelection *m_selection;
    TreeKeys *m_keys;
    bool m_treeTools = false;
    bool m_drawing = false;
    bool m_editing = false; ///< this tool is changing the cell

    std::unique_ptr<TreeGesture>
        m_gesture; ///< set from the press on; still a click until m_dragging
    bool m_dragging = false;
    std::unique_ptr<ReconnectGesture> m_asking; ///< asks for a new parent, with no button down
    QPointF m_pressed;
    Qt::KeyboardModifiers m_modifiers;
};

} // namespace dt
