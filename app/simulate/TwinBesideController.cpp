// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulate/TwinBesideController.h"

#include "app/simulate/SimulationController.h"
#include "app/train/TwinLibrary.h"
#include "engine/base/FileNames.h"
#include "engine/cell/NeuronMatch.h"
#include "engine/cell/tree/TreeEdit.h"
#include "engine/document/Document.h"
#include "engine/input/MovedStimulus.h"
#include "engine/jobs/InBackground.h"
#include "engine/jobs/LiveTwin.h"
#include "engine/jobs/PredictionTimes.h"
#include "engine/jobs/TwinTiming.h"
#include "engine/twin/evaluation/TwinErrors.h"
#include "widgets/forms/Counted.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/twin/TwinBar.h"

#include <QFileInfo>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace dt {

namespace {

constexpr const char *ChosenKey = "simulate/twin";
/// Measures follow a growing run this often, or less often where they take long.
constexpr int MeasureMs = 250;
constexpr int MeasureShare = 10;

} // namespace

TwinBesideController::TwinBesideController(Document *document, TwinLibrary *twins,
                                           PredictionTimes *times, SimulationController *simulation,
                                           SimulatePage *page, QObject *parent) :
    QObject(parent),
    m_document(document), m_twins(twins), m_times(times), m_simulation(simulation), m_page(page),
    m_chosen(QSettings().value(QLatin1String(ChosenKey)).toString())
{
    m_measuring.setSingleShot(true);
    m_measuring.setInterval(MeasureMs);
    connect(&m_measuring, &QTimer::timeout, this, &TwinBesideController::measure);
    connect(times, &PredictionTimes::changed, this, &TwinBesideController::showSpeed);
    connect(twins, &TwinLibrary::renamed, this, &TwinBesideController::follow);
    connect(twins, &TwinLibrary::changed, this, &TwinBesideController::readLibrary);
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (event
                .everything) { // another project begins without a twin; the next start remembers it
            m_input.reset();
            m_chosen.clear();
            openLive();
        }
        refresh();
    });
    connect(page->twinBar(), &TwinBar::twinChosen, this, &TwinBesideController::choose);
    connect(page->twinBar(), &TwinBar::neuronWanted, this, &TwinBesideController::useItsNeuron);
    connect(simulation, &SimulationController::begun, this, [this](const SpikeInput &input) {
        m_input = input;
        m_labels = m_document->neuron().labels;
        m_runId = m_simulation->newestRunId();
        startRun();
    });
    connect(simulation, &SimulationController::shown, this, &TwinBesideController::feed);
    connect(simulation, &SimulationController::grew, this, [this] {
        if (m_live)
            m_live->allow(allowedMs());
        if (!m_measuring.isActive())
            m_measuring.start();
    });
    connect(simulation, &SimulationController::runningChanged, this, [this](bool running) {
        if (m_live && !running)
            m_live->allow(allowedMs());
        if (!running)
            measure();
    });
    readLibrary();
}

TwinBesideController::~TwinBesideController() = default;

TwinBesideController::Known TwinBesideController::readTwin(const QString &path)
{
    Known known;
    known.path = path;
    known.modified = QFileInfo(path).lastModified();
    const Result<StoredTwin> twin = caught([&] { return loadTwin(path.toStdString()); });
    if (!twin) {
        known.problem = QString::fromStdString(twin.error().message);
        return known;
    }
    known.segments = twin->spec.segments;
    known.neuron = twin->contents.neuron;
    known.what = tr("%1 · %2").arg(QString::fromStdString(twinTitle(twin->spec)),
                                   known.neuron ? QString::fromStdString(neuronTitle(*known.neuron))
                                                : tr("unknown neuron"));
    if (twin->evaluation && twin->evaluation->spikes)
        known.what += tr(" · AUC %1").arg(twin->evaluation->spikes->auc, 0, 'f', 4);
    else if (!twin->contents.complete)
        known.what += tr(" · not trained to the end");
    if (!twin->contents.author.empty())
        known.what += tr(" · by %1").arg(QString::fromStdString(twin->contents.author));
    return known;
}

