// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/input/StimulusForm.h"

#include "engine/base/ReadUnits.h"
#include "engine/document/Document.h"
#include "engine/explore/Stamps.h"
#include "widgets/forms/FieldProblem.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/input/EventPainter.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <type_traits>

namespace dt {

namespace {

constexpr double StampWeight = 8.0;

/// A line of a form: label, field, and the explanation as tool tip.
void addLine(QVBoxLayout *layout, const QString &label, QWidget *field)
{
    auto *text = new QLabel(label);
    text->setBuddy(field);
    text->setToolTip(field->toolTip());
    auto *row = new QHBoxLayout;
    row->addWidget(text, 1);
    row->addWidget(field);
    layout->addLayout(row);
}

std::uint64_t anySeed()
{
    return static_cast<std::uint64_t>(QRandomGenerator::global()->bounded(1, 100000));
}

/// As much of a seed as the field can show.
double shownSeed(std::uint64_t seed)
{
    return static_cast<double>(std::min<std::uint64_t>(seed, std::numeric_limits<int>::max()));
}

QComboBox *polarityCombo(const QString &name)
{
    auto *combo = new QComboBox;
    combo->setObjectName(name);
    combo->addItem(StimulusForm::tr("Excitatory"), int(Polarity::Excitatory));
    combo->addItem(StimulusForm::tr("Inhibitory"), int(Polarity::Inhibitory));
    return combo;
}

} // namespace

StimulusForm::StimulusForm(Document *document, EventPainter *painter, QWidget *parent) :
    QWidget(parent), m_document(document), m_painter(painter)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Grid * 2, theme::Grid, theme::Grid * 2, theme::Grid);
    layout->setSpacing(theme::Grid / 2);
    m_duration = addNumber(layout, QStringLiteral("duration"), tr("Duration"),
                           tr("How much of the neuron's time is simulated."), tr("ms"), 10,
                           MaxStimulusMs, 100);
    connect(m_duration, &QuantityField::edited, this, [this](double ms) {
        (void)m_document->edit(
            tr("Change Duration"),
            [ms](Project &project) { project.stimulus.durationMs = static_cast<int>(ms); },
            QStringLiteral("duration"));
        refresh();
    });
    addTrainingGroup(layout);
    addPaintGroup(layout);
    addSelectedGroup(layout);
    addRainGroup(layout);
    addAxonsGroup(layout);
    layout->addStretch(1);

    connect(document, &Document::changed, this, &StimulusForm::refresh);
    connect(painter, &EventPainter::selectionChanged, this, &StimulusForm::refreshSelected);
    restyle();
    refresh();
    updateBrush();
}

QuantityField *StimulusForm::addNumber(QVBoxLayout *layout, const QString &name,
                                       const QString &label, const QString &why,
                                       const QString &unit, double min, double max, double step)
{
    auto *field = new QuantityField;
    field->setObjectName(name + QStringLiteral("Field"));
    field->configure(min, max, step, 3, unit);
    field->setAccessibleName(label);
    field->setToolTip(tr("%1\nRange: %2").arg(why, field->rangeText()));
    field->setMinimumWidth(field->fontMetrics().horizontalAdvance(QStringLiteral("0")) * 13);
    addLine(layout, label, field);
    connect(field, &QuantityField::editingFinished, m_document, &Document::endMerge);
    addProblem(layout, field);
    return field;
}

void StimulusForm::addProblem(QVBoxLayout *layout, QuantityField *field)
{
    QLabel *problem = makeFieldProblem(field);
    layout->addWidget(problem);
    connect(m_document, &Document::changed, problem, &QWidget::hide);
}

QLabel *StimulusForm::problemLabel(const QString &name)
{
    auto *problem = new QLabel;
    problem->setObjectName(name);
    problem->setWordWrap(true);
    theme::setRole(problem, "caption");
    theme::setRole(problem, "problem");
    problem->hide();
    connect(m_document, &Document::changed, problem, &QWidget::hide);
    return problem;
}

QLabel *StimulusForm::addHeading(QVBoxLayout *layout, const QString &text)
{
    auto *heading = new QLabel(text);
    theme::setRole(heading, "heading");
    layout->addSpacing(theme::Grid / 2);
    layout->addWidget(heading);
    return heading;
}

