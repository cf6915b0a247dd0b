// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twin/LearningCurves.h"

#include "widgets/forms/ElidedLabel.h"
#include "widgets/plots/PanelGrid.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <limits>

namespace dt {

namespace {

constexpr std::size_t Total = HeadCount;
constexpr std::size_t GradNorm = HeadCount + 1;
constexpr std::size_t Rate = HeadCount + 2;
constexpr std::size_t Tiles = HeadCount + 3;
constexpr int Columns = 4;
/// Lines of a tile; those of other trainings follow.
constexpr int RawLine = 0;
constexpr int SmoothLine = 1;
constexpr int ValidationLine = 2;
constexpr int FirstOther = 3;
/// Points drawn of a line: more cannot be told apart.
constexpr std::size_t MostPoints = 1500;

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
    case Total:
        return LearningCurves::tr("All, weighted");
    case GradNorm:
        return LearningCurves::tr("Gradient norm");
    default:
        return LearningCurves::tr("Learning rate");
    }
}

using Points = CurvePoints;

/// Every iteration's value of a tile.
const std::vector<double> &column(const TrainingHistory &history, std::size_t tile)
{
    if (tile < HeadCount)
        return history.training.heads[tile];
    return tile == Total ? history.training.total : history.gradNorm;
}

Points ratesOf(const TrainingHistory &history)
{
    Points points;
    for (std::size_t epoch = 0; epoch < history.learningRate.size(); ++epoch) {
        points.x.push_back(1.0 + static_cast<double>(epoch) * history.iterationsPerEpoch);
        points.y.push_back(history.learningRate[epoch]);
    }
    if (!points.x.empty()) {
        points.x.push_back(std::max(points.x.back(), static_cast<double>(history.iterations())));
        points.y.push_back(points.y.back());
    }
    return points;
}

/// What a log scale can show, smoothed over neighbours (exponential mean of the logarithm, so that
/// a spike does not drag for long), then means of neighbours when there are too many.
Points curveOf(const std::vector<double> &values, double smoothing)
{
    Points points;
    const std::size_t group =
        std::max<std::size_t>(1, (values.size() + MostPoints - 1) / MostPoints);
    double mean = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = 0; i < values.size(); i += group) {
        double sum = 0.0;
        int count = 0;
        for (std::size_t k = i; k < std::min(i + group, values.size()); ++k) {
            if (!std::isfinite(values[k]) || values[k] <= 0.0)
                continue;
            ++count;
            if (smoothing <= 0.0) {
                sum += values[k];
                continue;
            }
            const double v = std::log(values[k]);
            mean = std::isnan(mean) ? v : smoothing * mean + (1.0 - smoothing) * v;
            sum += std::exp(mean);
        }
        if (count == 0)
            continue;
        points.x.push_back(static_cast<double>(i) + 1.0 + 0.5 * static_cast<double>(group - 1));
        points.y.push_back(sum / count);
    }
    return points;
}

Points validationOf(const TrainingHistory &history, std::size_t tile)
{
    Points points;
    for (const std::int64_t iteration : history.validationIteration)
        points.x.push_back(static_cast<double>(iteration) + 1.0);
    points.y = tile == Total ? history.validation.total : history.validation.heads[tile];
    return points;
}

/// The line another training is told by: its validation, or what there is instead.
Points lineOf(const TrainingHistory &history, std::size_t tile, double smoothing)
{
    if (tile == Rate)
        return ratesOf(history);
    if (tile == GradNorm)
        return curveOf(history.gradNorm, std::max(smoothing, 0.9));
    return validationOf(history, tile);
}

} // namespace

LearningCurves::LearningCurves(QWidget *parent) :
    QWidget(parent), m_axis(new TimeAxis(this)), m_controls(new QWidget),
    m_logarithmic(new QCheckBox(tr("Logarithmic iterations"))),
    m_smoothing(new QSlider(Qt::Horizontal)), m_beside(new QToolButton), m_choices(new QMenu(this))
{
    makeControls();
    auto *grid = new PanelGrid(Columns, QStringLiteral("0.0000"), false);
    for (std::size_t i = 0; i < Tiles; ++i) {
        auto *canvas = new PlotCanvas;
        canvas->setYLogarithmic();
        canvas->setTimeAxis(m_axis);
        for (int line = 0; line < FirstOther; ++line)
            canvas->addLine({});
        canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
        if (i == GradNorm)
            canvas->addReference(1.0, tr("clipped above"));
        m_tiles.push_back(
            {grid->addPlot(QStringLiteral("loss%1").arg(i), title(i), canvas), canvas, {}});
    }
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, theme::Grid / 2, 0, 0);
    rows->setSpacing(theme::Grid / 2);
    rows->addWidget(m_controls);
    rows->addWidget(grid->scrolled(), 1);
    connect(m_axis, &TimeAxis::shownChanged, this, &LearningCurves::fitValues);
    draw();
}

