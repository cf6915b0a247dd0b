// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/runs/RunPanel.h"

namespace dt {

/// The soma's voltage in this run minus that in each of the ghosts, while differences are shown.
class DifferencePanel : public RunPanel
{
    Q_OBJECT

public:
    explicit DifferencePanel(const ShownRun &run);

    void draw() override;
    void extend(const ShownRun::Reach &drawn) override;
    [[nodiscard]] QString wordsAt(double ms, std::optional<double> markMs) const override;

private:
    void subtract(std::size_t fromSample);

    float m_largest = 0.0F;
};

} // namespace dt
