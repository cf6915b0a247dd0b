// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulate/RunsController.h"

#include "app/report/TwinReport.h"
#include "app/simulate/RunDialogs.h"
#include "app/simulate/RunMeasures.h"
#include "app/simulate/SimulationController.h"
#include "engine/data/RecordingFile.h"
#include "engine/data/RunExport.h"
#include "engine/document/Document.h"
#include "engine/input/EventText.h"
#include "engine/jobs/InBackground.h"
#include "engine/project/ProjectFile.h"
#include "engine/recording/RunSettings.h"
#include "widgets/forms/Counted.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/runs/RunStrip.h"
#include "widgets/runs/RunsPanel.h"
#include "widgets/runs/SpacePlot.h"

#include <QAction>
#include <QFile>
#include <QFileInfo>
#include <QMenu>
#include <QTime>

namespace dt {

namespace {

/// Twenty thousand events take a tenth of it.
constexpr qint64 MostEventBytes = qint64{16} << 20;
constexpr qint64 MostTraceBytes = qint64{512} << 20;

Result<std::string> readText(const QString &path, qint64 most)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io,
                     RunsController::tr("%1 cannot be read: %2.")
                         .arg(path, file.errorString())
                         .toStdString(),
                     path.toStdString()};
    if (file.size() > most)
        return Error{
            ErrorCode::Format,
            RunsController::tr("%1 is larger than %2 MB. Keep only the part that you need.")
                .arg(path)
                .arg(most >> 20)
                .toStdString(),
            path.toStdString()};
    return file.readAll().toStdString();
}

/// A trace, or why there is none: where its numbers can be read in two ways, what to ask.
struct TraceFile
{
    Result<ForeignTrace> trace;
    std::optional<TwofoldNumber> question = {};
};

TraceFile readTrace(const QString &path, std::optional<DecimalSign> sign)
{
    const Result<std::string> text = readText(path, MostTraceBytes);
    if (!text)
        return {text.error()};
    std::optional<TwofoldNumber> question;
    const auto answer = [&](const TwofoldNumber &number) {
        if (!sign)
            question = number;
        return sign;
    };
    Result<ForeignTrace> trace =
        traceFromCsv(*text, QFileInfo(path).fileName().toStdString(), answer);
    return {std::move(trace), question};
}

QString eventsText(std::size_t count)
{
    return countedText(static_cast<qsizetype>(count), RunsController::tr("1 event"),
                       RunsController::tr("%1 events"));
}

} // namespace

QString runCaption(int id, const RunSetup &setup, const QString &project)
{
    const Neuron &neuron = setup.neuron;
    const Stimulus &stimulus = setup.stimulus;
    const QString segments = countedText(neuron.segmentCount(), RunsController::tr("1 segment"),
                                         RunsController::tr("%1 segments"));
    QStringList parts;
    parts << RunsController::tr("Run %1 of %2").arg(id).arg(project);
    if (neuron.isBallAndStick())
        parts << RunsController::tr("dendrite %1 x %2 µm, %3")
                     .arg(neuron.dendrites.front().lengthUm)
                     .arg(neuron.dendrites.front().diamUm)
                     .arg(segments);
    else
        parts << countedText(static_cast<qsizetype>(neuron.dendrites.size()),
                             RunsController::tr("1 dendrite"), RunsController::tr("%1 dendrites"))
                + QStringLiteral(", ") + segments;
    parts << RunsController::tr("%1 ms").arg(stimulus.durationMs);
    if (!stimulus.painted.empty())
        parts << countedText(static_cast<qsizetype>(stimulus.painted.size()),
                             RunsController::tr("1 painted event"),
                             RunsController::tr("%1 painted events"));
    if (isRandom(stimulus))
        parts << RunsController::tr("seed %1").arg(seedOf(stimulus));
    return parts.join(QStringLiteral(", "));
}

