// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inside/MemoryPanel.h"

#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/PlotTile.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"
#include "widgets/twin/ScoreText.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

constexpr double DotPx = 6.0;
constexpr int Right = 12; ///< margin [px]
/// Below this AUC there is no memory to speak of.
constexpr double Chance = 0.6;

// Marker sets of both plots.
constexpr int Ghosts = 0;
constexpr int Dots = 1;
constexpr int Words = 2;

std::optional<double> valueOf(const MemoryPoint &point, bool auc)
{
    return auc ? point.spikesAuc : point.somaEvPercent;
}

} // namespace

MemoryPanel::MemoryPanel(QWidget *parent) :
    QWidget(parent), m_measure(new QPushButton(tr("Measure"))),
    m_cancel(new QPushButton(tr("Cancel"))), m_offer(new DataOffer(QStringLiteral("memory"))),
    m_bar(new QProgressBar), m_state(new QLabel), m_meaning(new QLabel), m_auc(new PlotCanvas),
    m_aucTile(new PlotTile(tr("Spikes told from other ms (AUC)"), m_auc)), m_soma(new PlotCanvas),
    m_somaTile(new PlotTile(tr("Soma voltage explained"), m_soma))
{
    m_measure->setObjectName(QStringLiteral("memoryMeasureButton"));
    m_measure->setToolTip(
        tr("Runs the twin on pieces of its data set in which all input older than "
           "1, 2, 5 ... ms is replaced by silence"));
    m_cancel->setObjectName(QStringLiteral("memoryCancelButton"));
    m_cancel->setToolTip(tr("Stops measuring; nothing is kept"));
    m_bar->setObjectName(QStringLiteral("memoryBar"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(theme::Grid);
    m_state->setObjectName(QStringLiteral("memoryStateLabel"));
    m_state->setWordWrap(true);
    m_meaning->setObjectName(QStringLiteral("memoryMeaningLabel"));
    m_meaning->setWordWrap(true);
    theme::setRole(m_meaning, "muted");
    m_auc->setObjectName(QStringLiteral("memoryAucPlot"));
    m_soma->setObjectName(QStringLiteral("memorySomaPlot"));
    m_somaTile->setToolTip(tr("A dot at the lower edge is a twin that does even worse. ")
                           + explainedTip());
    for (PlotCanvas *canvas : {m_auc, m_soma}) {
        canvas->setXLogarithmic();
        for (int i = 0; i <= Words; ++i)
            canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::transparent);
    }

    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Grid);
    row->addWidget(m_measure);
    row->addWidget(m_cancel);
    row->addWidget(m_offer);
    row->addWidget(m_bar, 1);
    row->addWidget(m_state, 3);
    auto *plots = new QHBoxLayout;
    plots->setSpacing(theme::Grid);
    plots->addWidget(m_aucTile, 3);
    plots->addWidget(m_somaTile, 2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid / 2, 0, 0);
    column->addLayout(row);
    column->addWidget(m_meaning);
    column->addLayout(plots, 1);
    connect(m_measure, &QPushButton::clicked, this, &MemoryPanel::measureRequested);
    connect(m_cancel, &QPushButton::clicked, this, &MemoryPanel::cancelRequested);
    updateButtons();
    draw();
}

void MemoryPanel::setTwin(const std::optional<InsideTwin> &twin)
{
    m_twin = twin;
    updateButtons();
    draw();
}

void MemoryPanel::setData(const InsideData &found)
{
    m_data = found;
    updateButtons();
}

void MemoryPanel::setCurves(const std::vector<Curve> &curves)
{
    m_curves = curves;
    updateButtons();
    draw();
}

void MemoryPanel::setProgress(double share, const QString &title)
{
    m_progress = share;
    m_measured = title;
    m_bar->setValue(static_cast<int>(1000.0 * std::max(0.0, share)));
    updateButtons();
}

void MemoryPanel::setSentence(const QString &sentence)
{
    m_sentence = sentence;
    updateButtons();
}

void MemoryPanel::updateButtons()
{
    const bool runs = m_progress >= 0.0;
    m_measure->setVisible(m_data.there || !m_twin);
    m_measure->setEnabled(m_twin && m_data.there && !runs);
    m_cancel->setVisible(runs);
    m_bar->setVisible(runs);
    m_state->setText(runs                        ? tr("Measuring %1").arg(m_measured)
                         : !m_sentence.isEmpty() ? m_sentence
                                                 : m_data.sentence);
}

QString MemoryPanel::meaning() const
{
    const QString what = tr(
        "The twin sees the last X ms of the input and silence before that. Where the curve stops "
        "rising, older input no longer helps it.");
    const auto it =
        std::find_if(m_curves.begin(), m_curves.end(), [](const Curve &c) { return c.present; });
    if (it == m_curves.end() || it->curve.points.empty() || !it->curve.points.back().spikesAuc)
        return what;
    const MemoryPoint &last = it->curve.points.back();
    if (*last.spikesAuc < Chance)
        return what + QLatin1Char(' ')
            + tr("This twin hardly tells spikes, whatever it sees (AUC %1; guessing has 0.5): "
                 "train it "
                 "longer first.")
                  .arg(*last.spikesAuc, 0, 'f', 3);
    for (const MemoryPoint &point : it->curve.points) {
        // As good as it ever gets, to within the error of both.
        if (point.spikesAuc
            && *point.spikesAuc >= *last.spikesAuc - std::max(0.001, point.aucError)) {
            return what + QLatin1Char(' ')
                + tr("With %1 ms it tells spikes as well (AUC %2) as with %3 ms (%4 ± %5, from %6 "
                     "spikes and %7 other ms).")
                      .arg(point.memoryMs)
                      .arg(*point.spikesAuc, 0, 'f', 3)
                      .arg(last.memoryMs)
                      .arg(*last.spikesAuc, 0, 'f', 3)
                      .arg(last.aucError, 0, 'f', 3)
                      .arg(it->curve.spikes)
                      .arg(it->curve.others);
        }
    }
    return what;
}

