// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/CompareView.h"

class QCheckBox;
class QComboBox;

namespace dt {

class SeriesLegend;

/// How several twins learnt, one loss at a time: a line over iterations for each run.
class LearningView : public CompareView
{
    Q_OBJECT

public:
    /// What the lines show: a head's own loss, all of them weighted, or the gradient norm.
    enum class Curve { Spikes, Soma, NearSpike, Rate, Dend, Total, GradNorm };
    enum class Source { Validation, Training };

    explicit LearningView(QWidget *parent = nullptr);

    void setTwins(const ComparedTwins &twins) override;
    [[nodiscard]] QString csv() const override;

    void setCurve(Curve curve);
    void setSource(Source source);
    /// Without controls only the plot and its legend are shown, for pictures.
    void setControlsVisible(bool visible);
    /// Names in the legend, one for each line.
    [[nodiscard]] const QStringList &shown() const { return m_names; }

protected:
    void draw() override;

private:
    struct Line
    {
        std::vector<double> iteration; ///< from 1
        std::vector<double> value;
    };

    [[nodiscard]] Curve curve() const;
    [[nodiscard]] Source source() const;
    [[nodiscard]] Line lineOf(const ComparedTwin &twin) const;

    ComparedTwins m_twins;
    std::vector<Line> m_lines; ///< as drawn
    QStringList m_names;
    QWidget *m_controls;
    QComboBox *m_curve;
    QComboBox *m_source;
    QCheckBox *m_logarithmic;
    PlotCanvas *m_canvas;
    SeriesLegend *m_legend;
};

} // namespace dt
