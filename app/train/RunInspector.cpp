// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/RunInspector.h"

#include "app/data/DatasetController.h"
#include "app/data/TwinDataSets.h"
#include "engine/jobs/InBackground.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TwinEvaluation.h"
#include "engine/jobs/TwinPrediction.h"

#include <cmath>
#include <map>
#include <utility>

namespace dt {

namespace {

using Listed = std::vector<ListedSimulation>;
/// AUC of spikes by simulation.
using Scores = std::map<std::uint64_t, double>;

/// More would keep the processor busy for something that nobody asked for.
constexpr int MostScored = 40;

struct Found
{
    TwinData data;
    Listed listed;
};

Scores scoresOf(const Evaluation &evaluation)
{
    Scores scores;
    for (const SimulationScores &s : evaluation.perSimulation)
        scores[s.simulation] = s.spikesAuc;
    return scores;
}

void addScores(Listed &listed, const Scores &scores)
{
    for (ListedSimulation &s : listed) {
        if (const auto found = scores.find(s.index); found != scores.end())
            s.spikesAuc = found->second;
    }
}

Result<Found> findSimulations(const StoredTwin &twin, const QStringList &places)
{
    Found found{TwinDataSets::find(twin, places), {}};
    if (found.data.path.isEmpty())
        return found;
    const Result<DatasetFile> file = DatasetFile::open(found.data.path.toStdString());
    if (!file)
        return file.error();
    const Result<SplitStatistics> statistics = file->statistics(found.data.split);
    if (!statistics)
        return statistics.error();
    for (std::size_t i = 0; i < statistics->index.size(); ++i) {
        ListedSimulation s;
        s.place = i;
        s.index = statistics->index[i];
        s.spikes = static_cast<int>(
            std::lround(statistics->values[i][static_cast<std::size_t>(Statistic::FiringRateHz)]
                        * file->info().durationMs / 1000.0));
        found.listed.push_back(s);
    }
    // The twin's evaluation speaks of its own data set only.
    if (found.data.own && twin.evaluation
        && twin.evaluation->plan.split == splitName(found.data.split))
        addScores(found.listed, scoresOf(*twin.evaluation));
    return found;
}

Result<std::unique_ptr<TwinPredictor>> predictorOf(const StoredTwin &twin)
{
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        return ml.error();
    return (*ml)->predictor(twin.spec, twin.contents.weights, {});
}

Result<Scores> scoreAll(const StoredTwin &twin, const TwinData &data, const std::atomic<bool> &stop)
{
    const auto goOn = [&](double) { return !stop.load(); };
    const Result<DatasetFile> file = DatasetFile::open(data.path.toStdString());
    if (!file)
        return file.error();
    const Result<DatasetStore> store = DatasetStore::load(*file, {data.split}, goOn);
    if (!store)
        return store.error();
    const auto predictor = predictorOf(twin);
    if (!predictor)
        return predictor.error();
    const Result<Evaluation> evaluation = evaluateTwin(**predictor, *store, data.split, goOn);
    if (!evaluation)
        return evaluation.error();
    return scoresOf(*evaluation);
}

Result<RunInspector::Both> predictSimulation(const StoredTwin &twin, const TwinData &data,
                                             std::size_t place)
{
    const Result<DatasetFile> file = DatasetFile::open(data.path.toStdString());
    if (!file)
        return file.error();
    const Result<StoredSimulation> stored = file->simulation(data.split, place);
    if (!stored)
        return stored.error();
    const auto predictor = predictorOf(twin);
    if (!predictor)
        return predictor.error();
    RunInspector::Both both;
    both.neuron = std::make_shared<const Recording>(recordingFrom(*stored, file->info().neuron));
    Result<TwinPrediction> said =
        predictInput(**predictor, both.neuron->input, [](double) { return true; });
    if (!said)
        return said.error();
    both.twin = std::move(*said);
    return both;
}

} // namespace

RunInspector::RunInspector(SimulationsView *view, DatasetDialogs *dialogs, TwinDataSets *data,
                           QObject *parent) :
    QObject(parent),
    m_view(view), m_dialogs(dialogs), m_data(data)
{
    connect(view, &SimulationsView::shown, this, &RunInspector::show);
    connect(view, &SimulationsView::simulationChosen, this, &RunInspector::predict);
    connect(view->offer(), &DataOffer::locateRequested, this, &RunInspector::locate);
    connect(view->offer(), &DataOffer::makeRequested, this, &RunInspector::make);
    connect(view->offer(), &DataOffer::cancelRequested, data, &TwinDataSets::cancel);
    connect(data, &TwinDataSets::progressed, this, &RunInspector::offer);
    connect(data, &TwinDataSets::changed, this, &RunInspector::lookAgain);
    connect(data, &TwinDataSets::failed, this, [this](const Error &error) {
        if (std::exchange(m_making, false))
            m_view->setProblem(QString::fromStdString(error.message));
    });
}

RunInspector::~RunInspector()
{
    if (m_stop)
        m_stop->store(true);
}

void RunInspector::setTwin(std::shared_ptr<const StoredTwin> twin)
{
    ++m_request;
    ++m_listing;
    if (m_stop)
        m_stop->store(true);
    m_wanted.reset();
    m_twin = std::move(twin);
    m_found.reset();
    m_listed = false;
    m_making = false;
    m_view->setProblem({});
    m_view->setSource({});
    m_view->setSimulations({});
    offer();
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
    inBackground(
        this,
        [path = m_file]() -> Read {
            Result<StoredTwin> twin = caught([&] { return loadTwin(path.toStdString()); });
            return twin && twin->contents.complete
                ? std::make_shared<const StoredTwin>(std::move(*twin))
                : nullptr;
        },
        [this, path = m_file](const Read &answer) {
            if (path == m_file && !m_unread)
                setTwin(answer);
        });
}

/// Another data set may be at hand: of use to whom has none.
void RunInspector::lookAgain()
{
    if (!m_twin || (m_found && !m_found->path.isEmpty()))
        return;
    ++m_listing;
    m_listed = false;
    if (m_view->isVisible())
        show();
}

void RunInspector::locate()
{
    if (!m_twin)
        return;
    const QString path = m_dialogs->askOpenDataset(m_data->folderFor(*m_twin));
    if (path.isEmpty())
        return;
    inBackground(
        this, [twin = m_twin, path] { return TwinDataSets::check(*twin, path); },
        [this, path, request = m_listing](const Status &fits) {
            if (fits)
                m_data->add(path);
            else if (request == m_listing)
                m_view->setProblem(QString::fromStdString(fits.error().message));
        });
}

void RunInspector::make()
{
    if (!m_twin || !m_twin->contents.neuron)
        return;
    m_making = true;
    m_view->setProblem({});
    m_data->make(*m_twin->contents.neuron);
}

void RunInspector::offer()
{
    const bool missing = m_found && m_found->path.isEmpty();
    m_view->offer()->setState(
        {missing && m_found->canMake, missing, missing ? m_data->progress() : -1.0});
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
    m_view->setProblem({});
    if (!m_twin) {
        m_view->setSource(tr("When the twin is trained, you can look here at what it makes of "
                             "each test simulation."));
        return;
    }
    list();
}

void RunInspector::list()
{
    inBackground(
        this,
        [twin = m_twin, places = m_data->places(m_twin->contents.neuron)] {
            return findSimulations(*twin, places);
        },
        [this, request = ++m_listing](const Result<Found> &found) {
            if (request != m_listing)
                return;
            if (!found) {
                m_view->setProblem(QString::fromStdString(found.error().message));
                return;
            }
            m_found = std::make_unique<TwinData>(found->data);
            m_view->setSource(m_found->sentence);
            m_view->setSimulations(found->listed);
            offer();
            if (!m_found->own && m_found->simulations <= MostScored)
                score();
        });
}

/// Scores of simulations that the twin's evaluation knows nothing of.
void RunInspector::score()
{
    if (m_found->path.isEmpty())
        return;
    m_stop = std::make_shared<std::atomic<bool>>(false);
    inBackground(
        this,
        [twin = m_twin, data = *m_found, stop = m_stop] { return scoreAll(*twin, data, *stop); },
        [this, request = m_listing](const Result<Scores> &scores) {
            // Without scores the list is of use, too.
            if (scores && request == m_listing)
                m_view->setScores(*scores);
        });
}

void RunInspector::predict(std::size_t place)
{
    if (!m_twin || !m_found)
        return;
    m_view->setBusy(true);
    ++m_request;
    if (m_predicting) { // one at a time; the wishes in between are forgotten
        m_wanted = place;
        return;
    }
    m_predicting = true;
    inBackground(
        this,
        [twin = m_twin, data = *m_found, place] { return predictSimulation(*twin, data, place); },
        [this, request = m_request](const Result<Both> &answer) {
            m_predicting = false;
            if (const std::optional<std::size_t> next = std::exchange(m_wanted, std::nullopt))
                predict(*next);
            else if (request == m_request)
                showBoth(answer);
        });
}

void RunInspector::showBoth(const Result<Both> &both)
{
    if (both) {
        m_view->setBoth(both->neuron, both->twin);
    } else {
        m_view->setBoth(nullptr, {});
        m_view->setProblem(QString::fromStdString(both.error().message));
    }
}

} // namespace dt
