// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/Statistics.h"

#include <QWidget>

#include <array>
#include <vector>

class QLabel;

namespace dt {

class Histogram;

/// Histograms of the twelve statistics and of the inter-spike intervals, with a corner for words.
/// Ranges of a filter can be dragged in each of the twelve.
class StatisticsGrid : public QWidget
{
    Q_OBJECT

public:
    explicit StatisticsGrid(QWidget *parent = nullptr);

    /// `kept` and `gone` simulations; intervals of all of them [ms].
    void setStatistics(const std::vector<StatisticValues> &kept,
                       const std::vector<StatisticValues> &gone, const std::vector<int> &isiMs);
    /// The ranges that are shown with grips.
    void setRanges(const std::vector<StatisticRange> &ranges);
    /// Whether dragging in a histogram makes and changes ranges.
    void setRangesDraggable(bool draggable);
    /// Words beside the histograms: counts, why simulations were rejected.
    void setSummary(const QString &text);
    /// Inter-spike intervals are known only of finished data sets.
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
    std::vector<QWidget *> m_tiles; ///< of the histograms, as they are read
    int m_columns = 0;
    bool m_intervalsWanted = true;
    QWidget *m_intervalsTile;
    Histogram *m_intervals;
    QLabel *m_summary;
};

} // namespace dt
