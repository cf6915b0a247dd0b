// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellCanvas.h"

#include <QStringList>

#include <optional>

namespace dt {

class CellTool;

/// The picture of the cell, the same on every page: plain, or coloured by voltage while it runs.
/// Click or arrow keys select the soma or a segment; wheel, pinch and the keys + - 0 zoom; dragging
/// the background or the middle button moves what is too large for the window.
///
/// Over the cell lie marks: synapses and electrodes. Without setMarks() these are the synapses of
/// the neuron. A page that edits them gives its own:
///
///     view->setMarks(marks);              // after every change of the document or the selection
///     view->setMarksMovable(true);
///     view->setAcceptedTypes({"application/x-my-synapse"});
///     connect(view, &CellView::markClicked, ...);   // select it; with Ctrl: toggle
///     connect(view, &CellView::markDragged, ...);   // edit with a mergeKey
///     connect(view, &CellView::markDropped, ...);   // Document::endMerge()
///     // Escape: put the first state back by an edit with the same mergeKey, then endMerge()
///     connect(view, &CellView::markDragCancelled, ...);
///     // something was dragged in from elsewhere
///     connect(view, &CellView::itemsDropped, ...);
///
/// Places are exact; a page that wants to snap them to segments does so itself.
class CellView : public CellCanvas
{
    Q_OBJECT

public:
    explicit CellView(QWidget *parent = nullptr);

    /// Whether marks can be dragged along the cell; without it the mouse passes through them.
    void setMarksMovable(bool movable);
    [[nodiscard]] bool marksMovable() const { return m_movable; }
    /// Ends a drag of a mark without a signal, because the mark is not what it was.
    void dropMarkDrag() { m_drag.reset(); }
    /// Kinds of data that may be dropped on the cell (MIME types).
    void setAcceptedTypes(const QStringList &types);
    /// The tool that sees mouse and keys first; null for none. The view does not own it: it
    /// outlives the view or is taken away before.
    void setTool(CellTool *tool);
    [[nodiscard]] CellTool *tool() const { return m_tool; }

Q_SIGNALS:
    /// The cell was clicked where no mark is; `x` is exact.
    void placeClicked(int dendrite, double x, Qt::KeyboardModifiers modifiers);
    void markClicked(int id, Qt::KeyboardModifiers modifiers);
    /// The mouse has dragged the mark over another place; comes often.
    void markDragged(int id, int dendrite, double x);
    /// The mark was dropped: its drag has ended.
    void markDropped(int id, int dendrite, double x);
    void markDragCancelled(int id);
    /// Data of an accepted type was dropped on the cell.
    void itemsDropped(const QString &type, const QByteArray &data, int dendrite, double x);

protected:
    void paintOver(QPainter &painter) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct MarkDrag
    {
        int id = 0;
        QPointF pressed;
        Qt::KeyboardModifiers modifiers;
        bool clickWaits = false; ///< was selected already: without a drag, this is a click
        bool moving = false;
        Place place;
    };

    void pressMark(const CellMark &mark, const QMouseEvent &event);
    void dragMark(const QPointF &position);
    void endMarkDrag(bool cancelled);
    [[nodiscard]] bool dragGoesOn() const { return m_drag || m_toolHasMouse; }
    [[nodiscard]] QString tipAt(const QPointF &position) const;

    bool m_movable = false;
    std::optional<MarkDrag> m_drag;
    QStringList m_types;
    std::optional<Place> m_dropPlace;
    CellTool *m_tool = nullptr;
    bool m_toolHasMouse = false;
    std::optional<QPointF> m_panning; ///< last place of the mouse while it pans [px]
    std::optional<QPointF> m_backgroundPress;
};

} // namespace dt
