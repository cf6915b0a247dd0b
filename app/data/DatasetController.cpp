// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/DatasetController.h"

#include "engine/data/NumpyFolder.h"
#include "engine/document/Document.h"
#include "engine/jobs/BuildLedger.h"
#include "engine/jobs/InBackground.h"
#include "engine/jobs/SimulationCost.h"
#include "engine/recording/Recording.h"
#include "widgets/data/DatasetWizard.h"
#include "widgets/data/StatisticText.h"
#include "widgets/pages/DataPage.h"
#include "widgets/shell/TaskStrip.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QSettings>
#include <QStandardPaths>
#include <QStorageInfo>
#include <QThread>

#include <algorithm>

namespace dt {

namespace {

constexpr int MaxPaths = 50;
constexpr int ListMs = 1000;

QString pathsKey()
{
    return QStringLiteral("datasets");
}

QString defaultFolder()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo::exists(documents) ? documents : QDir::homePath();
}

std::optional<std::uint64_t> freeBytes(const QString &path)
{
    const QFileInfo folder(QFileInfo(path).absolutePath());
    if (!folder.isDir())
        return std::nullopt;
    const qint64 bytes = QStorageInfo(folder.absoluteFilePath()).bytesAvailable();
    return static_cast<std::uint64_t>(std::max<qint64>(0, bytes));
}

} // namespace

DatasetController::DatasetController(Document *document, SimulationEngine *live,
                                     EngineFactory engines, DataPage *page, DatasetDialogs *dialogs,
                                     QObject *parent) :
    QObject(parent),
    m_document(document), m_live(live), m_page(page), m_dialogs(dialogs),
    m_builds(
        new BuildController(std::move(engines), std::max(1, QThread::idealThreadCount()), this)),
    m_paths(QSettings().value(pathsKey()).toStringList())
{
    m_builds->addPanel(page->buildPanel());
    connect(page, &DataPage::newRequested, this, &DatasetController::newDataset);
    connect(page, &DataPage::openRequested, this, &DatasetController::open);
    connect(page, &DataPage::importRequested, this, &DatasetController::import);
    connect(page, &DataPage::entryChosen, this, &DatasetController::show);
    connect(page, &DataPage::forgetRequested, this, &DatasetController::forget);
    connect(page->datasetView(), &DatasetView::sampleRequested, this,
            &DatasetController::readSample);
    connect(page->datasetView(), &DatasetView::filterRequested, this, &DatasetController::filter);
    connect(page->datasetView(), &DatasetView::exportRequested, this,
            &DatasetController::exportFolder);
    connect(page->datasetView(), &DatasetView::verifyRequested, this, &DatasetController::verify);
    connect(page->buildPanel(), &BuildPanel::resumeRequested, this,
            &DatasetController::resumeChosen);
    connect(page->taskStrip(), &TaskStrip::cancelRequested, this, [this] {
        if (m_stop)
            *m_stop = true;
    });
    connect(m_builds, &BuildController::ended, this, &DatasetController::onBuildEnded);
    connect(m_builds, &BuildController::restarted, this, &DatasetController::told);
    // The line of a running build says how far it is.
    m_listTimer.setInterval(ListMs);
    connect(&m_listTimer, &QTimer::timeout, this, &DatasetController::refreshList);
    m_taskTimer.setInterval(100);
    connect(&m_taskTimer, &QTimer::timeout, this, [this] {
        if (m_done)
            m_page->taskStrip()->setFraction(*m_done);
    });
    refreshList();
}

DatasetController::~DatasetController()
{
    if (m_stop)
        *m_stop = true;
    delete m_wizard;
}

