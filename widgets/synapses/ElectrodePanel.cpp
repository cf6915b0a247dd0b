// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/synapses/ElectrodePanel.h"

#include "engine/cell/Validation.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/forms/NumberRow.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

QString sectionName(const Neuron &neuron, int dendrite)
{
    return dendrite == SomaIndex
        ? ElectrodePanel::tr("soma")
        : QString::fromStdString(neuron.dendrites[static_cast<std::size_t>(dendrite)].name);
}

QString sentence(const Electrode &e, const Neuron &neuron)
{
    const QString place = sectionName(neuron, e.dendrite);
    if (e.clamp == Clamp::Current)
        return ElectrodePanel::tr("%1: %2 nA in %3, %4 ms from %5 ms")
            .arg(QString::fromStdString(e.name))
            .arg(e.currentNa, 0, 'g', 4)
            .arg(place)
            .arg(e.durationMs, 0, 'g', 6)
            .arg(e.startMs, 0, 'g', 6);
    return ElectrodePanel::tr("%1: %2 to %3 mV in %4, %5 ms from %6 ms")
        .arg(QString::fromStdString(e.name))
        .arg(e.holdMv, 0, 'g', 4)
        .arg(e.stepMv, 0, 'g', 4)
        .arg(place)
        .arg(e.durationMs, 0, 'g', 6)
        .arg(e.startMs, 0, 'g', 6);
}

QHBoxLayout *labelled(const QString &text, QWidget *field)
{
    auto *label = new QLabel(text);
    label->setBuddy(field);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(field, 1);
    return row;
}

} // namespace

ElectrodePanel::ElectrodePanel(Document *document, CellSelection *selection, QWidget *parent) :
    QWidget(parent), m_document(document), m_selection(selection)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Grid, theme::Grid, theme::Grid, theme::Grid);
    layout->setSpacing(theme::Grid / 2);
    addList(layout);
    addForm(layout);
    layout->addStretch(1);
    connect(document, &Document::changed, this, &ElectrodePanel::refresh);
    connect(selection, &CellSelection::changed, this, &ElectrodePanel::refresh);
    refresh();
}

int ElectrodePanel::current() const
{
    return m_selection->single(CellSelection::Kind::Electrodes);
}

template <typename Function>
Status ElectrodePanel::edit(const QString &text, Function change, const QString &key)
{
    const int index = current();
    if (index < 0)
        return Done{};
    return m_document->edit(
        text,
        [&](Project &project) {
            change(project.stimulus.electrodes[static_cast<std::size_t>(index)]);
        },
        key);
}

void ElectrodePanel::addList(QVBoxLayout *layout)
{
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("electrodeList"));
    m_list->setAccessibleName(tr("Electrodes"));
    m_list->setToolTip(tr("The tick turns an electrode on and off."));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setTextElideMode(Qt::ElideRight);
    m_empty =
        new QLabel(tr("No electrode yet. Drag a current clamp or a voltage clamp from the palette "
                      "onto the cell: it injects current, or holds the voltage, in every run."));
    m_empty->setObjectName(QStringLiteral("electrodeEmptyLabel"));
    m_empty->setWordWrap(true);
    theme::setRole(m_empty, "muted");
    layout->addWidget(m_empty);
    layout->addWidget(m_list);
    connect(m_list, &QListWidget::itemSelectionChanged, this, [this] {
        std::vector<int> rows;
        for (const QListWidgetItem *item : m_list->selectedItems())
            rows.push_back(m_list->row(item));
        if (!rows.empty() || m_selection->kind() == CellSelection::Kind::Electrodes)
            m_selection->select(CellSelection::Kind::Electrodes, rows);
    });
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem *item) {
        const auto index = static_cast<std::size_t>(m_list->row(item));
        const bool on = item->checkState() == Qt::Checked;
        (void)m_document->edit(on ? tr("Turn Electrode On") : tr("Turn Electrode Off"),
                               [&](Project &p) { p.stimulus.electrodes[index].on = on; });
    });
}

