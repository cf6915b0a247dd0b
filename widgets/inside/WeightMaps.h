// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inside/InsideTwin.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QListWidget;

namespace dt {

class PlotCanvas;
class PlotTile;

/// First-layer weights of one twin: a strip of its units, strongest first (arrow keys go along it),
/// the chosen one's excitatory and inhibitory weights by segment and age of the input, and below,
/// over the same axis, how long the neuron's synapses act. Of a layer that sees the present ms
/// only, all units side by side.
class WeightMaps : public QWidget
{
    Q_OBJECT

public:
    /// `name` begins the object names of its parts.
    explicit WeightMaps(const QString &name, QWidget *parent = nullptr);

    void setTwin(const std::optional<InsideTwin> &twin);
    /// With the twin's name above, where there are two.
    void setTitled(bool on);
    /// Ages shown, so that two twins have the same axis.
    void setAges(int ms);
    /// Colours of each unit for itself; otherwise of the layer's largest weight.
    void setNormalised(bool on);

    /// Number in the network; -1 when none is shown.
    [[nodiscard]] int unit() const;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Side
    {
        Polarity polarity;
        PlotCanvas *map;
        PlotTile *mapTile;
        PlotCanvas *kernels;
        PlotTile *kernelTile;
    };

    [[nodiscard]] bool showsAges() const;
    void fillStrip();
    void fitStrip();
    void restyle();
    void draw();
    void drawMap(const Side &side);
    void drawAllUnits(const Side &side);
    void drawKernels(const Side &side);
    void writeLegend();

    QGridLayout *m_grid;
    QLabel *m_title;
    QListWidget *m_strip;
    QLabel *m_legend;
    std::vector<Side> m_sides;
    std::optional<InsideTwin> m_twin;
    int m_ages = 0;
    bool m_normalised = true;
};

} // namespace dt
