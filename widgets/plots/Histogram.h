// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotCanvas.h"

#include <optional>
#include <vector>

namespace dt {

/// How often values occur, counts on a logarithmic scale, so that rare ones are seen too: kept
/// values dark, the ones that go pale behind them. Two grips set a range by dragging.
class Histogram : public PlotCanvas
{
    Q_OBJECT

public:
    struct Range
    {
        double lo = 0.0;
        double hi = 0.0;
        bool operator==(const Range &) const = default;
    };

    explicit Histogram(QWidget *parent = nullptr);

    void setXLabel(const QString &label);
    void setValues(std::vector<double> kept, std::vector<double> gone);
    /// Grips at both ends; nothing: none. An end beyond the values is shown at the border.
    void setRange(const std::optional<Range> &range);

Q_SIGNALS:
    void rangeDragged(double lo, double hi);
    void hovered(const QString &text);

protected:
    void plotMousePress(QMouseEvent *event) override;
    void plotMouseMove(QMouseEvent *event) override;
    void plotMouseRelease(QMouseEvent *event) override;
    void applyTheme() override;

private:
    enum class Grip { None, Lo, Hi };

    void draw();
    void placeGrips();
    [[nodiscard]] Grip gripAt(const QPointF &pixel) const;

    QString m_xLabel;
    std::vector<double> m_kept;
    std::vector<double> m_gone;
    std::vector<int> m_counts; ///< of the bins, kept and gone together
    double m_from = 0.0;       ///< of the horizontal axis
    double m_to = 1.0;
    std::optional<Range> m_range;
    Grip m_dragged = Grip::None;
};

} // namespace dt