void DatasetController::refreshList()
{
    std::vector<DatasetEntry> entries;
    for (const QString &path : m_paths) {
        DatasetEntry entry{path, DatasetEntry::Kind::Ready, {}};
        const QFileInfo info(path);
        if (m_builds->isRunning() && m_builds->target() == path) {
            const BuildProgress p = m_builds->progress();
            entry.kind = DatasetEntry::Kind::Building;
            entry.detail = p.phase == BuildProgress::Phase::Paused
                ? tr("paused at %1 %").arg(100.0 * p.fraction, 0, 'f', 0)
                : tr("building, %1 %").arg(100.0 * p.fraction, 0, 'f', 0);
            if (p.phase == BuildProgress::Phase::Running && p.secondsLeft >= 0.0)
                entry.detail += tr(", %1 left").arg(durationText(p.secondsLeft));
        } else if (BuildFolder::exists(path.toStdString())) {
            entry.kind = DatasetEntry::Kind::Unfinished;
            entry.detail = tr("unfinished");
        } else if (!info.exists()) {
            entry.kind = DatasetEntry::Kind::Missing;
            entry.detail = tr("not there any more");
        } else {
            entry.detail = tr("%1, %2").arg(
                sizeText(static_cast<std::uint64_t>(info.size())),
                QLocale().toString(info.lastModified().date(), QLocale::ShortFormat));
        }
        entries.push_back(entry);
    }
    m_page->setEntries(entries);
}

void DatasetController::addPath(const QString &path)
{
    m_paths.removeAll(path);
    m_paths.prepend(path);
    while (m_paths.size() > MaxPaths)
        m_paths.removeLast();
    QSettings().setValue(pathsKey(), m_paths);
    refreshList();
}

void DatasetController::forget(const QString &path)
{
    if (m_builds->isRunning() && m_builds->target() == path) {
        Q_EMIT told(tr("%1 is being built; stop it first.").arg(QFileInfo(path).fileName()));
        return;
    }
    m_paths.removeAll(path);
    QSettings().setValue(pathsKey(), m_paths);
    m_opening.forget();
    m_file.reset();
    refreshList();
    m_page->showNothing();
}

void DatasetController::open()
{
    openPath(m_dialogs->askOpenDataset(defaultFolder()));
}

void DatasetController::openPath(const QString &path)
{
    if (path.isEmpty())
        return;
    const QString absolute = QFileInfo(path).absoluteFilePath();
    m_asking.forget();
    if ((m_builds->isRunning() && m_builds->target() == absolute)
        || BuildFolder::exists(absolute.toStdString())) {
        addPath(absolute);
        Q_EMIT pageWanted();
        m_page->choose(absolute);
        return;
    }
    m_asking.ask([absolute] { return readDataset(absolute); },
                 [this, absolute](Result<Opened> opened) {
                     if (!opened) {
                         Q_EMIT failed(opened.error());
                         return;
                     }
                     addPath(absolute);
                     Q_EMIT pageWanted();
                     {
                         const QSignalBlocker blocker(m_page); // it has been read already
                         m_page->choose(absolute);
                     }
                     m_opening.forget();
                     present(std::move(*opened));
                 });
}

void DatasetController::show(const QString &path)
{
    m_opening.forget();
    m_file.reset();
    if (m_builds->isRunning() && m_builds->target() == path)
        m_page->showBuild();
    else if (BuildFolder::exists(path.toStdString()))
        showUnfinished(path);
    else
        showFile(path);
}

void DatasetController::showFile(const QString &path)
{
    m_opening.ask([path] { return readDataset(path); },
                  [this](Result<Opened> opened) {
                      if (!opened)
                          m_page->showProblem(QString::fromStdString(opened.error().message));
                      else
                          present(std::move(*opened));
                  });
}

Result<DatasetController::Opened> DatasetController::readDataset(const QString &path)
{
    Result<DatasetFile> file = DatasetFile::open(path.toStdString());
    if (!file)
        return file.error();
    Opened opened;
    opened.contents.path = path;
    opened.contents.bytes = static_cast<std::uint64_t>(QFileInfo(path).size());
    opened.contents.info = file->info();
    for (const Split split : AllSplits) {
        Result<SplitStatistics> statistics = file->statistics(split);
        if (!statistics)
            return statistics.error();
        opened.contents.statistics[static_cast<std::size_t>(split)] = std::move(*statistics);
    }
    opened.file = std::make_shared<DatasetFile>(std::move(*file));
    return opened;
}

