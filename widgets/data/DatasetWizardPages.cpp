// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/DatasetWizardPages.h"

#include "engine/cell/Cable.h"
#include "engine/cell/Presets.h"
#include "widgets/cell/CellView.h"
#include "widgets/data/BuildPanel.h"
#include "widgets/data/RangesPanel.h"
#include "widgets/data/RecipeForm.h"
#include "widgets/data/SampleView.h"
#include "widgets/data/StatisticText.h"
#include "widgets/forms/Counted.h"
#include "widgets/forms/Digits.h"
#include "widgets/forms/FormScrollArea.h"
#include "widgets/theme/Theme.h"
#include "widgets/words/Text.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QStyleOptionButton>
#include <QVBoxLayout>

namespace dt {

namespace {

constexpr int PublishedSegments = 8;
constexpr int MostSegments = 2 * PublishedSegments;

QLabel *muted(const QString &words)
{
    auto *label = new QLabel(words);
    label->setWordWrap(true);
    theme::setRole(label, "muted");
    return label;
}

QString neuronSentence(const Neuron &neuron)
{
    const CableCard card = cableCard(neuron);
    QString synapses = NeuronWizardPage::tr("custom synapses");
    for (const SynapseType &type : synapseTypes()) {
        if (type.name == synapseTypeOf(neuron))
            synapses = text(type.title);
    }
    if (!hasOnePairPerSegment(neuron))
        synapses = countedText(
            static_cast<qsizetype>(neuron.synapses.size()),
            NeuronWizardPage::tr("own table of 1 synapse, events only where it is"),
            NeuronWizardPage::tr("own table of %1 synapses, events only where these are"));
    const QString segments = countedText(card.segments, NeuronWizardPage::tr("1 segment"),
                                         NeuronWizardPage::tr("%1 segments"));
    if (neuron.dendrites.size() > 1)
        return NeuronWizardPage::tr("%1 dendrites of %2 µm in all, the farthest tip %3 length "
                                    "constants from the soma, in %4 · %5")
            .arg(neuron.dendrites.size())
            .arg(card.totalLengthUm, 0, 'f', 0)
            .arg(lambdaText(card.electrotonicLength))
            .arg(segments, synapses);
    return NeuronWizardPage::tr("Dendrite of %1 µm, %2 length constants, in %3 · %4")
        .arg(card.totalLengthUm)
        .arg(lambdaText(card.electrotonicLength))
        .arg(segments, synapses);
}

} // namespace

NeuronWizardPage::NeuronWizardPage(WizardState &state) :
    m_state(state), m_group(new QButtonGroup(this)), m_cell(new CellView), m_facts(new QLabel)
{
    setTitle(tr("Neuron"));
    setSubTitle(tr("All simulations of a data set come from one neuron."));
    m_choices.push_back({tr("The neuron of this project"), tr("As the Neuron page shows it now."),
                         state.projectNeuron});
    m_choices.push_back({tr("NMDA cable, as published"),
                         tr("A long thin dendrite that computes by itself. The published data "
                            "set has 7,211 simulations to train on, 588 to validate, 605 to test."),
                         presetNeuron("nmda-cable").value()});
    m_choices.push_back({tr("AMPA point, as published"),
                         tr("A short fat dendrite, as good as a point. The published data set "
                            "has 3,145 simulations to train on, 269 to validate, 258 to test."),
                         presetNeuron("ampa-point").value()});
    auto *column = new QVBoxLayout(this);
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        auto *button = new QRadioButton(m_choices[i].title);
        button->setObjectName(QStringLiteral("neuronChoice%1").arg(i));
        m_group->addButton(button, static_cast<int>(i));
        auto *why = muted(m_choices[i].why);
        // Below the words of the button.
        QStyleOptionButton option;
        option.initFrom(button);
        const QRect words =
            style()->subElementRect(QStyle::SE_RadioButtonContents, &option, button);
        why->setContentsMargins(words.left(), 0, 0, theme::Grid);
        column->addWidget(button);
        column->addWidget(why);
    }
    m_cell->setMinimumHeight(160);
    m_facts->setWordWrap(true);
    m_facts->setObjectName(QStringLiteral("wizardNeuronLabel"));
    column->addWidget(m_cell, 1);
    column->addWidget(m_facts);
    connect(m_group, &QButtonGroup::idClicked, this,
            [this](int i) { choose(static_cast<std::size_t>(i)); });
    // What somebody made or chose is what they want. The neuron that every project begins with is
    // nobody's choice, and the published inputs, made for fewer segments, would drown it.
    choose(state.projectNeuron == defaultNeuron() ? 1 : 0);
}

