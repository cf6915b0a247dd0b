// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/TrainController.h"

#include "app/data/DatasetController.h"
#include "app/train/TwinLibrary.h"
#include "engine/base/FileNames.h"
#include "engine/data/DatasetFile.h"
#include "engine/jobs/InBackground.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TrainingSpeeds.h"
#include "engine/jobs/TwinDataset.h"
#include "engine/twin/NetworkKind.h"
#include "engine/twin/evaluation/TwinVerdict.h"
#include "widgets/forms/Counted.h"
#include "widgets/pages/TrainPage.h"
#include "widgets/train/TrainForm.h"
#include "widgets/train/TrainingList.h"
#include "widgets/train/TrainingView.h"
#include "widgets/twin/LearningCurves.h"
#include "widgets/twin/SimulationsView.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <QTimer>

namespace dt {

namespace {

/// How often the curves are drawn while a training trains. Numbers follow at once; curves hardly
/// change and cost more.
constexpr int DrawMs = 100;

constexpr const char *AuthorKey = "train/author";

/// A name that no file has yet, beside the data set: ampa-tcn-a.twin, ampa-tcn-a-2.twin, ...
QString freshTarget(const QString &dataset, const QString &title,
                    const std::vector<QueuedTraining> &trainings)
{
    const QFileInfo info(dataset);
    // A course's data may lie where nothing can be written.
    const QString folder = QFileInfo(info.absolutePath()).isWritable()
        ? info.absolutePath()
        : QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString name = title.toLower().replace(u' ', u'-');
    for (int n = 1;; ++n) {
        const QString path = QStringLiteral("%1/%2-%3%4.twin")
                                 .arg(folder, info.completeBaseName(), name,
                                      n == 1 ? QString() : QStringLiteral("-%1").arg(n));
        const bool queued =
            std::any_of(trainings.begin(), trainings.end(), [&](const QueuedTraining &training) {
                return training.request.target == path.toStdString();
            });
        if (!queued && !QFileInfo::exists(path))
            return path;
    }
}

QString stageText(const QueuedTraining &training)
{
    switch (training.state) {
    case QueuedTraining::State::Waiting:
        return TrainController::tr("Waits for its turn");
    case QueuedTraining::State::Running:
        return TrainController::tr("Loading");
    case QueuedTraining::State::Finished: {
        const QString target = QString::fromStdString(training.request.target);
        const std::string verdict = notLearnedSentence(training.spikesAuc);
        return verdict.empty() ? TrainController::tr("Finished · %1").arg(target)
                               : TrainController::tr("Finished in vain. %1 · %2")
                                     .arg(QString::fromStdString(verdict), target);
    }
    case QueuedTraining::State::Stopped:
        return training.begun
            ? TrainController::tr("Stopped; it goes on where it was, or at most a "
                                  "minute before")
            : TrainController::tr("Stopped before it began; it starts anew");
    case QueuedTraining::State::Failed:
        return QString::fromStdString(training.message);
    }
    return {};
}

/// As its twin, which is called as its file.
QString nameOf(const QueuedTraining &training)
{
    return QString::fromStdString(stemOf(training.request.target));
}

QString titleOf(const QueuedTraining &training)
{
    return TrainController::tr("%1 · %2 on %3")
        .arg(nameOf(training), QString::fromStdString(training.title),
             QString::fromStdString(stemOf(training.request.dataset)));
}

bool isMissing(const std::string &path)
{
    return !QFileInfo::exists(QString::fromStdString(path));
}

} // namespace

TrainController::TrainController(TrainPage *page, TwinLibrary *twins, TwinDataSets *data,
                                 DatasetDialogs *dialogs, const QString &listFile,
                                 QObject *parent) :
    QObject(parent),
    m_page(page), m_dialogs(dialogs), m_twins(twins), m_queue(new TrainingQueue(listFile, this)),
    m_speeds(new TrainingSpeeds(this)),
    m_inspector(new TrainingInspector(page->view()->simulations(), dialogs, data, this))
{
    connect(twins, &TwinLibrary::renamed, this, [this](const QString &from, const QString &to) {
        m_queue->retarget(from.toStdString(), to.toStdString());
    });
    connect(page->form(), &TrainForm::addRequested, this,
            [this] { add(m_page->form()->dataset(), m_page->form()->twin()); });
    connect(page->form(), &TrainForm::addAllRequested, this, &TrainController::addAll);
    connect(page->form(), &TrainForm::buildRequested, this, &TrainController::buildRequested);
    connect(page->list(), &TrainingList::trainingChosen, this, &TrainController::showTraining);
    connect(page->list(), &TrainingList::holdRequested, m_queue, &TrainingQueue::hold);
    connect(page->list(), &TrainingList::stopRequested, m_queue, &TrainingQueue::stop);
    connect(page->list(), &TrainingList::goOnRequested, m_queue, &TrainingQueue::goOn);
    connect(page->list(), &TrainingList::removeRequested, m_queue, &TrainingQueue::remove);
    connect(page->list(), &TrainingList::moveRequested, this, [this](int training, int by) {
        m_queue->move(training, by);
        m_page->list()->choose(training + by);
    });
    connect(page->view(), &TrainingView::locateRequested, this, &TrainController::locate);
    connect(page->view()->curves(), &LearningCurves::othersChosen, this,
            &TrainController::readOthers);
    connect(m_queue, &TrainingQueue::changed, this, &TrainController::onQueueChanged);
    connect(m_queue, &TrainingQueue::progressed, this, [this] {
        showList();
        showLive();
    });
    connect(m_queue, &TrainingQueue::remarked, this, &TrainController::told);
    connect(m_queue, &TrainingQueue::problemChanged, this, &TrainController::tellProblem);
    // When whoever made this listens.
    QTimer::singleShot(0, this, &TrainController::tellProblem);
    connect(m_queue, &TrainingQueue::trainingEnded, this, &TrainController::onTrainingEnded);
    for (const NetworkKind *kind : networkKinds()) {
        if (const double speed = TrainingSpeeds::known(kind->architecture()); speed > 0.0)
            page->form()->setSpeed(kind->architecture(), speed);
    }
    connect(m_speeds, &TrainingSpeeds::changed, page->form(), &TrainForm::setSpeed);
    connect(page->form(), &TrainForm::twinChanged, this, &TrainController::wantSpeed);
    page->form()->setAuthor(QSettings().value(QLatin1String(AuthorKey)).toString());
    showList();
    showChoices();
    if (!m_queue->trainings().empty())
        page->list()->choose(std::max(0, m_queue->interrupted()));
}

void TrainController::setDatasets(const QStringList &paths)
{
    m_listing.ask(
        [paths] {
            std::vector<TrainableDataset> found;
            for (const QString &path : paths) {
                const Result<DatasetFile> file = DatasetFile::open(path.toStdString());
                if (file && file->info().count(Split::Train) > 0
                    && file->info().count(Split::Valid) > 0)
                    found.push_back({path, file->info().segments, file->info().durationMs,
                                     static_cast<int>(file->info().count(Split::Train)),
                                     static_cast<int>(file->info().count(Split::Valid))});
            }
            return found;
        },
        [this](const std::vector<TrainableDataset> &answer) {
            m_page->form()->setDatasets(answer);
        });
    if (m_askedForDevice)
        return;
    m_askedForDevice = true;
    // Loading LibTorch takes half a second: not on this thread.
    inBackground(
        this, [] { return bestDevice() == Compute::Device::Cuda; },
        [this](bool answer) { m_cuda = answer; });
}

void TrainController::tellProblem()
{
    if (!m_queue->problem().isEmpty())
        Q_EMIT failed(Error{ErrorCode::Io, m_queue->problem().toStdString(), ""});
}

void TrainController::goOn()
{
    m_queue->goOn(m_queue->interrupted());
}

void TrainController::add(const QString &dataset, const TwinSpec &spec)
{
    TrainingRequest request;
    request.dataset = dataset.toStdString();
    request.spec = spec;
    request.settings = m_page->form()->settingsFor(spec, dataset);
    request.settings.cuda = m_cuda;
    request.author = m_page->form()->author().toStdString();
    QSettings().setValue(QLatin1String(AuthorKey), m_page->form()->author());
    const std::string title = twinTitle(spec);
    request.target =
        freshTarget(dataset, QString::fromStdString(title), m_queue->trainings()).toStdString();
    if (const Status added = m_queue->add(title, request); !added) {
        Q_EMIT failed(added.error());
        return;
    }
    m_page->list()->choose(static_cast<int>(m_queue->trainings().size()) - 1);
}

void TrainController::addAll(const QStringList &datasets)
{
    for (const QString &dataset : datasets) {
        const std::optional<int> segments = m_page->form()->segmentsOf(dataset);
        for (const char *preset : {"tcn-a", "tcn-b", "tcn-c", "tcn-d", "tcn-e"}) {
            const Result<TwinSpec> spec = presetTwin(preset, segments.value_or(8));
            if (spec)
                add(dataset, *spec);
        }
    }
}

void TrainController::showList()
{
    const TrainingSession *session = m_queue->session();
    m_page->list()->setTrainings(m_queue->trainings(), session ? session->progress() : 0.0,
                                 m_queue->isHeld());
}

/// What can be drawn beside a training: every other one that has trained.
void TrainController::showChoices()
{
    QStringList paths;
    const int chosen = m_page->list()->chosen();
    const std::string own =
        chosen >= 0 ? m_queue->trainings()[static_cast<std::size_t>(chosen)].request.target : "";
    for (const QueuedTraining &training : m_queue->trainings()) {
        if (!isMissing(training.request.target))
            paths.append(QString::fromStdString(training.request.target));
    }
    paths += m_twins->paths();
    paths.removeDuplicates();
    paths.removeAll(QString::fromStdString(own));
    std::vector<std::string> files;
    for (const QString &path : std::as_const(paths))
        files.push_back(path.toStdString());
    QStringList names;
    for (const std::string &name : distinctNames(files))
        names.append(QString::fromStdString(name));
    m_choices.clear();
    for (qsizetype i = 0; i < paths.size(); ++i)
        m_choices.insert(paths[i], names[i]);
    m_page->view()->curves()->setChoices(names, paths);
}

void TrainController::onQueueChanged()
{
    if (m_session != m_queue->session()) {
        m_session = m_queue->session();
        m_previewTruth.reset();
        m_previewTarget.clear();
        m_previewed = -1;
        if (m_session) {
            m_session->setPreview(true);
            m_speeds->stop();
        }
    }
    showList();
    showChoices();
    showTraining();
}

void TrainController::showTraining()
{
    const int training = m_page->list()->chosen();
    TrainingView *view = m_page->view();
    const bool none = training < 0 || training >= static_cast<int>(m_queue->trainings().size());
    const QueuedTraining *chosen =
        none ? nullptr : &m_queue->trainings()[static_cast<std::size_t>(training)];
    const bool running = !none && training == m_queue->current();
    // Changes elsewhere in the queue must not disturb who looks at this one.
    const Shown now{chosen ? chosen->request.target : std::string(),
                    chosen ? chosen->state : QueuedTraining::State::Waiting,
                    chosen ? chosen->message : std::string(), m_queue->isHeld()};
    if (now == m_shown)
        return;
    const bool sameTraining = now.target == m_shown.target;
    m_shown = now;
    m_reading.forget();
    m_drawn = 0;
    m_previewed = -1;
    showChoices();
    if (none) {
        view->setState({});
        view->setHistory({}, {}, false);
        view->setEvaluation(std::nullopt);
        view->setPreview(nullptr, {}, {});
        view->setPreviewVisible(true);
        view->setLocateVisible(false);
        m_inspector->setTwin(nullptr);
        return;
    }
    view->setLocateVisible(
        !running && chosen->state != QueuedTraining::State::Finished && !chosen->exploded
        && (isMissing(chosen->request.dataset)
            || (chosen->begun && chosen->state == QueuedTraining::State::Failed)));
    if (!sameTraining)
        view->setPreview(nullptr, {}, {});
    // Test simulations take its place.
    view->setPreviewVisible(chosen->state != QueuedTraining::State::Finished);
    if (running) {
        view->setEvaluation(std::nullopt);
        m_inspector->setTwin(nullptr);
        view->setState({titleOf(*chosen), stageText(*chosen), 0.0, -1.0});
        if (!sameTraining)
            view->setHistory({}, {}, false);
        showLive();
        return;
    }
    QString stage = stageText(*chosen);
    if (chosen->state != QueuedTraining::State::Finished && isMissing(chosen->request.dataset))
        stage = tr("The data set %1 is not there any more. Locate it, then the training goes on.")
                    .arg(QString::fromStdString(chosen->request.dataset));
    if (chosen->state == QueuedTraining::State::Waiting && m_queue->isHeld())
        stage = tr("Waits: the queue is paused. Continue Queue starts it.");
    view->setState({titleOf(*chosen), stage,
                    chosen->state == QueuedTraining::State::Finished ? 1.0 : 0.0, -1.0});
    if (chosen->begun || chosen->state == QueuedTraining::State::Finished) {
        readFile(chosen->request.target);
    } else {
        view->setHistory({}, {}, false);
        view->setEvaluation(std::nullopt);
        m_inspector->setTwin(nullptr);
    }
}

void TrainController::refresh()
{
    m_drawn = 0;
    m_sinceDrawn.invalidate();
    showLive();
    wantSpeed();
}

void TrainController::showLive()
{
    const TrainingSession *session = m_queue->session();
    if (!session || m_page->list()->chosen() != m_queue->current())
        return;
    const QueuedTraining &training =
        m_queue->trainings()[static_cast<std::size_t>(m_queue->current())];
    TrainingView::State state{titleOf(training), stageText(training), session->progress(),
                              session->secondsLeft()};
    const TrainingHistory &history = session->history();
    if (session->state() == TrainingSession::State::Training) {
        const double each =
            history.seconds / static_cast<double>(std::max<std::size_t>(history.iterations(), 1));
        state.stage = tr("Iteration %1 of %2 · epoch %3 of %4 · %5 iterations a second")
                          .arg(history.iterations())
                          .arg(session->iterationsInAll())
                          .arg(history.learningRate.size())
                          .arg(session->settings().epochs)
                          .arg(each > 0.0 ? 1.0 / each : 0.0, 0, 'f', 1);
    } else if (session->state() == TrainingSession::State::Evaluating) {
        state.stage = tr("Evaluating on the test simulations");
    }
    m_page->view()->setState(state);
    if (!m_page->isVisible())
        return; // refresh() draws it when it is
    showPreview();
    const bool due = !m_sinceDrawn.isValid() || m_sinceDrawn.elapsed() >= DrawMs;
    if (history.iterations() != m_drawn && (due || m_drawn == 0)) {
        m_drawn = history.iterations();
        m_page->view()->setHistory(history, session->settings(), false);
        m_sinceDrawn.start();
    }
}

void TrainController::showPreview()
{
    const TrainingSession *session = m_queue->session();
    if (!session->preview() || session->preview()->iteration == m_previewed)
        return;
    const TrainingPreview &preview = *session->preview();
    if (m_previewTarget != session->target()) {
        m_previewTarget = session->target();
        readPreviewTruth(preview.simulation);
        return;
    }
    if (!m_previewTruth)
        return; // is being read
    m_previewed = preview.iteration;
    m_page->view()->setPreview(
        m_previewTruth, preview.said,
        tr("Validation simulation %1 after %2. The twin does not train on it.")
            .arg(preview.simulation)
            .arg(countedText(preview.iteration, tr("1 iteration"), tr("%1 iterations"))));
}

void TrainController::readPreviewTruth(std::size_t simulation)
{
    using Truth = std::shared_ptr<const Recording>;
    const QueuedTraining &training =
        m_queue->trainings()[static_cast<std::size_t>(m_queue->current())];
    inBackground(
        this,
        [path = training.request.dataset, simulation]() -> Truth {
            const Result<DatasetFile> file = DatasetFile::open(path);
            if (!file)
                return nullptr;
            const Result<StoredSimulation> stored = file->simulation(Split::Valid, simulation);
            if (!stored)
                return nullptr;
            return std::make_shared<const Recording>(recordingFrom(*stored, file->info().neuron));
        },
        [this, target = m_previewTarget](const Truth &answer) {
            if (target == m_previewTarget)
                m_previewTruth = answer;
        });
}

void TrainController::readFile(const std::string &path)
{
    using Twin = std::shared_ptr<const StoredTwin>;
    using Read = Result<Twin>;
    m_reading.ask(
        [path]() -> Read {
            Result<StoredTwin> twin = loadTwin(path);
            if (!twin)
                return twin.error();
            return Twin(std::make_shared<const StoredTwin>(std::move(*twin)));
        },
        [this](const Read &read) {
            const Twin twin = read ? *read : nullptr;
            const int training = m_page->list()->chosen();
            if (!read && training >= 0) {
                const QueuedTraining &chosen =
                    m_queue->trainings()[static_cast<std::size_t>(training)];
                m_page->view()->setState(
                    {titleOf(chosen), QString::fromStdString(read.error().message), 0.0, -1.0});
            }
            const bool known = twin && twin->settings;
            m_page->view()->setHistory(known ? twin->contents.history : TrainingHistory{},
                                       known ? *twin->settings : TrainingSettings{}, known);
            m_page->view()->setEvaluation(twin ? twin->evaluation : std::nullopt);
            if (known && !twin->contents.complete && training >= 0) {
                const TrainingHistory &h = twin->contents.history;
                const double all =
                    static_cast<double>(h.iterationsPerEpoch) * twin->settings->epochs;
                if (all > 0.0)
                    m_page->view()->setProgress(static_cast<double>(h.iterations()) / all);
            }
            m_inspector->setTwin(twin && twin->contents.complete ? twin : nullptr);
        });
}

void TrainController::readOthers(const QStringList &paths)
{
    using Others = std::vector<NamedHistory>;
    m_readingOthers.ask(
        [paths, names = m_choices] {
            Others others;
            for (const QString &path : paths) {
                Result<StoredTwin> twin = loadTwin(path.toStdString());
                if (twin)
                    others.push_back({names.value(path),
                                      std::make_shared<const TrainingHistory>(
                                          std::move(twin->contents.history))});
            }
            return others;
        },
        [this](const Others &answer) { m_page->view()->curves()->setOthers(answer); });
}

void TrainController::locate()
{
    const int training = m_page->list()->chosen();
    if (training < 0)
        return;
    const TrainingRequest &request =
        m_queue->trainings()[static_cast<std::size_t>(training)].request;
    const QString path = m_dialogs->askOpenDataset(
        QFileInfo(QString::fromStdString(request.dataset)).absolutePath());
    if (path.isEmpty())
        return;
    // A wrong file must not take the place of the right one.
    inBackground(
        this,
        [file = path.toStdString(), target = request.target]() -> Status {
            const Result<StoredTwin> twin = loadTwin(target);
            const Result<DatasetFile> dataset =
                twin ? openDatasetOf(*twin, file) : DatasetFile::open(file);
            return dataset ? Status(Done{}) : Status(dataset.error());
        },
        [this, path, target = request.target](const Status &fits) {
            if (!fits) {
                Q_EMIT failed(fits.error());
                return;
            }
            for (std::size_t i = 0; i < m_queue->trainings().size(); ++i) {
                if (m_queue->trainings()[i].request.target == target)
                    m_queue->relocate(static_cast<int>(i), path.toStdString());
            }
        });
}

void TrainController::onTrainingEnded(int training)
{
    const QueuedTraining &ended = m_queue->trainings()[static_cast<std::size_t>(training)];
    if (ended.state == QueuedTraining::State::Failed)
        Q_EMIT failed(Error{ErrorCode::InvalidValue,
                            nameOf(ended).toStdString() + ": " + ended.message,
                            ended.request.target});
    if (ended.state == QueuedTraining::State::Finished) {
        learnSpeed();
        m_twins->add(QString::fromStdString(ended.request.target));
        const std::string verdict = notLearnedSentence(ended.spikesAuc);
        Q_EMIT told(verdict.empty()
                        ? tr("%1 is trained.").arg(nameOf(ended))
                        : tr("%1: %2").arg(nameOf(ended), QString::fromStdString(verdict)));
    }
    if (ended.state == QueuedTraining::State::Stopped)
        Q_EMIT told(tr("%1 is stopped. Simulate and Compare list it when it is trained to the end; "
                       "Go On takes it up.")
                        .arg(nameOf(ended)));
}

/// Of what the form is about to train. A training that trains would be in the way, and says it
/// itself.
void TrainController::wantSpeed()
{
    const TrainForm *form = m_page->form();
    const std::optional<TrainingSize> size = form->sizeOf(form->dataset());
    const TwinSpec spec = form->twin();
    if (size && m_page->isVisible() && !m_queue->session() && validateTwin(spec))
        m_speeds->want(spec, *size, m_cuda);
}

void TrainController::learnSpeed()
{
    const TrainingSession *session = m_queue->session();
    for (const QueuedTraining &training : m_queue->trainings()) {
        if (!session || training.request.target != session->target())
            continue;
        const std::optional<TrainingSize> size =
            m_page->form()->sizeOf(QString::fromStdString(training.request.dataset));
        if (size)
            m_speeds->learn(training.request.spec, session->settings(), *size, session->history());
    }
}

} // namespace dt
