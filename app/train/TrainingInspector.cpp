// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/TrainingInspector.h"

#include "app/data/DatasetController.h"
#include "app/data/TwinDataSets.h"
#include "engine/jobs/TwinSimulations.h"

#include <utility>

namespace dt {

namespace {

/// More would keep the processor busy for something that nobody asked for.
constexpr int MostScored = 40;

struct Found
{
    TwinData data;
    std::vector<ListedSimulation> listed;
};

Result<Found> findSimulations(const StoredTwin &twin, const QStringList &places)
{
    Found found{TwinDataSets::find(twin, places), {}};
    if (found.data.path.isEmpty())
        return found;
    Result<std::vector<ListedSimulation>> listed =
        listSimulations(twin, found.data.path.toStdString(), found.data.split, found.data.own);
    if (!listed)
        return listed.error();
    found.listed = std::move(*listed);
    return found;
}

} // namespace

TrainingInspector::TrainingInspector(SimulationsView *view, DatasetDialogs *dialogs,
                                     TwinDataSets *data, QObject *parent) :
    QObject(parent),
    m_view(view), m_dialogs(dialogs), m_data(data)
{
    connect(view, &SimulationsView::shown, this, &TrainingInspector::show);
    connect(view, &SimulationsView::simulationChosen, this, &TrainingInspector::predict);
    connect(view->offer(), &DataOffer::locateRequested, this, &TrainingInspector::locate);
    connect(view->offer(), &DataOffer::makeRequested, this, &TrainingInspector::make);
    connect(view->offer(), &DataOffer::cancelRequested, data, &TwinDataSets::cancel);
    connect(data, &TwinDataSets::progressed, this, &TrainingInspector::offer);
    connect(data, &TwinDataSets::changed, this, &TrainingInspector::lookAgain);
    connect(data, &TwinDataSets::failed, this, [this](const Error &error) {
        if (std::exchange(m_making, false))
            m_view->setProblem(QString::fromStdString(error.message));
    });
}

TrainingInspector::~TrainingInspector()
{
    if (m_stop)
        m_stop->store(true);
}

void TrainingInspector::setTwin(std::shared_ptr<const StoredTwin> twin)
{
    m_listing.forget();
    m_scoring.forget();
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

void TrainingInspector::showFile(const QString &path)
{
    m_file = path;
    m_unread = !path.isEmpty();
    setTwin(nullptr);
}

void TrainingInspector::readFile()
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
void TrainingInspector::lookAgain()
{
    if (!m_twin || (m_found && !m_found->path.isEmpty()))
        return;
    m_listing.forget();
    m_scoring.forget();
    m_listed = false;
    if (m_view->isVisible())
        show();
}

void TrainingInspector::locate()
{
    if (!m_twin)
        return;
    const QString path = m_dialogs->askOpenDataset(m_data->folderFor(*m_twin));
    if (path.isEmpty())
        return;
    inBackground(
        this, [twin = m_twin, path] { return TwinDataSets::check(*twin, path); },
        [this, path, twin = m_twin](const Status &fits) {
            if (fits)
                m_data->add(path);
            else if (twin == m_twin)
                m_view->setProblem(QString::fromStdString(fits.error().message));
        });
}

void TrainingInspector::make()
{
    if (!m_twin || !m_twin->contents.neuron)
        return;
    m_making = true;
    m_view->setProblem({});
    m_data->make(*m_twin->contents.neuron);
}

void TrainingInspector::offer()
{
    const bool missing = m_found && m_found->path.isEmpty();
    m_view->offer()->setState(
        {missing && m_found->canMake, missing, missing ? m_data->progress() : -1.0});
}

void TrainingInspector::show()
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

void TrainingInspector::list()
{
    m_listing.ask(
        [twin = m_twin, places = m_data->places(m_twin->contents.neuron)] {
            return findSimulations(*twin, places);
        },
        [this](const Result<Found> &found) {
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
void TrainingInspector::score()
{
    if (m_found->path.isEmpty())
        return;
    m_stop = std::make_shared<std::atomic<bool>>(false);
    m_scoring.ask(
        [twin = m_twin, path = m_found->path.toStdString(), split = m_found->split, stop = m_stop] {
            return scoreSimulations(*twin, path, split, [&](double) { return !stop->load(); });
        },
        [this](const Result<SpikesAucs> &scores) {
            // Without scores the list is of use, too.
            if (scores)
                m_view->setScores(*scores);
        });
}

void TrainingInspector::predict(std::size_t place)
{
    if (!m_twin || !m_found)
        return;
    m_view->setBusy(true);
    if (m_predicting) { // one at a time; the wishes in between are forgotten
        m_wanted = place;
        return;
    }
    m_predicting = true;
    inBackground(
        this,
        [twin = m_twin, path = m_found->path.toStdString(), split = m_found->split, place] {
            return predictSimulation(*twin, path, split, place);
        },
        [this, twin = m_twin](const Result<PredictedSimulation> &answer) {
            m_predicting = false;
            if (const std::optional<std::size_t> next = std::exchange(m_wanted, std::nullopt))
                predict(*next);
            else if (twin == m_twin)
                showBoth(answer);
        });
}

void TrainingInspector::showBoth(const Result<PredictedSimulation> &both)
{
    if (both) {
        m_view->setBoth(both->neuron, both->twin);
    } else {
        m_view->setBoth(nullptr, {});
        m_view->setProblem(QString::fromStdString(both.error().message));
    }
}

} // namespace dt