void StimulusForm::addTrainingGroup(QVBoxLayout *layout)
{
    m_training = new QCheckBox(tr("Like Training Data"));
    m_training->setObjectName(QStringLiteral("trainingInputCheck"));
    theme::setRole(m_training, "heading");
    m_training->setToolTip(
        tr("Random input as in a data set of this neuron, for example to see a twin beside it. It "
           "stands alone: rain and axons go off and painted events are removed; undo brings them "
           "back."));
    layout->addSpacing(theme::Grid / 2);
    layout->addWidget(m_training);
    m_trainingFields = new QWidget;
    auto *column = new QVBoxLayout(m_trainingFields);
    column->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_trainingFields);
    addSeed(column, QStringLiteral("trainingSeedField"), QStringLiteral("trainingRerollButton"),
            tr("Seed of the input like training data"), m_trainingSeed, m_trainingDice);
    connect(m_training, &QCheckBox::clicked, this, [this](bool on) {
        if (on)
            m_painter->select(std::nullopt);
        (void)m_document->edit(on ? tr("Input Like Training Data") : tr("Turn Training Input Off"),
                               [on](Project &project) {
                                   Stimulus &stimulus = project.stimulus;
                                   stimulus.training.on = on;
                                   if (!on)
                                       return;
                                   stimulus.rain.on = false;
                                   stimulus.axons.on = false;
                                   stimulus.painted.clear();
                               });
    });
    connect(m_trainingSeed, &QuantityField::edited, this, [this](double seed) {
        (void)m_document->edit(
            tr("Change Seed"),
            [seed](Project &p) { p.stimulus.training.seed = static_cast<std::uint64_t>(seed); },
            QStringLiteral("training-seed"));
        refresh();
    });
    connect(m_trainingDice, &QToolButton::clicked, this, [this] {
        const std::uint64_t seed = anySeed();
        (void)m_document->edit(tr("Another Seed"),
                               [seed](Project &project) { project.stimulus.training.seed = seed; });
    });
}

void StimulusForm::addPaintGroup(QVBoxLayout *layout)
{
    addHeading(layout, tr("Paint"));
    m_brushPolarity = polarityCombo(QStringLiteral("brushPolarityCombo"));
    m_brushPolarity->setAccessibleName(tr("Kind of event a click paints"));
    m_brushPolarity->setToolTip(tr("What a click into the input plot adds."));
    addLine(layout, tr("A Click Adds"), m_brushPolarity);
    m_brushWeight = addNumber(layout, QStringLiteral("brushWeight"), tr("Weight"),
                              tr("Peak conductance of a painted event, in units of the synapse's "
                                 "own."),
                              {}, 0.5, MaxStimulusWeight, 0.5);
    m_brushWeight->setQuantity(StampWeight);
    connect(m_brushPolarity, &QComboBox::currentIndexChanged, this, &StimulusForm::updateBrush);
    connect(m_brushWeight, &QuantityField::edited, this, &StimulusForm::updateBrush);
    connect(m_document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (!event.everything) // the brush is of this project
            return;
        m_brushPolarity->setCurrentIndex(0);
        m_brushWeight->setQuantity(StampWeight);
        updateBrush();
    });

    auto *stampButton = new QPushButton(tr("Out and Back"));
    stampButton->setObjectName(QStringLiteral("stampButton"));
    stampButton->setToolTip(tr("Add the tutorial's sequence: nine events that walk to the tip - of "
                               "a tree the farthest one - and back, with the weight above."));
    m_clear = new QPushButton(tr("Clear"));
    m_clear->setObjectName(QStringLiteral("clearButton"));
    m_clear->setToolTip(tr("Remove all painted events. The rain stays."));
    auto *row = new QHBoxLayout;
    row->addWidget(stampButton, 1);
    row->addWidget(m_clear);
    layout->addLayout(row);
    connect(stampButton, &QPushButton::clicked, this, &StimulusForm::stamp);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_painter->select(std::nullopt);
        (void)m_document->edit(tr("Clear Painted Events"),
                               [](Project &project) { project.stimulus.painted.clear(); });
    });
}

