// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetPlan.h"
#include "engine/dataset/StoredSimulation.h"

#include <QWizard>

#include <functional>
#include <memory>
#include <optional>

namespace dt {

class BuildPanel;
class InputsWizardPage;
class RunWizardPage;

/// What the wizard has to know of the machine; functions, so that it opens nothing itself.
struct WizardFacts
{
    int workers = 1;
    /// Seconds one core needs for 1 ms of a neuron with so many segments.
    std::function<double(int segments)> secondsPerMs;
    /// Free bytes in a file's folder; nothing when the folder does not exist.
    std::function<std::optional<std::uint64_t>(const QString &path)> freeBytes;
    std::function<bool(const QString &path)> exists;
    /// Asks whether what somebody has set may be lost.
    std::function<bool()> mayDiscard;
    QString folder; ///< where data sets go unless somebody chooses
};

/// What the pages of the wizard work on together.
struct WizardState
{
    DatasetPlan plan;
    Neuron projectNeuron;
    QString neuronTitle;
    QString target;
    QString suggestedTarget; ///< before somebody named another
    bool replace = false; ///< the person agreed to replace the target
    WizardFacts facts;

    [[nodiscard]] double expectedCandidates() const;
    [[nodiscard]] double expectedSeconds() const;
};

/// From a neuron to a data set in six pages: neuron, inputs, size, quality filter, review, run.
/// The build goes on when the wizard is closed.
class DatasetWizard : public QWizard
{
    Q_OBJECT

public:
    DatasetWizard(const Neuron &projectNeuron, WizardFacts facts, QWidget *parent = nullptr);

    enum Page { NeuronPageId, InputsPageId, SizePageId, FilterPageId, ReviewPageId, RunPageId };

    [[nodiscard]] const WizardState &state() const { return *m_state; }
    /// The panel of the run page, to be fed like the one of the Data page.
    [[nodiscard]] BuildPanel *buildPanel() const;
    /// The answer to trialRequested().
    void setTrial(std::shared_ptr<const StoredSimulation> simulation, const QString &title);
    void setTrialProblem(const QString &sentence);
    /// The build could not be started: the run page says why.
    void setBuildProblem(const QString &sentence);
    /// Escape, Cancel and the window's cross. Asks first when that would lose what somebody has
    /// set.
    void reject() override;

Q_SIGNALS:
    /// Simulate this candidate, to be looked at.
    void trialRequested(const dt::DatasetPlan &plan, quint64 index);
    /// The run page has come up.
    void buildRequested(const dt::DatasetPlan &plan, const QString &target, bool replace);

private:
    [[nodiscard]] bool isTouched() const;

    std::unique_ptr<WizardState> m_state;
    DatasetPlan m_untouched;
    InputsWizardPage *m_inputs;
    RunWizardPage *m_run;
};

} // namespace dt