void LearningCurves::makeControls()
{
    m_logarithmic->setObjectName(QStringLiteral("logIterationsBox"));
    m_smoothing->setObjectName(QStringLiteral("smoothingSlider"));
    m_smoothing->setRange(0, 99);
    m_smoothing->setFixedWidth(110);
    m_smoothing->setAccessibleName(tr("Smoothing of training losses"));
    m_smoothing->setToolTip(
        tr("Training losses jump from batch to batch: this draws their course"));
    auto *label = new QLabel(tr("&Smoothing"));
    label->setBuddy(m_smoothing);
    m_beside->setObjectName(QStringLiteral("besideButton"));
    m_beside->setText(tr("Compare With"));
    m_beside->setToolTip(tr("Draw other trainings' validation losses, too"));
    m_beside->setPopupMode(QToolButton::InstantPopup);
    m_beside->setMenu(m_choices);
    auto *legend =
        new ElidedLabel(tr("losses: pale training, violet and number validation, dot best so far"));
    legend->setObjectName(QStringLiteral("learningLegendLabel"));
    theme::setRole(legend, "caption");
    theme::setRole(legend, "muted");
    auto *row = new QHBoxLayout(m_controls);
    row->setContentsMargins(theme::Grid, 0, theme::Grid, 0);
    row->addWidget(m_logarithmic);
    row->addSpacing(theme::Grid);
    row->addWidget(label);
    row->addWidget(m_smoothing);
    row->addSpacing(theme::Grid);
    row->addWidget(m_beside);
    row->addWidget(legend, 1);
    legend->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(m_logarithmic, &QCheckBox::toggled, this, [this](bool on) {
        for (const Tile &tile : m_tiles)
            on ? tile.canvas->setXLogarithmic() : tile.canvas->setXLinear();
        draw();
    });
    connect(m_smoothing, &QSlider::valueChanged, this, &LearningCurves::draw);
    m_beside->setEnabled(false);
}

void LearningCurves::setChoices(const QStringList &names, const QStringList &paths)
{
    if (paths == m_paths)
        return; // an open menu stays open
    const QStringList chosen = ticked();
    m_paths = paths;
    m_choices->clear();
    for (qsizetype i = 0; i < names.size(); ++i) {
        QAction *action = m_choices->addAction(names[i]);
        action->setCheckable(true);
        action->setData(paths[i]);
        action->setChecked(chosen.contains(paths[i]));
        connect(action, &QAction::toggled, this, [this] { Q_EMIT othersChosen(ticked()); });
    }
    m_beside->setEnabled(!names.isEmpty());
    // What left the list is not drawn any longer.
    const QStringList still = ticked();
    if (still != chosen)
        Q_EMIT othersChosen(still);
}

QStringList LearningCurves::ticked() const
{
    QStringList paths;
    for (const QAction *action : m_choices->actions()) {
        if (action->isChecked())
            paths.append(action->data().toString());
    }
    return paths;
}

void LearningCurves::setControlsVisible(bool visible)
{
    m_controls->setVisible(visible);
}

void LearningCurves::setHistory(const TrainingHistory &history, const TrainingSettings &settings)
{
    m_history = history;
    m_settings = settings;
    draw();
}

void LearningCurves::setOthers(std::vector<NamedHistory> others)
{
    m_others = std::move(others);
    draw();
}

void LearningCurves::draw()
{
    std::size_t longest = m_history.iterations();
    for (const NamedHistory &other : m_others)
        longest = std::max(longest, other.history->iterations());
    m_axis->setFull(1.0, static_cast<double>(std::max<std::size_t>(longest, 3)));
    for (std::size_t i = 0; i < m_tiles.size(); ++i)
        drawTile(i);
    fitValues();
}

