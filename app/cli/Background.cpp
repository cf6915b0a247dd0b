// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Background.h"

#include "app/cli/Interrupt.h"
#include "app/cli/Progress.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <QTimer>
#include <QtConcurrent>

#include <atomic>

namespace dt::cli {

Status inBackground(Io &io, const QString &label,
                    const std::function<Status(const ProgressFunction &)> &work)
{
    std::atomic<double> done = 0.0;
    std::atomic<bool> stop = false;
    QEventLoop loop;
    Progress progress(io, label);
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::interrupted, &loop, [&] { stop = true; });
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] { progress.show(done); });
    tick.start(50);
    QFutureWatcher<Status> watcher;
    QObject::connect(&watcher, &QFutureWatcher<Status>::finished, &loop, &QEventLoop::quit);
    const QFuture<Status> future = QtConcurrent::run([&] {
        return work([&](double share) {
            done = share;
            return !stop;
        });
    });
    watcher.setFuture(future);
    loop.exec();
    progress.clear();
    return future.result();
}

} // namespace dt::cli
