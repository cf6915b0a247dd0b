// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/StatisticsGrid.h"

#include "widgets/data/PlotTile.h"
#include "widgets/data/StatisticText.h"
#include "widgets/plots/Histogram.h"
#include "widgets/theme/Theme.h"

#include <QGridLayout>
#include <QLabel>

namespace dt {

namespace {

constexpr int Columns = 4;

/// Rows of the grid tell a story each: output, voltage, input.
constexpr std::array Order{
    Statistic::FiringRateHz, Statistic::NearSpikeMean, Statistic::InstRateMeanHz,
    Statistic::InstRateSdHz, Statistic::SomaVMean,     Statistic::SomaVSd,
    Statistic::DendVMean,    Statistic::DendVSd,       Statistic::ExcMean,
    Statistic::ExcSd,        Statistic::InhMean,       Statistic::InhSd};

PlotTile *tile(const QString &title, Histogram *histogram)
{
    auto *tile = new PlotTile(title, histogram);
    QObject::connect(histogram, &Histogram::hovered, tile, &PlotTile::setReadOut);
    return tile;
}

std::vector<double> column(const std::vector<StatisticValues> &all, std::size_t statistic)
{
    std::vector<double> values;
    values.reserve(all.size());
    for (const StatisticValues &simulation : all)
        values.push_back(simulation[statistic]);
    return values;
}

} // namespace

StatisticsGrid::StatisticsGrid(QWidget *parent)
    : QWidget(parent), m_intervals(new Histogram), m_summary(new QLabel)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, theme::Grid, 0, 0);
    grid->setSpacing(theme::Grid / 2);
    const QFontMetrics metrics(theme::captionFont());
    const int left = metrics.horizontalAdvance(QStringLiteral("10000")) + 8;
    const auto prepare = [&](Histogram *histogram, const QString &name) {
        histogram->setObjectName(name + QStringLiteral("Histogram"));
        histogram->setSideMargins(left, 10);
        histogram->setMinimumHeight(metrics.height() * 6);
    };
    for (std::size_t i = 0; i < Order.size(); ++i) {
        const auto statistic = static_cast<std::size_t>(Order[i]);
        auto *histogram = new Histogram;
        const StatisticInfo &info = statistics()[statistic];
        prepare(histogram, QString::fromUtf8(info.name.data(),
                                             static_cast<qsizetype>(info.name.size())));
        m_histograms[statistic] = histogram;
        histogram->setXLabel(statisticUnit(Order[i]));
        grid->addWidget(tile(statisticTitle(Order[i]), histogram), static_cast<int>(i) / Columns,
                        static_cast<int>(i) % Columns);
        connect(histogram, &Histogram::rangeDragged, this, [this, s = Order[i]](double lo, double hi) {
            Q_EMIT rangeDragged({s, lo, hi});
        });
    }
    const int last = static_cast<int>(Order.size()) / Columns;
    prepare(m_intervals, QStringLiteral("isi"));
    m_intervals->setXLabel(QStringLiteral("ms"));
    m_intervalsTile = tile(tr("Inter-spike interval"), m_intervals);
    grid->addWidget(m_intervalsTile, last, 0);
    m_summary->setWordWrap(true);
    m_summary->setObjectName(QStringLiteral("statisticsSummaryLabel"));
    m_summary->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_summary->setTextFormat(Qt::RichText);
    for (int c = 0; c < Columns; ++c)
        grid->setColumnStretch(c, 1);
    for (int r = 0; r < last; ++r)
        grid->setRowStretch(r, 1);
    setIntervalsVisible(true);
}

void StatisticsGrid::setStatistics(const std::vector<StatisticValues> &kept,
                                   const std::vector<StatisticValues> &gone,
                                   const std::vector<int> &isiMs)
{
    for (std::size_t s = 0; s < StatisticCount; ++s)
        m_histograms[s]->setValues(column(kept, s), column(gone, s));
    m_intervals->setValues({isiMs.begin(), isiMs.end()}, {});
}

void StatisticsGrid::setRanges(const std::vector<StatisticRange> &ranges)
{
    std::array<std::optional<Histogram::Range>, StatisticCount> shown;
    for (const StatisticRange &range : ranges)
        shown[static_cast<std::size_t>(range.statistic)] = Histogram::Range{range.lo, range.hi};
    for (std::size_t s = 0; s < StatisticCount; ++s)
        m_histograms[s]->setRange(shown[s]);
}

void StatisticsGrid::setSummary(const QString &text)
{
    m_summary->setText(text);
}

void StatisticsGrid::setIntervalsVisible(bool visible)
{
    // The words take the whole row when they have it for themselves.
    auto *grid = qobject_cast<QGridLayout *>(layout());
    const int last = static_cast<int>(Order.size()) / Columns;
    m_intervalsTile->setVisible(visible);
    grid->removeWidget(m_summary);
    grid->addWidget(m_summary, last, visible ? 1 : 0, 1, visible ? Columns - 1 : Columns);
    grid->setRowStretch(last, visible ? 1 : 0);
    m_summary->setMargin(visible ? theme::Grid * 2 : theme::Grid);
}

} // namespace dt
