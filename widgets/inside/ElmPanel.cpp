// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inside/ElmPanel.h"

#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/PlotTile.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

std::vector<PlotCanvas::Marker> sortedDots(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    std::vector<PlotCanvas::Marker> dots;
    for (std::size_t i = 0; i < values.size(); ++i)
        dots.push_back({static_cast<double>(i + 1), values[i], 5.0});
    return dots;
}

} // namespace

ElmPanel::ElmPanel(QWidget *parent) :
    QWidget(parent), m_sentence(new QLabel), m_times(new PlotCanvas),
    m_timesTile(new PlotTile(tr("Time constants of the memory units"), m_times)),
    m_inputs(new PlotCanvas), m_inputsTile(new PlotTile(tr("Input weights"), m_inputs))
{
    m_sentence->setObjectName(QStringLiteral("elmSentenceLabel"));
    m_sentence->setWordWrap(true);
    theme::setRole(m_sentence, "muted");
    m_times->setObjectName(QStringLiteral("elmTimesPlot"));
    m_times->setYLogarithmic();
    m_times->setYLabel(tr("Time constant [ms]"));
    m_times->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
    m_times->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
    m_inputs->setObjectName(QStringLiteral("elmInputsPlot"));
    m_inputs->setYLabel(tr("Weight"));
    m_inputs->addBars(Qt::black);
    m_inputs->addBars(Qt::black);
    auto *plots = new QHBoxLayout;
    plots->setSpacing(theme::Grid);
    plots->addWidget(m_timesTile, 3);
    plots->addWidget(m_inputsTile, 2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid / 2, 0, 0);
    column->addWidget(m_sentence);
    column->addLayout(plots, 1);
    draw();
}

void ElmPanel::setTwins(const std::optional<InsideTwin> &twin,
                        const std::optional<InsideTwin> &second)
{
    m_twin = twin;
    m_second = second;
    draw();
}

void ElmPanel::draw()
{
    const QFontMetrics metrics(theme::captionFont());
    const int left = metrics.horizontalAdvance(QStringLiteral("-0.00")) + metrics.height() + 12;
    m_times->setSideMargins(left, 12);
    m_inputs->setSideMargins(left, 12);
    const bool any = m_twin && m_twin->times && !m_twin->times->memoryTauMs.empty();
    m_times->setEmptyText(any ? QString() : tr("No time constants to show"));
    m_inputs->setEmptyText(any ? QString() : tr("No weights to show"));
    m_sentence->setVisible(any);
    if (any) {
        const std::vector<double> &taus = m_twin->times->memoryTauMs;
        const double longest = *std::max_element(taus.begin(), taus.end());
        const double slowest = m_twin->slowestDecayMs();
        QString text =
            tr("A memory unit forgets with its time constant: after three of them, 5 % are "
               "left. The longest here is %1 ms.")
                .arg(longest, 0, 'f', 0);
        if (slowest > 0.0 && longest < slowest)
            text += tr(" That is shorter than the %1 ms with which the neuron's slowest excitatory "
                       "synapse decays.")
                        .arg(slowest, 0, 'g', 3);
        else if (slowest > 0.0)
            text += tr(" The neuron's slowest excitatory synapse decays with %1 ms.")
                        .arg(slowest, 0, 'g', 3);
        m_sentence->setText(text);
        drawTimes();
        drawInputs();
    }
    m_times->redraw();
    m_inputs->redraw();
}

void ElmPanel::drawTimes()
{
    const bool both = m_second && m_second->times;
    double lowest = m_twin->times->memoryTauMs.front();
    double highest = lowest;
    std::size_t most = m_twin->times->memoryTauMs.size();
    const auto widen = [&](const std::vector<double> &values) {
        for (const double v : values) {
            lowest = std::min(lowest, v);
            highest = std::max(highest, v);
        }
    };
    widen(m_twin->times->memoryTauMs);
    if (both) {
        widen(m_second->times->memoryTauMs);
        most = std::max(most, m_second->times->memoryTauMs.size());
    }
    int reference = 0;
    for (const SynapseKernel &kernel : m_twin->kernels) {
        const QString caption = tr("%1 decays").arg(QString::fromStdString(kernel.name));
        if (reference == m_references) {
            m_times->addReference(kernel.decayMs, caption);
            ++m_references;
        }
        m_times->setReference(reference++, kernel.decayMs, caption, true);
        widen({kernel.decayMs});
    }
    for (; reference < m_references; ++reference)
        m_times->setReference(reference, 1.0, {}, false);
    m_times->setXAxis(tr("Memory unit, shortest first"), 0.0, static_cast<double>(most) + 1.0);
    m_times->setYRange(lowest / 1.25, highest * 1.4);
    std::vector<std::pair<double, QString>> ticks;
    for (const int ms : {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000})
        ticks.emplace_back(ms, QString::number(ms));
    m_times->setYTicks(ticks);
    m_times->setMarkersColour(0, colours::ghost(palette()));
    m_times->setMarkers(
        0, both ? sortedDots(m_second->times->memoryTauMs) : std::vector<PlotCanvas::Marker>());
    m_times->setMarkersColour(1, colours::onto(colours::Twin, palette()));
    m_times->setMarkers(1, sortedDots(m_twin->times->memoryTauMs));
    m_timesTile->setReadOut(both ? tr("violet: %1, grey: %2").arg(m_twin->title, m_second->title)
                                 : m_twin->title);
}

void ElmPanel::drawInputs()
{
    const std::vector<double> &weights = m_twin->times->inputWeights;
    const std::size_t segments = weights.size() / 2;
    double top = 0.01;
    double bottom = 0.0;
    for (const double w : weights) {
        top = std::max(top, w);
        bottom = std::min(bottom, w);
    }
    constexpr double Width = 0.36;
    for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory}) {
        const bool inhibitory = polarity == Polarity::Inhibitory;
        std::vector<double> x;
        std::vector<double> y;
        for (std::size_t s = 0; s < segments; ++s) {
            x.push_back(static_cast<double>(s + 1) + (inhibitory ? 0.5 : -0.5) * Width);
            y.push_back(weights[s + (inhibitory ? segments : 0)]);
        }
        m_inputs->setBarsColour(inhibitory ? 1 : 0, colours::ofPolarity(polarity, palette()));
        m_inputs->setBars(inhibitory ? 1 : 0, x, y, Width);
    }
    m_inputs->setXAxis(tr("Segment, from the soma to the tip"), 0.4,
                       static_cast<double>(segments) + 0.6);
    std::vector<std::pair<double, QString>> ticks;
    const std::size_t step = segments <= 16 ? 1 : segments <= 80 ? 8 : 32;
    for (std::size_t s = 1; s <= segments; s += step)
        ticks.emplace_back(static_cast<double>(s), QString::number(s));
    m_inputs->setXTicks(ticks);
    const double room = 0.08 * (top - bottom);
    m_inputs->setYRange(bottom < 0.0 ? bottom - room : 0.0, top + room);
    m_inputsTile->setReadOut(tr("excitatory left, inhibitory right"));
}

void ElmPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        draw();
}

} // namespace dt
