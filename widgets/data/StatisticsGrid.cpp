// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/StatisticsGrid.h"

#include "widgets/data/StatisticText.h"
#include "widgets/plots/Histogram.h"
#include "widgets/plots/PlotTile.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

namespace dt {

namespace {

constexpr int MostColumns = 4;
constexpr int FewestColumns = 2;

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

StatisticsGrid::StatisticsGrid(QWidget *parent) :
    QWidget(parent), m_intervals(new Histogram), m_summary(new QLabel)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, theme::Grid, 0, 0);
    grid->setSpacing(theme::Grid / 2);
    for (const Statistic s : Order) {
        const auto statistic = static_cast<std::size_t>(s);
        auto *histogram = new Histogram;
        const StatisticInfo &info = statistics()[statistic];
        histogram->setObjectName(
            QString::fromUtf8(info.name.data(), static_cast<qsizetype>(info.name.size()))
            + QStringLiteral("Histogram"));
        m_histograms[statistic] = histogram;
        const QString unit = statisticUnit(s);
        histogram->setXLabel(unit.isEmpty() ? tr("share of the time") : unit);
        histogram->setUnit(unit);
        histogram->setCounted({tr("simulation"), tr("simulations")});
        m_tiles.push_back(tile(statisticTitle(s), histogram));
        connect(histogram, &Histogram::rangeDragged, this, [this, s](double lo, double hi) {
            Q_EMIT rangeDragged({s, lo, hi});
        });
    }
    m_intervals->setObjectName(QStringLiteral("isiHistogram"));
    m_intervals->setXLabel(QStringLiteral("ms"));
    m_intervals->setUnit(QStringLiteral("ms"));
    m_intervals->setCounted({tr("interval"), tr("intervals")});
    m_intervalsTile = tile(tr("Inter-spike interval"), m_intervals);
    m_summary->setWordWrap(true);
    m_summary->setObjectName(QStringLiteral("statisticsSummaryLabel"));
    m_summary->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_summary->setTextFormat(Qt::RichText);
    restyle();
}

void StatisticsGrid::setStatistics(const std::vector<StatisticValues> &kept,
                                   const std::vector<StatisticValues> &gone,
                                   const std::vector<int> &isiMs)
{
    // Simulations of one length have rates that are whole numbers of spikes in it. Their mean
    // instantaneous rates lie at the same places, or a little below where a spike came late.
    const auto rate = static_cast<std::size_t>(Statistic::FiringRateHz);
    const double step = smallestStep(column(kept, rate), column(gone, rate));
    for (std::size_t s = 0; s < StatisticCount; ++s) {
        const bool inSteps = s == rate || s == static_cast<std::size_t>(Statistic::InstRateMeanHz);
        m_histograms[s]->setValues(column(kept, s), column(gone, s), inSteps ? step : 0.0);
    }
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

void StatisticsGrid::setRangesDraggable(bool draggable)
{
    for (Histogram *histogram : m_histograms)
        histogram->setRangeDraggable(draggable);
}

void StatisticsGrid::setSummary(const QString &text)
{
    m_summary->setText(text);
}

void StatisticsGrid::setIntervalsVisible(bool visible)
{
    m_intervalsWanted = visible;
    m_columns = 0;
    arrange();
}

// As many columns as have room for a caption and a plot that can be read.
void StatisticsGrid::arrange()
{
    const int least = QFontMetrics(theme::captionFont()).horizontalAdvance(QLatin1Char('0')) * 17;
    int columns = MostColumns;
    while (columns > FewestColumns && width() < columns * least)
        --columns;
    if (columns == m_columns)
        return;
    m_columns = columns;
    auto *grid = qobject_cast<QGridLayout *>(layout());
    while (grid->count() > 0)
        delete grid->takeAt(0);
    const QFontMetrics metrics(theme::captionFont());
    const int numbers = metrics.horizontalAdvance(QStringLiteral("10000")) + 8;
    const auto place = [&](QWidget *tile, Histogram *histogram, int n, const QString &label) {
        // The left column says what the numbers are, for all of them.
        const bool labelled = n % columns == 0;
        histogram->setYLabel(labelled ? label : QString());
        histogram->setSideMargins(numbers + (labelled ? metrics.height() + 4 : 0), 10);
        grid->addWidget(tile, n / columns, n % columns);
    };
    const auto count = static_cast<int>(m_tiles.size());
    for (int i = 0; i < count; ++i)
        place(m_tiles[static_cast<std::size_t>(i)],
              m_histograms[static_cast<std::size_t>(Order[static_cast<std::size_t>(i)])], i,
              tr("simulations"));
    const int last = (count + columns - 1) / columns;
    m_intervalsTile->setVisible(m_intervalsWanted);
    if (m_intervalsWanted)
        place(m_intervalsTile, m_intervals, last * columns, tr("intervals"));
    // The words take the whole row when they have it for themselves.
    const int from = m_intervalsWanted ? 1 : 0;
    grid->addWidget(m_summary, last, from, 1, columns - from);
    m_summary->setMargin(m_intervalsWanted ? theme::Grid * 2 : theme::Grid);
    for (int c = 0; c < MostColumns; ++c)
        grid->setColumnStretch(c, c < columns ? 1 : 0);
    for (int r = 0; r <= count; ++r)
        grid->setRowStretch(r, r < last || (r == last && m_intervalsWanted) ? 1 : 0);
}

void StatisticsGrid::restyle()
{
    const int least = QFontMetrics(theme::captionFont()).height() * 8;
    for (Histogram *histogram : m_histograms)
        histogram->setMinimumHeight(least);
    m_intervals->setMinimumHeight(least);
    m_columns = 0;
    arrange();
}

void StatisticsGrid::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && !m_tiles.empty())
        restyle();
}

void StatisticsGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace dt
