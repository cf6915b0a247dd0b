// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/CompareView.h"

#include <array>

class QLabel;

namespace dt {

class PlotTile;
class SeriesLegend;

/// What accuracy costs: AUC against parameters, time and memory. For each neuron a line connects
/// the twins that no other beats in both. A twin that has not learned is no choice: a grey triangle
/// at the lower edge shows it.
class ParetoView : public CompareView
{
    Q_OBJECT

public:
    explicit ParetoView(QWidget *parent = nullptr);

    void setTwins(const ComparedTwins &twins) override;
    [[nodiscard]] QString csv() const override;

    static constexpr std::array Prices{Figure::Parameters, Figure::MsPerSimulation,
                                       Figure::TrainingMemory};
    /// Names of the twins on the fronts, from the cheapest on, neuron by neuron.
    [[nodiscard]] const QStringList &front(std::size_t plot) const { return m_fronts[plot]; }

protected:
    void draw() override;

private:
    struct Plot
    {
        PlotTile *tile = nullptr;
        PlotCanvas *canvas = nullptr;
        int series = 0; ///< number of series that the canvas has
    };
    struct Spread
    {
        double from = 0.0;
        double to = 1.0;
    };

    /// Number of the set of markers that every plot has first.
    static constexpr int FailedMarkers = 0;
    static int markersOf(std::size_t neuron) { return static_cast<int>(neuron) + 1; }

    void drawPlot(std::size_t i, const std::vector<std::string> &neurons, const Spread &quality);

    ComparedTwins m_twins;
    std::array<Plot, Prices.size()> m_plots;
    std::array<QStringList, Prices.size()> m_fronts;
    SeriesLegend *m_legend;
    QLabel *m_meaning;
};

} // namespace dt