RunsController::RunsController(Document *document, SimulationController *simulation,
                               SimulatePage *page, RunDialogs *dialogs, QObject *parent) :
    QObject(parent),
    m_document(document), m_simulation(simulation), m_page(page), m_dialogs(dialogs),
    m_saveRecording(new QAction(tr("Save &Recording..."), this)),
    m_exportRun(new QAction(tr("&Export Run..."), this)),
    m_exportEvents(new QAction(tr("Export &Painted Events..."), this)),
    m_importEvents(new QAction(tr("&Import Events..."), this)),
    m_importTrace(new QAction(tr("Import &Trace..."), this))
{
    m_saveRecording->setObjectName(QStringLiteral("saveRecordingAction"));
    m_saveRecording->setToolTip(tr("Save the shown run with all its traces as HDF5"));
    m_saveRecording->setStatusTip(m_saveRecording->toolTip());
    m_saveRecording->setEnabled(false);
    m_exportRun->setObjectName(QStringLiteral("exportRunAction"));
    m_exportRun->setStatusTip(tr("Save all traces of the shown run for NumPy or as CSV tables"));
    m_exportRun->setEnabled(false);
    m_exportEvents->setObjectName(QStringLiteral("exportEventsAction"));
    m_exportEvents->setStatusTip(tr("Save the painted events as a CSV table"));
    m_importEvents->setObjectName(QStringLiteral("importEventsAction"));
    m_importEvents->setStatusTip(tr("Paint the events of a CSV table"));
    m_importTrace->setObjectName(QStringLiteral("importTraceAction"));
    m_importTrace->setStatusTip(tr("Lay a measured trace (CSV: ms, mV) over the soma's"));
    connect(m_saveRecording, &QAction::triggered, this, &RunsController::saveRecording);
    connect(simulation, &SimulationController::runningChanged, this, [this](bool running) {
        m_saveRecording->setEnabled(!running && m_simulation->recording());
    });
    connect(m_exportRun, &QAction::triggered, this, [this] {
        if (const RunRecord *run = shownRun())
            exportRun(run->key);
    });
    connect(m_exportEvents, &QAction::triggered, this, &RunsController::exportEvents);
    connect(m_importEvents, &QAction::triggered, this, &RunsController::importEvents);
    connect(m_importTrace, &QAction::triggered, this, &RunsController::importTrace);

    new RunMeasures(simulation, page, this);
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (event.everything)
            forget();
    });
    RunsPanel *panel = page->runs();
    connect(simulation, &SimulationController::recorded, this, &RunsController::record);
    connect(simulation, &SimulationController::shown, this, &RunsController::stampPlots);
    connect(panel, &RunsPanel::pinWanted, this, &RunsController::pin);
    connect(panel, &RunsPanel::restoreWanted, this, &RunsController::restore);
    connect(panel, &RunsPanel::exportWanted, this, &RunsController::exportRun);
    connect(panel, &RunsPanel::removeWanted, this, &RunsController::remove);
    connect(panel, &RunsPanel::importWanted, this, &RunsController::importTrace);
    connect(panel, &RunsPanel::renamed, this, [this](int key, const QString &name) {
        m_history.setName(key, name.toStdString());
        refresh();
        refreshGhosts();
    });
    connect(panel, &RunsPanel::noted, this, [this](int key, const QString &notes) {
        m_history.setNotes(key, notes.toStdString());
        refresh();
    });
}

void RunsController::fillMenu(QMenu *menu)
{
    menu->addActions({m_saveRecording, m_exportRun, m_exportEvents, m_importEvents, m_importTrace});
}

QString RunsController::projectName() const
{
    return m_document->path().isEmpty() ? tr("an unsaved project")
                                        : QFileInfo(m_document->path()).completeBaseName();
}

void RunsController::record(const RunRecord &run)
{
    RunRecord kept = run;
    kept.time = QTime::currentTime().toString(QStringLiteral("HH:mm:ss")).toStdString();
    (void)m_history.add(std::move(kept)); // not pinned, so never refused
    refresh();
}

void RunsController::stampPlots()
{
    const QString stamp =
        runCaption(m_simulation->newestRunId(), m_simulation->setup(), projectName());
    m_page->plots()->setStamp(stamp);
    m_page->space()->setStamp(stamp);
    m_exportRun->setEnabled(shownRun() != nullptr);
}

