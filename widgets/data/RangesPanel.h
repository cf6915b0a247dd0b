// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/Statistics.h"

#include <QWidget>

#include <array>
#include <vector>

class QCheckBox;
class QVBoxLayout;

namespace dt {

class QuantityField;

/// Closed ranges on the twelve statistics, each of which may be on or off. Used as the quality
/// filter of a build, and to filter and search a finished data set.
class RangesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RangesPanel(QWidget *parent = nullptr);

    [[nodiscard]] std::vector<StatisticRange> ranges() const;
    void setRanges(const std::vector<StatisticRange> &ranges);
    /// Takes a range that was changed elsewhere, e.g. by dragging in a histogram.
    void setRange(const StatisticRange &range);

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        QCheckBox *on;
        QuantityField *lo;
        QuantityField *hi;
        QWidget *fields;
    };
    void addRow(QVBoxLayout *layout, const StatisticInfo &info);

    std::array<Row, StatisticCount> m_rows{};
    bool m_quiet = false;
};

} // namespace dt
