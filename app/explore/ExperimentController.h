// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/data/BuildController.h"
#include "engine/explore/Experiment.h"
#include "engine/jobs/ExperimentRun.h"
#include "engine/jobs/SimulationCost.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <string>

namespace dt {

class Document;
class ExperimentsView;

/// Plans the chosen experiment on the document's neuron, says what it will take, runs it on workers
/// of its own, and shows what it finds while it runs. Results stay until the experiment is run
/// again.
class ExperimentController : public QObject
{
    Q_OBJECT

public:
    ExperimentController(Document *document, EngineFactory engines, int workers,
                         ExperimentsView *view, QObject *parent = nullptr);
    ~ExperimentController() override;

    void choose(const std::string &id);
    void run();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_run && !m_run->isOver(); }

Q_SIGNALS:
    void runningChanged();
    void failed(const dt::Error &error);
    /// Tells in a sentence what goes on.
    void told(const QString &sentence);

private:
    /// What is known of one experiment.
    struct Known
    {
        ExperimentValues values; ///< values that a person chose
        ExperimentResult result;
        ExperimentValues ranWith; ///< all values of the last run
        Neuron ranOn;
        std::size_t simulations = 0; ///< number of simulations that are measured
        QString ended; ///< how the last run ended; empty: never run
    };

    /// Another project: nothing was chosen or measured on it.
    void forget();
    void showSettings();
    void plan();
    /// Whether what is shown is of another neuron or of other settings.
    void showStale();
    void showResult();
    void showProgress();
    void onEnded();

    Document *m_document;
    EngineFactory m_engines;
    int m_workers;
    ExperimentsView *m_view;
    std::unique_ptr<SimulationEngine> m_engine; ///< made for the first run
    std::map<std::string, Known> m_known;
    std::string m_chosen;
    std::string m_running; ///< id of the experiment that m_run runs
    Result<ExperimentPlan> m_plan = ExperimentPlan{};
    std::unique_ptr<ExperimentRun> m_run;
    ExperimentCost m_cost;
    QTimer m_planSoon;
    QTimer m_showSoon;
    QTimer m_tick;
};

} // namespace dt
