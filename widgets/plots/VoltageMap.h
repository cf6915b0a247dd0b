// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Neuron.h"
#include "widgets/plots/PlotCanvas.h"

#include <vector>

namespace dt {

class ColourBar;

/// V(x, t): one row per segment, one column per ms, with its colour bar.
class VoltageMap : public PlotCanvas
{
    Q_OBJECT

public:
    explicit VoltageMap(QWidget *parent = nullptr);

    void begin(const Neuron &neuron, int durationMs);
    /// Columns from `fromMs` on, time-major [mV].
    void extend(int fromMs, std::span<const float> dendV);

Q_SIGNALS:
    /// Words for the caption: voltage under the mouse.
    void hovered(const QString &text);

protected:
    void plotMouseMove(QMouseEvent *event) override;

private:
    void placeBar();

    ColourBar *m_bar;
    std::vector<float> m_values; ///< time-major, for the read-out
    int m_rows = 1;
    int m_columns = 1;
};

} // namespace dt
