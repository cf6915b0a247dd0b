// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/synapses/SynapsePanel.h"

#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/forms/FormScrollArea.h"
#include "widgets/synapses/DistributePane.h"
#include "widgets/synapses/ElectrodePanel.h"
#include "widgets/synapses/KindForm.h"
#include "widgets/synapses/MarkEditor.h"
#include "widgets/synapses/PlacePalette.h"
#include "widgets/synapses/SynapseForm.h"
#include "widgets/synapses/SynapseTable.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace dt {

SynapsePanel::SynapsePanel(Document *document, CellSelection *selection, CellView *picture,
                           QWidget *parent) :
    QWidget(parent),
    m_document(document), m_selection(selection), m_palette(new PlacePalette(document)),
    m_hint(new QLabel), m_snap(new QCheckBox(tr("Snap to Segment Centres"))),
    m_tabs(new QTabWidget), m_kinds(new KindForm(document, selection)),
    m_distribute(new DistributePane(document, selection)),
    m_marks(new MarkEditor(picture, document, selection, this))
{
    setObjectName(QStringLiteral("synapsePanel"));
    m_snap->setObjectName(QStringLiteral("snapCheck"));
    m_snap->setToolTip(
        tr("What is put on the cell or dragged goes to the middle of the segment, where "
           "the simulation puts it anyway. Without it, places are exact."));
    m_snap->setChecked(true);
    m_hint->setObjectName(QStringLiteral("placeHintLabel"));
    m_hint->setWordWrap(true);
    theme::setRole(m_hint, "caption");
    m_tabs->setObjectName(QStringLiteral("synapseTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->addTab(tablePage(document, selection), tr("Synapses"));
    m_tabs->addTab(new FormScrollArea(m_kinds), tr("Kinds"));
    m_tabs->addTab(new FormScrollArea(m_distribute), tr("Distribute"));
    m_tabs->addTab(new FormScrollArea(new ElectrodePanel(document, selection)), tr("Electrodes"));

    auto *head = new QVBoxLayout;
    head->setContentsMargins(theme::Grid, theme::Grid, theme::Grid, 0);
    head->setSpacing(theme::Grid / 2);
    head->addWidget(m_palette);
    head->addWidget(m_snap);
    head->addWidget(m_hint);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Grid / 2);
    layout->addLayout(head);
    layout->addWidget(m_tabs, 1);

    m_marks->setSnap(m_snap->isChecked());
    connect(m_snap, &QCheckBox::toggled, m_marks, &MarkEditor::setSnap);
    connect(m_snap, &QCheckBox::toggled, m_distribute, &DistributePane::setSnap);
    connect(m_palette, &PlacePalette::missed, this, [this] {
        say(tr("Not put down: let go over the cell - over a dendrite, or for an electrode over the "
               "soma."));
    });
    connect(m_marks, &MarkEditor::placed, this,
            [this](const QString &sentence) { say(sentence, false); });
    connect(m_palette, &PlacePalette::chosenChanged, this, [this] {
        m_marks->setItem(m_palette->chosen());
        say({});
    });
    connect(m_palette, &PlacePalette::placeRequested, m_marks, &MarkEditor::placeAtSelection);
    connect(m_marks, &MarkEditor::itemDropped, this, [this] { m_palette->choose(std::nullopt); });
    connect(m_marks, &MarkEditor::told, this, [this](const QString &sentence) { say(sentence); });
    connect(m_distribute, &DistributePane::previewChanged, this,
            [this] { m_marks->setGhosts(m_distribute->preview()); });
    connect(selection, &CellSelection::changed, this, &SynapsePanel::follow);
    connect(document, &Document::changed, this, &SynapsePanel::count);
    follow();
    say({});
}

QWidget *SynapsePanel::tablePage(Document *document, CellSelection *selection)
{
    m_table = new SynapseTable(document, selection);
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("synapseCountLabel"));
    theme::setRole(m_count, "muted");
    m_problem = new QLabel;
    m_problem->setObjectName(QStringLiteral("synapseProblemLabel"));
    m_problem->setWordWrap(true);
    theme::setRole(m_problem, "caption");
    theme::setRole(m_problem, "problem");
    m_problem->hide();
    const auto button = [](const char *name, const QString &text, const QString &tip) {
        auto *made = new QPushButton(text);
        made->setObjectName(QLatin1String(name));
        made->setToolTip(tip);
        return made;
    };
    m_copy =
        button("copySynapsesButton", tr("Copy"), tr("Copy the selected rows as text (Ctrl+C)."));
    auto *paste =
        button("pasteSynapsesButton", tr("Paste"),
               tr("Add synapses from text: kind, dendrite, x, weight in each line (Ctrl+V)."));
    m_remove =
        button("removeSynapsesButton", tr("Remove"), tr("Remove the selected synapses (Delete)."));
    connect(m_copy, &QPushButton::clicked, m_table, &SynapseTable::copySelected);
    connect(paste, &QPushButton::clicked, m_table, &SynapseTable::paste);
    connect(m_remove, &QPushButton::clicked, m_table, &SynapseTable::removeSelected);
    connect(m_table, &SynapseTable::problem, this, [this](const QString &sentence) {
        m_problem->setText(sentence);
        m_problem->setVisible(!sentence.isEmpty());
    });

    auto *upper = new QWidget;
    auto *column = new QVBoxLayout(upper);
    column->setContentsMargins(theme::Grid, theme::Grid / 2, theme::Grid, 0);
    column->setSpacing(theme::Grid / 2);
    column->addWidget(m_table, 1);
    column->addWidget(m_problem);
    column->addWidget(m_count);
    auto *row = new QHBoxLayout;
    row->addWidget(m_copy);
    row->addWidget(paste);
    row->addWidget(m_remove);
    column->addLayout(row);
    auto *form = new SynapseForm(document, selection);
    connect(form, &SynapseForm::kindRequested, this, [this](int kind) {
        m_kinds->showKind(kind);
        showTab(Kinds);
    });
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(upper);
    auto *scroll = new FormScrollArea(form);
    upper->setMinimumHeight(fontMetrics().height() * 11);
    scroll->setMinimumHeight(fontMetrics().height() * 5);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({100, 100});
    return splitter;
}