void ElectrodePanel::addForm(QVBoxLayout *layout)
{
    m_form = new QWidget;
    layout->addWidget(m_form);
    auto *column = new QVBoxLayout(m_form);
    column->setContentsMargins(0, theme::Grid, 0, 0);
    column->setSpacing(theme::Grid / 2);
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("electrodeNameEdit"));
    m_name->setAccessibleName(tr("Name of the electrode"));
    m_name->setMaxLength(60);
    m_remove = new QPushButton(tr("Remove"));
    m_remove->setObjectName(QStringLiteral("removeElectrodeButton"));
    m_remove->setToolTip(tr("Remove the selected electrode."));
    QHBoxLayout *nameRow = labelled(tr("Name"), m_name);
    nameRow->addWidget(m_remove);
    column->addLayout(nameRow);
    m_nameWhy = new QLabel;
    m_nameWhy->setObjectName(QStringLiteral("electrodeNameWhyLabel"));
    m_nameWhy->setWordWrap(true);
    theme::setRole(m_nameWhy, "caption");
    theme::setRole(m_nameWhy, "problem");
    m_nameWhy->hide();
    column->addWidget(m_nameWhy);
    m_on = new QCheckBox(tr("On"));
    m_on->setObjectName(QStringLiteral("electrodeOnCheck"));
    m_on->setToolTip(tr("An electrode that is off is as if it were not there."));
    column->addWidget(m_on);
    m_clamp = new QComboBox;
    m_clamp->setObjectName(QStringLiteral("electrodeClampCombo"));
    m_clamp->setAccessibleName(tr("What the electrode does"));
    m_clamp->setToolTip(
        tr("A current clamp injects current; a voltage clamp holds the voltage with "
           "whatever current that takes."));
    m_clamp->addItems({tr("Current Clamp"), tr("Voltage Clamp")});
    column->addLayout(labelled(tr("Type"), m_clamp));
    m_section = new QComboBox;
    m_section->setObjectName(QStringLiteral("electrodeSectionCombo"));
    m_section->setAccessibleName(tr("Where the electrode sits"));
    m_section->setToolTip(tr("The soma, or a dendrite."));
    column->addLayout(labelled(tr("Place"), m_section));
    addFields(column);

    connect(m_name, &QLineEdit::editingFinished, this, &ElectrodePanel::rename);
    connect(m_name, &QLineEdit::textEdited, m_nameWhy, &QWidget::hide);
    connect(m_remove, &QPushButton::clicked, this, &ElectrodePanel::remove);
    connect(m_on, &QCheckBox::clicked, this, [this](bool on) {
        (void)edit(on ? tr("Turn Electrode On") : tr("Turn Electrode Off"),
                   [on](Electrode &e) { e.on = on; });
    });
    connect(m_clamp, &QComboBox::activated, this, [this](int index) {
        (void)edit(tr("Change Type of Electrode"), [index](Electrode &e) {
            e.clamp = index == 0 ? Clamp::Current : Clamp::Voltage;
        });
    });
    connect(m_section, &QComboBox::activated, this, [this](int index) {
        (void)edit(tr("Move Electrode"), [index](Electrode &e) { e.dendrite = index - 1; });
    });
}

void ElectrodePanel::addFields(QVBoxLayout *layout)
{
    const auto add = [&](const char *name, const QString &title, const QString &why,
                         const NumberRow::Range &range, double Electrode::*member, For shownFor,
                         bool expert = false) {
        auto *row = new NumberRow(m_document, QLatin1String(name), title, why, range);
        layout->addWidget(row);
        m_fields.push_back({row, member, shownFor, expert});
        connect(row, &NumberRow::edited, this, [this, row, member](double value) {
            const Status done = edit(
                tr("Change Electrode"), [&](Electrode &e) { e.*member = value; },
                row->field()->objectName());
            const int index = current();
            if (!done && index >= 0)
                row->refuse(QString::fromStdString(done.error().message),
                            m_document->stimulus().electrodes[static_cast<std::size_t>(index)]
                                .*member);
        });
    };
    const QString ms = QStringLiteral("ms");
    const QString mv = QStringLiteral("mV");
    const QString na = QStringLiteral("nA");
    add("electrodeX", tr("x on the Dendrite"), tr("0 is its near end, 1 its far end."),
        {0.0, 1.0, 0.01}, &Electrode::x, For::Both);
    add("electrodeStart", tr("Start"), tr("When the step begins."),
        {0.0, double(MaxDurationMs), 10.0, ms}, &Electrode::startMs, For::Both);
    add("electrodeDuration", tr("Duration"), tr("How long the step lasts."),
        {0.0, double(MaxDurationMs), 10.0, ms}, &Electrode::durationMs, For::Both);
    add("electrodeCurrent", tr("Current"), tr("Of the step. Positive current depolarises."),
        {-MaxElectrodeNa, MaxElectrodeNa, 0.05, na}, &Electrode::currentNa, For::Current);
    add("electrodeStep", tr("Step"), tr("The voltage that is held during the step."),
        {-MaxElectrodeMv, MaxElectrodeMv, 5.0, mv}, &Electrode::stepMv, For::Voltage);
    add("electrodeHold", tr("Holding"), tr("The voltage that is held before and after."),
        {-MaxElectrodeMv, MaxElectrodeMv, 5.0, mv}, &Electrode::holdMv, For::Voltage);
    add("electrodeSeries", tr("Series Resistance"),
        tr("Between amplifier and cell: more of it, and the clamp is slower and less exact."),
        {0.001, 10000.0, 0.1, QStringLiteral("Mohm")}, &Electrode::seriesMohm, For::Voltage, true);
    m_expert = new QCheckBox(tr("Show All Parameters"));
    m_expert->setObjectName(QStringLiteral("electrodeExpertCheck"));
    m_expert->setToolTip(tr("Also show the series resistance."));
    layout->addWidget(m_expert);
    connect(m_expert, &QCheckBox::toggled, this, &ElectrodePanel::showFields);
}

