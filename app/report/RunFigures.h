// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TrainingHistory.h"
#include "engine/model/TrainingSettings.h"

#include <QWidget>

namespace dt {

class SeriesLegend;

/// What else is told of a training run beside its losses: the gradient norm with the limit at which
/// it is cut, and how the weighted total is made up of the five heads.
class RunFigures : public QWidget
{
    Q_OBJECT

public:
    RunFigures(const TrainingHistory &history, const TrainingSettings &settings);
};

} // namespace dt
