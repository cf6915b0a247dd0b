// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/DatasetBuilder.h"
#include "widgets/data/BuildPanel.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace dt {

/// Makes an engine that runs so many batches at a time.
using EngineFactory = std::function<std::unique_ptr<SimulationEngine>(int workers)>;

/// Builds one data set at a time and shows how it goes on any number of panels.
class BuildController : public QObject
{
    Q_OBJECT

public:
    BuildController(EngineFactory engines, int workers, QObject *parent = nullptr);
    ~BuildController() override;

    Status start(const DatasetPlan &plan, const QString &target, bool replace);
    /// Goes on with an unfinished build, also one of an earlier start of the program.
    Status resume(const QString &target);

    [[nodiscard]] bool isRunning() const { return m_builder && !m_builder->isOver(); }
    /// The file of the running or the last build.
    [[nodiscard]] QString target() const { return m_target; }
    [[nodiscard]] BuildProgress progress() const;
    [[nodiscard]] int workers() const { return m_workers; }

    void addPanel(BuildPanel *panel);
    void pause();
    void goOn();
    void cancel();

Q_SIGNALS:
    void changed();
    /// A worker crashed and a batch is tried again.
    void restarted(const QString &why);
    /// The build came to its end, one way or another.
    void ended(const QString &target, bool finished);

private:
    Status begin(Result<BuildFolder> folder, const QString &target);
    void onEnded();
    void showProgress();
    void showNumbers();
    void learnCost() const;

    EngineFactory m_engines;
    int m_workers;
    QString m_target;
    std::unique_ptr<SimulationEngine> m_engine;
    std::unique_ptr<DatasetBuilder> m_builder;
    std::vector<QPointer<BuildPanel>> m_panels;
    QTimer m_tick;
    QTimer m_numbers; ///< histograms are redrawn less often than the bar
};

} // namespace dt