void NeuronWizardPage::choose(std::size_t i)
{
    m_group->button(static_cast<int>(i))->setChecked(true);
    m_state.plan.neuron = m_choices[i].neuron;
    m_state.neuronTitle = m_choices[i].title;
    m_cell->setNeuron(m_choices[i].neuron);
    QString facts = neuronSentence(m_choices[i].neuron);
    const int segments = m_choices[i].neuron.segmentCount();
    if (segments > MostSegments)
        facts +=
            tr("<br>Every segment gets an input of its own, and the published ranges are made "
               "for %1 segments: %2 get %3 times as much in all. Make them sparser on the next "
               "page, or this neuron will fire all the time.")
                .arg(PublishedSegments)
                .arg(segments)
                .arg(static_cast<double>(segments) / PublishedSegments, 0, 'g', 2);
    m_facts->setText(facts);
}

InputsWizardPage::InputsWizardPage(WizardState &state) :
    m_state(state), m_form(new RecipeForm), m_sample(new SampleView),
    m_try(new QPushButton(tr("Simulate One")))
{
    setTitle(tr("Inputs"));
    setSubTitle(tr("Random events at every synapse. The ranges are those of the published data "
                   "sets unless you change them."));
    m_form->setObjectName(QStringLiteral("recipeForm"));
    m_sample->setObjectName(QStringLiteral("trialView"));
    auto *published = new QPushButton(tr("As Published"));
    published->setObjectName(QStringLiteral("recipePublishedButton"));
    m_try->setObjectName(QStringLiteral("trialButton"));
    m_try->setToolTip(tr("Simulate the neuron on one such input, to see what it is like"));
    m_sample->setEmptyText(tr("Simulate One shows what such an input does to the neuron."));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(published);
    buttons->addStretch(1);
    buttons->addWidget(m_try);
    auto *form = new QVBoxLayout;
    form->addWidget(new FormScrollArea(m_form), 1);
    form->addLayout(buttons);
    auto *row = new QHBoxLayout(this);
    row->setSpacing(theme::Grid * 2);
    row->addLayout(form);
    row->addWidget(m_sample, 1);
    connect(published, &QPushButton::clicked, this, [this] { m_form->setRecipe({}); });
    connect(m_form, &RecipeForm::changed, this, [this] {
        m_state.plan.recipe = m_form->recipe();
        m_try->setEnabled(isComplete());
        Q_EMIT completeChanged();
    });
    connect(m_try, &QPushButton::clicked, this, [this] {
        m_try->setEnabled(false);
        Q_EMIT trialRequested(m_state.plan, m_next++);
    });
}

void InputsWizardPage::initializePage()
{
    m_sample->setSample(m_state.plan.neuron, nullptr, {});
}

bool InputsWizardPage::isComplete() const
{
    return m_form->problem().isEmpty();
}

void InputsWizardPage::setTrial(std::shared_ptr<const StoredSimulation> simulation,
                                const QString &title)
{
    m_try->setEnabled(true);
    m_try->setText(tr("Another"));
    m_sample->setSample(m_state.plan.neuron, std::move(simulation), title);
}

void InputsWizardPage::setTrialProblem(const QString &sentence)
{
    m_try->setEnabled(true);
    m_sample->setEmptyText(sentence);
}

FilterWizardPage::FilterWizardPage(WizardState &state) :
    m_state(state), m_on(new QCheckBox(tr("Reject simulations outside these ranges"))),
    m_ranges(new RangesPanel)
{
    setTitle(tr("Quality Filter"));
    setSubTitle(tr("Silent and frantic simulations teach little. A rejected one is replaced, so "
                   "that you get as many as you asked for."));
    m_on->setObjectName(QStringLiteral("filterCheck"));
    m_on->setChecked(true);
    auto *published = new QPushButton(tr("As Published"));
    published->setObjectName(QStringLiteral("filterPublishedButton"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_on, 1);
    row->addWidget(published);
    auto *column = new QVBoxLayout(this);
    column->addLayout(row);
    m_ranges->setContentsMargins(0, 0, theme::Grid * 2, 0); // the scroll bar keeps its distance
    auto *scroll = new FormScrollArea(m_ranges);
    scroll->setMaximumWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 50);
    column->addWidget(scroll, 1);
    const auto commit = [this] {
        m_ranges->setEnabled(m_on->isChecked());
        m_state.plan.filter =
            m_on->isChecked() ? m_ranges->ranges() : std::vector<StatisticRange>{};
    };
    connect(published, &QPushButton::clicked, this, [this] {
        m_on->setChecked(true);
        m_ranges->setRanges(publishedFilter());
    });
    connect(m_on, &QCheckBox::toggled, this, commit);
    connect(m_ranges, &RangesPanel::changed, this, commit);
    m_ranges->setRanges(publishedFilter());
}

ReviewWizardPage::ReviewWizardPage(WizardState &state) :
    m_state(state), m_text(new QLabel), m_problem(new QLabel)
{
    setTitle(tr("Review"));
    setSubTitle(tr("What will be built, and what it takes."));
    setCommitPage(true);
    setButtonText(QWizard::CommitButton, tr("Build"));
    m_text->setObjectName(QStringLiteral("reviewLabel"));
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignTop);
    m_problem->setObjectName(QStringLiteral("reviewProblemLabel"));
    m_problem->setWordWrap(true);
    theme::setRole(m_problem, "problem");
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addSpacing(theme::Grid);
    column->addWidget(m_problem);
    column->addStretch(1);
}

