// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/Statistics.h"

#include <QWidget>

#include <array>
#include <vector>

class QLabel;

namespace dt {

class Histogram;

/// Histograms of the twelve statistics and of the inter-spike intervals, with room for a text. The
/// ranges of a filter can be dragged in each of the twelve.
class StatisticsGrid : public QWidget
{
    Q_OBJECT

public:
    explicit StatisticsGrid(QWidget *parent = nullptr);

    /// Statistics of the simulations that are kept and of those left out, and inter-spike intervals
    /// of all of them [ms].
    void setStatistics(const std::vector<StatisticValues> &kept,
                       const std::vector<StatisticValues> &gone, const std::vector<int> &isiMs);
    /// Sets the ranges that are shown with grips.
    void setRanges(const std::vector<StatisticRange> &ranges);
    /// Sets whether dragging in a histogram makes and changes ranges.
    void setRangesDraggable(bool draggable);
    /// Sets the text beside the histograms: counts, and why simulations were rejected.
    void setSummary(const QString &text);
    /// Shows or hides inter-spike intervals, which are known only for finished data sets.
    void setIntervalsVisible(bool visible);

    [[nodiscard]] Histogram *histogram(Statistic statistic) const
    {
        return m_histograms[static_cast<std::size_t>(statistic)];
    }

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

Q_SIGNALS:
    void rangeDragged(const dt::StatisticRange &range);

private:
    void restyle();
    void arrange();

    std::array<Histogram *, StatisticCount> m_histograms{};
    std::vector<QWidget *> m_tiles; ///< the histograms' tiles in reading order
    int m_columns = 0;
    bool m_intervalsWanted = true;
    QWidget *m_intervalsTile;
    Histogram *m_intervals;
    QLabel *m_summary;
};

} // namespace dt
