// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/JobWait.h"

#include "app/cli/Interrupt.h"
#include "app/cli/Progress.h"

#include <QEventLoop>
#include <QThread>
#include <QTimer>

#include <algorithm>

namespace dt::cli {

int defaultJobs()
{
    return std::max(1, QThread::idealThreadCount());
}

Status waitFor(const std::vector<SimulationJob *> &jobs, Io &io, const QString &label)
{
    QEventLoop loop;
    Progress progress(io, label);
    Interrupt interrupt;
    const auto allOver = [&] {
        return std::all_of(jobs.begin(), jobs.end(), [](auto *job) { return job->isOver(); });
    };
    const auto cancelAll = [&] {
        for (SimulationJob *job : jobs)
            job->cancel();
    };
    for (SimulationJob *job : jobs) {
        QObject::connect(job, &SimulationJob::ended, &loop, [&, job] {
            // One failure spoils the result: do not compute the rest.
            if (job->state() == SimulationJob::State::Failed)
                cancelAll();
            if (allOver())
                loop.quit();
        });
        QObject::connect(job, &SimulationJob::restarted, &loop, [&](const QString &why) {
            progress.clear();
            io.err << why.toStdString() << " Trying again." << std::endl;
        });
    }
    QObject::connect(&interrupt, &Interrupt::interrupted, &loop, cancelAll);
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        double sum = 0.0;
        for (const SimulationJob *job : jobs)
            sum += job->isOver() ? 1.0 : job->progress();
        progress.show(sum / static_cast<double>(jobs.size()));
    });
    tick.start(50);
    if (!allOver())
        loop.exec();
    progress.clear();

    for (const SimulationJob *job : jobs) {
        if (job->state() == SimulationJob::State::Failed)
            return job->error();
    }
    for (const SimulationJob *job : jobs) {
        if (job->state() == SimulationJob::State::Cancelled)
            return Error{ErrorCode::Cancelled, "Cancelled; nothing was written.", ""};
    }
    return Done{};
}

} // namespace dt::cli