void ReviewWizardPage::initializePage()
{
    const DatasetPlan &plan = m_state.plan;
    const auto line = [](const QString &name, const QString &value) {
        return QStringLiteral("<tr><td style='padding: 4px 24px 4px 0'>%1</td>"
                              "<td style='padding: 4px 0'>%2</td></tr>")
            .arg(name.toHtmlEscaped(), value.toHtmlEscaped());
    };
    QString words = QStringLiteral("<table>");
    words += line(tr("Neuron"),
                  m_state.neuronTitle + QStringLiteral(": ") + neuronSentence(plan.neuron));
    words += line(tr("Inputs"),
                  plan.recipe == InputRecipe{} ? tr("as published") : tr("your own ranges"));
    words += line(tr("Simulations"),
                  tr("%1 to train on, %2 to validate, %3 to test, %4 ms each")
                      .arg(countText(static_cast<std::uint64_t>(plan.wanted[0])),
                           countText(static_cast<std::uint64_t>(plan.wanted[1])),
                           countText(static_cast<std::uint64_t>(plan.wanted[2])),
                           countText(static_cast<std::uint64_t>(plan.durationMs))));
    words += line(tr("Quality filter"),
                  plan.filter.empty()                    ? tr("none")
                      : plan.filter == publishedFilter() ? tr("as published")
                                                         : tr("your own ranges"));
    words += line(tr("Seed"), QString::number(plan.seed));
    words += line(tr("File"), m_state.target);
    QString time = tr("about %1 on %2 processor cores")
                       .arg(durationText(m_state.expectedSeconds()))
                       .arg(m_state.facts.workers);
    if (!plan.filter.empty())
        time += tr("; longer where the filter rejects more than one in four");
    words += line(tr("Time"), time);
    const std::optional<std::uint64_t> free = m_state.facts.freeBytes(m_state.target);
    const std::uint64_t needed = estimateBuildBytes(plan);
    words += line(
        tr("Disk"),
        tr("about %1, and twice that while it is built; %2 are free")
            .arg(sizeText(estimateBytes(plan)), free ? sizeText(*free) : tr("an unknown amount")));
    m_text->setText(words + QStringLiteral("</table>"));

    const Status valid = validatePlan(plan);
    if (!valid)
        m_problem->setText(QString::fromStdString(valid.error().message));
    else if (free && *free < needed)
        m_problem->setText(tr("There is not enough room on the disk. Ask for fewer simulations or "
                              "choose another place."));
    else
        m_problem->clear();
    Q_EMIT completeChanged();
}

bool ReviewWizardPage::isComplete() const
{
    return m_problem->text().isEmpty();
}

RunWizardPage::RunWizardPage(WizardState &) : m_panel(new BuildPanel), m_problem(new QLabel)
{
    sayHow(BuildProgress::Phase::Preparing);
    connect(m_panel, &BuildPanel::phaseChanged, this, &RunWizardPage::sayHow);
    setFinalPage(true);
    setButtonText(QWizard::FinishButton, tr("Close"));
    m_problem->setObjectName(QStringLiteral("runProblemLabel"));
    m_problem->setWordWrap(true);
    theme::setRole(m_problem, "problem");
    m_problem->hide();
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_problem);
    column->addWidget(m_panel, 1);
}

void RunWizardPage::sayHow(BuildProgress::Phase phase)
{
    switch (phase) {
    case BuildProgress::Phase::Paused:
        setTitle(tr("Paused"));
        setSubTitle(tr("Nothing is simulated until you go on, here or on the Data page."));
        break;
    case BuildProgress::Phase::Finished:
        setTitle(tr("Finished"));
        setSubTitle(tr("The data set is on the Data page."));
        break;
    case BuildProgress::Phase::Cancelled:
        setTitle(tr("Stopped"));
        setSubTitle(tr("What is finished is kept. Go on here or on the Data page, now or later."));
        break;
    case BuildProgress::Phase::Failed:
        setTitle(tr("Not Built"));
        setSubTitle(tr("The build came to an end before it was finished."));
        break;
    default:
        setTitle(tr("Building"));
        setSubTitle(
            tr("You may close this window: the build goes on, and the Data page shows it."));
    }
}

void RunWizardPage::setProblem(const QString &sentence)
{
    sayHow(BuildProgress::Phase::Failed);
    m_problem->setText(sentence);
    m_problem->show();
    m_panel->hide();
}

void RunWizardPage::initializePage()
{
    // After the page is up, so that a build that fails at once has somewhere to say so.
    QMetaObject::invokeMethod(this, &RunWizardPage::shown, Qt::QueuedConnection);
}

} // namespace dt
