// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/explore/ExperimentController.h"

#include "engine/document/Document.h"
#include "engine/explore/PlanPlaces.h"
#include "engine/explore/ReadExperiment.h"
#include "widgets/explore/ExperimentsView.h"
#include "widgets/explore/ResultView.h"
#include "widgets/forms/Counted.h"
#include "widgets/forms/Units.h"
#include "widgets/words/Text.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// An experiment is planned again after edits, but not for every step of a drag.
constexpr int PlanDelayMs = 120;
/// Growing results are drawn so often.
constexpr int ShowDelayMs = 250;
constexpr int TickMs = 50;

/// "0.4 s", "12 s", "3 min"
QString spokenTime(double seconds)
{
    if (seconds < 9.5)
        return ExperimentController::tr("%1 s").arg(std::max(seconds, 0.1), 0, 'f', 1);
    if (seconds < 90.0)
        return ExperimentController::tr("%1 s").arg(seconds, 0, 'f', 0);
    return ExperimentController::tr("%1 min").arg(seconds / 60.0, 0, 'f', 0);
}

QString counted(std::size_t simulations)
{
    return countedText(static_cast<qsizetype>(simulations),
                       ExperimentController::tr("1 simulation"),
                       ExperimentController::tr("%1 simulations"));
}

/// The settings of a run in a line, but for lists, which the axes of its plots show.
QString spokenSettings(const std::string &id, const ExperimentValues &values, const Neuron &neuron)
{
    QStringList spoken;
    for (const ExperimentSetting &setting : experimentSettings(id, neuron, values)) {
        const auto value = values.find(setting.name);
        const bool varied = std::any_of(values.begin(), values.end(), [&](const auto &other) {
            const auto *word = std::get_if<std::string>(&other.second);
            return word && *word == setting.name;
        });
        if (setting.expert || setting.kind == ExperimentSetting::Kind::Numbers || varied
            || value == values.end())
            continue;
        std::string word = settingText(value->second);
        for (const SettingChoice &choice : setting.choices) {
            if (choice.value == word)
                word = choice.label;
        }
        spoken += displayUnitsIn(
            text(setting.label + ": " + word + (setting.unit.empty() ? "" : " " + setting.unit)));
    }
    return spoken.join(QStringLiteral("; "));
}

} // namespace

ExperimentController::ExperimentController(Document *document, EngineFactory engines, int workers,
                                           ExperimentsView *view, QObject *parent) :
    QObject(parent),
    m_document(document), m_engines(std::move(engines)), m_workers(workers), m_view(view)
{
    m_planSoon.setSingleShot(true);
    m_planSoon.setInterval(PlanDelayMs);
    connect(&m_planSoon, &QTimer::timeout, this, [this] {
        showSettings(); // another neuron has other tips and kinds to choose from
        plan();
    });
    m_showSoon.setSingleShot(true);
    m_showSoon.setInterval(ShowDelayMs);
    connect(&m_showSoon, &QTimer::timeout, this, &ExperimentController::showResult);
    m_tick.setInterval(TickMs);
    connect(&m_tick, &QTimer::timeout, this, &ExperimentController::showProgress);

    view->setExperiments(experiments());
    connect(view, &ExperimentsView::experimentChosen, this,
            [this](const QString &id) { choose(id.toStdString()); });
    connect(view, &ExperimentsView::edited, this,
            [this](const QString &name, const SettingValue &value) {
                ExperimentValues &values = m_known[m_chosen].values;
                values[name.toStdString()] = value;
                // What another setting no longer takes goes back to its default.
                values = suitableValues(m_chosen, m_document->neuron(), std::move(values));
                showSettings();
                plan();
            });
    connect(view, &ExperimentsView::defaultsRequested, this, [this] {
        m_known[m_chosen].values.clear();
        showSettings();
        plan();
    });
    connect(view, &ExperimentsView::runRequested, this, &ExperimentController::run);
    connect(view, &ExperimentsView::stopRequested, this, &ExperimentController::stop);
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (event.everything)
            forget();
        else if (event.neuron)
            m_planSoon.start();
    });
    choose(experiments().front().id);
}

ExperimentController::~ExperimentController() = default;

void ExperimentController::choose(const std::string &id)
{
    if (!findExperiment(id))
        return;
    m_chosen = id;
    showSettings();
    plan();
    showResult();
}

void ExperimentController::forget()
{
    m_tick.stop();
    m_showSoon.stop();
    const bool wasRunning = isRunning();
    if (m_run) {
        m_run->disconnect(this);
        m_run->cancel();
        m_run.release()->deleteLater();
    }
    m_known.clear();
    m_running.clear();
    m_view->setRunning(false);
    if (wasRunning)
        Q_EMIT runningChanged();
    choose(experiments().front().id);
}

void ExperimentController::showSettings()
{
    m_view->setExperiment(
        *findExperiment(m_chosen),
        experimentSettings(m_chosen, m_document->neuron(), m_known[m_chosen].values),
        m_known[m_chosen].values);
}

void ExperimentController::plan()
{
    m_planSoon.stop();
    m_plan = planExperiment(m_chosen, m_known[m_chosen].values, m_document->neuron());
    if (!m_plan) {
        m_view->setPlaces(m_document->neuron(), {});
        m_view->setEstimate(text(m_plan.error().message), false);
    } else {
        const Neuron &first = m_plan->trials.empty()
            ? m_document->neuron()
            : m_plan->neurons[static_cast<std::size_t>(m_plan->trials.front().neuron)];
        m_view->setPlaces(first, planPlaces(*m_plan));
        m_view->setEstimate(tr("%1 on your neuron, %2 s of its time: about %3.")
                                .arg(counted(m_plan->trials.size()))
                                .arg(m_plan->totalMs() / 1000.0, 0, 'f', 1)
                                .arg(spokenTime(m_cost.seconds(*m_plan, m_workers))),
                            true);
    }
    showStale();
}

