// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellLayout.h"
#include "widgets/cell/CellTool.h"

#include <QLineF>
#include <QObject>
#include <QPointF>

#include <optional>

namespace dt {

class CellView;
class TreeEditor;

/// Editing on the picture of the cell. A click selects a dendrite, Ctrl adds one, a drag over the
/// background selects those it meets. Handles of the selected dendrite: the tip is its length, the
/// edge its diameter, the base is what it hangs on, the plus draws a new branch. Every drag is one
/// undo step; Escape takes it back. Keeps the picture's selection and the shared one the same.
class TreeTool : public QObject, public CellTool
{
    Q_OBJECT

public:
    TreeTool(CellView *view, TreeEditor *editor, QObject *parent = nullptr);
    ~TreeTool() override;

    /// False for a stick: length and diameter can be dragged, nothing else.
    void setTreeTools(bool on);
    /// Every drag that begins on the cell draws a branch.
    void setDrawing(bool on);
    [[nodiscard]] bool isDrawing() const { return m_drawing; }
    /// What a drag draws in this picture, a sentence.
    [[nodiscard]] QString drawHint() const;
    /// The next click on the cell says where the selected branch is to hang; Escape leaves it.
    void askForParent();

    /// Shows the shared selection in the picture, e.g. after the cell has changed.
    void showSelection();

    enum class Handle { None, Tip, Edge, Base, Plus };
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
    /// Somebody chose a part of the cell, perhaps the same again.
    void picked();
    void drawingChanged(bool on);
    /// What to do now; empty when there is nothing to say.
    void hint(const QString &sentence);

private:
    enum class Gesture { None, Length, Diameter, Draw, Reconnect, Band, Click };

    [[nodiscard]] Handle handleUnder(const QPointF &at) const;
    [[nodiscard]] int dendrite() const;
    [[nodiscard]] Place snapped(Place place, const QPointF &at) const;
    [[nodiscard]] bool isOnBody(const QPointF &at) const;
    void pick(const QPointF &at, Qt::KeyboardModifiers modifiers);
    void begin(Gesture gesture);
    void drag(const QPointF &at);
    void dragLength();
    void dragDiameter();
    void finish(bool cancelled);
    void abandon();
    /// What is being drawn, from where it leaves the cell, in the layout's coordinates.
    [[nodiscard]] QLineF drawnLine() const;
    [[nodiscard]] double drawnUm() const;
    void addDrawn();
    void selectInBand();
    void takeSelection();
    bool walk(int key);
    [[nodiscard]] QString lengthLabel(int dendrite) const;
    void paintHandles(QPainter &painter) const;
    void paintGesture(QPainter &painter) const;

    CellView *m_view;
    TreeEditor *m_editor;
    bool m_treeTools = false;
    bool m_drawing = false;
    bool m_asking = false; ///< for a new parent
    bool m_syncing = false;
    bool m_editing = false; ///< this tool changes the cell

    Gesture m_gesture = Gesture::None;
    Gesture m_possible = Gesture::None; ///< becomes the gesture when the mouse has moved
    QPointF m_pressed;
    QPointF m_mouse;
    Qt::KeyboardModifiers m_modifiers;
    int m_dendrite = -1; ///< that the gesture is about
    std::optional<Place> m_place; ///< where it began or leads to
    double m_startValue = 0.0;
    double m_startPixels = 0.0;
};

} // namespace dt