// Files are read beside the window, and again only when they changed.
void TwinBesideController::readLibrary()
{
    if (m_reading) {
        m_readAgain = true;
        return;
    }
    m_reading = true;
    QStringList paths = m_twins->paths();
    if (!m_chosen.isEmpty() && !paths.contains(m_chosen))
        paths.append(m_chosen); // to say what became of it
    inBackground(
        this,
        [paths, before = m_known] {
            std::vector<Known> now;
            for (const QString &path : paths) {
                const auto it = std::find_if(before.begin(), before.end(), [&](const Known &k) {
                    return k.path == path && k.problem.isEmpty()
                        && k.modified == QFileInfo(path).lastModified();
                });
                now.push_back(it != before.end() ? *it : readTwin(path));
            }
            return now;
        },
        [this](const std::vector<Known> &answer) {
            m_known = answer;
            m_reading = false;
            if (std::exchange(m_readAgain, false))
                readLibrary();
            const Known *twin = known(m_chosen);
            if (twin && (!m_live || twin->modified != m_liveModified))
                openLive();
            refresh();
        });
}

const TwinBesideController::Known *TwinBesideController::known(const QString &path) const
{
    const auto it = std::find_if(m_known.begin(), m_known.end(),
                                 [&](const Known &twin) { return twin.path == path; });
    return it == m_known.end() || path.isEmpty() ? nullptr : &*it;
}

void TwinBesideController::choose(const QString &path)
{
    if (path == m_chosen)
        return;
    m_chosen = path;
    if (path.isEmpty())
        QSettings().remove(QLatin1String(ChosenKey));
    else
        QSettings().setValue(QLatin1String(ChosenKey), path);
    openLive();
    refresh();
}

void TwinBesideController::follow(const QString &from, const QString &to)
{
    for (Known &twin : m_known) {
        if (twin.path == from)
            twin.path = to;
    }
    if (m_chosen == from) {
        m_chosen = to;
        QSettings().setValue(QLatin1String(ChosenKey), to);
    }
    refresh();
}

void TwinBesideController::openLive()
{
    m_live.reset();
    const Known *twin = known(m_chosen);
    if (!twin || !twin->problem.isEmpty())
        return;
    m_page->plots()->clearTwin();
    m_page->twinBar()->setErrors({});
    m_liveModified = twin->modified;
    m_live = std::make_unique<LiveTwin>(m_chosen.toStdString());
    connect(m_live.get(), &LiveTwin::grew, this, &TwinBesideController::feed);
    connect(m_live.get(), &LiveTwin::stateChanged, this, &TwinBesideController::onLiveState);
    startRun();
}

// How much of the newest run may be said: a run that is slowed down grows together with the neuron.
int TwinBesideController::allowedMs() const
{
    if (!m_input)
        return 0;
    if (!m_simulation->isPaced() && m_simulation->isRunning())
        return m_input->durationMs;
    if (m_simulation->runId() != m_runId) // no sample yet
        return m_simulation->isRunning() ? 0 : m_input->durationMs;
    return m_simulation->trace().recordedMs;
}

void TwinBesideController::startRun()
{
    const Known *twin = known(m_chosen);
    if (!m_live || !m_input || !twin)
        return;
    if (m_input->segments == twin->segments)
        m_live->run(*m_input, allowedMs());
    else
        m_live->cancel();
}

void TwinBesideController::onLiveState()
{
    if (m_live->state() == LiveTwin::State::Finished)
        m_times->want({m_live->spec()}); // now that nobody waits for it
    measure();
    refresh();
}

void TwinBesideController::feed()
{
    if (!m_live || m_simulation->runId() != m_runId)
        return; // the plots belong to an older run until the first samples come
    m_page->plots()->extendTwin(m_live->said(), m_live->reachedMs());
    if (!m_measuring.isActive())
        m_measuring.start();
}

void TwinBesideController::measure()
{
    if (!m_page->plots()->isTwinShown())
        return;
    TwinBar *bar = m_page->twinBar();
    showSpeed();
    const VoltageTrace &trace = m_simulation->trace();
    const int ms = m_live ? std::min(m_live->reachedMs(), trace.recordedMs) : 0;
    if (ms == 0 || m_simulation->runId() != m_runId)
        return; // what is said stays until there is something new
    QElapsedTimer took;
    took.start();
    bar->setErrors(twinErrors(trace, m_simulation->labels(), m_labels, m_live->said(), ms));
    m_measuring.setInterval(
        std::max<int>(MeasureMs, MeasureShare * static_cast<int>(took.elapsed())));
}

