// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/training/TrainingHistory.h"

#include <QWidget>

namespace dt {

class PlotCanvas;
class PanelGrid;
class TimeAxis;

/// How much the five heads contribute to the total loss of a training run: their weighted losses,
/// their shares, and their weights, which change during training.
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

    TimeAxis *m_axis; ///< axis of iterations, from 1
    PlotCanvas *m_weighted;
    PlotCanvas *m_shares;
    PlotCanvas *m_weights;
    TrainingHistory m_history;
};

} // namespace dt
