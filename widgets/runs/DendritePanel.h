// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/SteadyRange.h"
#include "widgets/runs/RunPanel.h"

namespace dt {

/// Dendritic voltages. Without a twin: of segments from near the soma to the tip and of the
/// selected one, with those of the ghosts. With a twin: of one segment, with what the twin says of
/// it.
class DendritePanel : public RunPanel
{
    Q_OBJECT

public:
    explicit DendritePanel(const ShownRun &run);

    void draw() override;
    void extend(const ShownRun::Reach &drawn) override;
    [[nodiscard]] QString wordsAt(double ms, std::optional<double> markMs) const override;

private:
    void chooseRows();
    void chooseRowOfTwin();
    void drawRows(int fromMs);
    void drawTwinRow(int fromMs);
    void drawGhosts();
    void scale();

    std::vector<int> m_rows; ///< whose traces are drawn, proximal first; one line each
    SteadyRange m_range;
    Extent m_seen; ///< range of the run's voltages
};

} // namespace dt
