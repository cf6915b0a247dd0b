// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulate/SimulationController.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/gui/simulate/RunSizes.h"

#include <QAction>

namespace dt::test {

/// What tests of runs in the window share: the window on an engine that they drive, and a short
/// project on the cable.
class RunBench : public QObject
{
protected:
    void init();
    void cleanup() { m_bench.reset(); }
    [[nodiscard]] DrivenEngine &engine() const { return m_bench->engine; }
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] Document &document() const { return *window().document(); }
    [[nodiscard]] SimulationController &simulation() const { return *window().simulation(); }
    [[nodiscard]] QAction *action(const char *name) const { return child<QAction>(window(), name); }
    [[nodiscard]] bool stale() const { return child<QWidget>(window(), "staleBar")->isVisible(); }
    [[nodiscard]] QString status() const { return labelText(window(), "statusLabel"); }
    void edit(const std::function<void(Project &)> &change) const
    {
        QVERIFY(document().edit(QStringLiteral("x"), change).ok());
    }
    void editLength(double um) const
    {
        edit([um](Project &p) { p.neuron.dendrites[0].lengthUm = um; });
    }
    /// A finished run is shown.
    void haveRun(const DrivenWave &wave = {});

    std::unique_ptr<Bench> m_bench;
};

inline void RunBench::init()
{
    m_bench = std::make_unique<Bench>();
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = DurationMs;
    document().reset(project, {});
}

inline void RunBench::haveRun(const DrivenWave &wave)
{
    engine().setWave(wave);
    simulation().run();
    engine().complete();
    QVERIFY(!simulation().isRunning());
    QVERIFY(simulation().recording());
}

} // namespace dt::test
