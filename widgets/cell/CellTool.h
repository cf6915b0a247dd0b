// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QKeyEvent;
class QMouseEvent;
class QPainter;

namespace dt {

/// What a page adds to the picture of the cell: a tool sees mouse and keys before the view does and
/// draws over the cell (CellView::setTool()). Positions are the view's pixels.
class CellTool
{
public:
    CellTool() = default;
    CellTool(const CellTool &) = delete;
    CellTool &operator=(const CellTool &) = delete;
    virtual ~CellTool() = default;

    /// True: the event is handled, and the view does nothing more with it. After a press that the
    /// tool took, all moves and the release go to the tool.
    virtual bool mousePress(QMouseEvent *event) = 0;
    virtual void mouseMove(QMouseEvent *event) = 0;
    virtual void mouseRelease(QMouseEvent *event) = 0;
    virtual bool mouseDoubleClick(QMouseEvent *event) = 0;
    /// The mouse moves with no button down.
    virtual void hover(QMouseEvent *event) = 0;
    virtual bool keyPress(QKeyEvent *event) = 0;
    virtual void paint(QPainter &painter) = 0;
};

} // namespace dt