void LearningCurves::drawTile(std::size_t i)
{
    const QColor twin = colours::onto(colours::Twin, palette());
    const double smoothing = m_smoothing->value() / 100.0;
    const bool loss = i <= Total;
    PlotCanvas &canvas = *m_tiles[i].canvas;
    std::vector<Points> &lines = m_tiles[i].lines;
    lines.clear();
    const auto show = [&](int line, const PlotCanvas::LineStyle &style, Points points) {
        canvas.setLineStyle(line, style);
        canvas.setPoints(line, points.x, points.y);
        lines.push_back(std::move(points));
    };
    const Points none;
    const bool smooth = smoothing > 0.0 && i != Rate;
    QColor pale = colours::ghost(palette());
    pale.setAlphaF(smooth ? 0.45F : 1.0F);
    show(RawLine, {i == Rate ? twin : pale, i == Rate ? 1.2 : 0.7, i == Rate},
         i == Rate ? ratesOf(m_history) : curveOf(column(m_history, i), 0.0));
    show(SmoothLine, {colours::muted(palette()), 1.0},
         smooth ? curveOf(column(m_history, i), smoothing) : none);
    show(ValidationLine, {twin, 1.2}, loss ? validationOf(m_history, i) : none);
    canvas.removeLinesFrom(FirstOther);
    std::vector<PlotCanvas::Marker> dots;
    if (m_history.best && loss) {
        const LossValues &v = m_history.best->validation;
        dots.push_back({static_cast<double>(m_history.best->iteration) + 1.0,
                        i < HeadCount ? v.heads[i] : v.total, 8.0});
    }
    for (std::size_t k = 0; k < m_others.size(); ++k) {
        const QColor colour = colours::series(static_cast<int>(k), palette());
        const Points points = lineOf(*m_others[k].history, i, smoothing);
        // Named at its end: a line is not told by its colour alone.
        if (loss && !points.x.empty())
            dots.push_back({points.x.back(), points.y.back(), 4.0, false, m_others[k].name});
        show(canvas.addLine({}), {colour, 1.0, i == Rate}, points);
    }
    canvas.setMarkersColour(0, twin);
    canvas.setMarkers(0, std::move(dots));
    if (i == GradNorm)
        canvas.setReference(0, m_settings.maxGradNorm, tr("clipped above"),
                            m_history.iterations() > 0);
    canvas.setTimeName(tr("Iteration"));
    canvas.setEmptyText(m_history.iterations() == 0 && m_others.empty() ? tr("Not trained yet")
                                                                        : QString());
    QString readOut;
    if (loss && m_history.validations() > 0) {
        const auto &v = i == Total ? m_history.validation.total : m_history.validation.heads[i];
        readOut = QString::number(v.back(), 'g', 3);
    } else if (i == GradNorm && !m_history.gradNorm.empty()) {
        readOut = QString::number(m_history.gradNorm.back(), 'g', 3);
    } else if (i == Rate && !m_history.learningRate.empty()) {
        readOut = QString::number(m_history.learningRate.back(), 'g', 3);
    }
    m_tiles[i].panel->setReadOut(readOut);
}

// The scale holds what is shown of the horizontal axis, so that zooming in there shows details.
void LearningCurves::fitValues()
{
    const TimeAxis::Range shown = m_axis->shown();
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        double lo = std::numeric_limits<double>::infinity();
        double hi = 0.0;
        const auto take = [&](const Points &points) {
            for (std::size_t k = 0; k < std::min(points.x.size(), points.y.size()); ++k) {
                const double v = points.y[k];
                if (points.x[k] >= shown.from && points.x[k] <= shown.to && std::isfinite(v)
                    && v > 0.0) {
                    lo = std::min(lo, v);
                    hi = std::max(hi, v);
                }
            }
        };
        for (const Points &line : m_tiles[i].lines)
            take(line);
        if (i == GradNorm && lo < hi) // where clipping begins stays in sight
            hi = std::max(hi, 1.2 * m_settings.maxGradNorm);
        m_tiles[i].canvas->setYRange(lo <= hi ? 0.8 * lo : 0.01, lo <= hi ? 1.25 * hi : 1.0);
        m_tiles[i].canvas->redraw();
    }
}

void LearningCurves::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace dt
