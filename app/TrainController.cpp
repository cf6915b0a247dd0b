// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TrainController.h"

#include "app/TwinLibrary.h"
#include "engine/data/DatasetFile.h"
#include "widgets/pages/TrainPage.h"
#include "widgets/train/RunList.h"
#include "widgets/train/RunView.h"
#include "widgets/train/TrainForm.h"

#include <QFileInfo>
#include <QSettings>
#include <QtConcurrent>

namespace dt {

namespace {

constexpr const char *SpeedKey = "train/gigaOperationsPerSecond";

/// A name that no file has yet, beside the data set: ampa-tcn-a.twin, ampa-tcn-a-2.twin, ...
QString freshTarget(const QString &dataset, const QString &preset,
                    const std::vector<QueuedRun> &runs)
{
    const QFileInfo info(dataset);
    for (int n = 1;; ++n) {
        const QString path = QStringLiteral("%1/%2-%3%4.twin")
                                 .arg(info.absolutePath(), info.completeBaseName(), preset,
                                      n == 1 ? QString() : QStringLiteral("-%1").arg(n));
        const bool queued = std::any_of(runs.begin(), runs.end(), [&](const QueuedRun &run) {
            return run.request.target == path.toStdString();
        });
        if (!queued && !QFileInfo::exists(path))
            return path;
    }
}

QString stageText(const QueuedRun &run)
{
    switch (run.state) {
    case QueuedRun::State::Waiting:
        return TrainController::tr("Waits for its turn");
    case QueuedRun::State::Running:
        return TrainController::tr("Loading");
    case QueuedRun::State::Finished:
        return TrainController::tr("Finished · %1").arg(QString::fromStdString(run.request.target));
    case QueuedRun::State::Stopped:
        return TrainController::tr("Stopped; it can go on from its checkpoint");
    case QueuedRun::State::Failed:
        return QString::fromStdString(run.message);
    }
    return {};
}

} // namespace

TrainController::TrainController(TrainPage *page, TwinLibrary *twins, const QString &listFile,
                                 QObject *parent) :
    QObject(parent),
    m_page(page), m_twins(twins), m_queue(new TrainingQueue(listFile, this))
{
    connect(page->form(), &TrainForm::addRequested, this,
            [this] { add(m_page->form()->twin()); });
    connect(page->form(), &TrainForm::addAllRequested, this, [this] {
        for (const char *preset : {"tcn-a", "tcn-b", "tcn-c", "tcn-d", "tcn-e"})
            add(QString::fromLatin1(preset));
    });
    connect(page->form(), &TrainForm::buildRequested, this, &TrainController::buildRequested);
    connect(page->list(), &RunList::runChosen, this, &TrainController::showRun);
    connect(page->list(), &RunList::holdRequested, m_queue, &TrainingQueue::hold);
    connect(page->list(), &RunList::stopRequested, m_queue, &TrainingQueue::stop);
    connect(page->list(), &RunList::goOnRequested, m_queue, &TrainingQueue::goOn);
    connect(page->list(), &RunList::removeRequested, m_queue, &TrainingQueue::remove);
    connect(page->list(), &RunList::moveRequested, this, [this](int run, int by) {
        m_queue->move(run, by);
        m_page->list()->choose(run + by);
    });
    connect(m_queue, &TrainingQueue::changed, this, [this] {
        showList();
        showRun();
    });
    connect(m_queue, &TrainingQueue::progressed, this, [this] {
        showList();
        showLive();
    });
    connect(m_queue, &TrainingQueue::runEnded, this, [this](int run) {
        const QueuedRun &ended = m_queue->runs()[static_cast<std::size_t>(run)];
        if (ended.state == QueuedRun::State::Failed)
            Q_EMIT failed(Error{ErrorCode::Engine, ended.message, ended.request.target});
        if (ended.state == QueuedRun::State::Finished) {
            learnSpeed();
            m_twins->add(QString::fromStdString(ended.request.target));
        }
    });
    const double speed = QSettings().value(QLatin1String(SpeedKey)).toDouble();
    if (speed > 0.0)
        page->form()->setSpeed(speed);
    showList();
    if (!m_queue->runs().empty())
        page->list()->choose(0);
}

void TrainController::setDatasets(const QStringList &paths)
{
    auto *watcher = new QFutureWatcher<std::vector<TrainableDataset>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        m_page->form()->setDatasets(watcher->result());
        watcher->deleteLater();
    });
    watcher->setFuture(QtConcurrent::run([paths] {
        std::vector<TrainableDataset> found;
        for (const QString &path : paths) {
            const Result<DatasetFile> file = DatasetFile::open(path.toStdString());
            if (file && file->info().count(Split::Train) > 0
                && file->info().count(Split::Valid) > 0)
                found.push_back({path, file->info().segments, file->info().durationMs,
                                 static_cast<int>(file->info().count(Split::Train))});
        }
        return found;
    }));
}

