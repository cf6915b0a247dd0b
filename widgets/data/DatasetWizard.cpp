// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/DatasetWizard.h"

#include "widgets/data/BuildPanel.h"
#include "widgets/data/DatasetWizardPages.h"
#include "widgets/theme/Theme.h"

#include <QScreen>

#include <algorithm>

namespace dt {

namespace {

/// What a desktop puts around a window, or more.
constexpr int TitleBarPx = 44;

} // namespace

double WizardState::expectedCandidates() const
{
    // What the published data sets saw: one in four is rejected.
    return plan.wantedInAll() / (plan.filter.empty() ? 1.0 : 0.75);
}

double WizardState::expectedSeconds() const
{
    return expectedCandidates() * plan.durationMs * facts.secondsPerMs(plan.neuron.segmentCount())
        / std::max(1, facts.workers);
}

DatasetWizard::DatasetWizard(const Neuron &projectNeuron, WizardFacts facts, QWidget *parent) :
    QWizard(parent), m_state(std::make_unique<WizardState>())
{
    setObjectName(QStringLiteral("datasetWizard"));
    setWindowTitle(tr("New Data Set"));
    setWizardStyle(QWizard::ModernStyle);
    setOption(QWizard::NoBackButtonOnStartPage);
    setOption(QWizard::NoCancelButtonOnLastPage);
    setButtonText(QWizard::NextButton, tr("Next"));
    setButtonText(QWizard::BackButton, tr("Back"));
    // Large letters take a larger window, as far as the screen has it: the buttons are at the
    // bottom.
    const QFontMetrics metrics(theme::bodyFont());
    resize(QSize(std::max(1000, metrics.horizontalAdvance(QLatin1Char('0')) * 110),
                 std::max(640, metrics.height() * 36))
               .boundedTo(screen()->availableSize() - QSize(0, TitleBarPx))
               .expandedTo(QSize(1000, 0)));
    m_state->projectNeuron = projectNeuron;
    m_state->facts = std::move(facts);

    auto *neuron = new NeuronWizardPage(*m_state);
    m_inputs = new InputsWizardPage(*m_state);
    m_run = new RunWizardPage(*m_state);
    setPage(NeuronPageId, neuron);
    setPage(InputsPageId, m_inputs);
    setPage(SizePageId, new SizeWizardPage(*m_state));
    setPage(FilterPageId, new FilterWizardPage(*m_state));
    setPage(ReviewPageId, new ReviewWizardPage(*m_state));
    setPage(RunPageId, m_run);
    m_untouched = m_state->plan;
    connect(m_inputs, &InputsWizardPage::trialRequested, this, &DatasetWizard::trialRequested);
    connect(m_run, &RunWizardPage::shown, this,
            [this] { Q_EMIT buildRequested(m_state->plan, m_state->target, m_state->replace); });
}

/// The choice of a neuron is a click away; numbers and names are not.
bool DatasetWizard::isTouched() const
{
    DatasetPlan plan = m_state->plan;
    plan.neuron = m_untouched.neuron;
    return !(plan == m_untouched) || m_state->target != m_state->suggestedTarget;
}

void DatasetWizard::reject()
{
    if (QWidget *field = focusWidget())
        field->clearFocus(); // what is half typed counts
    // A build goes on without this window.
    if (currentId() == RunPageId || !isTouched() || !m_state->facts.mayDiscard
        || m_state->facts.mayDiscard())
        QWizard::reject();
    else if (QWidget *page = currentPage())
        page->setFocus();
}

BuildPanel *DatasetWizard::buildPanel() const
{
    return m_run->panel();
}

void DatasetWizard::setTrial(std::shared_ptr<const StoredSimulation> simulation,
                             const QString &title)
{
    m_inputs->setTrial(std::move(simulation), title);
}

void DatasetWizard::setTrialProblem(const QString &sentence)
{
    m_inputs->setTrialProblem(sentence);
}

void DatasetWizard::setBuildProblem(const QString &sentence)
{
    m_run->setProblem(sentence);
}

} // namespace dt
