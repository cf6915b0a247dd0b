// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/SteadyRange.h"
#include "engine/input/Electrode.h"
#include "engine/recording/Recording.h"
#include "widgets/plots/PlotCanvas.h"

#include <optional>
#include <vector>

namespace dt {

/// What the electrodes of a run inject, or the voltage where they sit, over time. Electrodes are
/// told apart by dashes and colours, and named in words(). Measured by electrodeProbes(), the first
/// probes of a run.
class ElectrodePlot : public PlotCanvas
{
    Q_OBJECT

public:
    enum class Quantity { Current, Voltage };

    explicit ElectrodePlot(QWidget *parent = nullptr);

    /// Empties the plot for a run with these electrodes, all of them on.
    void begin(const std::vector<Electrode> &electrodes);
    /// Draws what is new in a growing trace; the axis shrinks to it only when the run is over.
    void extend(const VoltageTrace &trace, bool isOver);
    void setQuantity(Quantity quantity);

    [[nodiscard]] bool isEmpty() const { return m_electrodes.empty(); }
    /// The names of the electrodes with what their lines look like; at a time [ms], also their
    /// values.
    [[nodiscard]] QString words(std::optional<double> ms) const;

protected:
    void applyTheme() override;

private:
    [[nodiscard]] std::size_t probeOf(std::size_t electrode) const;
    void drawFrom(std::size_t sample);
    void setRange();
    void restyle();

    std::vector<Electrode> m_electrodes;
    std::vector<std::vector<float>> m_probes; ///< probes as in VoltageTrace
    int m_samplesPerMs = 40;
    Quantity m_quantity = Quantity::Current;
    bool m_isOver = false;
    Extent m_seen;
    SteadyRange m_range;
};

} // namespace dt
