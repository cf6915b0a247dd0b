// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/runs/RunPlots.h"

#include <array>

namespace dt::test {

/// What the tests of the plots of a run share: a page, and a run that grows as a test likes.
class RunPlotsBench : public QObject
{
protected:
    static constexpr int DurationMs = 300;
    static constexpr std::array Plots{"input", "map", "soma", "dendrite", "near", "rate", "raster"};

    void init();
    void cleanup();
    /// Test data with a row for each of the plots.
    static void eachPlot();
    [[nodiscard]] PlotCanvas *plot(const char *name) const
    {
        return child<PlotCanvas>(*m_page, qPrintable(QLatin1String(name) + QLatin1String("Plot")));
    }
    [[nodiscard]] TimeAxis *axis() const { return m_page->plots()->timeAxis(); }
    [[nodiscard]] QColor ink() const { return m_page->palette().color(QPalette::WindowText); }
    /// Something of the trace's colour at that place of a plot.
    [[nodiscard]] bool drawn(const char *name, double ms, double value, int reach = 2) const
    {
        return shows(plot(name), ink(), plot(name)->toPixel({ms, value}), reach, 60);
    }
    /// The run goes on until `ms`; from the start when it has no samples yet.
    void feed(int ms, const DrivenWave &wave = {}, int id = 1);

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<SimulatePage> m_page;
    VoltageTrace m_trace;
};

inline void RunPlotsBench::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_document = std::make_unique<Document>();
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = DurationMs;
    project.stimulus.rain.on = false;
    project.stimulus.painted.clear();
    m_document->reset(project, {});
    m_page = std::make_unique<SimulatePage>(m_document.get());
    m_page->resize(1190, 900);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_trace = {};
}

inline void RunPlotsBench::cleanup()
{
    m_page.reset();
    m_document.reset();
    m_sandbox.reset();
}

inline void RunPlotsBench::eachPlot()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : Plots)
        QTest::newRow(name) << QByteArray(name);
}

inline void RunPlotsBench::feed(int ms, const DrivenWave &wave, int id)
{
    const Neuron &neuron = m_document->neuron();
    if (m_trace.somaFine.empty()) {
        m_trace.segments = neuron.segmentCount();
        m_trace.samplesPerMs = neuron.samplesPerMs;
        m_page->beginRun(id, neuron, DurationMs);
    }
    const int samples = ms * neuron.samplesPerMs + (ms == DurationMs ? 1 : 0);
    while (static_cast<int>(m_trace.somaFine.size()) < samples)
        m_trace.somaFine.push_back(
            wave.soma(static_cast<double>(m_trace.somaFine.size()) / neuron.samplesPerMs));
    std::vector<float> now{wave.soma(ms)};
    for (int row = 0; row < m_trace.segments; ++row)
        now.push_back(wave.dendrite(row));
    for (; m_trace.recordedMs < ms; ++m_trace.recordedMs)
        m_trace.dendV.insert(m_trace.dendV.end(), now.begin() + 1, now.end());
    m_page->extend(
        m_trace,
        somaLabels(m_trace.somaFine, m_trace.samplesPerMs, m_trace.recordedMs, neuron.labels), now);
    QCoreApplication::processEvents();
}

} // namespace dt::test
