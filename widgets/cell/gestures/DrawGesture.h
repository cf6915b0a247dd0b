// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Place.h"
#include "widgets/cell/CellLayout.h"
#include "widgets/cell/gestures/TreeGesture.h"

#include <QCoreApplication>
#include <QLineF>

namespace dt {

class CellView;
class TreeEditor;

/// Draws a new branch from a place on the cell.
class DrawGesture : public TreeGesture
{
    Q_DECLARE_TR_FUNCTIONS(DrawGesture)

public:
    DrawGesture(CellView *view, TreeEditor *editor, const Place &from, const QPointF &pressed);

    void moveTo(const QPointF &at) override { m_mouse = at; }
    void finish() override;
    void paint(QPainter &painter) const override;
    [[nodiscard]] QString hint() const override;
    /// Says what a drag draws in a picture of this kind.
    [[nodiscard]] static QString hintFor(CellLayout::Mode mode);

private:
    /// The line from the place where the branch leaves the cell, in the layout's coordinates.
    [[nodiscard]] QLineF line() const;
    [[nodiscard]] double lengthUm() const;

    CellView *m_view;
    TreeEditor *m_editor;
    Place m_from;
    QPointF m_mouse;
};

} // namespace dt