void StimulusForm::addSelectedGroup(QVBoxLayout *layout)
{
    m_selected = new QWidget;
    auto *column = new QVBoxLayout(m_selected);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::Grid / 2);
    auto *row = new QHBoxLayout;
    auto *heading = new QLabel(tr("Selected Event"));
    theme::setRole(heading, "heading");
    m_remove = new QToolButton;
    m_remove->setObjectName(QStringLiteral("removeEventButton"));
    m_remove->setToolTip(tr("Remove this event (Delete)"));
    m_remove->setAccessibleName(tr("Remove event"));
    m_remove->setAutoRaise(true);
    row->addWidget(heading, 1);
    row->addWidget(m_remove);
    column->addSpacing(theme::Grid / 2);
    column->addLayout(row);
    m_eventPolarity = polarityCombo(QStringLiteral("eventPolarityCombo"));
    m_eventPolarity->setAccessibleName(tr("Kind of the selected event"));
    m_eventPolarity->setToolTip(tr("Which of the segment's synapses it arrives at."));
    addLine(column, tr("Kind"), m_eventPolarity);
    m_eventRow = addNumber(column, QStringLiteral("eventRow"), tr("Segment"),
                           tr("Where it arrives: segment 0 is next to the soma."), {}, 0, 1000, 1);
    m_eventTime = addNumber(column, QStringLiteral("eventTime"), tr("Time"), tr("When it arrives."),
                            tr("ms"), 0, MaxStimulusMs, 1);
    m_eventWeight = addNumber(column, QStringLiteral("eventWeight"), tr("Weight"),
                              tr("Its peak conductance, in units of the synapse's own."), {}, 0.0,
                              MaxStimulusWeight, 0.5);
    layout->addWidget(m_selected);

    connect(m_remove, &QToolButton::clicked, m_painter, &EventPainter::removeSelected);
    const auto change = [this](const QString &text, const QString &key, auto apply) {
        return [this, text, key, apply](auto value) {
            const std::optional<std::size_t> index = m_painter->selection();
            if (!index)
                return;
            (void)m_document->edit(
                text, [&](Project &p) { apply(p.stimulus.painted[*index], value); }, key);
            refreshSelected();
        };
    };
    connect(m_eventPolarity, &QComboBox::activated, this,
            change(tr("Change Event Kind"), {}, [](InputEvent &e, int index) {
                e.polarity = index == 0 ? Polarity::Excitatory : Polarity::Inhibitory;
            }));
    connect(m_eventRow, &QuantityField::edited, this,
            change(tr("Move Event"), QStringLiteral("event-row"),
                   [](InputEvent &e, double segment) { e.setRow(static_cast<int>(segment)); }));
    connect(m_eventTime, &QuantityField::edited, this,
            change(tr("Move Event"), QStringLiteral("event-time"),
                   [](InputEvent &e, double ms) { e.timeMs = static_cast<int>(ms); }));
    connect(m_eventWeight, &QuantityField::edited, this,
            change(tr("Change Weight"), QStringLiteral("event-weight"),
                   [](InputEvent &e, double weight) { e.weight = weight; }));
}

void StimulusForm::addSeed(QVBoxLayout *layout, const QString &seedName, const QString &diceName,
                           const QString &accessibleName, QuantityField *&seed, QToolButton *&dice)
{
    seed = new QuantityField;
    seed->setObjectName(seedName);
    seed->configure(0, std::numeric_limits<int>::max(), 1, 0, {});
    seed->setAccessibleName(accessibleName);
    seed->setToolTip(tr("The same seed gives the same events."));
    dice = new QToolButton;
    dice->setObjectName(diceName);
    dice->setToolTip(tr("Another seed"));
    dice->setAccessibleName(tr("Another seed"));
    dice->setAutoRaise(true);
    auto *label = new QLabel(tr("Seed"));
    label->setBuddy(seed);
    auto *row = new QHBoxLayout;
    row->addWidget(label, 1);
    row->addWidget(seed);
    row->addWidget(dice);
    layout->addLayout(row);
    addProblem(layout, seed);
    connect(seed, &QuantityField::editingFinished, m_document, &Document::endMerge);
}

