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

/// What the wizard has to know about the machine. Some are functions, so that it opens no files
/// itself.
struct WizardFacts
{
    int workers = 1;
    /// Seconds that one core needs for 1 ms of a neuron with so many segments.
    std::function<double(int segments)> secondsPerMs;
    /// Free bytes in a file's folder; nothing when the folder does not exist.
    std::function<std::optional<std::uint64_t>(const QString &path)> freeBytes;
    std::function<bool(const QString &path)> exists;
    /// Asks the person whether the settings may be lost.
    std::function<bool()> mayDiscard;
    QString folder; ///< where data sets go unless a person chooses another folder
};

/// What the pages of the wizard work on together.
struct WizardState
{
    DatasetPlan plan;
    Neuron projectNeuron;
    QString neuronTitle;
    QString target;
    QString suggestedTarget; ///< used until a person names another
    bool replace = false; ///< the person agreed to replace the target
    WizardFacts facts;

    [[nodiscard]] double expectedCandidates() const;
    [[nodiscard]] double expectedSeconds() const;
};

/// Leads from a neuron to a data set in six pages: neuron, inputs, size, quality filter, review,
/// run. The build continues when the wizard is closed.
class DatasetWizard : public QWizard
{
    Q_OBJECT

public:
    DatasetWizard(const Neuron &projectNeuron, WizardFacts facts, QWidget *parent = nullptr);

    enum Page { NeuronPageId, InputsPageId, SizePageId, FilterPageId, ReviewPageId, RunPageId };

    [[nodiscard]] const WizardState &state() const { return *m_state; }
    /// The panel of the run page, which is fed like the one of the Data page.
    [[nodiscard]] BuildPanel *buildPanel() const;
    /// Takes the answer to trialRequested().
    void setTrial(std::shared_ptr<const StoredSimulation> simulation, const QString &title);
    void setTrialProblem(const QString &sentence);
    /// The build could not be started: the run page says why.
    void setBuildProblem(const QString &sentence);
    /// Handles Escape, Cancel and the window's cross. Asks first when settings would be lost.
    void reject() override;

Q_SIGNALS:
    /// The person wants to see this candidate simulated.
    void trialRequested(const dt::DatasetPlan &plan, quint64 index);
    /// The run page is shown, so the build is to start.
    void buildRequested(const dt::DatasetPlan &plan, const QString &target, bool replace);

private:
    [[nodiscard]] bool isTouched() const;

    std::unique_ptr<WizardState> m_state;
    DatasetPlan m_untouched;
    InputsWizardPage *m_inputs;
    RunWizardPage *m_run;
};

} // namespace dt