void ElectrodePanel::rename()
{
    const int index = current();
    if (index < 0)
        return;
    const std::string before =
        m_document->stimulus().electrodes[static_cast<std::size_t>(index)].name;
    const QString name = m_name->text().trimmed();
    const Status done =
        edit(tr("Rename Electrode"), [&](Electrode &e) { e.name = name.toStdString(); });
    if (done)
        return;
    m_name->setText(QString::fromStdString(before));
    m_nameWhy->setText(
        name.isEmpty() ? tr("An electrode needs a name.")
                       : tr("There is another electrode named \"%1\". Names differ.").arg(name));
    m_nameWhy->show();
}

void ElectrodePanel::remove()
{
    if (m_selection->kind() != CellSelection::Kind::Electrodes)
        return;
    const std::vector<int> items = m_selection->items();
    m_selection->clear();
    (void)m_document->edit(tr("Remove Electrode"), [&](Project &project) {
        for (auto it = items.rbegin(); it != items.rend(); ++it)
            project.stimulus.electrodes.erase(project.stimulus.electrodes.begin() + *it);
    });
}

void ElectrodePanel::refresh()
{
    const std::vector<Electrode> &electrodes = m_document->stimulus().electrodes;
    const Neuron &neuron = m_document->neuron();
    m_empty->setVisible(electrodes.empty());
    m_list->setVisible(!electrodes.empty());
    {
        const QSignalBlocker blocker(m_list);
        while (m_list->count() > static_cast<int>(electrodes.size()))
            delete m_list->takeItem(m_list->count() - 1);
        for (std::size_t i = 0; i < electrodes.size(); ++i) {
            const int row = static_cast<int>(i);
            if (row == m_list->count())
                m_list->addItem(new QListWidgetItem);
            QListWidgetItem *item = m_list->item(row);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            item->setText(sentence(electrodes[i], neuron));
            item->setSizeHint({0, fontMetrics().height() + theme::Grid}); // room for the tick
            item->setToolTip(item->text());
            item->setCheckState(electrodes[i].on ? Qt::Checked : Qt::Unchecked);
            item->setSelected(m_selection->contains(CellSelection::Kind::Electrodes, row));
        }
    }
    // As high as it has to be, up to a limit.
    m_list->setFixedHeight(std::clamp(static_cast<int>(electrodes.size()), 2, 6)
                               * std::max(m_list->sizeHintForRow(0), fontMetrics().height())
                           + 2 * m_list->frameWidth() + theme::Grid);
    const int index = current();
    m_form->setVisible(index >= 0 && index < static_cast<int>(electrodes.size()));
    if (!m_form->isVisibleTo(this))
        return;
    const Electrode &e = electrodes[static_cast<std::size_t>(index)];
    m_nameWhy->hide();
    m_name->setText(QString::fromStdString(e.name));
    m_on->setChecked(e.on);
    m_clamp->setCurrentIndex(e.clamp == Clamp::Current ? 0 : 1);
    QStringList sections{tr("Soma")};
    for (const Dendrite &d : neuron.dendrites)
        sections << QString::fromStdString(d.name);
    const QSignalBlocker blocker(m_section);
    m_section->clear();
    m_section->addItems(sections);
    m_section->setCurrentIndex(e.dendrite + 1);
    for (const Field &field : m_fields)
        field.row->setQuantity(e.*field.member);
    showFields();
}

void ElectrodePanel::showFields()
{
    const int index = current();
    if (index < 0)
        return;
    const bool inSoma =
        m_document->stimulus().electrodes[static_cast<std::size_t>(index)].dendrite == SomaIndex;
    const bool voltage =
        m_document->stimulus().electrodes[static_cast<std::size_t>(index)].clamp == Clamp::Voltage;
    for (const Field &field : m_fields)
        field.row->setVisible(
            (field.member != &Electrode::x || !inSoma)
            && (field.shownFor == For::Both || (field.shownFor == For::Voltage) == voltage)
            && (!field.expert || m_expert->isChecked()));
    m_expert->setVisible(voltage);
}

} // namespace dt
