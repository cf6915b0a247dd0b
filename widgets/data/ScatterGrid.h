// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/Statistics.h"

#include <QWidget>

#include <vector>

namespace dt {

class PlotCanvas;

/// The firing rate against ten other statistics, a dot per simulation. Those that are kept are
/// dark, those that are left out pale.
class ScatterGrid : public QWidget
{
    Q_OBJECT

public:
    explicit ScatterGrid(QWidget *parent = nullptr);

    void setStatistics(std::vector<StatisticValues> kept, std::vector<StatisticValues> gone);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void draw();
    void restyle();
    void arrange();

    struct Tile
    {
        Statistic statistic;
        PlotCanvas *canvas;
        QWidget *tile;
    };
    std::vector<Tile> m_tiles;
    int m_columns = 0;
    std::vector<StatisticValues> m_kept;
    std::vector<StatisticValues> m_gone;
};

} // namespace dt
