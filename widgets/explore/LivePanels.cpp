// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/LivePanels.h"

#include "engine/cell/Frusta.h"
#include "engine/cell/Parameters.h"
#include "engine/document/Document.h"
#include "widgets/forms/FieldProblem.h"
#include "widgets/forms/ParameterRow.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"
#include "widgets/words/Text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr double UsualRateHz = 50.0;
constexpr double SliderNa = 1.0;
constexpr int SliderNaSteps = 100;
constexpr int SliderLowMv = -120;
constexpr int SliderHighMv = 40;

QVBoxLayout *columnOf(QWidget *panel, const QString &title)
{
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::Grid / 2);
    auto *heading = new QLabel(title);
    theme::setRole(heading, "heading");
    column->addWidget(heading);
    return column;
}

void addLine(QVBoxLayout *column, const QString &label, QWidget *field)
{
    auto *text = new QLabel(label);
    text->setBuddy(field);
    text->setToolTip(field->toolTip());
    auto *row = new QHBoxLayout;
    row->addWidget(text);
    row->addWidget(field, 1);
    column->addLayout(row);
}

Electrode atStart()
{
    Electrode electrode;
    electrode.on = false;
    electrode.startMs = 0.0;
    electrode.currentNa = 0.2;
    return electrode;
}

} // namespace

// --- the finger
// ------------------------------------------------------------------------------------

LiveFingerPanel::LiveFingerPanel(Document *document, QWidget *parent) :
    QWidget(parent), m_document(document), m_kind(new QComboBox), m_weight(new QuantityField),
    m_train(new QCheckBox(tr("Hold for a train of"))), m_rate(new QuantityField)
{
    QVBoxLayout *column = columnOf(this, tr("Finger"));
    m_kind->setObjectName(QStringLiteral("liveKindCombo"));
    m_kind->setAccessibleName(tr("Kind of synapse"));
    m_kind->setToolTip(tr("Which synapse an event opens where you click."));
    m_kind->setMinimumContentsLength(8);
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    addLine(column, tr("Kind"), m_kind);
    m_weight->setObjectName(QStringLiteral("liveWeightField"));
    m_weight->setAccessibleName(tr("Weight"));
    m_weight->configure(0.0, 1000.0, 1.0, 1, {});
    m_weight->setQuantity(5.0);
    m_weight->setToolTip(
        tr("How many synapses of this kind open at once (%1).").arg(m_weight->rangeText()));
    addLine(column, tr("Weight"), m_weight);
    column->addWidget(makeFieldProblem(m_weight));
    m_train->setObjectName(QStringLiteral("liveTrainCheck"));
    m_train->setToolTip(tr("Holding the mouse goes on poking, at this rate."));
    m_train->setChecked(true);
    m_rate->setObjectName(QStringLiteral("liveRateField"));
    m_rate->setAccessibleName(tr("Rate of the train"));
    m_rate->configure(1.0, 1000.0, 5.0, 1, QStringLiteral("Hz"));
    m_rate->setQuantity(UsualRateHz);
    m_rate->setToolTip(
        tr("Events per second of the neuron's time, so that the dendrite sees the same "
           "train at every pace (%1).")
            .arg(m_rate->rangeText()));
    auto *train = new QHBoxLayout;
    train->addWidget(m_train);
    train->addWidget(m_rate, 1);
    column->addLayout(train);
    column->addWidget(makeFieldProblem(m_rate));
    connect(m_train, &QCheckBox::toggled, m_rate, &QWidget::setEnabled);
    connect(m_train, &QCheckBox::toggled, this, &LiveFingerPanel::changed);
    connect(m_weight, &QuantityField::edited, this, &LiveFingerPanel::changed);
    connect(m_rate, &QuantityField::edited, this, &LiveFingerPanel::changed);
    connect(document, &Document::changed, this, &LiveFingerPanel::refresh);
    refresh();
}

void LiveFingerPanel::refresh()
{
    QStringList names;
    for (const SynapseKind &kind : m_document->neuron().synapseKinds)
        names << (kind.polarity == Polarity::Excitatory ? tr("▲ %1") : tr("▼ %1"))
                     .arg(text(kind.name));
    QStringList shown;
    for (int i = 0; i < m_kind->count(); ++i)
        shown << m_kind->itemText(i);
    if (names == shown)
        return;
    const QString chosen = m_kind->currentText();
    m_kind->clear();
    m_kind->addItems(names);
    m_kind->setCurrentIndex(std::max(0, m_kind->findText(chosen)));
}

void LiveFingerPanel::forgetKind()
{
    m_kind->setCurrentIndex(0);
}

int LiveFingerPanel::kind() const
{
    return m_kind->currentIndex();
}

double LiveFingerPanel::weight() const
{
    return m_weight->value();
}

double LiveFingerPanel::rateHz() const
{
    return holdsForTrain() ? trainHz() : 0.0;
}

