// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotCanvas.h"

#include <vector>

namespace dt {

/// Output spikes of one finished run.
struct RunSpikes
{
    int id = 0;
    std::vector<int> ms;
};

/// Output spikes of the last runs, a row for each.
class SpikeRaster : public PlotCanvas
{
    Q_OBJECT

public:
    explicit SpikeRaster(QWidget *parent = nullptr);

    void setHistory(const std::vector<RunSpikes> &newestFirst);

protected:
    void applyTheme() override;
};

} // namespace dt
