// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "widgets/plots/PlotCanvas.h"

namespace dt {

/// Share of the NMDA conductance that the magnesium block leaves open, over the voltage, with a
/// line at a clamp voltage that is dragged with the mouse or moved with the arrow keys.
class BlockPlot : public PlotCanvas
{
    Q_OBJECT

public:
    explicit BlockPlot(QWidget *parent = nullptr);

    void setKind(const SynapseKind &kind);
    /// Sets the clamp voltage [mV], limited to the range of the plot.
    void setClamp(double mv);
    [[nodiscard]] double clamp() const { return m_clamp; }
    /// Share that the block leaves open at the clamp voltage, 0..1.
    [[nodiscard]] double open() const;

Q_SIGNALS:
    void clampMoved(double mv);

protected:
    void plotMousePress(QMouseEvent *event) override;
    void plotMouseMove(QMouseEvent *event) override;
    void plotMouseRelease(QMouseEvent *event) override;
    void plotDoubleClick(QMouseEvent *event) override;
    void plotWheel(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void applyTheme() override;

private:
    void draw();
    void moveTo(double mv);

    SynapseKind m_kind;
    double m_clamp = -50.0;
    bool m_dragging = false;
};

} // namespace dt