void RunsController::pin(int key, bool pinned)
{
    if (const Status done = m_history.setPinned(key, pinned); !done)
        Q_EMIT failed(done.error());
    refresh();
    refreshGhosts();
}

void RunsController::remove(int key)
{
    const RunRecord *run = m_history.find(key);
    if (!run)
        return;
    const bool pinned = run->pinned;
    const QString title = QString::fromStdString(run->title());
    m_history.remove(key);
    refresh();
    if (pinned)
        refreshGhosts();
    Q_EMIT told(tr("%1 is forgotten.").arg(title));
}

void RunsController::forget()
{
    ++m_project;
    m_history = {};
    refresh();
    refreshGhosts();
}

void RunsController::refresh()
{
    m_page->runs()->setRuns(m_history.runs(), m_page->runId());
    m_page->strip()->setRunCount(static_cast<int>(m_history.runs().size()));
    m_exportRun->setEnabled(shownRun() != nullptr);
}

const RunRecord *RunsController::shownRun() const
{
    for (const RunRecord &run : m_history.runs()) {
        if (run.id == m_page->runId() && run.trace)
            return &run;
    }
    return nullptr;
}

void RunsController::refreshGhosts()
{
    std::vector<RunRecord> pinned;
    for (const RunRecord &run : m_history.runs()) {
        if (run.pinned)
            pinned.push_back(run);
    }
    m_page->setGhosts(pinned);
}

void RunsController::restore(int key)
{
    const RunRecord *run = m_history.find(key);
    if (!run || !run->setup)
        return;
    const std::shared_ptr<const RunSetup> setup = run->setup;
    const QString title = QString::fromStdString(run->title());
    const Project wanted{setup->neuron, setup->stimulus};
    if (m_document->project() == wanted) {
        Q_EMIT told(tr("The project has the settings of %1 already.").arg(title));
        return;
    }
    if (const Status done = m_document->replace(tr("Restore Settings of %1").arg(title), wanted);
        !done) {
        Q_EMIT failed(done.error());
        return;
    }
    Q_EMIT told(tr("The project has the settings of %1 again.").arg(title));
}

void RunsController::writeInBackground(const QString &path, std::function<Status()> write)
{
    const QString name = QFileInfo(path).fileName();
    Q_EMIT told(tr("Saving %1...").arg(name));
    inBackground(this, std::move(write), [this, name](const Status &saved) {
        if (!saved)
            Q_EMIT failed(saved.error());
        else
            Q_EMIT told(tr("Saved %1.").arg(name));
    });
}

void RunsController::saveRecording()
{
    if (!m_simulation->recording())
        return;
    const Recording recording = *m_simulation->recording();
    const QString path =
        m_dialogs->askSaveRecording(QStringLiteral("run-%1.h5").arg(m_simulation->runId()));
    if (!path.isEmpty())
        writeInBackground(path, [recording, path] {
            return writeRecording(path.toStdString(), recording, true);
        });
}

void RunsController::exportRun(int key)
{
    const RunRecord *found = m_history.find(key);
    if (!found || !found->trace)
        return;
    const RunRecord run = *found;
    const QString path = m_dialogs->askSaveRun(QStringLiteral("run-%1.npz").arg(run.id));
    if (path.isEmpty())
        return;
    const std::string caption = runCaption(run.id, *run.setup, projectName()).toStdString();
    writeInBackground(path, [run, path, caption] {
        ExportedRun all;
        const Neuron &neuron = run.setup->neuron;
        all.recording =
            makeRecording(neuron, renderStimulus(run.setup->stimulus, neuron.segmentCount()),
                          *run.trace, run.engine);
        all.probes = run.trace->probes;
        all.caption = caption;
        all.project = projectText({neuron, run.setup->stimulus}).toStdString();
        return saveRun(path.toStdString(), all, true);
    });
}

