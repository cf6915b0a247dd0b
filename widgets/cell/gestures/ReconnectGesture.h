// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Place.h"
#include "widgets/cell/gestures/TreeGesture.h"

#include <QCoreApplication>

#include <optional>

namespace dt {

class CellView;
class TreeEditor;

/// A branch looks for the place where it is to hang. The mouse may have its button down or not.
class ReconnectGesture : public TreeGesture
{
    Q_DECLARE_TR_FUNCTIONS(ReconnectGesture)

public:
    /// `mouse`: where it is until it moves.
    ReconnectGesture(CellView *view, TreeEditor *editor, int dendrite, const QPointF &mouse);

    void moveTo(const QPointF &at) override;
    void finish() override;
    void paint(QPainter &painter) const override;
    /// The mouse is over a place.
    [[nodiscard]] bool hasPlace() const { return m_place.has_value(); }

private:
    CellView *m_view;
    TreeEditor *m_editor;
    int m_dendrite;
    QPointF m_mouse;
    std::optional<Place> m_place;
};

} // namespace dt