void StimulusForm::addRainGroup(QVBoxLayout *layout)
{
    m_rain = new QCheckBox(tr("Random Rain"));
    m_rain->setObjectName(QStringLiteral("rainCheck"));
    theme::setRole(m_rain, "heading");
    m_rain->setToolTip(
        tr("Random events on all segments, the same again for the same seed. Rates that "
           "you do not change follow the neuron: fewer segments get more each."));
    layout->addSpacing(theme::Grid / 2);
    layout->addWidget(m_rain);
    m_rainFields = new QWidget;
    auto *column = new QVBoxLayout(m_rainFields);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::Grid / 2);
    layout->addWidget(m_rainFields);

    addSeed(column, QStringLiteral("seedField"), QStringLiteral("rerollButton"),
            tr("Seed of the rain"), m_seed, m_dice);

    const QString weightWhy = tr("Weights are drawn evenly between 0 and this.");
    const QString rateWhy = tr("Events a second on each segment, at most one a ms. 2 Hz is a "
                               "\"sparsity\" of 0.998: no event in 998 of 1000 ms.");
    m_excWeight = addNumber(column, QStringLiteral("rainExcWeight"), tr("Excitatory Weight, up to"),
                            weightWhy, {}, 0.0, MaxStimulusWeight, 0.5);
    m_excRate = addNumber(column, QStringLiteral("rainExcRate"), tr("Excitatory Rate"), rateWhy,
                          tr("Hz"), 0.0, MaxRainRateHz, 1.0);
    m_inhWeight = addNumber(column, QStringLiteral("rainInhWeight"), tr("Inhibitory Weight, up to"),
                            weightWhy, {}, 0.0, MaxStimulusWeight, 0.5);
    m_inhRate = addNumber(column, QStringLiteral("rainInhRate"), tr("Inhibitory Rate"), rateWhy,
                          tr("Hz"), 0.0, MaxRainRateHz, 1.0);
    auto *keep = new QPushButton(tr("Turn Rain Into Painted Events"));
    keep->setObjectName(QStringLiteral("keepRainButton"));
    keep->setToolTip(tr("Then every drop can be moved, weighted or removed."));
    column->addWidget(keep);
    m_keepProblem = problemLabel(QStringLiteral("keepRainWhyLabel"));
    column->addWidget(m_keepProblem);

    connect(m_rain, &QCheckBox::clicked, this, [this](bool on) {
        (void)m_document->edit(on ? tr("Turn Rain On") : tr("Turn Rain Off"),
                               [on](Project &project) { project.stimulus.rain.on = on; });
    });
    connect(m_seed, &QuantityField::edited, this, [this](double seed) {
        (void)m_document->edit(
            tr("Change Seed"),
            [seed](Project &p) { p.stimulus.rain.seed = static_cast<std::uint64_t>(seed); },
            QStringLiteral("seed"));
        refresh();
    });
    connect(m_dice, &QToolButton::clicked, this, [this] {
        const std::uint64_t seed = anySeed();
        (void)m_document->edit(tr("Another Seed"),
                               [seed](Project &project) { project.stimulus.rain.seed = seed; });
    });
    connect(keep, &QPushButton::clicked, this, &StimulusForm::keepRainAsEvents);
    const auto same = [](double value) { return value; };
    const auto bind = [this](QuantityField *field, double Rain::*member, double (*stored)(double)) {
        connect(field, &QuantityField::edited, this, [this, field, member, stored](double value) {
            (void)m_document->edit(
                tr("Change Rain"), [&](Project &p) { p.stimulus.rain.*member = stored(value); },
                field->objectName());
            refresh();
        });
    };
    bind(m_excWeight, &Rain::excMaxWeight, same);
    bind(m_excRate, &Rain::excSparsity, rainSparsity);
    bind(m_inhWeight, &Rain::inhMaxWeight, same);
    bind(m_inhRate, &Rain::inhSparsity, rainSparsity);
}

