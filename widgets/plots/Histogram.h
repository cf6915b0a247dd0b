// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotCanvas.h"

#include <optional>
#include <vector>

namespace dt {

/// How often values occur, counts on a logarithmic scale, so that rare ones are seen too: kept
/// values dark, the ones that go pale behind them. Where it is allowed, dragging across it makes a
/// range, and dragging one of the range's two grips changes it.
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

    /// What is counted: the read-out says "1 interval" or "12 intervals".
    struct Counted
    {
        QString one;
        QString many;
    };

    void setXLabel(const QString &label);
    /// Unit of the values in the read-out.
    void setUnit(const QString &unit);
    void setCounted(const Counted &counted);
    /// `step`: values lie at multiples of it, or close below them; 0: it is found out from the
    /// values.
    void setValues(std::vector<double> kept, std::vector<double> gone, double step = 0.0);
    /// Whether a range can be made and changed here.
    void setRangeDraggable(bool draggable);
    /// Shows a range with grips at both ends; nothing: no grips. An end beyond the values is shown
    /// at the border.
    void setRange(const std::optional<Range> &range);

Q_SIGNALS:
    void rangeDragged(double lo, double hi);
    /// Says what is under the mouse; "" when there is nothing any more.
    void hovered(const QString &text);

protected:
    void plotMousePress(QMouseEvent *event) override;
    void plotMouseMove(QMouseEvent *event) override;
    void plotMouseRelease(QMouseEvent *event) override;
    void applyTheme() override;
    void leaveEvent(QEvent *event) override;

private:
    enum class Grip { None, Lo, Hi, Both };

    void draw();
    void placeGrips();
    void say();
    void drag(double x);
    [[nodiscard]] Grip gripAt(const QPointF &pixel) const;

    QString m_xLabel;
    std::vector<double> m_kept;
    std::vector<double> m_gone;
    double m_step = 0.0;
    std::vector<int> m_counts; ///< count of each bin, kept and gone together
    double m_firstBin = 0.0; ///< where the bins begin
    double m_binWidth = 1.0;
    double m_from = 0.0; ///< start of the horizontal axis
    double m_to = 1.0;
    std::optional<Range> m_range;
    Grip m_dragged = Grip::None; ///< the grip that is dragged; Both: a new range
    bool m_draggable = false;
    double m_pressedX = 0.0;
    QPointF m_pressedAt;
    std::optional<double> m_hoveredX;
    QString m_said;
    QString m_unit;
    Counted m_counted;
};

/// The distance of neighbouring values where all lie on a lattice, e.g. rates of simulations of one
/// length, or whole numbers; otherwise the smallest distance of two values. 0 when no two values
/// differ.
[[nodiscard]] double smallestStep(const std::vector<double> &kept, const std::vector<double> &gone);

} // namespace dt