void RunsController::exportEvents()
{
    const std::vector<InputEvent> &painted = m_document->stimulus().painted;
    if (painted.empty()) {
        Q_EMIT told(
            tr("There are no painted events to save. Rain can be turned into painted events."));
        return;
    }
    const QString path = m_dialogs->askSaveEvents(QStringLiteral("events.csv"));
    if (path.isEmpty())
        return;
    const std::string text = eventsAsCsv(painted, m_document->neuron());
    if (const Status written = writeWhole(path, QByteArray::fromStdString(text)); !written)
        Q_EMIT failed(written.error());
    else
        Q_EMIT told(
            tr("Saved %1 in %2.").arg(eventsText(painted.size()), QFileInfo(path).fileName()));
}

void RunsController::importEvents()
{
    const QString path = m_dialogs->askOpenTable(tr("Import Events"), {});
    if (path.isEmpty())
        return;
    Q_EMIT importing();
    const Result<std::string> text = readText(path, MostEventBytes);
    if (!text) {
        Q_EMIT failed(text.error());
        return;
    }
    const Stimulus &stimulus = m_document->stimulus();
    const QString name = QFileInfo(path).fileName();
    const Result<std::vector<InputEvent>> events =
        eventsFromCsv(*text, m_document->neuron(), stimulus.durationMs, name.toStdString(),
                      [&](const TwofoldNumber &n) { return m_dialogs->askDecimalSign(name, n); });
    if (!events) {
        if (events.error().code != ErrorCode::Cancelled)
            Q_EMIT failed(events.error());
        return;
    }
    auto painted = RunDialogs::Painted::Add;
    if (!stimulus.painted.empty())
        painted = m_dialogs->askPainted(static_cast<int>(events->size()),
                                        static_cast<int>(stimulus.painted.size()));
    if (painted == RunDialogs::Painted::Cancel)
        return;
    const bool replace = painted == RunDialogs::Painted::Replace;
    if (!replace && stimulus.painted.size() + events->size() > MaxPaintedEvents) {
        Q_EMIT failed({ErrorCode::InvalidValue,
                       tr("With these there would be more than %1 painted events. Nothing was "
                          "changed; replace the present ones, or import fewer.")
                           .arg(MaxPaintedEvents)
                           .toStdString(),
                       path.toStdString()});
        return;
    }
    m_document->endMerge();
    const Status done = m_document->edit(tr("Import Events"), [&](Project &project) {
        if (replace)
            project.stimulus.painted.clear();
        paintEvents(project.stimulus.painted, *events);
    });
    if (!done)
        Q_EMIT failed(done.error());
    else
        Q_EMIT told((events->size() == 1 ? tr("%1 of %2 is painted.") : tr("%1 of %2 are painted."))
                        .arg(eventsText(events->size()), name));
}

void RunsController::importTrace()
{
    const QString path = m_dialogs->askOpenTable(tr("Import Trace"), {});
    if (path.isEmpty())
        return;
    Q_EMIT importing();
    takeTrace(path, {});
}

void RunsController::takeTrace(const QString &path, std::optional<DecimalSign> sign)
{
    const QString name = QFileInfo(path).fileName();
    inBackground(
        this, [path, sign]() -> Result<TraceFile> { return readTrace(path, sign); },
        [this, path, name, project = m_project](const Result<TraceFile> &read) {
            if (project != m_project)
                return; // it was meant for the one before
            if (!read) {
                Q_EMIT failed(read.error());
                return;
            }
            const TraceFile &file = *read;
            if (file.question) {
                if (const auto answer = m_dialogs->askDecimalSign(name, *file.question))
                    takeTrace(path, answer);
                return;
            }
            if (!file.trace) {
                Q_EMIT failed(file.trace.error());
                return;
            }
            RunRecord record = makeForeignRecord(name.toStdString(), *file.trace);
            record.time = QTime::currentTime().toString(QStringLiteral("HH:mm:ss")).toStdString();
            if (const Result<int> key = m_history.add(std::move(record)); !key) {
                Q_EMIT failed(key.error());
                return;
            }
            refresh();
            refreshGhosts();
            Q_EMIT told(
                tr("%1 lies behind the soma's trace. The table of runs lists it.").arg(name));
        });
}

} // namespace dt
