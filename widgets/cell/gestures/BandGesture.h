// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/gestures/TreeGesture.h"

#include <QRectF>

namespace dt {

class CellView;
class PictureSelection;

/// A rubber band over the background: selects the dendrites that it meets.
class BandGesture : public TreeGesture
{
public:
    /// `add`: in addition to the dendrites that are selected.
    BandGesture(CellView *view, PictureSelection *selection, const QPointF &pressed, bool add);

    void moveTo(const QPointF &at) override { m_mouse = at; }
    void finish() override;
    void paint(QPainter &painter) const override;

private:
    [[nodiscard]] QRectF band() const { return QRectF(m_pressed, m_mouse).normalized(); }

    CellView *m_view;
    PictureSelection *m_selection;
    QPointF m_pressed;
    QPointF m_mouse;
    bool m_add;
};

} // namespace dt