void DatasetController::present(Opened opened)
{
    m_file = std::move(opened.file);
    m_page->showDataset(std::move(opened.contents));
}

void DatasetController::showUnfinished(const QString &path)
{
    m_opening.ask(
        [path]() -> Result<BuildProgress> {
            const Result<UnfinishedBuild> build = readUnfinishedBuild(path.toStdString());
            if (!build)
                return build.error();
            const BuildLedger &ledger = build->ledger;
            BuildProgress p;
            p.name = QFileInfo(path).fileName();
            p.phase = BuildProgress::Phase::Cancelled;
            p.resumable = true;
            p.bytesNeeded = estimateBytes(ledger.plan());
            for (const Split split : AllSplits) {
                const auto i = static_cast<std::size_t>(split);
                p.wanted[i] = static_cast<std::uint64_t>(ledger.plan().wantedIn(split));
                p.tried[i] = ledger.tried(split);
                p.accepted[i] = ledger.accepted(split);
            }
            p.bytes = build->bytes;
            p.fraction = ledger.keptShare();
            return p;
        },
        [this](const Result<BuildProgress> &progress) {
            if (!progress) {
                m_page->showProblem(QString::fromStdString(progress.error().message));
                return;
            }
            m_page->buildPanel()->setProgress(*progress);
            m_page->buildPanel()->setStatistics({}, {});
            m_page->showBuild();
        });
}

void DatasetController::readSample(Split split, std::size_t i)
{
    if (!m_file)
        return;
    inBackground(
        this, [file = m_file, split, i] { return file->simulation(split, i); },
        [this, file = m_file, split, i](Result<StoredSimulation> simulation) {
            if (file != m_file)
                return;
            if (!simulation)
                m_page->datasetView()->setSampleProblem(
                    QString::fromStdString(simulation.error().message));
            else
                m_page->datasetView()->setSample(
                    split, i, std::make_shared<StoredSimulation>(std::move(*simulation)));
        });
}

void DatasetController::runTask(const QString &what, const Work &work,
                                const std::function<void()> &done)
{
    if (m_busy) {
        Q_EMIT told(
            tr("Wait until the work on files that is under way is finished, or cancel it."));
        return;
    }
    m_busy = true;
    m_stop = std::make_shared<std::atomic<bool>>(false);
    m_done = std::make_shared<std::atomic<double>>(0.0);
    m_page->taskStrip()->begin(what);
    Q_EMIT told({}); // what was told of earlier work would be taken for the end of this one
    m_taskTimer.start();
    inBackground(
        this,
        [work, stop = m_stop, share = m_done] {
            return work([&](double fraction) {
                *share = fraction;
                return !*stop;
            });
        },
        [this, done](const Status &status) {
            m_busy = false;
            m_taskTimer.stop();
            m_page->taskStrip()->end();
            if (status)
                done();
            else if (status.error().code == ErrorCode::Cancelled)
                Q_EMIT told(QString::fromStdString(status.error().message));
            else
                Q_EMIT failed(status.error());
        });
}