double LiveFingerPanel::trainHz() const
{
    return m_rate->value();
}

bool LiveFingerPanel::holdsForTrain() const
{
    return m_train->isChecked();
}

void LiveFingerPanel::setFinger(double weight, double trainHz, bool holdsForTrain)
{
    m_weight->setQuantity(weight);
    m_rate->setQuantity(trainHz);
    m_train->setChecked(holdsForTrain);
}

// --- the electrode
// ---------------------------------------------------------------------------------

LiveElectrodePanel::LiveElectrodePanel(QWidget *parent) :
    QWidget(parent), m_on(new QCheckBox(tr("On"))), m_clamp(new QComboBox), m_place(new QLabel),
    m_what(new QLabel), m_slider(new QSlider(Qt::Horizontal)), m_field(new QuantityField)
{
    m_electrode = atStart();
    QVBoxLayout *column = columnOf(this, tr("Electrode"));
    m_on->setObjectName(QStringLiteral("liveElectrodeCheck"));
    m_on->setToolTip(tr("The electrode works for as long as this is checked."));
    m_clamp->setObjectName(QStringLiteral("liveClampCombo"));
    m_clamp->setAccessibleName(tr("Kind of electrode"));
    m_clamp->setToolTip(tr("Inject a current, or hold a voltage."));
    m_clamp->addItems({tr("Current clamp"), tr("Voltage clamp")});
    auto *first = new QHBoxLayout;
    first->addWidget(m_on);
    first->addWidget(m_clamp, 1);
    column->addLayout(first);
    m_slider->setObjectName(QStringLiteral("liveElectrodeSlider"));
    m_field->setObjectName(QStringLiteral("liveElectrodeField"));
    auto *second = new QHBoxLayout;
    second->addWidget(m_what);
    second->addWidget(m_field, 1);
    column->addLayout(second);
    column->addWidget(m_slider);
    column->addWidget(makeFieldProblem(m_field));
    auto *move = new QPushButton(tr("Move to Selection"));
    move->setObjectName(QStringLiteral("liveMoveElectrodeButton"));
    move->setToolTip(tr("Puts the electrode where the picture's selection is. It can be dragged "
                        "there, too."));
    theme::setRole(m_place, "caption");
    theme::setRole(m_place, "muted");
    m_place->setWordWrap(true);
    auto *third = new QHBoxLayout;
    third->addWidget(m_place, 1);
    third->addWidget(move);
    column->addLayout(third);

    connect(m_on, &QCheckBox::toggled, this, [this](bool on) {
        m_electrode.on = on;
        Q_EMIT changed();
    });
    connect(m_clamp, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_electrode.clamp = index == 0 ? Clamp::Current : Clamp::Voltage;
        showClamp();
        Q_EMIT changed();
    });
    connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
        take(m_electrode.clamp == Clamp::Current ? SliderNa * position / SliderNaSteps
                                                 : double(position));
    });
    connect(m_field, &QuantityField::edited, this, &LiveElectrodePanel::take);
    connect(move, &QPushButton::clicked, this, &LiveElectrodePanel::moveRequested);
    showClamp();
    setPlace({}, tr("soma"));
}

void LiveElectrodePanel::showClamp()
{
    const QSignalBlocker blocker(m_slider);
    if (m_electrode.clamp == Clamp::Current) {
        m_what->setText(tr("Current"));
        m_field->configure(-MaxElectrodeNa, MaxElectrodeNa, 0.05, 2, QStringLiteral("nA"));
        m_field->setQuantity(m_electrode.currentNa);
        m_slider->setRange(-SliderNaSteps, SliderNaSteps);
        m_slider->setValue(
            static_cast<int>(std::lround(m_electrode.currentNa / SliderNa * SliderNaSteps)));
    } else {
        m_what->setText(tr("Voltage"));
        m_field->configure(-MaxElectrodeMv, MaxElectrodeMv, 5.0, 1, QStringLiteral("mV"));
        m_field->setQuantity(m_electrode.stepMv);
        m_slider->setRange(SliderLowMv, SliderHighMv);
        m_slider->setValue(static_cast<int>(std::lround(m_electrode.stepMv)));
    }
    const QString tip = m_electrode.clamp == Clamp::Current
        ? tr("Current into the cell; positive depolarises (%1).").arg(m_field->rangeText())
        : tr("The voltage that the electrode holds (%1).").arg(m_field->rangeText());
    for (QWidget *widget : {static_cast<QWidget *>(m_slider), static_cast<QWidget *>(m_field)}) {
        widget->setAccessibleName(m_what->text());
        widget->setToolTip(tip);
    }
}

void LiveElectrodePanel::take(double value)
{
    double &own = m_electrode.clamp == Clamp::Current ? m_electrode.currentNa : m_electrode.stepMv;
    if (value == own)
        return;
    own = value;
    showClamp();
    Q_EMIT changed();
}