void TrainController::add(const QString &preset)
{
    TrainingRequest request;
    request.dataset = m_page->form()->dataset().toStdString();
    const Result<DatasetFile> file = DatasetFile::open(request.dataset);
    if (!file) {
        Q_EMIT failed(file.error());
        return;
    }
    const Result<TwinSpec> spec = presetTwin(preset.toStdString(), file->info().segments);
    if (!spec) {
        Q_EMIT failed(spec.error());
        return;
    }
    request.spec = *spec;
    request.settings = m_page->form()->settingsFor(*spec);
    request.target =
        freshTarget(m_page->form()->dataset(), preset, m_queue->runs()).toStdString();
    std::string title = preset.toStdString();
    for (const TwinPreset &p : twinPresets()) {
        if (p.name == title) {
            title = p.title;
            break;
        }
    }
    if (const Status added = m_queue->add(title, request); !added) {
        Q_EMIT failed(added.error());
        return;
    }
    m_page->list()->choose(static_cast<int>(m_queue->runs().size()) - 1);
}

void TrainController::showList()
{
    const TrainingSession *session = m_queue->session();
    m_page->list()->setRuns(m_queue->runs(), session ? session->progress() : 0.0,
                            m_queue->isHeld());
}

void TrainController::showRun()
{
    const int run = m_page->list()->chosen();
    ++m_request;
    m_drawn = 0;
    if (run < 0 || run >= static_cast<int>(m_queue->runs().size())) {
        m_page->view()->setState({});
        m_page->view()->setHistory({}, {});
        m_page->view()->setEvaluation(std::nullopt);
        return;
    }
    const QueuedRun &chosen = m_queue->runs()[static_cast<std::size_t>(run)];
    if (run == m_queue->current()) {
        m_page->view()->setEvaluation(std::nullopt);
        showLive();
        return;
    }
    m_page->view()->setState({QString::fromStdString(chosen.title), stageText(chosen),
                              chosen.state == QueuedRun::State::Finished ? 1.0 : 0.0, -1.0, 0});
    readFile(chosen.request.target);
}

void TrainController::showLive()
{
    const TrainingSession *session = m_queue->session();
    if (!session || m_page->list()->chosen() != m_queue->current())
        return;
    const QueuedRun &run = m_queue->runs()[static_cast<std::size_t>(m_queue->current())];
    RunView::State state{QString::fromStdString(run.title), stageText(run), session->progress(),
                         session->secondsLeft(), session->iterationsInAll()};
    const TrainingHistory &history = session->history();
    if (session->state() == TrainingSession::State::Training) {
        const double each = history.seconds
            / static_cast<double>(std::max<std::size_t>(history.iterations(), 1));
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
    if (history.iterations() != m_drawn) {
        m_drawn = history.iterations();
        m_page->view()->setHistory(history, session->settings());
    }
}

void TrainController::readFile(const std::string &path)
{
    auto *watcher = new QFutureWatcher<Result<StoredTwin>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, request = m_request] {
        watcher->deleteLater();
        if (request != m_request)
            return; // something else was chosen since
        const Result<StoredTwin> twin = watcher->result();
        const bool known = twin && twin->settings;
        m_page->view()->setHistory(known ? twin->contents.history : TrainingHistory{},
                                   known ? *twin->settings : TrainingSettings{});
        m_page->view()->setEvaluation(twin ? twin->evaluation : std::nullopt);
    });
    watcher->setFuture(QtConcurrent::run([path] { return loadTwin(path); }));
}

void TrainController::learnSpeed()
{
    const TrainingSession *session = m_queue->session();
    if (!session || session->history().seconds < 5.0)
        return;
    const QueuedRun *run = nullptr;
    for (const QueuedRun &r : m_queue->runs()) {
        if (r.request.target == session->target())
            run = &r;
    }
    if (!run)
        return;
    const TrainingHistory &h = session->history();
    const double simulations = static_cast<double>(h.iterations())
        * session->settings().trainBatch / session->settings().epochs;
    const double speed = TrainForm::gigaOperations(run->request.spec, session->settings(),
                                                   static_cast<int>(simulations))
        / h.seconds;
    QSettings().setValue(QLatin1String(SpeedKey), speed);
    m_page->form()->setSpeed(speed);
}

} // namespace dt
