// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TrainingQueue.h"

#include "engine/files/TargetFile.h"
#include "engine/json/TrainingJson.h"
#include "engine/json/TwinJson.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <utility>

namespace dt {

namespace {

/// Between two tries to take over the list from another program.
constexpr int RetryMs = 2000;

constexpr std::array StateNames{"waiting", "running", "finished", "stopped", "failed"};

Json toJson(const QueuedTraining &training)
{
    Json json{{"title", training.title},
              {"target", training.request.target},
              {"dataset", training.request.dataset},
              {"log", training.request.logPath},
              {"state", StateNames[static_cast<std::size_t>(training.state)]},
              {"message", training.message},
              {"begun", training.begun},
              {"exploded", training.exploded},
              {"spec", toJson(training.request.spec)},
              {"training", toJson(training.request.settings)}};
    if (!training.request.author.empty())
        json["author"] = training.request.author;
    if (training.spikesAuc)
        json["spikes_auc"] = *training.spikesAuc;
    return json;
}

Result<QueuedTraining> queuedFromJson(const Json &json, const std::string &place)
{
    const Error broken{ErrorCode::Format, place + " is damaged.", place};
    for (const char *key : {"title", "target", "dataset", "log", "state", "message"}) {
        if (!json.is_object() || !json.contains(key) || !json[key].is_string())
            return broken;
    }
    if (!json.contains("spec") || !json.contains("training"))
        return broken;
    QueuedTraining training;
    training.title = json["title"];
    training.request.target = json["target"];
    training.request.dataset = json["dataset"];
    training.request.logPath = json["log"];
    training.message = json["message"];
    const auto state =
        std::find(StateNames.begin(), StateNames.end(), json["state"].get<std::string>());
    if (state == StateNames.end())
        return broken;
    training.state = static_cast<QueuedTraining::State>(state - StateNames.begin());
    const Result<TwinSpec> spec = twinFromJson(json["spec"], place);
    const Result<TrainingSettings> settings = trainingFromJson(json["training"], place);
    if (!spec || !settings)
        return broken;
    training.request.spec = *spec;
    training.request.settings = *settings;
    training.begun = json.value("begun", training.state != QueuedTraining::State::Waiting);
    training.exploded = json.value("exploded", false);
    if (json.contains("author") && json["author"].is_string())
        training.request.author = json["author"];
    if (json.contains("spikes_auc") && json["spikes_auc"].is_number())
        training.spikesAuc = json["spikes_auc"].get<double>();
    return training;
}

} // namespace

TrainingQueue::TrainingQueue(const QString &listFile, QObject *parent) :
    QObject(parent), m_listFile(listFile), m_lock(listFile + QStringLiteral(".lock"))
{
    QDir().mkpath(QFileInfo(m_listFile).absolutePath());
    m_lock.setStaleLockTime(0); // as long as the other program lives
    m_retry.setInterval(RetryMs);
    connect(&m_retry, &QTimer::timeout, this, &TrainingQueue::open);
    open();
}

TrainingQueue::~TrainingQueue()
{
    // Its checkpoint is written before it is gone; the list says that it was running.
    delete m_session;
}

void TrainingQueue::setProblem(const QString &sentence)
{
    if (sentence == m_problem)
        return;
    m_problem = sentence;
    Q_EMIT problemChanged();
}

void TrainingQueue::open()
{
    m_trainings.clear();
    m_interrupted.clear();
    m_readOnly = !m_lock.tryLock(0);
    if (m_readOnly && m_lock.error() == QLockFile::LockFailedError) {
        read();
        setProblem(tr("Another DendroTwin has the queue of trainings. This window shows it; it "
                      "can train when the other is closed."));
        m_retry.start();
        Q_EMIT changed();
        return;
    }
    // A folder that cannot be written to has no lock either; write() says so.
    m_readOnly = false;
    m_retry.stop();
    setProblem({});
    read();
    // Nothing starts by itself when the program does.
    m_held =
        std::any_of(m_trainings.begin(), m_trainings.end(), [](const QueuedTraining &training) {
            return training.state == QueuedTraining::State::Waiting;
        });
    Q_EMIT changed();
}

void TrainingQueue::read()
{
    QFile file(m_listFile);
    if (!file.exists())
        return;
    if (!file.open(QIODevice::ReadOnly)) {
        m_readOnly = true; // what cannot be read must not be written over
        setProblem(tr("The list of trainings %1 cannot be read. Check its permissions and start "
                      "the program again.")
                       .arg(m_listFile));
        return;
    }
    const std::string place = m_listFile.toStdString();
    const Result<Json> json = parseJson(file.readAll().toStdString(), place);
    bool sound = json && json->is_object() && json->contains("runs") && (*json)["runs"].is_array();
    if (sound) {
        for (const Json &entry : (*json)["runs"]) {
            Result<QueuedTraining> training = queuedFromJson(entry, place);
            if (!training) {
                sound = false;
                continue;
            }
            // What was running when the program ended goes on when somebody says so.
            if (training->state == QueuedTraining::State::Running && !m_readOnly) {
                training->state = QueuedTraining::State::Stopped;
                m_interrupted = training->request.target;
            }
            m_trainings.push_back(std::move(*training));
        }
    }
    if (!sound && !m_readOnly)
        setAside();
}

void TrainingQueue::setAside()
{
    QString aside = m_listFile + QStringLiteral(".damaged");
    for (int n = 2; QFile::exists(aside); ++n)
        aside = m_listFile + QStringLiteral(".damaged-%1").arg(n);
    QFile::copy(m_listFile, aside);
    setProblem(tr("The list of trainings could not be read in full; a copy is kept as %1. The "
                  "twins themselves are not touched.")
                   .arg(aside));
}

void TrainingQueue::write()
{
    if (m_readOnly)
        return;
    Json list = Json::array();
    for (const QueuedTraining &training : m_trainings)
        list.push_back(toJson(training));
    if (!writeFile(m_listFile.toStdString(), Json{{"runs", list}}.dump(1), true))
        setProblem(tr("The list of trainings cannot be written to %1. Trainings go on, but are "
                      "forgotten when the program ends.")
                       .arg(m_listFile));
}

int TrainingQueue::interrupted() const
{
    for (std::size_t i = 0; i < m_trainings.size(); ++i) {
        if (!m_interrupted.empty() && m_trainings[i].request.target == m_interrupted
            && m_trainings[i].state == QueuedTraining::State::Stopped)
            return static_cast<int>(i);
    }
    return -1;
}

Status TrainingQueue::add(const std::string &title, const TrainingRequest &request)
{
    if (m_readOnly)
        return Error{ErrorCode::Exists, m_problem.toStdString(), request.target};
    for (const QueuedTraining &training : m_trainings) {
        if (training.request.target == request.target)
            return Error{ErrorCode::Exists,
                         "A training for " + request.target + " is on the list already.",
                         request.target};
    }
    m_trainings.push_back({title, request, QueuedTraining::State::Waiting, {}, false, false, {}});
    write();
    Q_EMIT changed();
    startNext();
    return Done{};
}

void TrainingQueue::remove(int training)
{
    if (m_readOnly || training < 0 || training >= static_cast<int>(m_trainings.size())
        || training == m_current)
        return;
    m_trainings.erase(m_trainings.begin() + training);
    if (m_current > training)
        --m_current;
    write();
    Q_EMIT changed();
}

void TrainingQueue::move(int training, int by)
{
    const int to = training + by;
    const int last = static_cast<int>(m_trainings.size()) - 1;
    if (m_readOnly || training < 0 || training > last || to < 0 || to > last)
        return;
    std::swap(m_trainings[static_cast<std::size_t>(training)],
              m_trainings[static_cast<std::size_t>(to)]);
    if (m_current == training)
        m_current = to;
    else if (m_current == to)
        m_current = training;
    write();
    Q_EMIT changed();
}

void TrainingQueue::stop()
{
    m_waitAgain = false;
    if (m_session)
        m_session->stop();
}

void TrainingQueue::goOn(int training)
{
    if (m_readOnly || training < 0 || training >= static_cast<int>(m_trainings.size())
        || training == m_current)
        return;
    QueuedTraining &chosen = m_trainings[static_cast<std::size_t>(training)];
    if (chosen.state == QueuedTraining::State::Finished || chosen.exploded)
        return;
    chosen.state = QueuedTraining::State::Waiting;
    chosen.message.clear();
    write();
    Q_EMIT changed();
    startNext(training);
}

void TrainingQueue::hold(bool on)
{
    if (m_readOnly || m_held == on)
        return;
    m_held = on;
    if (on && m_session) {
        m_waitAgain = true;
        m_session->stop();
    }
    Q_EMIT changed();
    if (!on)
        startNext();
}

void TrainingQueue::relocate(int training, const std::string &dataset)
{
    if (m_readOnly || training < 0 || training >= static_cast<int>(m_trainings.size())
        || training == m_current)
        return;
    m_trainings[static_cast<std::size_t>(training)].request.dataset = dataset;
    goOn(training);
}

void TrainingQueue::retarget(const std::string &from, const std::string &to)
{
    if (m_readOnly)
        return;
    for (std::size_t i = 0; i < m_trainings.size(); ++i) {
        if (static_cast<int>(i) == m_current || m_trainings[i].request.target != from)
            continue;
        m_trainings[i].request.target = to;
        if (m_interrupted == from)
            m_interrupted = to;
        write();
        Q_EMIT changed();
        return;
    }
}

void TrainingQueue::startNext(int wanted)
{
    if (m_current >= 0 || m_readOnly || (m_held && wanted < 0))
        return;
    // Whom somebody asked for goes first, also while the others are paused.
    const auto next = wanted >= 0
        ? m_trainings.begin() + wanted
        : std::find_if(m_trainings.begin(), m_trainings.end(), [](const QueuedTraining &training) {
              return training.state == QueuedTraining::State::Waiting;
          });
    if (next == m_trainings.end())
        return;
    if (next->begun && !QFileInfo::exists(QString::fromStdString(next->request.target))) {
        // Starting from nothing instead would be a surprise after hours of training.
        next->state = QueuedTraining::State::Failed;
        next->message = "The twin's file " + next->request.target
            + " is not there any more, so this training cannot go on. Put it back, or take it off "
              "the list and add it again.";
        const int missing = static_cast<int>(next - m_trainings.begin());
        write();
        Q_EMIT trainingEnded(missing);
        Q_EMIT changed();
        startNext();
        return;
    }
    m_current = static_cast<int>(next - m_trainings.begin());
    next->state = QueuedTraining::State::Running;
    m_session = next->begun
        ? new TrainingSession(ResumeRequest{next->request.target, next->request.dataset}, this)
        : new TrainingSession(next->request, this);
    connect(m_session, &TrainingSession::progressed, this, &TrainingQueue::onProgressed);
    connect(m_session, &TrainingSession::stateChanged, this, &TrainingQueue::onProgressed);
    connect(m_session, &TrainingSession::remarked, this, &TrainingQueue::remarked);
    connect(m_session, &TrainingSession::ended, this, &TrainingQueue::onEnded);
    write();
    m_session->start();
    Q_EMIT changed();
}

void TrainingQueue::onProgressed()
{
    QueuedTraining &training = m_trainings[static_cast<std::size_t>(m_current)];
    const TrainingSession::State state = m_session->state();
    // A checkpoint is written before the first step.
    if (!training.begun
        && (state == TrainingSession::State::Training
            || state == TrainingSession::State::Evaluating)) {
        training.begun = true;
        write();
    }
    Q_EMIT progressed();
}

void TrainingQueue::onEnded()
{
    QueuedTraining &training = m_trainings[static_cast<std::size_t>(m_current)];
    const Error &error = m_session->error();
    const auto finish = [&](const std::optional<Evaluation> &evaluation) {
        training.state = QueuedTraining::State::Finished;
        training.message.clear();
        if (evaluation && evaluation->spikes)
            training.spikesAuc = evaluation->spikes->auc;
    };
    switch (m_session->state()) {
    case TrainingSession::State::Finished:
        training.begun = true;
        finish(m_session->evaluation());
        break;
    case TrainingSession::State::Failed: {
        // The program ended between the last write of the twin and that of the list.
        const Result<StoredTwin> twin =
            training.begun ? loadTwin(training.request.target) : Result<StoredTwin>(error);
        if (twin && twin->contents.complete && !twin->contents.resume) {
            finish(twin->evaluation);
            break;
        }
        training.state = QueuedTraining::State::Failed;
        training.message = error.message;
        training.exploded = error.place == TrainingLoop::ExplosionPlace;
        break;
    }
    default:
        // Stopped in time for a checkpoint, or before there was one.
        training.begun =
            training.begun || QFileInfo::exists(QString::fromStdString(training.request.target));
        training.state =
            m_waitAgain ? QueuedTraining::State::Waiting : QueuedTraining::State::Stopped;
    }
    training.request.replace = training.request.replace && !training.begun;
    m_waitAgain = false;
    const int ended = std::exchange(m_current, -1);
    write();
    Q_EMIT trainingEnded(ended); // with the session as it ended
    m_session->deleteLater();
    m_session = nullptr;
    Q_EMIT changed();
    startNext();
}

} // namespace dt