void DatasetController::import()
{
    const QString folder = m_dialogs->askImportFolder(defaultFolder());
    if (folder.isEmpty())
        return;
    // Before the question where to put it: nobody likes to answer in vain.
    if (!QFileInfo(folder + QStringLiteral("/train")).isDir()) {
        Q_EMIT failed({ErrorCode::Format,
                       folder.toStdString()
                           + " holds no data set: there is no folder 'train' in it. Choose the "
                             "folder that holds train, valid and test.",
                       folder.toStdString()});
        return;
    }
    // The folder's name tells the neuron; where it does not, the project's must fit.
    Result<Neuron> neuron = neuronOfNumpyFolder(folder.toStdString(), std::nullopt);
    if (!neuron && neuron.error().code == ErrorCode::NotFound) {
        neuron = neuronOfNumpyFolder(folder.toStdString(), m_document->neuron());
        if (!neuron)
            neuron =
                Error{ErrorCode::NotFound,
                      "The folder's name does not tell which neuron made the data, and the "
                      "project's neuron does not fit it. Build that neuron on the Neuron page, "
                      "then import again.",
                      folder.toStdString()};
    }
    if (!neuron) {
        Q_EMIT failed(neuron.error());
        return;
    }
    const QString target =
        m_dialogs->askSaveDataset(tr("Where to Put the Imported Data Set"),
                                  defaultFolder() + QStringLiteral("/")
                                      + QFileInfo(folder).fileName() + QStringLiteral(".h5"));
    if (target.isEmpty())
        return;
    Q_EMIT pageWanted();
    runTask(
        tr("Importing %1").arg(QFileInfo(folder).fileName()),
        [=, from = folder.toStdString(), to = target.toStdString(),
         cell = *neuron](const ProgressFunction &progress) {
            return importNumpy(from, cell, to, true, progress);
        },
        [this, target] {
            Q_EMIT told(tr("Imported to %1.").arg(target));
            openPath(target);
        });
}

void DatasetController::filter()
{
    if (!m_file)
        return;
    const QString from = m_page->datasetView()->contents().path;
    const QString target = m_dialogs->askSaveDataset(tr("Where to Put the Filtered Data Set"),
                                                     QFileInfo(from).path() + QStringLiteral("/")
                                                         + QFileInfo(from).completeBaseName()
                                                         + QStringLiteral("-filtered.h5"));
    if (target.isEmpty())
        return;
    if (QFileInfo(target) == QFileInfo(from)) {
        Q_EMIT told(tr("The filtered data set needs a name of its own; this one stays as it is."));
        return;
    }
    runTask(
        tr("Writing %1").arg(QFileInfo(target).fileName()),
        [file = m_file, to = target.toStdString(),
         ranges = m_page->datasetView()->ranges()](const ProgressFunction &progress) {
            return file->filterTo(to, ranges, true, progress);
        },
        [this, target, kept = m_page->datasetView()->keptInAll()] {
            Q_EMIT told(
                tr("Saved %1 to %2.")
                    .arg(kept == 1 ? tr("1 simulation") : tr("%1 simulations").arg(countText(kept)),
                         target));
            openPath(target);
        });
}

void DatasetController::exportFolder()
{
    if (!m_file)
        return;
    const QString folder = m_dialogs->askExportFolder(defaultFolder());
    if (folder.isEmpty())
        return;
    // The layout gives the folder of the simulations its name.
    const QString made =
        QDir(folder).absoluteFilePath(QString::fromStdString(shortName(m_file->info().neuron)));
    runTask(
        tr("Exporting %1").arg(QFileInfo(m_page->datasetView()->contents().path).fileName()),
        [file = m_file, to = folder.toStdString()](const ProgressFunction &progress) {
            return exportNumpy(*file, to, progress);
        },
        [this, made] { Q_EMIT told(tr("Exported to %1.").arg(made)); });
}

void DatasetController::verify()
{
    if (!m_file)
        return;
    const QString name = QFileInfo(m_page->datasetView()->contents().path).fileName();
    runTask(
        tr("Checking %1").arg(name),
        [file = m_file](const ProgressFunction &progress) { return file->verify(progress); },
        [this, name] { Q_EMIT told(tr("%1 is in order.").arg(name)); });
}