// Mouse and keys of the picture belong to what is open beside it.
void SynapsePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_marks->setActive(true);
}

void SynapsePanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_marks->setActive(false);
    m_palette->choose(std::nullopt);
}

void SynapsePanel::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

bool SynapsePanel::wantsPlaces() const
{
    return m_palette->chosen() || m_tabs->currentIndex() == Distribute;
}

// What is selected has its numbers beside it.
void SynapsePanel::count()
{
    const std::size_t all = m_document->neuron().synapses.size();
    const bool synapses = m_selection->kind() == CellSelection::Kind::Synapses;
    const std::size_t selected = synapses ? m_selection->items().size() : 0;
    m_count->setText((all == 1 ? tr("1 synapse") : tr("%1 synapses").arg(all))
                     + (selected > 0 ? tr(", %1 selected").arg(selected) : QString()));
    m_copy->setEnabled(selected > 0);
    m_remove->setEnabled(selected > 0);
}

// What is selected has its numbers beside it.
void SynapsePanel::follow()
{
    count();
    if (m_selection->kind() == CellSelection::Kind::Synapses
        && m_tabs->currentIndex() == Electrodes)
        showTab(Table);
    else if (m_selection->kind() == CellSelection::Kind::Electrodes)
        showTab(Electrodes);
}

void SynapsePanel::say(const QString &sentence, bool problem)
{
    problem = problem && !sentence.isEmpty();
    theme::setRole(m_hint, "problem", problem);
    theme::setRole(m_hint, "muted", !problem);
    m_hint->setText(!sentence.isEmpty() ? sentence
                        : m_palette->chosen()
                        ? tr("Click the cell to put it there. Escape ends.")
                        : tr("Drag one onto the cell. Click selects, Ctrl with a click adds; Shift "
                             "with a drag beside the cell frames several, Delete removes."));
}

} // namespace dt
