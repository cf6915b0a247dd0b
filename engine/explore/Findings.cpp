// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Findings.h"

#include "engine/base/NumberText.h"
#include "engine/explore/PlannedPath.h"
#include "engine/explore/ResultText.h"

#include <algorithm>

namespace dt {

Findings::Findings(const ExperimentPlan &plan,
                   const std::vector<std::optional<TrialResult>> &measured) :
    m_plan(plan),
    m_measured(measured)
{
    for (std::size_t i = 0; i < plan.trials.size(); ++i)
        m_byFactors.emplace(plan.trials[i].factors, i);
}

const PotentialMeasures &Findings::signal(std::size_t i, std::size_t signal) const
{
    static const PotentialMeasures Nothing;
    if (i >= m_measured.size() || !m_measured[i] || signal >= m_measured[i]->voltages.size())
        return Nothing;
    return m_measured[i]->voltages[signal];
}

const std::vector<float> &Findings::rows(std::size_t i, std::size_t which) const
{
    static const std::vector<float> Nothing;
    if (i >= m_measured.size() || !m_measured[i] || which >= m_measured[i]->rowsMv.size())
        return Nothing;
    return m_measured[i]->rowsMv[which];
}

const ResultTrace *Findings::trace(std::size_t i, std::size_t voltage) const
{
    if (!has(i) || voltage >= m_measured[i]->traces.size()
        || m_measured[i]->traces[voltage].mv.empty())
        return nullptr;
    return &m_measured[i]->traces[voltage];
}

PotentialMeasures Findings::combined(const std::vector<std::pair<std::size_t, double>> &trials,
                                     std::size_t voltage) const
{
    std::vector<float> sum;
    const ResultTrace *first = nullptr;
    for (const auto &[i, times] : trials) {
        const ResultTrace *one = trace(i, voltage);
        if (!one || (first && one->mv.size() != first->mv.size()))
            return {};
        first = one;
        sum.resize(one->mv.size(), 0.0F);
        for (std::size_t k = 0; k < sum.size(); ++k)
            sum[k] += static_cast<float>(times) * one->mv[k];
    }
    if (!first)
        return {};
    MeasureWindow window;
    window.eventMs = -first->startMs;
    return measurePotential(sum, 1.0 / first->stepMs, window);
}

std::size_t Findings::find(const std::vector<double> &factors) const
{
    const auto it = m_byFactors.find(factors);
    return it == m_byFactors.end() ? size() : it->second;
}

bool Findings::complete(const std::vector<double> &first) const
{
    for (auto it = m_byFactors.lower_bound(first); it != m_byFactors.end(); ++it) {
        const std::vector<double> &factors = it->first;
        if (factors.size() < first.size()
            || !std::equal(first.begin(), first.end(), factors.begin()))
            break; // they are in order
        if (!has(it->second))
            return false;
    }
    return true;
}

std::vector<double> Findings::places(ExperimentResult &result) const
{
    std::vector<double> kept = plannedPlaces(m_plan);
    std::vector<std::string> left;
    std::size_t next = 0; // those kept are in order
    for (const double share : numbers("places")) {
        if (next < kept.size() && share == kept[next])
            ++next;
        else
            left.push_back(formatNumber(share));
    }
    constexpr std::size_t MostNamed = 6;
    if (!left.empty())
        result.remarks.push_back(
            (left.size() == 1 ? "1 place lies in the same segment as another and is left out"
                              : std::to_string(left.size())
                     + " places lie in the same segment as another and are left out")
            + (left.size() > MostNamed ? std::string() : ": " + listed(left))
            + ". More segments tell places apart.");
    return kept;
}

double Findings::number(const std::string &name) const
{
    return std::get<double>(m_plan.values.at(name));
}

const std::string &Findings::text(const std::string &name) const
{
    return std::get<std::string>(m_plan.values.at(name));
}

const std::vector<double> &Findings::numbers(const std::string &name) const
{
    return std::get<std::vector<double>>(m_plan.values.at(name));
}

DendritePath Findings::path() const
{
    return plannedPath(m_plan);
}

} // namespace dt
