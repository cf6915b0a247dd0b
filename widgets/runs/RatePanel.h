// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/runs/RunPanel.h"

namespace dt {

/// The instantaneous rate, and what a twin says it is.
class RatePanel : public RunPanel
{
    Q_OBJECT

public:
    explicit RatePanel(const ShownRun &run);

    void draw() override;
    void extend(const ShownRun::Reach &drawn) override;
    [[nodiscard]] QString wordsAt(double ms, std::optional<double> markMs) const override;
};

} // namespace dt
