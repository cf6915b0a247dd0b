// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/training/TrainingHistory.h"

#include <QWidget>

namespace dt {

class PlotCanvas;
class PanelGrid;
class TimeAxis;

/// What the five heads have to say in a training run's total: their weighted losses, their shares,
/// and the weights with which they count, which change on the way.
class LossBalance : public QWidget
{
    Q_OBJECT

public:
    explicit LossBalance(QWidget *parent = nullptr);

    void setHistory(const TrainingHistory &history);

protected:
    void changeEvent(QEvent *event) override;

private:
    void draw();

    TimeAxis *m_axis; ///< of iterations, from 1
    PlotCanvas *m_weighted;
    PlotCanvas *m_shares;
    PlotCanvas *m_weights;
    TrainingHistory m_history;
};

} // namespace dt
