// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Statistics.h"

#include <QWidget>

#include <vector>

namespace dt {

class PlotCanvas;

/// The firing rate against ten other statistics, a dot per simulation: kept ones dark, the ones
/// that go pale.
class ScatterGrid : public QWidget
{
    Q_OBJECT

public:
    explicit ScatterGrid(QWidget *parent = nullptr);

    void setStatistics(std::vector<StatisticValues> kept, std::vector<StatisticValues> gone);

protected:
    void changeEvent(QEvent *event) override;

private:
    void draw();

    struct Tile
    {
        Statistic statistic;
        PlotCanvas *canvas;
    };
    std::vector<Tile> m_tiles;
    std::vector<StatisticValues> m_kept;
    std::vector<StatisticValues> m_gone;
};

} // namespace dt
