// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/LearningView.h"

#include "widgets/plots/SeriesLegend.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace dt {

namespace {

/// More cannot be told apart.
constexpr std::size_t MostPoints = 500;

bool isDrawable(double value)
{
    return std::isfinite(value) && value > 0.0; // on a logarithmic scale
}

/// Means of neighbouring iterations. On an axis of logarithms the first ones lie far apart, so
/// groups grow with the iteration.
template <typename Line>
void addThinned(Line &line, const std::vector<double> &values)
{
    const double growth = std::max(
        1.0e-9, static_cast<double>(values.size()) / static_cast<double>(MostPoints) - 1.0);
    std::size_t i = 0;
    while (i < values.size()) {
        const double share = static_cast<double>(i) / static_cast<double>(values.size());
        const auto group =
            std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(2.0 * growth * share)));
        double sum = 0.0;
        std::size_t count = 0;
        const std::size_t end = std::min(i + group, values.size());
        for (std::size_t k = i; k < end; ++k) {
            if (isDrawable(values[k])) {
                sum += values[k];
                ++count;
            }
        }
        if (count > 0) {
            line.iteration.push_back(0.5 * static_cast<double>(i + end - 1) + 1.0);
            line.value.push_back(sum / static_cast<double>(count));
        }
        i = end;
    }
}

} // namespace

LearningView::LearningView(QWidget *parent) :
    CompareView(parent), m_controls(new QWidget), m_curve(new QComboBox), m_source(new QComboBox),
    m_logarithmic(new QCheckBox(tr("Logarithmic iterations"))), m_canvas(new PlotCanvas),
    m_legend(new SeriesLegend(SeriesLegend::Kind::Line))
{
    m_curve->setObjectName(QStringLiteral("learningCurveCombo"));
    m_curve->setAccessibleName(tr("Loss"));
    m_curve->addItems({tr("Spikes"), tr("Soma voltage"), tr("Near a spike"),
                       tr("Instantaneous rate"), tr("Dendritic voltages"), tr("All, weighted"),
                       tr("Gradient norm")});
    m_curve->setToolTip(tr("How wrong the twin is about one of the things that it says of every "
                           "millisecond; less is better"));
    m_source->setObjectName(QStringLiteral("learningSourceCombo"));
    m_source->setAccessibleName(tr("Simulations"));
    m_source->addItems({tr("Validation"), tr("Training")});
    m_source->setToolTip(tr("Validation: on simulations that it does not learn from. The gradient "
                            "norm exists in training only."));
    m_logarithmic->setObjectName(QStringLiteral("learningLogCheck"));
    m_logarithmic->setChecked(true);
    m_logarithmic->setToolTip(tr("Gives the first iterations, where most happens, as much room as "
                                 "the many later ones"));
    m_canvas->setObjectName(QStringLiteral("learningPlot"));
    m_canvas->setAccessibleName(tr("Learning"));
    m_canvas->setFocusPolicy(Qt::NoFocus);

    auto *controls = new QHBoxLayout(m_controls);
    controls->setContentsMargins(0, 0, 0, 0);
    controls->addWidget(m_curve);
    controls->addWidget(m_source);
    controls->addWidget(m_logarithmic);
    controls->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addWidget(m_controls);
    column->addWidget(m_legend);
    column->addWidget(m_canvas, 1);
    connect(m_curve, &QComboBox::currentIndexChanged, this, &LearningView::draw);
    connect(m_source, &QComboBox::currentIndexChanged, this, &LearningView::draw);
    connect(m_logarithmic, &QCheckBox::toggled, this, &LearningView::draw);
    draw();
}

LearningView::Curve LearningView::curve() const
{
    return static_cast<Curve>(m_curve->currentIndex());
}

LearningView::Source LearningView::source() const
{
    return curve() == Curve::GradNorm ? Source::Training
                                      : static_cast<Source>(m_source->currentIndex());
}

void LearningView::setCurve(Curve curve)
{
    m_curve->setCurrentIndex(static_cast<int>(curve));
}

void LearningView::setSource(Source source)
{
    m_source->setCurrentIndex(static_cast<int>(source));
}

void LearningView::setControlsVisible(bool visible)
{
    m_controls->setVisible(visible);
}

void LearningView::setTwins(const ComparedTwins &twins)
{
    m_twins = twins;
    draw();
}

