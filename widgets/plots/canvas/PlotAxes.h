// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <vector>

class QCPAxis;
class QCustomPlot;
class QPalette;
class QSize;

namespace dt {

/// The axes of a plot: their names, ticks, margins and colours, on the screen and on paper. What
/// they show is decided elsewhere.
class PlotAxes
{
public:
    explicit PlotAxes(QCustomPlot &plot);

    /// x is a time axis that plots share: it has room for rounder numbers.
    void setShared();
    void setXName(const QString &name);
    void setYName(const QString &name);
    [[nodiscard]] const QString &xName() const { return m_xName; }
    [[nodiscard]] const QString &yName() const { return m_yName; }

    void setXLogarithmic(bool logarithmic);
    void setYLogarithmic();
    /// Words or chosen numbers at chosen values, instead of automatic ticks.
    void setXTicks(const std::vector<std::pair<double, QString>> &ticks);
    void setYTicks(const std::vector<std::pair<double, QString>> &ticks);
    /// Names instead of numbers, as long as the width allows once fitTicks() is called.
    void setXNames(const std::vector<std::pair<double, QString>> &names) { m_xNames = names; }
    /// Sets as many ticks as a plot of this size has room for.
    void fitTicks(const QSize &plot) const;

    /// Whether numbers and name of x stand below the plot.
    void setXLabelled(bool labelled);
    [[nodiscard]] bool isXLabelled() const { return m_xLabelled; }
    /// Margins left and right of the plot [px].
    void setSideMargins(int left, int right);
    /// Fits the margins to the current size of the caption's letters.
    void updateMargins();

    /// Whether the frame shows that keys go to this plot.
    void setFocused(bool focused) { m_focused = focused; }
    void dress(const QPalette &palette, bool paper) const;

private:
    QCustomPlot &m_plot;
    QString m_xName;
    QString m_yName;
    std::vector<std::pair<double, QString>> m_xNames; ///< not shortened
    int m_left = 64;
    int m_right = 16;
    bool m_shared = false;
    bool m_xLabelled = true;
    bool m_focused = false;
};

} // namespace dt
