// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/gestures/TreeGesture.h"

#include <QCoreApplication>

namespace dt {

class CellView;
class TreeEditor;

/// Makes a dendrite longer or thicker as the mouse moves, in one undo step. The picture keeps its
/// scale meanwhile.
class SizeGesture : public TreeGesture
{
    Q_DECLARE_TR_FUNCTIONS(SizeGesture)

public:
    enum class Size { Length, Diameter };

    SizeGesture(CellView *view, TreeEditor *editor, int dendrite, Size size,
                const QPointF &pressed);

    void begin() override;
    void moveTo(const QPointF &at) override;
    void finish() override;
    void cancel() override;
    void abandon() override { finish(); }
    void paint(QPainter &painter) const override;
    [[nodiscard]] bool keepsHandles() const override { return true; }

private:
    /// Name of the undo step.
    [[nodiscard]] QString step() const;
    /// Vector from base to tip [px].
    [[nodiscard]] QPointF chord() const;
    [[nodiscard]] double draggedLengthUm() const;
    [[nodiscard]] double draggedDiameterUm() const;

    CellView *m_view;
    TreeEditor *m_editor;
    int m_dendrite;
    Size m_size;
    QPointF m_pressed;
    QPointF m_mouse;
    double m_startUm = 0.0;
    double m_startPixels = 0.0; ///< length, or half the diameter, at the start [px]
};

} // namespace dt
