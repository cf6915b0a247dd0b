// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twin/LossBalance.h"

#include "widgets/plots/PanelGrid.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <limits>

namespace dt {

namespace {

/// Points drawn of a line; each is the mean over its group, so that batches do not hide the course.
constexpr std::size_t MostGroups = 300;

QString headTitle(std::size_t head)
{
    switch (head) {
    case 0:
        return LossBalance::tr("spikes");
    case 1:
        return LossBalance::tr("soma");
    case 2:
        return LossBalance::tr("near a spike");
    case 3:
        return LossBalance::tr("rate");
    default:
        return LossBalance::tr("dendrites");
    }
}

struct Course
{
    std::vector<double> x;
    std::array<std::vector<double>, HeadCount> weighted;
    std::array<std::vector<double>, HeadCount> shares;
    std::array<std::vector<double>, HeadCount> weights;
};

Course courseOf(const LossColumns &losses)
{
    Course course;
    const std::size_t n = losses.size();
    const std::size_t group = std::max<std::size_t>(1, (n + MostGroups - 1) / MostGroups);
    for (std::size_t i = 0; i < n; i += group) {
        const std::size_t end = std::min(i + group, n);
        const auto count = static_cast<double>(end - i);
        HeadValues weighted{};
        HeadValues weights{};
        double total = 0.0;
        for (std::size_t k = i; k < end; ++k) {
            for (std::size_t h = 0; h < HeadCount; ++h) {
                weighted[h] += losses.weights[h][k] * losses.heads[h][k] / count;
                weights[h] += losses.weights[h][k] / count;
            }
        }
        for (const double w : weighted)
            total += w;
        course.x.push_back(1.0 + 0.5 * static_cast<double>(i + end - 1));
        for (std::size_t h = 0; h < HeadCount; ++h) {
            course.weighted[h].push_back(weighted[h]);
            course.shares[h].push_back(total > 0.0 ? 100.0 * weighted[h] / total : 0.0);
            course.weights[h].push_back(weights[h]);
        }
    }
    return course;
}

} // namespace

LossBalance::LossBalance(QWidget *parent) :
    QWidget(parent), m_axis(new TimeAxis(this)), m_weighted(new PlotCanvas),
    m_shares(new PlotCanvas), m_weights(new PlotCanvas)
{
    auto *about = new QLabel(
        tr("A twin learns five things at once; what counts is the sum of their losses, each times "
           "its weight. First the voltages lead, later the spikes."));
    about->setWordWrap(true);
    theme::setRole(about, "caption");
    theme::setRole(about, "muted");
    auto *grid = new PanelGrid(1, QStringLiteral("0.0000"), true);
    grid->addPlot(QStringLiteral("weightedLosses"), tr("Losses times their weights"), m_weighted);
    grid->addPlot(QStringLiteral("lossShares"), tr("Share of the total"), m_shares);
    grid->addPlot(QStringLiteral("lossWeights"), tr("Weights"), m_weights);
    m_weighted->setYLabel(tr("Loss"));
    m_shares->setYLabel(tr("Share [%]"));
    m_weights->setYLabel(tr("Weight"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid / 2, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addWidget(about);
    column->addWidget(grid->scrolled(), 1);
    for (PlotCanvas *canvas : {m_weighted, m_shares, m_weights}) {
        for (std::size_t h = 0; h < HeadCount; ++h) {
            canvas->addLine({});
            canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
        }
        canvas->setTimeAxis(m_axis);
        canvas->setTimeName(canvas == m_weights ? tr("Iteration") : QString());
    }
    m_weighted->setYLogarithmic();
    m_weights->setYLogarithmic();
    draw();
}

void LossBalance::setHistory(const TrainingHistory &history)
{
    m_history = history;
    draw();
}

void LossBalance::draw()
{
    const Course course = courseOf(m_history.training);
    m_axis->setFull(1.0, std::max(3.0, static_cast<double>(m_history.iterations())));
    const auto show = [&](PlotCanvas &canvas, const auto &columns, bool logarithmic) {
        double lo = std::numeric_limits<double>::infinity();
        double hi = 0.0;
        for (std::size_t h = 0; h < HeadCount; ++h) {
            const int i = static_cast<int>(h);
            const QColor colour = colours::series(i, palette());
            canvas.setLineStyle(i, {colour, 1.2});
            canvas.setPoints(i, course.x, columns[h]);
            for (const double v : columns[h]) {
                if (v > 0.0) {
                    lo = std::min(lo, v);
                    hi = std::max(hi, v);
                }
            }
            // Each line is named where it lies, each at another place.
            std::vector<PlotCanvas::Marker> names;
            if (!course.x.empty()) {
                const std::size_t at = std::min(
                    course.x.size() - 1, course.x.size() * (2 * h + 1) / (2 * HeadCount + 2));
                names.push_back({course.x[at], columns[h][at], 5.0, false, headTitle(h)});
            }
            canvas.setMarkersColour(i, colour);
            canvas.setMarkers(i, std::move(names));
        }
        if (logarithmic)
            canvas.setYRange(lo <= hi ? 0.7 * lo : 0.01, lo <= hi ? 1.6 * hi : 1.0);
        else
            canvas.setYRange(-2.0, 105.0);
        canvas.setEmptyText(course.x.empty() ? tr("Not trained yet") : QString());
        canvas.redraw();
    };
    show(*m_weighted, course.weighted, true);
    show(*m_shares, course.shares, false);
    show(*m_weights, course.weights, true);
}

void LossBalance::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace dt