void StimulusForm::addAxonsGroup(QVBoxLayout *layout)
{
    m_axons = new QCheckBox(tr("Axons"));
    m_axons->setObjectName(QStringLiteral("axonsCheck"));
    theme::setRole(m_axons, "heading");
    m_axons->setToolTip(
        tr("Axons that fire at random and reach all segments, each with a weight of "
           "its own: segments are driven together, unlike by rain."));
    layout->addSpacing(theme::Grid / 2);
    layout->addWidget(m_axons);
    m_axonFields = new QWidget;
    auto *column = new QVBoxLayout(m_axonFields);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::Grid / 2);
    layout->addWidget(m_axonFields);

    addSeed(column, QStringLiteral("axonSeedField"), QStringLiteral("axonRerollButton"),
            tr("Seed of the axons"), m_axonSeed, m_axonDice);
    m_axonCount =
        addNumber(column, QStringLiteral("axonCount"), tr("Axons of Each Kind"),
                  tr("So many are excitatory, and as many inhibitory."), {}, 1, MaxAxons, 8);
    m_axonExcRate = addNumber(column, QStringLiteral("axonExcRate"), tr("Excitatory Rate"),
                              tr("How often each excitatory axon fires; at most once a ms."),
                              tr("Hz"), 0.0, MaxAxonRateHz, 1.0);
    m_axonInhRate = addNumber(column, QStringLiteral("axonInhRate"), tr("Inhibitory Rate"),
                              tr("How often each inhibitory axon fires; at most once a ms."),
                              tr("Hz"), 0.0, MaxAxonRateHz, 1.0);
    m_axonMultiplier =
        addNumber(column, QStringLiteral("axonMultiplier"), tr("Weight, up to"),
                  tr("Every axon reaches every segment with a weight between 0 and this."), {}, 0.0,
                  MaxAxonMultiplier, 0.5);
    m_axonPower = addNumber(
        column, QStringLiteral("axonPower"), tr("Power of Weights"),
        tr("Weights are a random number between 0 and 1 to this power, times the largest. "
           "1: even. Larger: few strong contacts, many weak ones."),
        {}, 0.0, MaxAxonPower, 0.5);
    m_axonText = new QLabel;
    m_axonText->setObjectName(QStringLiteral("axonTextLabel"));
    theme::setRole(m_axonText, "muted");
    theme::setRole(m_axonText, "caption");
    m_axonText->setWordWrap(true);
    column->addWidget(m_axonText);
    auto *alone = new QPushButton(tr("As in the Tutorial"));
    alone->setObjectName(QStringLiteral("tutorialAxonsButton"));
    alone->setToolTip(
        tr("The tutorial's hand-made input: %1 ms of these axons alone, 64 of each kind "
           "at 10 and 2 Hz.")
            .arg(AxonInputMs));
    column->addWidget(alone);

    connect(m_axons, &QCheckBox::clicked, this, [this](bool on) {
        (void)m_document->edit(on ? tr("Turn Axons On") : tr("Turn Axons Off"),
                               [on](Project &project) { project.stimulus.axons.on = on; });
    });
    const auto bind = [this](QuantityField *field, auto Axons::*member) {
        connect(field, &QuantityField::edited, this, [this, field, member](double value) {
            (void)m_document->edit(
                tr("Change Axons"),
                [&](Project &p) {
                    auto &number = p.stimulus.axons.*member;
                    number = static_cast<std::remove_reference_t<decltype(number)>>(value);
                },
                field->objectName());
            refresh();
        });
    };
    bind(m_axonSeed, &Axons::seed);
    bind(m_axonCount, &Axons::count);
    bind(m_axonExcRate, &Axons::excRateHz);
    bind(m_axonInhRate, &Axons::inhRateHz);
    bind(m_axonMultiplier, &Axons::multiplier);
    bind(m_axonPower, &Axons::power);
    connect(m_axonDice, &QToolButton::clicked, this, [this] {
        const std::uint64_t seed = anySeed();
        (void)m_document->edit(tr("Another Seed"),
                               [seed](Project &project) { project.stimulus.axons.seed = seed; });
    });
    connect(alone, &QPushButton::clicked, this, [this] {
        m_painter->select(std::nullopt);
        (void)m_document->edit(tr("Use the Tutorial's Axons"), [](Project &project) {
            Stimulus &stimulus = project.stimulus;
            const std::uint64_t seed = stimulus.axons.seed;
            stimulus.axons = {};
            stimulus.axons.on = true;
            stimulus.axons.seed = seed;
            stimulus.durationMs = AxonInputMs;
            stimulus.rain.on = false;
            stimulus.painted.clear();
        });
    });
}

