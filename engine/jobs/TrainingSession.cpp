// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TrainingSession.h"

#include <QThread>

#include <atomic>
#include <mutex>
#include <utility>

namespace dt {

namespace {

constexpr int ReportMs = 33;

} // namespace

/// Between the two threads: the training's writes, the session takes what is new.
class TrainingSession::Reporter : public TrainingObserver
{
public:
    struct News
    {
        TrainingPhase phase = TrainingPhase::Loading;
        double share = 0.0;
        std::vector<std::string> remarks;
        bool begun = false; ///< settings, first and iterationsInAll are valid, once
        TrainingSettings settings;
        TrainingHistory first;
        std::int64_t iterationsInAll = 0;
        BatchInspection firstBatch;
        std::vector<LossRecord> iterations;
        std::vector<double> norms;
        /// Validations, each after so many of the iterations.
        std::vector<std::pair<std::size_t, LossRecord>> validations;
        std::vector<double> learningRates;
        std::vector<double> epochSeconds;
        double seconds = 0.0;
        std::optional<TrainingPreview> preview; ///< the latest
        bool any = false;
    };

    void requestStop() { m_stop = true; }
    void setOutcome(Result<TrainingOutcome> outcome) { m_outcome.emplace(std::move(outcome)); }
    std::optional<Result<TrainingOutcome>> &outcome() { return m_outcome; }

    News take()
    {
        const std::lock_guard held(m_mutex);
        News news = std::exchange(m_news, {});
        m_news.phase = news.phase;
        m_news.share = news.share;
        return news;
    }

    [[nodiscard]] bool stopRequested() const override { return m_stop; }
    void phase(TrainingPhase phase, double share) override
    {
        const std::lock_guard held(m_mutex);
        m_news.phase = phase;
        m_news.share = share;
        m_news.any = true;
    }
    void remark(const std::string &sentence) override
    {
        const std::lock_guard held(m_mutex);
        m_news.remarks.push_back(sentence);
    }
    void begun(const TrainingSettings &settings, const TrainingHistory &soFar,
               std::int64_t iterationsInAll, const BatchInspection &firstBatch) override
    {
        const std::lock_guard held(m_mutex);
        m_news.phase = TrainingPhase::Training;
        m_news.begun = true;
        m_news.any = true;
        m_news.settings = settings;
        m_news.first = soFar;
        m_news.iterationsInAll = iterationsInAll;
        m_news.firstBatch = firstBatch;
        m_iterations = soFar.iterations();
        m_validations = soFar.validations();
        m_rates = soFar.learningRate.size();
        m_epochs = soFar.epochSeconds.size();
    }
    void grown(const TrainingHistory &h) override
    {
        const std::lock_guard held(m_mutex);
        for (; m_iterations < h.iterations(); ++m_iterations) {
            m_news.iterations.push_back(h.training.row(m_iterations));
            m_news.norms.push_back(h.gradNorm[m_iterations]);
        }
        for (; m_validations < h.validations(); ++m_validations)
            m_news.validations.emplace_back(m_news.iterations.size(),
                                            h.validation.row(m_validations));
        for (; m_rates < h.learningRate.size(); ++m_rates)
            m_news.learningRates.push_back(h.learningRate[m_rates]);
        for (; m_epochs < h.epochSeconds.size(); ++m_epochs)
            m_news.epochSeconds.push_back(h.epochSeconds[m_epochs]);
        m_news.seconds = h.seconds;
        m_news.any = true;
    }

