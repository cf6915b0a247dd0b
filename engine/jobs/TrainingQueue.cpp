// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TrainingQueue.h"

#include "engine/json/TrainingJson.h"
#include "engine/json/TwinJson.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <utility>

namespace dt {

namespace {

constexpr std::array StateNames{"waiting", "running", "finished", "stopped", "failed"};

Json toJson(const QueuedRun &run)
{
    Json json{{"title", run.title},
              {"target", run.request.target},
              {"dataset", run.request.dataset},
              {"log", run.request.logPath},
              {"state", StateNames[static_cast<std::size_t>(run.state)]},
              {"message", run.message},
              {"spec", toJson(run.request.spec)},
              {"training", toJson(run.request.settings)}};
    if (run.spikesAuc)
        json["spikes_auc"] = *run.spikesAuc;
    return json;
}

Result<QueuedRun> runFromJson(const Json &json, const std::string &place)
{
    const Error broken{ErrorCode::Format, place + " is damaged.", place};
    for (const char *key : {"title", "target", "dataset", "log", "state", "message"}) {
        if (!json.is_object() || !json.contains(key) || !json[key].is_string())
            return broken;
    }
    if (!json.contains("spec") || !json.contains("training"))
        return broken;
    QueuedRun run;
    run.title = json["title"];
    run.request.target = json["target"];
    run.request.dataset = json["dataset"];
    run.request.logPath = json["log"];
    run.message = json["message"];
    const auto state =
        std::find(StateNames.begin(), StateNames.end(), json["state"].get<std::string>());
    if (state == StateNames.end())
        return broken;
    run.state = static_cast<QueuedRun::State>(state - StateNames.begin());
    const Result<TwinSpec> spec = twinFromJson(json["spec"], place);
    const Result<TrainingSettings> settings = trainingFromJson(json["training"], place);
    if (!spec || !settings)
        return broken;
    run.request.spec = *spec;
    run.request.settings = *settings;
    if (json.contains("spikes_auc") && json["spikes_auc"].is_number())
        run.spikesAuc = json["spikes_auc"].get<double>();
    return run;
}

} // namespace

TrainingQueue::TrainingQueue(const QString &listFile, QObject *parent) :
    QObject(parent), m_listFile(listFile)
{
    read();
    // Nothing starts by itself when the program does.
    m_held = std::any_of(m_runs.begin(), m_runs.end(), [](const QueuedRun &run) {
        return run.state == QueuedRun::State::Waiting;
    });
}

TrainingQueue::~TrainingQueue()
{
    // Its checkpoint is written before it is gone; the list says that it was running.
    delete m_session;
}

void TrainingQueue::read()
{
    QFile file(m_listFile);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const std::string place = m_listFile.toStdString();
    const Result<Json> json = parseJson(file.readAll().toStdString(), place);
    bool sound = json && json->is_object() && json->contains("runs") && (*json)["runs"].is_array();
    if (sound) {
        for (const Json &entry : (*json)["runs"]) {
            Result<QueuedRun> run = runFromJson(entry, place);
            if (!run) {
                sound = false;
                continue;
            }
            // What was running when the program ended goes on when somebody says so.
            if (run->state == QueuedRun::State::Running) {
                run->state = QueuedRun::State::Stopped;
                m_interrupted = static_cast<int>(m_runs.size());
            }
            m_runs.push_back(std::move(*run));
        }
    }
    if (sound)
        return;
    file.close();
    const QString aside = m_listFile + QStringLiteral(".damaged");
    QFile::remove(aside);
    QFile::copy(m_listFile, aside);
    m_problem = tr("The list of training runs could not be read in full; a copy is kept as %1. The "
                   "twins themselves are not touched.")
                    .arg(aside);
}

void TrainingQueue::write()
{
    Json list = Json::array();
    for (const QueuedRun &run : m_runs)
        list.push_back(toJson(run));
    QDir().mkpath(QFileInfo(m_listFile).absolutePath());
    QSaveFile file(m_listFile);
    const QByteArray text = QByteArray::fromStdString(Json{{"runs", list}}.dump(1));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        m_problem = tr("The list of training runs cannot be written to %1. Runs go on, but are "
                       "forgotten when the program ends.")
                        .arg(m_listFile);
}

Status TrainingQueue::add(const std::string &title, const TrainingRequest &request)
{
    for (const QueuedRun &run : m_runs) {
        if (run.request.target == request.target)
            return Error{ErrorCode::Exists,
                         "A run for " + request.target + " is on the list already.",
                         request.target};
    }
    m_runs.push_back({title, request, QueuedRun::State::Waiting, {}, {}});
    write();
    Q_EMIT changed();
    startNext();
    return Done{};
}

void TrainingQueue::remove(int run)
{
    if (run < 0 || run >= static_cast<int>(m_runs.size()) || run == m_current)
        return;
    m_runs.erase(m_runs.begin() + run);
    m_interrupted = -1;
    if (m_current > run)
        --m_current;
    write();
    Q_EMIT changed();
}

void TrainingQueue::move(int run, int by)
{
    const int to = run + by;
    const int last = static_cast<int>(m_runs.size()) - 1;
    if (run < 0 || run > last || to < 0 || to > last)
        return;
    std::swap(m_runs[static_cast<std::size_t>(run)], m_runs[static_cast<std::size_t>(to)]);
    m_interrupted = -1;
    if (m_current == run)
        m_current = to;
    else if (m_current == to)
        m_current = run;
    write();
    Q_EMIT changed();
}

void TrainingQueue::stop()
{
    m_waitAgain = false;
    if (m_session)
        m_session->stop();
}

void TrainingQueue::goOn(int run)
{
    if (run < 0 || run >= static_cast<int>(m_runs.size()) || run == m_current)
        return;
    QueuedRun &chosen = m_runs[static_cast<std::size_t>(run)];
    if (chosen.state == QueuedRun::State::Finished)
        return;
    chosen.state = QueuedRun::State::Waiting;
    chosen.message.clear();
    m_held = false;
    write();
    Q_EMIT changed();
    startNext();
}

void TrainingQueue::hold(bool on)
{
    if (m_held == on)
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

void TrainingQueue::relocate(int run, const std::string &dataset)
{
    if (run < 0 || run >= static_cast<int>(m_runs.size()) || run == m_current)
        return;
    m_runs[static_cast<std::size_t>(run)].request.dataset = dataset;
    goOn(run);
}

void TrainingQueue::startNext()
{
    if (m_current >= 0 || m_held)
        return;
    const auto next = std::find_if(m_runs.begin(), m_runs.end(), [](const QueuedRun &run) {
        return run.state == QueuedRun::State::Waiting;
    });
    if (next == m_runs.end())
        return;
    m_current = static_cast<int>(next - m_runs.begin());
    m_interrupted = -1;
    next->state = QueuedRun::State::Running;
    const QString target = QString::fromStdString(next->request.target);
    // What is there is this run's own checkpoint, or its file was refused when it was added.
    m_session = QFileInfo::exists(target) && !next->request.replace
        ? new TrainingSession(ResumeRequest{next->request.target, next->request.dataset}, this)
        : new TrainingSession(next->request, this);
    connect(m_session, &TrainingSession::progressed, this, &TrainingQueue::progressed);
    connect(m_session, &TrainingSession::stateChanged, this, &TrainingQueue::progressed);
    connect(m_session, &TrainingSession::remarked, this, &TrainingQueue::remarked);
    connect(m_session, &TrainingSession::ended, this, &TrainingQueue::onEnded);
    write();
    m_session->start();
    Q_EMIT changed();
}

void TrainingQueue::onEnded()
{
    QueuedRun &run = m_runs[static_cast<std::size_t>(m_current)];
    // Whatever is on the disk now is this run's own.
    run.request.replace = false;
    switch (m_session->state()) {
    case TrainingSession::State::Finished:
        run.state = QueuedRun::State::Finished;
        if (m_session->evaluation() && m_session->evaluation()->spikes)
            run.spikesAuc = m_session->evaluation()->spikes->auc;
        break;
    case TrainingSession::State::Failed:
        run.state = QueuedRun::State::Failed;
        run.message = m_session->error().message;
        break;
    default:
        run.state = m_waitAgain ? QueuedRun::State::Waiting : QueuedRun::State::Stopped;
    }
    m_waitAgain = false;
    const int ended = std::exchange(m_current, -1);
    write();
    Q_EMIT runEnded(ended); // with the session as it ended
    m_session->deleteLater();
    m_session = nullptr;
    Q_EMIT changed();
    startNext();
}

} // namespace dt