void LiveElectrodePanel::setPlace(const Place &place, const QString &name)
{
    m_electrode.dendrite = place.dendrite;
    m_electrode.x = place.x;
    m_place->setText(tr("At the %1").arg(name));
}

void LiveElectrodePanel::reset()
{
    const QSignalBlocker quiet(this);
    m_on->setChecked(false);
    m_clamp->setCurrentIndex(0);
    m_electrode = atStart();
    showClamp();
    setPlace({}, tr("soma"));
}

void LiveElectrodePanel::setOn(bool on)
{
    m_on->setChecked(on);
}

// --- the neuron
// ------------------------------------------------------------------------------------

LiveNeuronPanel::LiveNeuronPanel(Document *document, QWidget *parent) :
    QWidget(parent), m_document(document), m_branch(new QLabel)
{
    QVBoxLayout *column = columnOf(this, tr("Neuron"));
    addRow(column, "Rm_ohm_cm2");
    addRow(column, "Ra_ohm_cm");
    addRow(column, "multiplicative_SKE2_factor");
    theme::setRole(m_branch, "caption");
    theme::setRole(m_branch, "muted");
    m_branch->setObjectName(QStringLiteral("liveBranchLabel"));
    column->addWidget(m_branch);
    addRow(column, "dend_L_um", DendriteSize{&Dendrite::lengthUm, setLengthUm});
    addRow(column, "dend_diam_um", DendriteSize{&Dendrite::diamUm, setDiamUm});
    connect(document, &Document::changed, this, &LiveNeuronPanel::refresh);
    refresh();
}

void LiveNeuronPanel::addRow(QVBoxLayout *column, const char *parameter,
                             const std::optional<DendriteSize> &size)
{
    auto *row = new ParameterRow(*findParameter(parameter));
    // The same component as on the Neuron page, under names of its own.
    for (QWidget *widget : row->findChildren<QWidget *>()) {
        if (!widget->objectName().isEmpty())
            widget->setObjectName(QStringLiteral("live_") + widget->objectName());
    }
    // Compact: the explanation is in the tool tip; what is wrong with an input is shown.
    auto *why =
        row->findChild<QLabel *>(QStringLiteral("live_%1WhyLabel").arg(QLatin1String(parameter)));
    auto *field = row->findChild<QuantityField *>();
    why->hide();
    connect(field, &QuantityField::refused, why, &QWidget::show);
    connect(field, &QuantityField::settled, why, &QWidget::hide);
    const Row added{row, size};
    m_rows.push_back(added);
    column->addWidget(row);
    connect(row, &ParameterRow::edited, this, [this, added](double v) { commit(added, v); });
    connect(row, &ParameterRow::gestureEnded, m_document, &Document::endMerge);
}

void LiveNeuronPanel::commit(const Row &row, double value)
{
    const ParameterInfo &parameter = row.field->parameter();
    const auto dendrite = static_cast<std::size_t>(m_dendrite);
    Status set = Done{};
    const Status edited = m_document->edit(
        tr("Change %1")
            .arg(QString::fromUtf8(parameter.label.data(),
                                   static_cast<qsizetype>(parameter.label.size()))),
        [&](Project &project) {
            if (!row.size)
                set = setParameter(project.neuron, parameter, value);
            else if (dendrite < project.neuron.dendrites.size())
                row.size->set(project.neuron.dendrites[dendrite], value);
        },
        QStringLiteral("live-%1-%2")
            .arg(QString::fromUtf8(parameter.name.data(),
                                   static_cast<qsizetype>(parameter.name.size())))
            .arg(m_dendrite));
    const Status &outcome = set ? edited : set;
    if (!outcome) {
        refresh();
        row.field->refuse(text(outcome.error().message));
    }
}

void LiveNeuronPanel::setDendrite(int dendrite)
{
    if (dendrite == m_dendrite)
        return;
    m_dendrite = dendrite;
    m_document->endMerge();
    refresh();
}

void LiveNeuronPanel::refresh()
{
    const Neuron &neuron = m_document->neuron();
    const Neuron standard = defaultNeuron();
    const bool any = !neuron.dendrites.empty();
    m_dendrite =
        std::clamp(m_dendrite, 0, std::max(0, static_cast<int>(neuron.dendrites.size()) - 1));
    const auto dendrite = static_cast<std::size_t>(m_dendrite);
    m_branch->setText(any ? tr("Dendrite \"%1\"").arg(text(neuron.dendrites[dendrite].name))
                          : tr("There is no dendrite."));
    for (const auto &[field, size] : m_rows) {
        const ParameterInfo &parameter = field->parameter();
        if (size)
            field->setEnabled(any);
        const double value =
            size && any ? neuron.dendrites[dendrite].*(size->um) : parameter.get(neuron);
        field->setQuantity(value, parameter.get(standard));
    }
}

} // namespace dt