/// The twin's is the number of the Compare page, whatever runs beside it now.
void TwinBesideController::showSpeed()
{
    const std::optional<double> twinMs = m_live && m_live->state() != LiveTwin::State::Loading
        ? m_times->ms(m_live->spec())
        : std::nullopt;
    const double neuronMs = m_simulation->msPerSecond();
    m_page->twinBar()->setSpeed(neuronMs < 0.0 ? neuronMs : neuronMs * TimedMs / 1000.0,
                                twinMs.value_or(-1.0), TimedMs);
}

namespace {

QString segmentsText(int count)
{
    return countedText(count, TwinBesideController::tr("1 segment"),
                       TwinBesideController::tr("%1 segments"));
}

} // namespace

QString TwinBesideController::unfitting(const Known &twin) const
{
    if (!twin.problem.isEmpty())
        return tr("cannot be read");
    return twin.segments == m_document->neuron().segmentCount()
        ? QString()
        : tr("needs %1").arg(segmentsText(twin.segments));
}

void TwinBesideController::refresh()
{
    std::vector<TwinChoice> choices;
    QStringList others;
    bool anyFits = false;
    std::vector<std::string> paths;
    for (const Known &twin : m_known)
        paths.push_back(twin.path.toStdString());
    const std::vector<std::string> names = distinctNames(paths);
    for (const Known &twin : m_known) {
        QString title = QString::fromStdString(names[choices.size()]);
        if (!twin.what.isEmpty())
            title += tr(" · ") + twin.what;
        choices.push_back({twin.path, title, unfitting(twin), twin.problem.isEmpty()});
        anyFits = anyFits || choices.back().problem.isEmpty();
        const QString name =
            twin.neuron ? QString::fromStdString(neuronTitle(*twin.neuron)) : QString();
        if (!name.isEmpty() && !others.contains(name))
            others.append(name);
    }
    TwinBar *bar = m_page->twinBar();
    bar->setChoices(choices, m_chosen);
    bar->setHint(m_known.empty() ? tr("No twin yet: train one on the Train page.")
                     : anyFits   ? QString()
                                 : tr("No twin has %1. Choose one of %2 to take its neuron, too.")
                                     .arg(segmentsText(m_document->neuron().segmentCount()),
                                          others.join(QStringLiteral(", "))));
    const Known *twin = known(m_chosen);
    const bool fits = twin && unfitting(*twin).isEmpty();
    const bool failed = m_live && m_live->state() == LiveTwin::State::Failed;
    const bool wasShown = m_page->plots()->isTwinShown();
    const bool shown = fits && !failed;
    m_page->plots()->setTwinShown(shown);
    bar->setTwinShown(shown);
    showMessage(fits);
    if (shown && !wasShown) {
        bar->setErrors({});
        feed();
        measure();
    }
}

void TwinBesideController::showMessage(bool fits)
{
    TwinBar *bar = m_page->twinBar();
    const Known *twin = known(m_chosen);
    if (!twin) {
        bar->setMessage({}, false);
        return;
    }
    const QString origin =
        twin->neuron ? QString::fromStdString(neuronTitle(*twin->neuron)) : tr("an unknown neuron");
    const bool failed = m_live && m_live->state() == LiveTwin::State::Failed;
    if (!twin->problem.isEmpty())
        bar->setMessage(tr("This twin cannot be used. %1").arg(twin->problem), false);
    else if (!fits)
        bar->setMessage(tr("This twin was trained on %1 with %2; the neuron here has %3.")
                            .arg(origin, segmentsText(twin->segments))
                            .arg(m_document->neuron().segmentCount()),
                        twin->neuron.has_value());
    else if (failed)
        bar->setMessage(
            tr("This twin cannot be run. %1").arg(QString::fromStdString(m_live->error().message)),
            false);
    else if (twin->neuron && !sameNeuron(*twin->neuron, m_document->neuron()))
        bar->setMessage(tr("This twin was trained on %1; the neuron here is another, so the two "
                           "should differ.")
                            .arg(origin),
                        true);
    else
        bar->setMessage({}, false);
}

void TwinBesideController::useItsNeuron()
{
    const Known *twin = known(m_chosen);
    if (!twin || !twin->neuron)
        return;
    const Stimulus before = m_document->stimulus();
    (void)m_document->edit(tr("Use the Twin's Neuron"),
                           [&](Project &project) { project.neuron = *twin->neuron; });
    const std::string lost = lossOf(before, m_document->stimulus()).sentence();
    if (!lost.empty())
        Q_EMIT told(QString::fromStdString(lost));
}

} // namespace dt
