// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/CompareView.h"

class QComboBox;
class QLabel;

namespace dt {

class SeriesLegend;

/// How well each network copies each neuron: a group of bars for each network, and in it a bar for
/// each neuron. Where the same was trained more than once, the bar is the mean and dots show the
/// single twins.
class BarsView : public CompareView
{
    Q_OBJECT

public:
    explicit BarsView(QWidget *parent = nullptr);

    void setTwins(const ComparedTwins &twins) override;
    [[nodiscard]] QString csv() const override;

    [[nodiscard]] Figure figure() const;
    void setFigure(Figure figure);
    /// The bars that are drawn, and the value where they begin.
    [[nodiscard]] const BarTable &table() const { return m_table; }
    [[nodiscard]] double base() const { return m_base; }

    /// Without controls only the plot and its legend are shown, for pictures.
    void setControlsVisible(bool visible);

protected:
    void draw() override;

private:
    void fillBases();
    void drawBars();
    void labelGroups();
    void drawDots(double width, double top);
    void addMarkerSets();

    ComparedTwins m_twins;
    BarTable m_table;
    double m_base = 0.0;
    QWidget *m_controls;
    QComboBox *m_figure;
    QComboBox *m_from;
    PlotCanvas *m_canvas;
    SeriesLegend *m_legend;
    QLabel *m_meaning;
    int m_bars = 0; ///< number of series of bars that the canvas has
    int m_markers = 0; ///< first set of markers in use
};

} // namespace dt