void MemoryPanel::draw()
{
    m_meaning->setText(meaning());
    drawCurves(*m_auc, true);
    drawCurves(*m_soma, false);
    const auto it =
        std::find_if(m_curves.begin(), m_curves.end(), [](const Curve &c) { return c.present; });
    QString auc;
    QString soma;
    if (it != m_curves.end() && !it->curve.points.empty()) {
        const MemoryPoint &all = it->curve.points.back();
        if (all.spikesAuc)
            auc = tr("with all: %1").arg(*all.spikesAuc, 0, 'f', 4);
        if (all.somaEvPercent)
            soma = *all.somaEvPercent < 0.0
                ? tr("with all: worse than always saying the mean (%1 %)")
                      .arg(*all.somaEvPercent, 0, 'f', 0)
                : tr("with all: %1 %").arg(*all.somaEvPercent, 0, 'f', 1);
    }
    m_aucTile->setReadOut(auc);
    m_somaTile->setReadOut(soma);
}

void MemoryPanel::drawCurves(PlotCanvas &canvas, bool auc)
{
    const QFontMetrics metrics(theme::captionFont());
    const int left = metrics.horizontalAdvance(QStringLiteral("-0.00")) + metrics.height() + 12;
    canvas.setSideMargins(left, Right);
    canvas.removeLinesFrom(0);
    double longest = 200.0;
    double low = auc ? 0.5 : 0.0;
    double high = auc ? 1.0 : 100.0;
    for (const Curve &c : m_curves) {
        for (const MemoryPoint &p : c.curve.points) {
            longest = std::max(longest, static_cast<double>(p.memoryMs));
            if (const std::optional<double> v = valueOf(p, auc))
                low = std::min(low, *v);
        }
    }
    if (!auc)
        low = std::max(low, -100.0); // a twin starved of input may be worse than its mean by far
    const double room = 0.06 * (high - low);
    const double top = high + 2.8 * room;
    const double first = 0.85;
    const double end = 1.35 * longest;
    canvas.setXAxis(tr("Input seen: the last X ms"), first, end);
    std::vector<std::pair<double, QString>> ticks;
    for (const int ms : {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}) {
        if (ms <= 1.2 * longest)
            ticks.emplace_back(ms, QString::number(ms));
    }
    canvas.setXTicks(ticks);
    canvas.setYRange(low - room, top);
    canvas.setYLabel(auc ? tr("AUC of spikes") : tr("Variance explained [%]"));
    canvas.setEmptyText(m_curves.empty() ? tr("Not measured yet") : QString());

    std::vector<PlotCanvas::Marker> words;
    const auto upright = [&](double ms, double up) {
        const std::array<double, 2> x{ms, ms};
        const std::array<double, 2> y{low - room, up};
        canvas.setPoints(canvas.addLine({colours::muted(palette()), 0.6}), x, y);
    };
    // Left of its line, where it fits.
    const double plotPx = std::max(100, canvas.width() - left - Right);
    const auto leftOf = [&](double ms, const QString &word) {
        const double share = (metrics.horizontalAdvance(word) + 8.0) / plotPx;
        const double x = ms * std::pow(first / end, share);
        return x > first ? x : ms;
    };
    if (m_twin && !m_curves.empty()) {
        if (const double decay = m_twin->slowestDecayMs(); decay >= 1.0) {
            upright(decay, high + 1.5 * room);
            const QString word = tr("synapse decays: %1 ms").arg(decay, 0, 'g', 3);
            words.push_back({leftOf(decay, word), high + 0.6 * room, 0.5, false, word});
        }
        if (const double field = m_twin->receptiveFieldMs; field > 0.0) {
            upright(field, top);
            const QString word = tr("twin sees: %1 ms").arg(m_twin->receptiveFieldMs);
            words.push_back({leftOf(field, word), high + 2.0 * room, 0.5, false, word});
        }
    }
    std::vector<PlotCanvas::Marker> dots;
    std::vector<PlotCanvas::Marker> ghosts;
    for (const Curve &c : m_curves) {
        const QColor colour =
            c.present ? colours::onto(colours::Twin, palette()) : colours::ghost(palette());
        std::vector<double> x;
        std::vector<double> y;
        for (const MemoryPoint &p : c.curve.points) {
            if (const std::optional<double> v = valueOf(p, auc)) {
                x.push_back(p.memoryMs);
                y.push_back(std::max(*v, low));
                (c.present ? dots : ghosts).push_back({x.back(), y.back(), DotPx});
            }
        }
        canvas.setPoints(canvas.addLine({colour, c.present ? 1.4 : 1.0}), x, y);
        if (!x.empty() && m_curves.size() > 1) {
            const std::size_t middle = x.size() / 2;
            words.push_back({x[middle], y[middle] - 0.9 * room, 0.5, false, c.title});
        }
    }
    canvas.setMarkersColour(Ghosts, colours::ghost(palette()));
    canvas.setMarkersColour(Dots, colours::onto(colours::Twin, palette()));
    canvas.setMarkers(Ghosts, std::move(ghosts));
    canvas.setMarkers(Dots, std::move(dots));
    // The plots stand side by side: what the lines are is said once.
    canvas.setMarkers(Words, auc ? std::move(words) : std::vector<PlotCanvas::Marker>());
    canvas.redraw();
}

void MemoryPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    draw(); // words are placed by the width
}

void MemoryPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        draw();
}

} // namespace dt