void StimulusForm::refreshAxons()
{
    const Axons &axons = m_document->stimulus().axons;
    m_axons->setChecked(axons.on);
    m_axonFields->setVisible(axons.on);
    m_axonSeed->setQuantity(shownSeed(axons.seed));
    m_axonCount->setQuantity(axons.count);
    m_axonExcRate->setQuantity(axons.excRateHz);
    m_axonInhRate->setQuantity(axons.inhRateHz);
    m_axonMultiplier->setQuantity(axons.multiplier);
    m_axonPower->setQuantity(axons.power);
    m_axonText->setText(tr("Weights are %1 on average. Each segment gets %2 of them a second as "
                           "excitation and %3 as "
                           "inhibition.")
                            .arg(axons.multiplier / (axons.power + 1.0), 0, 'g', 3)
                            .arg(QString::number(axons.count * axons.excRateHz, 'f', 0),
                                 QString::number(axons.count * axons.inhRateHz, 'f', 0)));
}

void StimulusForm::updateBrush()
{
    m_painter->setBrush(m_brushPolarity->currentIndex() == 0 ? Polarity::Excitatory
                                                             : Polarity::Inhibitory,
                        m_brushWeight->value());
}

void StimulusForm::stamp()
{
    std::vector<InputEvent> events =
        outAndBack(m_document->neuron(), m_document->stimulus().durationMs, m_brushWeight->value());
    for (InputEvent &event : events)
        event.polarity =
            m_brushPolarity->currentIndex() == 0 ? Polarity::Excitatory : Polarity::Inhibitory;
    (void)m_document->edit(tr("Stamp Out and Back"), [&](Project &project) {
        paintEvents(project.stimulus.painted, events);
    });
}

void StimulusForm::keepRainAsEvents()
{
    const Stimulus &stimulus = m_document->stimulus();
    const std::vector<InputEvent> drops =
        rainEvents(stimulus.rain, m_document->neuron().segmentCount(), stimulus.durationMs);
    if (drops.size() + stimulus.painted.size() > MaxPaintedEvents) {
        m_keepProblem->setText(tr("That would be %1 painted events, and the most is %2. Make the "
                                  "run shorter or the rain sparser.")
                                   .arg(drops.size() + stimulus.painted.size())
                                   .arg(MaxPaintedEvents));
        m_keepProblem->show();
        return;
    }
    (void)m_document->edit(tr("Turn Rain Into Events"), [&](Project &project) {
        paintEvents(project.stimulus.painted, drops);
        project.stimulus.rain.on = false;
    });
}

void StimulusForm::refresh()
{
    const Stimulus &stimulus = m_document->stimulus();
    const Rain &rain = stimulus.rain;
    m_duration->setQuantity(stimulus.durationMs);
    m_clear->setEnabled(!stimulus.painted.empty());
    m_training->setChecked(stimulus.training.on);
    m_trainingFields->setVisible(stimulus.training.on);
    m_trainingSeed->setQuantity(shownSeed(stimulus.training.seed));
    m_rain->setChecked(rain.on);
    m_rainFields->setVisible(rain.on);
    m_seed->setQuantity(shownSeed(rain.seed));
    m_excWeight->setQuantity(rain.excMaxWeight);
    m_excRate->setQuantity(rainRateHz(rain.excSparsity));
    m_inhWeight->setQuantity(rain.inhMaxWeight);
    m_inhRate->setQuantity(rainRateHz(rain.inhSparsity));
    refreshAxons();
    m_eventRow->configure(0, m_document->neuron().segmentCount() - 1, 1, 0, {});
    m_eventTime->configure(0, stimulus.durationMs - 1, 1, 0, tr("ms"));
    refreshSelected();
}

void StimulusForm::refreshSelected()
{
    const std::optional<std::size_t> index = m_painter->selection();
    const std::vector<InputEvent> &painted = m_document->stimulus().painted;
    m_selected->setVisible(index && *index < painted.size());
    if (!m_selected->isVisibleTo(this))
        return;
    const InputEvent &event = painted[*index];
    m_eventPolarity->setCurrentIndex(event.polarity == Polarity::Excitatory ? 0 : 1);
    m_eventRow->setQuantity(event.row);
    m_eventTime->setQuantity(event.timeMs);
    m_eventWeight->setQuantity(event.weight);
}

void StimulusForm::restyle()
{
    for (QToolButton *dice : {m_dice, m_axonDice, m_trainingDice})
        dice->setIcon(themedIcon(QStringLiteral("dice"), palette()));
    m_remove->setIcon(themedIcon(QStringLiteral("trash"), palette()));
}

void StimulusForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_remove)
        restyle();
}

} // namespace dt
