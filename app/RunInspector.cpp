// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RunInspector.h"

#include "app/DatasetController.h"
#include "engine/data/DatasetFile.h"
#include "engine/jobs/Caught.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TwinDataset.h"
#include "engine/jobs/TwinPrediction.h"

#include <QDir>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QtConcurrent>

#include <map>
#include <utility>

namespace dt {

namespace {

using Listed = std::vector<ListedSimulation>;

Result<Listed> listSimulations(const StoredTwin &twin, const std::string &path)
{
    const Result<DatasetFile> file = openDatasetOf(twin, path);
    if (!file)
        return file.error();
    const Result<SplitStatistics> statistics = file->statistics(Split::Test);
    if (!statistics)
        return statistics.error();
    std::map<std::uint64_t, double> auc;
    if (twin.evaluation) {
        for (const SimulationScores &s : twin.evaluation->perSimulation)
            auc[s.simulation] = s.spikesAuc;
    }
    Listed listed;
    for (std::size_t i = 0; i < statistics->index.size(); ++i) {
        ListedSimulation s;
        s.place = i;
        s.index = statistics->index[i];
        s.spikes = static_cast<int>(std::lround(
            statistics->values[i][static_cast<std::size_t>(Statistic::FiringRateHz)]
            * file->info().durationMs / 1000.0));
        if (const auto found = auc.find(s.index); found != auc.end())
            s.spikesAuc = found->second;
        listed.push_back(s);
    }
    return listed;
}

Result<RunInspector::Both> predictSimulation(const StoredTwin &twin, const std::string &path,
                                             std::size_t place)
{
    const Result<DatasetFile> file = DatasetFile::open(path);
    if (!file)
        return file.error();
    const Result<StoredSimulation> stored = file->simulation(Split::Test, place);
    if (!stored)
        return stored.error();
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        return ml.error();
    const Result<std::unique_ptr<TwinPredictor>> predictor =
        (*ml)->predictor(twin.spec, twin.contents.weights, {});
    if (!predictor)
        return predictor.error();
    RunInspector::Both both;
    both.neuron =
        std::make_shared<const Recording>(recordingFrom(*stored, file->info().neuron));
    Result<TwinPrediction> said =
        predictInput(**predictor, both.neuron->input, [](double) { return true; });
    if (!said)
        return said.error();
    both.twin = std::move(*said);
    return both;
}

} // namespace

RunInspector::RunInspector(SimulationsView *view, DatasetDialogs *dialogs, QObject *parent) :
    QObject(parent), m_view(view), m_dialogs(dialogs)
{
    connect(view, &SimulationsView::shown, this, &RunInspector::show);
    connect(view, &SimulationsView::locateRequested, this, &RunInspector::locate);
    connect(view, &SimulationsView::simulationChosen, this, &RunInspector::predict);
}

void RunInspector::setTwin(std::shared_ptr<const StoredTwin> twin)
{
    ++m_request;
    m_wanted.reset();
    m_twin = std::move(twin);
    m_dataset.clear();
    m_listed = false;
    m_view->setProblem({}, false);
    m_view->setSimulations({});
    if (m_view->isVisible())
        show();
}

void RunInspector::showFile(const QString &path)
{
    m_file = path;
    m_unread = !path.isEmpty();
    setTwin(nullptr);
}

void RunInspector::readFile()
{
    m_unread = false;
    using Read = std::shared_ptr<const StoredTwin>;
    auto *watcher = new QFutureWatcher<Read>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, path = m_file] {
        watcher->deleteLater();
        if (path == m_file && !m_unread)
            setTwin(watcher->result());
    });
    watcher->setFuture(QtConcurrent::run([path = m_file]() -> Read {
        Result<StoredTwin> twin =
            caught([&] { return loadTwin(path.toStdString()); });
        return twin && twin->contents.complete
            ? std::make_shared<const StoredTwin>(std::move(*twin))
            : nullptr;
    }));
}

void RunInspector::locate()
{
    const QString path = m_dialogs->askOpenDataset(QFileInfo(m_dataset).absolutePath());
    if (path.isEmpty())
        return;
    m_dataset = path;
    m_listed = false;
    show();
}

void RunInspector::show()
{
    if (m_unread) {
        readFile();
        return;
    }
    if (m_listed)
        return;
    m_listed = true;
    m_view->setProblem({}, false);
    if (!m_twin) {
        m_view->setProblem(tr("When the twin is trained, you can look here at what it makes of "
                              "each test simulation."),
                           false);
        return;
    }
    if (m_dataset.isEmpty() && m_twin->contents.dataset)
        m_dataset = QString::fromStdString(m_twin->contents.dataset->path);
    if (!m_dataset.isEmpty() && QDir::isRelativePath(m_dataset)) {
        m_view->setProblem(tr("This twin came without its data set %1. Locate it if you have it, or "
                              "look at the twin on the Simulate page.")
                               .arg(m_dataset),
                           true);
        m_dataset.clear();
        return;
    }
    if (!QFileInfo::exists(m_dataset)) {
        m_view->setProblem(tr("The data set %1 that this twin was trained on is not there any "
                              "more. Say where it is, or look at the twin on the Simulate page.")
                               .arg(m_dataset),
                           true);
        return;
    }
    list();
}

void RunInspector::list()
{
    auto *watcher = new QFutureWatcher<Result<Listed>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this,
            [this, watcher, request = ++m_request] {
                watcher->deleteLater();
                if (request != m_request)
                    return;
                const Result<Listed> listed = watcher->result();
                if (!listed) {
                    m_view->setProblem(QString::fromStdString(listed.error().message), true);
                    return;
                }
                if (listed->empty())
                    m_view->setProblem(tr("The data set has no test simulations."), false);
                m_view->setSimulations(*listed);
            });
    watcher->setFuture(QtConcurrent::run([twin = m_twin, path = m_dataset.toStdString()] {
        return caught([&] { return listSimulations(*twin, path); });
    }));
}

void RunInspector::predict(std::size_t place)
{
    if (!m_twin)
        return;
    m_view->setBusy(true);
    ++m_request;
    if (m_predicting) { // one at a time; the wishes in between are forgotten
        m_wanted = place;
        return;
    }
    m_predicting = true;
    auto *watcher = new QFutureWatcher<Result<Both>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this,
            [this, watcher, request = m_request] {
                watcher->deleteLater();
                m_predicting = false;
                if (const std::optional<std::size_t> next = std::exchange(m_wanted, std::nullopt))
                    predict(*next);
                else if (request == m_request)
                    showBoth(watcher->result());
            });
    watcher->setFuture(QtConcurrent::run([twin = m_twin, path = m_dataset.toStdString(), place] {
        return caught([&] { return predictSimulation(*twin, path, place); });
    }));
}

void RunInspector::showBoth(const Result<Both> &both)
{
    if (both) {
        m_view->setBoth(both->neuron, both->twin);
    } else {
        m_view->setBoth(nullptr, {});
        m_view->setProblem(QString::fromStdString(both.error().message), false);
    }
}

} // namespace dt
