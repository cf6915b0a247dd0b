// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TrainingHistory.h"

#include <QWidget>

#include <vector>

namespace dt {

class PlotCanvas;
class PlotTile;

/// The losses of a training run over its iterations: five heads and the weighted total, each on a
/// logarithmic scale. Training pale, validation strong, a dot where the best model was.
class LearningCurves : public QWidget
{
    Q_OBJECT

public:
    explicit LearningCurves(QWidget *parent = nullptr);

    void setHistory(const TrainingHistory &history);

protected:
    void changeEvent(QEvent *event) override;

private:
    void draw();

    struct Tile
    {
        PlotTile *tile;
        PlotCanvas *canvas;
    };
    std::vector<Tile> m_tiles; ///< heads, then the total
    TrainingHistory m_history;
};

} // namespace dt