void ExperimentController::showStale()
{
    const Known &known = m_known[m_chosen];
    const bool running = isRunning() && m_running == m_chosen;
    const bool otherNeuron = !(known.ranOn == m_document->neuron());
    const bool otherSettings = !m_plan || known.ranWith != m_plan->values;
    if (!otherNeuron && !otherSettings)
        m_view->result()->setStale(false);
    else if (running)
        m_view->result()->setStale(false,
                                   otherNeuron ? tr("The experiment goes on with the neuron as it "
                                                    "was before your change.")
                                               : tr("The experiment goes on with the settings as "
                                                    "they were before your change."));
    else if (known.ended.isEmpty())
        m_view->result()->setStale(false); // never run
    else
        m_view->result()->setStale(true,
                                   otherNeuron
                                       ? tr("These results are of the neuron before your last "
                                            "change. Run the experiment again.")
                                       : tr("These results are of other settings. Run the "
                                            "experiment again."));
}

void ExperimentController::run()
{
    if (isRunning())
        return;
    if (!m_view->commit()) {
        Q_EMIT told(tr("A setting cannot be used as it is; the form says why."));
        return;
    }
    m_planSoon.stop();
    plan(); // of the neuron as it is now
    if (!m_plan) {
        Q_EMIT told(text(m_plan.error().message));
        return;
    }
    if (!m_engine)
        m_engine = m_engines(m_workers);
    Known &known = m_known[m_chosen];
    known.ranWith = m_plan->values;
    known.ranOn = m_document->neuron();
    m_running = m_chosen;
    m_run = std::make_unique<ExperimentRun>(*m_engine, m_workers, *m_plan);
    connect(m_run.get(), &ExperimentRun::measuredMore, this, [this] {
        if (m_chosen == m_running && !m_showSoon.isActive())
            m_showSoon.start();
    });
    connect(m_run.get(), &ExperimentRun::restarted, this,
            [this](const QString &why) { Q_EMIT told(tr("%1 Trying again.").arg(why)); });
    connect(m_run.get(), &ExperimentRun::ended, this, &ExperimentController::onEnded);
    m_view->setRunning(true);
    m_tick.start();
    m_run->start();
    Q_EMIT runningChanged();
    showStale(); // what is there is about to be replaced
}

void ExperimentController::stop()
{
    if (isRunning())
        m_run->cancel();
}

void ExperimentController::showProgress()
{
    if (!m_run)
        return;
    const QString title = text(findExperiment(m_running)->title);
    const double left = m_run->secondsLeft();
    m_view->setProgress(m_run->progress(),
                        tr("%1: %2 of %3%4")
                            .arg(title)
                            .arg(m_run->done())
                            .arg(counted(m_run->total()))
                            .arg(left >= 0.0 ? tr(", %1 left").arg(spokenTime(left)) : QString()));
}

void ExperimentController::onEnded()
{
    m_tick.stop();
    m_showSoon.stop();
    Known &known = m_known[m_running];
    known.result = m_run->result();
    known.simulations = m_run->done();
    const QString title = text(findExperiment(m_running)->title);
    const QString done = tr("%1 of %2").arg(m_run->done()).arg(counted(m_run->total()));
    switch (m_run->state()) {
    case ExperimentRun::State::Finished:
        m_cost.learn(m_run->plan(), m_workers, m_run->seconds());
        known.ended =
            tr("%1: %2 in %3.").arg(title, counted(m_run->total()), spokenTime(m_run->seconds()));
        break;
    case ExperimentRun::State::Cancelled:
        known.ended = tr("%1: stopped after %2.").arg(title, done);
        break;
    default:
        known.ended = tr("%1: failed after %2. %3").arg(title, done, text(m_run->error().message));
        Q_EMIT failed(m_run->error());
        break;
    }
    m_view->setRunning(false);
    m_view->setProgress(1.0, known.ended);
    Q_EMIT runningChanged();
    Q_EMIT told(known.ended);
    if (m_chosen == m_running)
        showResult();
    plan();
}

void ExperimentController::showResult()
{
    const Known &known = m_known[m_chosen];
    const bool running = isRunning() && m_running == m_chosen;
    const Neuron &ranOn = known.ranOn;
    const auto dendrites = static_cast<qsizetype>(ranOn.dendrites.size());
    const QString caption =
        tr("%1, %2 with %3, %4. %5")
            .arg(text(findExperiment(m_chosen)->title),
                 countedText(dendrites, tr("1 dendrite"), tr("%1 dendrites")),
                 countedText(ranOn.segmentCount(), tr("1 segment"), tr("%1 segments")),
                 counted(running ? m_run->total() : known.simulations))
            .arg(spokenSettings(m_chosen, known.ranWith, ranOn));
    if (running && m_run->done() > 0)
        m_view->result()->show(readResult(m_run->result()), caption);
    else if (!known.ended.isEmpty())
        m_view->result()->show(readResult(known.result), caption);
    else
        m_view->result()->clear(tr("Run the experiment to see its plots and its table here."));
    if (!isRunning())
        m_view->setProgress(0.0, known.ended);
    showStale();
}

} // namespace dt
