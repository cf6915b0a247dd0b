// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/RangesPanel.h"

#include "widgets/data/StatisticText.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace dt {

namespace {

/// What a range that was never set starts from: wide enough for every neuron, in useful steps.
struct Span
{
    double min;
    double max;
    double step;
};

Span spanOf(Statistic statistic)
{
    switch (statistic) {
    case Statistic::FiringRateHz:
    case Statistic::InstRateMeanHz:
    case Statistic::InstRateSdHz:
        return {0.0, 500.0, 1.0};
    case Statistic::NearSpikeMean:
        return {0.0, 1.0, 0.05};
    case Statistic::SomaVMean:
    case Statistic::DendVMean:
        return {-120.0, 60.0, 1.0};
    case Statistic::SomaVSd:
    case Statistic::DendVSd:
        return {0.0, 100.0, 1.0};
    case Statistic::ExcMean:
    case Statistic::InhMean:
        return {0.0, 1000.0, 0.05};
    case Statistic::ExcSd:
    case Statistic::InhSd:
        return {0.0, 1000.0, 0.5};
    }
    return {0.0, 1.0, 0.1};
}

} // namespace

RangesPanel::RangesPanel(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Grid / 2);
    for (const StatisticInfo &info : statistics())
        addRow(layout, info);
    layout->addStretch(1);
    setRanges({});
}

void RangesPanel::addRow(QVBoxLayout *layout, const StatisticInfo &info)
{
    const auto name = QString::fromUtf8(info.name.data(), static_cast<qsizetype>(info.name.size()));
    const Span span = spanOf(info.statistic);
    Row &row = m_rows[static_cast<std::size_t>(info.statistic)];
    row.on = new QCheckBox(statisticTitle(info.statistic));
    row.on->setObjectName(name + QStringLiteral("Check"));
    row.on->setToolTip(tr("Only simulations with a value in this range"));
    row.fields = new QWidget;
    auto *line = new QHBoxLayout(row.fields);
    line->setContentsMargins(theme::Grid * 3, 0, 0, 0);
    line->setSpacing(theme::Grid);
    const auto field = [&](const QString &suffix, const QString &accessible) {
        auto *f = new QuantityField;
        f->setObjectName(name + suffix);
        f->configure(span.min, span.max, span.step, 4, statisticUnit(info.statistic));
        f->setAccessibleName(accessible.arg(statisticTitle(info.statistic)));
        f->setToolTip(tr("Range: %1").arg(f->rangeText()));
        connect(f, &QuantityField::edited, this, [this, &row](double) {
            if (row.lo->value() > row.hi->value()) {
                // The end that was not edited follows: a range is never empty.
                QuantityField *follower = sender() == row.lo ? row.hi : row.lo;
                follower->setQuantity(sender() == row.lo ? row.lo->value() : row.hi->value());
            }
            if (!m_quiet)
                Q_EMIT changed();
        });
        return f;
    };
    row.lo = field(QStringLiteral("FromField"), tr("%1, from"));
    row.hi = field(QStringLiteral("ToField"), tr("%1, to"));
    line->addWidget(row.lo, 1);
    line->addWidget(new QLabel(tr("to")));
    line->addWidget(row.hi, 1);
    layout->addWidget(row.on);
    layout->addWidget(row.fields);
    connect(row.on, &QCheckBox::toggled, this, [this, &row](bool on) {
        row.fields->setVisible(on);
        if (!m_quiet)
            Q_EMIT changed();
    });
}

std::vector<StatisticRange> RangesPanel::ranges() const
{
    std::vector<StatisticRange> ranges;
    for (const StatisticInfo &info : statistics()) {
        const Row &row = m_rows[static_cast<std::size_t>(info.statistic)];
        if (row.on->isChecked())
            ranges.push_back({info.statistic, row.lo->value(), row.hi->value()});
    }
    return ranges;
}

void RangesPanel::setRanges(const std::vector<StatisticRange> &ranges)
{
    m_quiet = true;
    for (const StatisticInfo &info : statistics()) {
        Row &row = m_rows[static_cast<std::size_t>(info.statistic)];
        const Span span = spanOf(info.statistic);
        double lo = span.min;
        double hi = span.max;
        for (const StatisticRange &published : publishedFilter()) {
            if (published.statistic == info.statistic) {
                lo = published.lo;
                hi = published.hi;
            }
        }
        bool on = false;
        for (const StatisticRange &range : ranges) {
            if (range.statistic == info.statistic) {
                on = true;
                lo = range.lo;
                hi = range.hi;
            }
        }
        row.lo->setQuantity(lo);
        row.hi->setQuantity(hi);
        row.on->setChecked(on);
        row.fields->setVisible(on);
    }
    m_quiet = false;
    Q_EMIT changed();
}

void RangesPanel::setRange(const StatisticRange &range)
{
    Row &row = m_rows[static_cast<std::size_t>(range.statistic)];
    m_quiet = true;
    row.lo->setQuantity(range.lo);
    row.hi->setQuantity(range.hi);
    row.on->setChecked(true);
    m_quiet = false;
    Q_EMIT changed();
}

} // namespace dt
