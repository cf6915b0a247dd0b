// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/runs/RunPanel.h"

namespace dt {

/// Whether the soma is near a spike, and how probable a twin says it is.
class NearPanel : public RunPanel
{
    Q_OBJECT

public:
    explicit NearPanel(const ShownRun &run);

    void draw() override;
    void extend(const ShownRun::Reach &drawn) override;
    [[nodiscard]] QString wordsAt(double ms, std::optional<double> markMs) const override;
};

} // namespace dt