LearningView::Line LearningView::lineOf(const ComparedTwin &twin) const
{
    const TrainingHistory &h = twin.history;
    const auto column = [&](const LossColumns &losses) -> const std::vector<double> & {
        return curve() == Curve::Total ? losses.total
                                       : losses.heads[static_cast<std::size_t>(curve())];
    };
    Line line;
    if (source() == Source::Training) {
        addThinned(line, curve() == Curve::GradNorm ? h.gradNorm : column(h.training));
        return line;
    }
    const std::vector<double> &values = column(h.validation);
    for (std::size_t i = 0; i < std::min(values.size(), h.validationIteration.size()); ++i) {
        if (isDrawable(values[i])) {
            line.iteration.push_back(static_cast<double>(h.validationIteration[i]) + 1.0);
            line.value.push_back(values[i]);
        }
    }
    return line;
}

void LearningView::draw()
{
    m_source->setEnabled(curve() != Curve::GradNorm);
    m_lines.clear();
    m_names.clear();
    std::vector<SeriesLegend::Entry> entries;
    double least = std::numeric_limits<double>::infinity();
    double most = 0.0;
    double first = std::numeric_limits<double>::infinity();
    double last = 2.0;
    for (const auto &twin : m_twins) {
        Line line = lineOf(*twin);
        if (line.value.empty())
            continue;
        const auto [lo, hi] = std::minmax_element(line.value.begin(), line.value.end());
        least = std::min(least, *lo);
        most = std::max(most, *hi);
        first = std::min(first, line.iteration.front());
        last = std::max(last, line.iteration.back());
        const SeriesStyle style = seriesStyle(m_lines.size(), palette());
        m_names << QString::fromStdString(nameOf(*twin));
        entries.push_back({m_names.back(), style.colour, style.dash});
        m_lines.push_back(std::move(line));
    }
    m_legend->setEntries(std::move(entries));
    const bool logarithmic = m_logarithmic->isChecked();
    m_canvas->removeLinesFrom(static_cast<int>(m_lines.size()));
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (static_cast<int>(i) == m_canvas->lineCount())
            m_canvas->addLine({});
        const SeriesStyle style = seriesStyle(i, palette());
        m_canvas->setLineStyle(static_cast<int>(i), {style.colour, 1.2, false, false, style.dash});
        m_canvas->setPoints(static_cast<int>(i), m_lines[i].iteration, m_lines[i].value);
        m_canvas->setLineName(static_cast<int>(i), m_names[static_cast<qsizetype>(i)]);
    }
    const bool empty = m_lines.empty();
    const QFontMetrics metrics(theme::captionFont());
    m_canvas->setSideMargins(
        metrics.horizontalAdvance(QStringLiteral("0.00000")) + metrics.height() + 12, 16);
    m_canvas->setYLabel(curve() == Curve::GradNorm ? tr("Norm") : tr("Loss"));
    const double low = std::log10(empty ? 0.01 : 0.85 * least);
    const double high = std::log10(empty ? 1.0 : 1.2 * most);
    m_canvas->setYLogarithmic();
    m_canvas->setYRange(std::pow(10.0, low), std::pow(10.0, high));
    m_canvas->setYTicks(logTicks(low, high));
    const double from = empty ? 1.0 : first;
    if (logarithmic) {
        m_canvas->setXLogarithmic();
        m_canvas->setXAxis(tr("Iteration"), from, last);
        m_canvas->setXTicks(logTicks(std::log10(from), std::log10(last)));
    } else {
        m_canvas->setXLinear();
        m_canvas->setXAxis(tr("Iteration"), 0.0, last);
        std::vector<std::pair<double, QString>> ticks;
        const double step = std::pow(10.0, std::floor(std::log10(last)))
            * (last / std::pow(10.0, std::floor(std::log10(last))) < 3.0 ? 0.5 : 1.0);
        for (double at = 0.0; at <= last; at += step)
            ticks.emplace_back(at, QLocale(QLocale::English).toString(at, 'f', step < 1.0 ? 1 : 0));
        m_canvas->setXTicks(ticks);
    }
    m_canvas->setEmptyText(!empty ? QString()
                               : m_twins.empty()
                               ? tr("Tick twins in the table to see them here.")
                               : tr("The ticked twins' files hold no such curve."));
    m_canvas->redraw();
}

QString LearningView::csv() const
{
    QStringList head;
    std::size_t rows = 0;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const QString &name = m_names[static_cast<qsizetype>(i)];
        head << csvCell(tr("iteration of %1").arg(name)) << csvCell(name);
        rows = std::max(rows, m_lines[i].value.size());
    }
    QString all = head.join(u',') + u'\n';
    for (std::size_t row = 0; row < rows; ++row) {
        QStringList cells;
        for (const Line &line : m_lines) {
            const bool has = row < line.value.size();
            cells << (has ? QString::number(line.iteration[row], 'g', 9) : QString())
                  << (has ? QString::number(line.value[row], 'g', 9) : QString());
        }
        all += cells.join(u',') + u'\n';
    }
    return all;
}

} // namespace dt
