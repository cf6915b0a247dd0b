// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twin/LearningCurves.h"

#include "widgets/data/PlotTile.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QGridLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace dt {

namespace {

constexpr int Columns = 3;
constexpr int TrainingLine = 0;
constexpr int ValidationLine = 1;
/// Points drawn of a line: more cannot be told apart.
constexpr std::size_t MostPoints = 2000;

QString title(std::size_t tile)
{
    switch (tile) {
    case 0:
        return LearningCurves::tr("Spikes");
    case 1:
        return LearningCurves::tr("Soma voltage");
    case 2:
        return LearningCurves::tr("Near a spike");
    case 3:
        return LearningCurves::tr("Instantaneous rate");
    case 4:
        return LearningCurves::tr("Dendritic voltages");
    default:
        return LearningCurves::tr("All, weighted");
    }
}

const std::vector<double> &column(const LossColumns &losses, std::size_t tile)
{
    return tile < HeadCount ? losses.heads[tile] : losses.total;
}

struct Points
{
    std::vector<double> x;
    std::vector<double> y;
};

/// Means of neighbouring iterations when there are too many; only what a log scale can show.
Points thinned(const std::vector<double> &values)
{
    Points points;
    const std::size_t group = std::max<std::size_t>(1, (values.size() + MostPoints - 1) / MostPoints);
    for (std::size_t i = 0; i < values.size(); i += group) {
        double sum = 0.0;
        std::size_t count = 0;
        for (std::size_t k = i; k < std::min(i + group, values.size()); ++k) {
            if (std::isfinite(values[k]) && values[k] > 0.0) {
                sum += values[k];
                ++count;
            }
        }
        if (count == 0)
            continue;
        points.x.push_back(static_cast<double>(i) + 0.5 * static_cast<double>(group - 1));
        points.y.push_back(sum / static_cast<double>(count));
    }
    return points;
}

} // namespace

LearningCurves::LearningCurves(QWidget *parent) : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(theme::Grid);
    const QFontMetrics metrics(theme::captionFont());
    for (std::size_t i = 0; i <= HeadCount; ++i) {
        auto *canvas = new PlotCanvas;
        canvas->setObjectName(QStringLiteral("loss%1Plot").arg(i));
        const int column = static_cast<int>(i) % Columns;
        canvas->setSideMargins(metrics.horizontalAdvance(QStringLiteral("0.0000")) + metrics.height()
                                   + 12,
                               14);
        canvas->setYLabel(column == 0 ? tr("Loss") : QString());
        canvas->setYLogarithmic();
        canvas->addLine({});
        canvas->addLine({});
        canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
        auto *tile = new PlotTile(title(i), canvas);
        m_tiles.push_back({tile, canvas});
        grid->addWidget(tile, static_cast<int>(i) / Columns, column);
    }
    draw();
}

void LearningCurves::setHistory(const TrainingHistory &history)
{
    m_history = history;
    draw();
}

void LearningCurves::draw()
{
    const bool empty = m_history.iterations() == 0;
    const QColor twin = colours::onto(colours::Twin, palette());
    std::vector<double> validated;
    for (const std::int64_t iteration : m_history.validationIteration)
        validated.push_back(static_cast<double>(iteration));
    const double last = static_cast<double>(std::max<std::size_t>(m_history.iterations(), 2)) - 1.0;
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        PlotCanvas &canvas = *m_tiles[i].canvas;
        const Points training = thinned(column(m_history.training, i));
        const std::vector<double> &validation = column(m_history.validation, i);
        canvas.setLineStyle(TrainingLine, {colours::ghost(palette()), 0.7});
        canvas.setLineStyle(ValidationLine, {twin, 1.2});
        canvas.setPoints(TrainingLine, training.x, training.y);
        canvas.setPoints(ValidationLine, validated, validation);
        std::vector<PlotCanvas::Marker> best;
        if (m_history.best) {
            const LossValues &v = m_history.best->validation;
            best.push_back({static_cast<double>(m_history.best->iteration),
                            i < HeadCount ? v.heads[i] : v.total, 8.0});
        }
        canvas.setMarkersColour(0, twin);
        canvas.setMarkers(0, std::move(best));
        double lo = std::numeric_limits<double>::infinity();
        double hi = 0.0;
        for (const auto *values : {&training.y, &validation}) {
            for (const double v : *values) {
                if (std::isfinite(v) && v > 0.0) {
                    lo = std::min(lo, v);
                    hi = std::max(hi, v);
                }
            }
        }
        canvas.setXAxis(i >= m_tiles.size() - Columns ? tr("Iteration") : QString(), 0.0, last);
        canvas.setYRange(lo < hi ? 0.8 * lo : 0.01, lo < hi ? 1.25 * hi : 1.0);
        canvas.setEmptyText(empty ? tr("Not trained yet") : QString());
        m_tiles[i].tile->setReadOut(
            validation.empty() ? QString()
                               : tr("validation %1").arg(validation.back(), 0, 'g', 3));
        canvas.redraw();
    }
}

void LearningCurves::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace dt
