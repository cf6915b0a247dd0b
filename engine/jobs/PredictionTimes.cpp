// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/PredictionTimes.h"

#include "engine/jobs/InBackground.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TwinTiming.h"

#include <algorithm>
#include <utility>

namespace dt {

namespace {

/// Whether two networks take the same time: their scaling does not matter.
TwinSpec networkOf(TwinSpec spec)
{
    spec.scaling = {};
    return spec;
}

} // namespace

PredictionTimes::PredictionTimes(QObject *parent) : QObject(parent) { }

PredictionTimes::~PredictionTimes()
{
    if (m_stop)
        *m_stop = true;
}

std::optional<double> PredictionTimes::ms(const TwinSpec &spec) const
{
    const TwinSpec network = networkOf(spec);
    for (const Known &known : m_known) {
        if (known.spec == network)
            return known.ms;
    }
    return std::nullopt;
}

void PredictionTimes::put(const TwinSpec &spec, std::optional<double> ms)
{
    const auto known = std::find_if(m_known.begin(), m_known.end(),
                                    [&](const Known &k) { return k.spec == spec; });
    if (known == m_known.end())
        m_known.push_back({spec, ms});
    else
        known->ms = ms;
}

int PredictionTimes::left() const
{
    return static_cast<int>(m_waiting.size()) + (m_measured ? 1 : 0);
}

void PredictionTimes::want(const std::vector<TwinSpec> &specs)
{
    std::vector<TwinSpec> unknown;
    for (const TwinSpec &spec : specs) {
        const TwinSpec network = networkOf(spec);
        if (std::none_of(m_known.begin(), m_known.end(),
                         [&](const Known &k) { return k.spec == network; }))
            unknown.push_back(network);
    }
    measure(unknown);
}

void PredictionTimes::measure(const std::vector<TwinSpec> &specs)
{
    const int before = left();
    for (const TwinSpec &spec : specs) {
        const TwinSpec network = networkOf(spec);
        if (m_measured != network
            && std::find(m_waiting.begin(), m_waiting.end(), network) == m_waiting.end())
            m_waiting.push_back(network);
    }
    begin();
    if (left() != before)
        Q_EMIT changed();
}

void PredictionTimes::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    if (paused && m_measured) {
        // It would have less than a core to itself.
        *m_stop = true;
        m_waiting.push_front(*m_measured);
    }
    begin();
    Q_EMIT changed();
}

void PredictionTimes::begin()
{
    if (m_paused || m_measured || m_waiting.empty())
        return;
    m_measured = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_stop = std::make_shared<std::atomic<bool>>(false);
    inBackground(
        this,
        [spec = *m_measured, stop = m_stop]() -> Result<double> {
            const Result<MlModule *> ml = loadMlModule();
            if (!ml)
                return ml.error();
            return predictionMs(**ml, spec, [&] { return stop->load(); });
        },
        [this, stop = m_stop](const Result<double> &ms) {
            if (!*stop)
                put(*m_measured, ms ? std::optional(*ms) : std::nullopt);
            m_measured.reset();
            begin();
            Q_EMIT changed();
        });
}

} // namespace dt
