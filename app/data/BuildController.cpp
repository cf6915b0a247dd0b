// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/BuildController.h"

#include "engine/jobs/SimulationCost.h"
#include "widgets/data/StatisticText.h"
#include "widgets/words/Text.h"

#include <QFileInfo>

#include <algorithm>

namespace dt {

namespace {

constexpr int TickMs = 100;
constexpr int NumbersMs = 500;
using Phase = BuildProgress::Phase;

Phase phaseOf(DatasetBuilder::State state)
{
    switch (state) {
    case DatasetBuilder::State::Running:
        return Phase::Running;
    case DatasetBuilder::State::Paused:
        return Phase::Paused;
    case DatasetBuilder::State::Assembling:
        return Phase::Assembling;
    case DatasetBuilder::State::Finished:
        return Phase::Finished;
    case DatasetBuilder::State::Cancelled:
        return Phase::Cancelled;
    case DatasetBuilder::State::Failed:
        return Phase::Failed;
    default:
        return Phase::Preparing;
    }
}

} // namespace

BuildController::BuildController(EngineFactory engines, int workers, QObject *parent) :
    QObject(parent), m_engines(std::move(engines)), m_workers(workers)
{
    m_tick.setInterval(TickMs);
    m_numbers.setInterval(NumbersMs);
    m_numbers.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &BuildController::showProgress);
    connect(&m_numbers, &QTimer::timeout, this, &BuildController::showNumbers);
}

BuildController::~BuildController()
{
    m_builder.reset(); // before its engine
}

void BuildController::learnCost() const
{
    const double rate = m_builder->simulationsPerSecond();
    if (rate <= 0.0)
        return;
    const DatasetPlan &plan = m_builder->plan();
    SimulationCost cost = datasetCost();
    cost.learn(m_workers / rate, plan.durationMs, plan.neuron.segmentCount(), 1.0);
    keepDatasetCost(cost);
}

Status BuildController::start(const DatasetPlan &plan, const QString &target, bool replace)
{
    if (isRunning())
        return Error{
            ErrorCode::Exists,
            m_target.toStdString()
                + " is being built. Wait until it is finished, or stop it on the Data page.",
            target.toStdString()};
    return begin(BuildFolder::create(target.toStdString(), plan, replace), target);
}

Status BuildController::resume(const QString &target)
{
    if (isRunning())
        return Error{
            ErrorCode::Exists,
            m_target.toStdString()
                + " is being built. Wait until it is finished, or stop it on the Data page.",
            target.toStdString()};
    m_builder.reset(); // gives up the lock of the same build
    return begin(BuildFolder::open(target.toStdString()), target);
}

Status BuildController::begin(Result<BuildFolder> folder, const QString &target)
{
    if (!folder)
        return folder.error();
    m_builder.reset();
    m_engine = m_engines(m_workers);
    m_target = target;
    m_builder = std::make_unique<DatasetBuilder>(*m_engine, m_workers, std::move(*folder));
    connect(m_builder.get(), &DatasetBuilder::stateChanged, this, &BuildController::showProgress);
    connect(m_builder.get(), &DatasetBuilder::progressed, this, [this] {
        if (!m_numbers.isActive())
            m_numbers.start();
    });
    connect(m_builder.get(), &DatasetBuilder::restarted, this, &BuildController::restarted);
    connect(m_builder.get(), &DatasetBuilder::ended, this, &BuildController::onEnded,
            Qt::QueuedConnection);
    m_tick.start();
    m_builder->start();
    showProgress();
    return Done{};
}

void BuildController::onEnded()
{
    if (!m_builder || !m_builder->isOver())
        return;
    m_tick.stop();
    m_numbers.stop();
    showNumbers();
    showProgress();
    const bool finished = m_builder->state() == DatasetBuilder::State::Finished;
    if (finished)
        learnCost();
    Q_EMIT ended(m_target, finished);
}

BuildProgress BuildController::progress() const
{
    BuildProgress p;
    if (!m_builder)
        return p;
    p.name = QFileInfo(m_target).fileName();
    p.phase = phaseOf(m_builder->state());
    for (const Split split : AllSplits) {
        const auto i = static_cast<std::size_t>(split);
        p.wanted[i] = static_cast<std::uint64_t>(m_builder->plan().wantedIn(split));
        p.accepted[i] = m_builder->accepted(split);
        p.tried[i] = m_builder->tried(split);
    }
    p.rejectedBy = m_builder->rejectedBy();
    if (p.phase == Phase::Finished) {
        // The same numbers as on the Data page, which has them from the file.
        p.rejectedBy = {};
        for (const Split split : AllSplits) {
            const Acceptance &a = m_builder->acceptance(split);
            p.accepted[static_cast<std::size_t>(split)] = a.accepted;
            p.tried[static_cast<std::size_t>(split)] = a.tried;
            for (std::size_t s = 0; s < StatisticCount; ++s)
                p.rejectedBy[s] += a.rejectedBy[s];
        }
    }
    p.fraction = m_builder->progress();
    p.perSecond = m_builder->simulationsPerSecond();
    p.secondsLeft = m_builder->secondsLeft();
    p.bytes = m_builder->bytesWritten();
    // The size is estimated from what is there: busy neurons take more.
    const auto all = [](const std::array<std::uint64_t, 3> &counts) {
        return static_cast<double>(counts[0] + counts[1] + counts[2]);
    };
    const double share = all(p.accepted) / std::max(1.0, all(p.wanted));
    p.bytesNeeded = share > 0.0
        ? static_cast<std::uint64_t>(static_cast<double>(p.bytes) / std::min(1.0, share))
        : std::max(p.bytes, estimateBytes(m_builder->plan()));
    p.problem = QString::fromStdString(m_builder->error().message);
    p.resumable = m_builder->resumable();
    return p;
}

void BuildController::addPanel(BuildPanel *panel)
{
    m_panels.emplace_back(panel);
    connect(panel, &BuildPanel::pauseRequested, this, &BuildController::pause);
    connect(panel, &BuildPanel::cancelRequested, this, &BuildController::cancel);
    if (m_builder) {
        showProgress();
        showNumbers();
    }
}

void BuildController::showProgress()
{
    std::erase_if(m_panels, [](const QPointer<BuildPanel> &panel) { return panel.isNull(); });
    if (m_builder) {
        const BuildProgress p = progress();
        for (const QPointer<BuildPanel> &panel : m_panels)
            panel->setProgress(p);
    }
    Q_EMIT changed();
}

void BuildController::showNumbers()
{
    if (!m_builder)
        return;
    const std::shared_ptr<const DatasetSample> sample = m_builder->lastSample();
    for (const QPointer<BuildPanel> &panel : m_panels) {
        if (panel.isNull())
            continue;
        panel->setStatistics(m_builder->acceptedStatistics(), m_builder->rejectedStatistics());
        if (!sample)
            continue;
        panel->setSample(m_builder->plan().neuron,
                         std::shared_ptr<const StoredSimulation>(sample, &sample->simulation),
                         tr("%1 %2, %3")
                             .arg(text(splitName(sample->split)))
                             .arg(sample->simulation.index, 7, 10, QLatin1Char('0'))
                             .arg(sample->accepted ? tr("kept") : tr("rejected")));
    }
}

void BuildController::pause()
{
    if (m_builder)
        m_builder->pause();
}

void BuildController::goOn()
{
    if (m_builder)
        m_builder->resume();
}

void BuildController::cancel()
{
    if (m_builder)
        m_builder->cancel();
}

} // namespace dt
