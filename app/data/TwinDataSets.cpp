// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/TwinDataSets.h"

#include "engine/jobs/SimulationCost.h"
#include "engine/jobs/TestSet.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <cmath>
#include <utility>

namespace dt {

namespace {

constexpr int ReportMs = 100;

/// Test sets tell themselves by their name: the file belongs to the program.
bool isTestSet(const DatasetForTwin &data, const QString &path)
{
    return data.file.info().plan
        && QFileInfo(path).fileName().toStdString() == testSetName(*data.file.info().plan);
}

QString sentenceOf(const DatasetForTwin &data, const QString &path, int simulations)
{
    if (isTestSet(data, path))
        return TwinDataSets::tr("Test set made here: %1 simulations that it was not trained on")
            .arg(simulations);
    QString text = TwinDataSets::tr("%1, split %2: %3 simulations")
                       .arg(QFileInfo(path).completeBaseName(),
                            QString::fromLatin1(splitName(data.split).data()))
                       .arg(simulations);
    if (data.own && data.mayBeKnown)
        text += TwinDataSets::tr(". It was trained on them, so it looks better than it is.");
    else if (data.mayBeKnown)
        text += TwinDataSets::tr(". They may be among those that it was trained on; then it looks "
                                 "better than it is.");
    else if (!data.own)
        text += TwinDataSets::tr(" that it was not trained on");
    return text;
}

/// How long a test set takes, roughly: on one core, as nobody knows how busy the others are.
QString timeFor(const DatasetPlan &plan)
{
    const double seconds = datasetCost().seconds(
        static_cast<double>(plan.durationMs) * plan.wantedInAll(), plan.neuron.segmentCount());
    if (seconds < 10.0)
        return TwinDataSets::tr("which takes seconds");
    return seconds < 60.0
        ? TwinDataSets::tr("which takes less than a minute")
        : TwinDataSets::tr("which takes about %1 min").arg(std::ceil(seconds / 60.0));
}

/// Why the twin's own data set is not at hand.
QString missing(const StoredTwin &twin)
{
    const auto &dataset = twin.contents.dataset;
    if (!dataset || dataset->path.empty())
        return TwinDataSets::tr("The twin's file does not say on which data set it was trained.");
    const QString path = QString::fromStdString(dataset->path);
    if (QDir::isRelativePath(path))
        return TwinDataSets::tr("This twin came without its data set %1.").arg(path);
    if (!QFileInfo::exists(path))
        return TwinDataSets::tr("The data set is no longer at %1.").arg(path);
    return TwinDataSets::tr("%1 is not the data set that it was trained on any more.").arg(path);
}

} // namespace

TwinDataSets::TwinDataSets(EngineFactory engines, int workers, const QString &folder,
                           QObject *parent) :
    QObject(parent),
    m_engines(std::move(engines)), m_workers(workers), m_folder(folder)
{
    m_tick.setInterval(ReportMs);
    connect(&m_tick, &QTimer::timeout, this, &TwinDataSets::progressed);
}

TwinDataSets::~TwinDataSets()
{
    m_builder.reset(); // before its engine
}

void TwinDataSets::setListed(const QStringList &paths)
{
    if (std::exchange(m_listed, paths) != paths)
        Q_EMIT changed();
}

void TwinDataSets::add(const QString &path)
{
    m_added.removeAll(path);
    m_added.prepend(path);
    Q_EMIT changed();
}

QString TwinDataSets::pathOf(const DatasetPlan &plan) const
{
    return QDir(m_folder).filePath(QString::fromStdString(testSetName(plan)));
}

QStringList TwinDataSets::places(const std::optional<Neuron> &neuron) const
{
    QStringList paths = m_added + m_listed;
    for (const bool filtered : {true, false}) {
        if (neuron)
            paths.append(pathOf(testSetPlan(*neuron, filtered)));
    }
    paths.removeDuplicates();
    return paths;
}

TwinData TwinDataSets::find(const StoredTwin &twin, const QStringList &places)
{
    QStringList all = places;
    if (const auto &dataset = twin.contents.dataset) {
        const QString own = QString::fromStdString(dataset->path);
        if (QDir::isAbsolutePath(own))
            all.prepend(own);
    }
    for (const QString &path : std::as_const(all)) {
        if (!QFileInfo::exists(path))
            continue;
        const Result<DatasetForTwin> data = openDatasetFor(twin, path.toStdString());
        const std::size_t count = data ? data->file.info().count(data->split) : 0;
        if (count == 0)
            continue; // of another neuron, damaged or empty
        TwinData found;
        found.path = path;
        found.split = data->split;
        found.simulations = static_cast<int>(count);
        found.durationMs = data->file.info().durationMs;
        found.own = data->own;
        found.sentence = sentenceOf(*data, path, found.simulations);
        return found;
    }
    TwinData none;
    none.canMake = twin.contents.neuron && !twin.contents.neuron->synapses.empty();
    none.sentence = missing(twin) + u' '
        + (none.canMake ? tr("Make a small test set of its neuron, %1, or locate a data set of it.")
                              .arg(timeFor(testSetPlan(*twin.contents.neuron)))
                        : tr("Locate a data set of its neuron."));
    return none;
}

Status TwinDataSets::check(const StoredTwin &twin, const QString &path)
{
    const Result<DatasetForTwin> data = openDatasetFor(twin, path.toStdString());
    if (!data)
        return data.error();
    if (data->file.info().countInAll() == 0)
        return Error{ErrorCode::InvalidValue,
                     path.toStdString() + " holds no simulations. Choose another data set.",
                     path.toStdString()};
    return Done{};
}

QString TwinDataSets::folderFor(const StoredTwin &twin) const
{
    QStringList paths = m_added + m_listed;
    if (const auto &dataset = twin.contents.dataset)
        paths.prepend(QString::fromStdString(dataset->path));
    for (const QString &path : std::as_const(paths)) {
        const QFileInfo folder(QFileInfo(path).path());
        if (QDir::isAbsolutePath(path) && folder.isDir())
            return folder.filePath();
    }
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

void TwinDataSets::make(const Neuron &neuron)
{
    if (!isMaking())
        build(testSetPlan(neuron));
}

void TwinDataSets::build(const DatasetPlan &plan)
{
    QDir().mkpath(m_folder);
    const std::string target = pathOf(plan).toStdString();
    // What was cancelled goes on; a file that is there was not found to be of use.
    Result<BuildFolder> folder = BuildFolder::exists(target)
        ? BuildFolder::open(target)
        : BuildFolder::create(target, plan, true);
    if (!folder) {
        Q_EMIT failed(folder.error());
        Q_EMIT progressed();
        return;
    }
    m_builder.reset();
    m_engine = m_engines(m_workers);
    m_builder = std::make_unique<DatasetBuilder>(*m_engine, m_workers, std::move(*folder));
    connect(m_builder.get(), &DatasetBuilder::ended, this, &TwinDataSets::onEnded,
            Qt::QueuedConnection);
    m_tick.start();
    m_builder->start();
    Q_EMIT progressed();
}

void TwinDataSets::cancel()
{
    if (m_builder)
        m_builder->cancel();
}

double TwinDataSets::progress() const
{
    return m_builder ? m_builder->progress() : -1.0;
}

void TwinDataSets::onEnded()
{
    if (!m_builder || !m_builder->isOver())
        return;
    m_tick.stop();
    const DatasetBuilder::State state = m_builder->state();
    const Error error = m_builder->error();
    const DatasetPlan plan = m_builder->plan();
    const bool rejectsAll = state == DatasetBuilder::State::Failed && !m_builder->resumable();
    m_builder.reset();
    m_engine.reset();
    if (rejectsAll && !plan.filter.empty()) {
        build(testSetPlan(plan.neuron, false));
        return;
    }
    if (state == DatasetBuilder::State::Failed)
        Q_EMIT failed(error);
    Q_EMIT progressed();
    if (state == DatasetBuilder::State::Finished)
        Q_EMIT changed();
}

} // namespace dt
