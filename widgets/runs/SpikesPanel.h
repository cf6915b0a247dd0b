// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/runs/RunPanel.h"

namespace dt {

/// The probability of a spike that a twin says, and above it the neuron's spikes and the twin's.
class SpikesPanel : public RunPanel
{
    Q_OBJECT

public:
    explicit SpikesPanel(const ShownRun &run);

    void draw() override;
    void extend(const ShownRun::Reach &drawn) override;
    [[nodiscard]] QString wordsAt(double ms, std::optional<double> markMs) const override;
};

} // namespace dt