    [[nodiscard]] bool wantsPreview() const override { return m_wantsPreview; }
    void preview(TrainingPreview preview) override
    {
        const std::lock_guard held(m_mutex);
        m_news.preview = std::move(preview);
        m_news.any = true;
    }
    void setWantsPreview(bool on) { m_wantsPreview = on; }

private:
    std::atomic<bool> m_stop = false;
    std::atomic<bool> m_wantsPreview = false;
    std::mutex m_mutex;
    News m_news;
    std::size_t m_iterations = 0; ///< reported
    std::size_t m_validations = 0;
    std::size_t m_rates = 0;
    std::size_t m_epochs = 0;
    std::optional<Result<TrainingOutcome>> m_outcome; ///< read when the thread is over
};

TrainingSession::TrainingSession(TrainingRequest request, QObject *parent) :
    TrainingSession(std::variant<TrainingRequest, ResumeRequest>(request), request.target, parent)
{
}

TrainingSession::TrainingSession(ResumeRequest request, QObject *parent) :
    TrainingSession(std::variant<TrainingRequest, ResumeRequest>(request), request.target, parent)
{
}

TrainingSession::TrainingSession(std::variant<TrainingRequest, ResumeRequest> request,
                                 std::string target, QObject *parent) :
    QObject(parent),
    m_request(std::move(request)), m_target(std::move(target)),
    m_reporter(std::make_shared<Reporter>())
{
    m_timer.setInterval(ReportMs);
    connect(&m_timer, &QTimer::timeout, this, &TrainingSession::collect);
}

TrainingSession::~TrainingSession()
{
    if (!m_thread)
        return;
    m_reporter->requestStop();
    m_thread->wait();
}

void TrainingSession::start()
{
    if (m_state != State::Idle)
        return;
    m_thread = QThread::create([request = m_request, reporter = m_reporter] {
        try {
            reporter->setOutcome(std::visit(
                [&](const auto &r) {
                    if constexpr (std::is_same_v<std::decay_t<decltype(r)>, TrainingRequest>)
                        return runTraining(r, *reporter);
                    else
                        return resumeTraining(r, *reporter);
                },
                request));
        } catch (const std::exception &e) { // memory ran out
            reporter->setOutcome(Error{ErrorCode::Engine,
                                       std::string("Training failed: ") + e.what()
                                           + ". Close other programs, or use a smaller data set, "
                                             "batch or twin; the last checkpoint is kept.",
                                       ""});
        }
    });
    m_thread->setParent(this);
    connect(m_thread, &QThread::finished, this, &TrainingSession::onThreadEnded);
    setState(State::Loading);
    m_timer.start();
    m_thread->start(QThread::LowPriority); // the window and the simulator come first
}

void TrainingSession::stop()
{
    m_reporter->requestStop();
}

void TrainingSession::setPreview(bool on)
{
    m_reporter->setWantsPreview(on);
}

double TrainingSession::progress() const
{
    if (m_state != State::Training || m_iterationsInAll == 0)
        return isOver() ? 1.0 : m_share;
    return static_cast<double>(m_history.iterations()) / static_cast<double>(m_iterationsInAll);
}

double TrainingSession::secondsLeft() const
{
    const std::size_t done = m_history.iterations() - m_iterationsBefore;
    if (m_state != State::Training || done == 0)
        return -1.0;
    const double each = (m_history.seconds - m_secondsBefore) / static_cast<double>(done);
    return each
        * static_cast<double>(m_iterationsInAll
                              - static_cast<std::int64_t>(m_history.iterations()));
}

void TrainingSession::collect()
{
    const Reporter::News news = m_reporter->take();
    for (const std::string &sentence : news.remarks)
        Q_EMIT remarked(QString::fromStdString(sentence));
    if (!news.any)
        return;
    m_share = news.share;
    if (news.begun) {
        m_settings = news.settings;
        m_history = news.first;
        m_iterationsInAll = news.iterationsInAll;
        m_iterationsBefore = m_history.iterations();
        m_secondsBefore = m_history.seconds;
        m_firstBatch = news.firstBatch;
    }
    std::size_t validation = 0;
    for (std::size_t i = 0; i <= news.iterations.size(); ++i) {
        for (; validation < news.validations.size() && news.validations[validation].first == i;
             ++validation)
            m_history.addValidation(news.validations[validation].second, m_settings);
        if (i < news.iterations.size())
            m_history.addIteration(news.iterations[i], news.norms[i]);
    }
    for (const double rate : news.learningRates)
        m_history.learningRate.push_back(rate);
    for (const double seconds : news.epochSeconds)
        m_history.epochSeconds.push_back(seconds);
    if (news.seconds > 0.0)
        m_history.seconds = news.seconds;
    if (news.preview)
        m_preview = news.preview;
    setState(news.phase == TrainingPhase::Loading        ? State::Loading
                 : news.phase == TrainingPhase::Training ? State::Training
                                                         : State::Evaluating);
    Q_EMIT progressed();
}

void TrainingSession::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void TrainingSession::onThreadEnded()
{
    m_timer.stop();
    collect();
    m_thread->wait();
    const Result<TrainingOutcome> &outcome = m_reporter->outcome().value();
    if (outcome) {
        m_history = outcome->history;
        m_evaluation = outcome->evaluation;
        m_settings = outcome->settings;
        setState(outcome->finished ? State::Finished : State::Stopped);
    } else {
        m_error = outcome.error();
        setState(m_error.code == ErrorCode::Cancelled ? State::Stopped : State::Failed);
    }
    Q_EMIT ended();
}

} // namespace dt
