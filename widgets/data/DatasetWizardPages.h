// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/data/BuildPanel.h"
#include "widgets/data/DatasetWizard.h"

#include <QWizardPage>

#include <vector>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace dt {

class CableCardView;
class CellView;
class QuantityField;
class RangesPanel;
class RecipeForm;
class SampleView;

// The pages of DatasetWizard. All work on one WizardState.

/// Asks for the neuron: the project's or a published one.
class NeuronWizardPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit NeuronWizardPage(WizardState &state);

private:
    void choose(std::size_t i);

    struct Choice
    {
        QString title;
        QString why;
        Neuron neuron;
    };
    WizardState &m_state;
    std::vector<Choice> m_choices;
    QButtonGroup *m_group;
    CellView *m_cell;
    QLabel *m_facts;
};

/// Asks for the random inputs, and shows one simulation with them.
class InputsWizardPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit InputsWizardPage(WizardState &state);

    void setTrial(std::shared_ptr<const StoredSimulation> simulation, const QString &title);
    void setTrialProblem(const QString &sentence);
    void initializePage() override;
    [[nodiscard]] bool isComplete() const override;

Q_SIGNALS:
    void trialRequested(const dt::DatasetPlan &plan, quint64 index);

private:
    WizardState &m_state;
    RecipeForm *m_form;
    SampleView *m_sample;
    QPushButton *m_try;
    quint64 m_next = 0;
};

/// Asks for the splits, the length of simulations, the seed and the file.
class SizeWizardPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit SizeWizardPage(WizardState &state);

    void initializePage() override;
    [[nodiscard]] bool isComplete() const override;
    bool validatePage() override;

private:
    void choosePreset(int i);
    void commit();

    struct Preset
    {
        QString title;
        std::array<int, 3> wanted;
        int durationMs;
    };
    WizardState &m_state;
    std::vector<Preset> m_presets;
    QComboBox *m_preset;
    std::array<QuantityField *, 3> m_counts{};
    QuantityField *m_duration;
    QuantityField *m_seed;
    QLineEdit *m_path;
    QLabel *m_estimate;
    QLabel *m_problem;
};

/// Asks which simulations are kept.
class FilterWizardPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit FilterWizardPage(WizardState &state);

private:
    WizardState &m_state;
    QCheckBox *m_on;
    RangesPanel *m_ranges;
};

/// Says everything in words, with the time and disk space that it will take.
class ReviewWizardPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit ReviewWizardPage(WizardState &state);

    void initializePage() override;
    [[nodiscard]] bool isComplete() const override;

private:
    WizardState &m_state;
    QLabel *m_text;
    QLabel *m_problem;
};

/// Shows the build itself.
class RunWizardPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit RunWizardPage(WizardState &state);

    [[nodiscard]] BuildPanel *panel() const { return m_panel; }
    void setProblem(const QString &sentence);
    void initializePage() override;

Q_SIGNALS:
    void shown();

private:
    void sayHow(BuildProgress::Phase phase);

    BuildPanel *m_panel;
    QLabel *m_problem;
};

} // namespace dt