void DatasetController::newDataset()
{
    if (m_wizard) {
        m_wizard->show();
        m_wizard->raise();
        m_wizard->activateWindow();
        return;
    }
    WizardFacts facts;
    facts.workers = m_builds->workers();
    facts.secondsPerMs = [](int segments) { return datasetCost().seconds(1.0, segments); };
    facts.freeBytes = &freeBytes;
    facts.exists = [](const QString &path) {
        return QFileInfo::exists(path) || BuildFolder::exists(path.toStdString());
    };
    facts.mayDiscard = [this] { return m_dialogs->askDiscardDataset(); };
    facts.folder = defaultFolder();
    m_wizard = new DatasetWizard(m_document->neuron(), facts, m_page->window());
    m_wizard->setAttribute(Qt::WA_DeleteOnClose);
    m_wizard->setModal(false);
    connect(m_wizard, &DatasetWizard::trialRequested, this, &DatasetController::runTrial);
    connect(m_wizard, &DatasetWizard::buildRequested, this, &DatasetController::startBuild);
    connect(m_wizard->buildPanel(), &BuildPanel::resumeRequested, this,
            &DatasetController::resumeChosen);
    m_wizard->show();
}

void DatasetController::runTrial(const DatasetPlan &plan, quint64 index)
{
    SimulationRequest request;
    request.neuron = plan.neuron;
    request.inputs = {planInput(plan, Split::Train, index)};
    if (m_trial)
        m_trial->deleteLater();
    m_trial = m_live->submit(std::move(request), this);
    connect(m_trial, &SimulationJob::ended, this, [this, job = m_trial.data(), plan, index] {
        if (job != m_trial)
            return;
        if (m_wizard && job->state() == SimulationJob::State::Finished) {
            const auto trial =
                std::make_shared<StoredSimulation>(storedFrom(job->recording(0), index));
            const std::optional<StatisticRange> broken =
                firstViolation(statisticsOf(*trial, plan.neuron.segmentCount()), plan.filter);
            m_wizard->setTrial(trial,
                               broken ? tr("Candidate %1 (would be rejected: %2 outside %3 to %4)")
                                            .arg(index)
                                            .arg(statisticTitle(broken->statistic).toLower())
                                            .arg(broken->lo)
                                            .arg(broken->hi)
                                      : tr("Candidate %1").arg(index));
        } else if (m_wizard)
            m_wizard->setTrialProblem(QString::fromStdString(job->error().message));
        job->deleteLater();
    });
}

void DatasetController::startBuild(const DatasetPlan &plan, const QString &target, bool replace)
{
    const QString absolute = QFileInfo(target).absoluteFilePath();
    if (const Status started = m_builds->start(plan, absolute, replace); !started) {
        if (m_wizard)
            m_wizard->setBuildProblem(QString::fromStdString(started.error().message));
        return;
    }
    m_builds->addPanel(m_wizard->buildPanel());
    m_listTimer.start();
    addPath(absolute);
    Q_EMIT pageWanted();
    m_page->choose(absolute);
}

void DatasetController::resumeChosen()
{
    if (m_builds->isRunning())
        m_builds->goOn();
    else
        resume(m_page->chosen());
}

QString DatasetController::unfinished() const
{
    for (const QString &path : m_paths) {
        if (BuildFolder::exists(path.toStdString()))
            return path;
    }
    return {};
}

void DatasetController::resume(const QString &path)
{
    if (const Status started = m_builds->resume(path); !started) {
        Q_EMIT failed(started.error());
        return;
    }
    m_listTimer.start();
    addPath(path);
    Q_EMIT pageWanted();
    m_page->choose(path);
}

void DatasetController::onBuildEnded(const QString &target, bool finished)
{
    m_listTimer.stop();
    refreshList();
    const BuildProgress p = m_builds->progress();
    if (finished) {
        Q_EMIT told(tr("%1 is finished.").arg(p.name));
        if (m_page->chosen() == target)
            show(target);
    } else if (p.phase == BuildProgress::Phase::Failed) {
        Q_EMIT failed({ErrorCode::Io, p.problem.toStdString(), target.toStdString()});
    }
}

} // namespace dt
