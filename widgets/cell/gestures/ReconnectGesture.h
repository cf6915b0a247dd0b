// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Place.h"
#include "widgets/cell/gestures/TreeGesture.h"

#include <QCoreApplication>

#include <optional>

namespace dt {

class CellView;
class TreeEditor;

/// Lets a person choose the place where a branch shall hang. The mouse may have its button down or
/// not.
class ReconnectGesture : public TreeGesture
{
    Q_DECLARE_TR_FUNCTIONS(ReconnectGesture)

public:
    /// `mouse`: where the mouse is until it moves.
    ReconnectGesture(CellView *view, TreeEditor *editor, int dendrite, const QPointF &mouse);

    void moveTo(const QPointF &at) override;
    void finish() override;
    void paint(QPainter &painter) const override;
    /// Whether the mouse is over a place of the cell.
    [[nodiscard]] bool hasPlace() const { return m_place.has_value(); }

private:
    CellView *m_view;
    TreeEditor *m_editor;
    int m_dendrite;
    QPointF m_mouse;
    std::optional<Place> m_place;
};

} // namespace dt
