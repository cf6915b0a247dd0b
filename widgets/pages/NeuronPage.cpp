// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/NeuronPage.h"

#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/CellInspector.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/DendriteTable.h"
#include "widgets/cell/TreeBar.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/cell/TreeTool.h"
#include "widgets/forms/ParameterForm.h"
#include "widgets/pages/CableCardView.h"
#include "widgets/shell/FoldPane.h"
#include "widgets/synapses/SynapsePanel.h"
#include "widgets/theme/Theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

NeuronPage::NeuronPage(Document *document, QWidget *parent) :
    QWidget(parent), m_document(document), m_selection(new CellSelection(document, this)),
    m_cell(new CellView), m_editor(new TreeEditor(document, m_selection, this)),
    m_tool(new TreeTool(m_cell, m_editor, this)), m_bar(new TreeBar(m_editor, m_tool)),
    m_card(new CableCardView), m_table(new DendriteTable(m_editor)),
    m_inspector(new CellInspector(m_editor)), m_form(new ParameterForm(document)),
    m_synapses(new SynapsePanel(document, m_selection, m_cell)), m_side(new QTabWidget),
    m_mode(new QButtonGroup(this)), m_tabs(new QTabBar), m_message(new QLabel),
    m_grow(new QPushButton(tr("Grow a Tree"))), m_stick(new QPushButton(tr("Back to a Stick"))),
    m_allMarks(new QCheckBox(tr("All Synapses"))), m_modes{CellLayout::Mode::Schematic,
                                                           CellLayout::Mode::Shape}
{
    setObjectName(QStringLiteral("neuronPage"));
    m_cell->setObjectName(QStringLiteral("neuronCellView"));
    m_cell->setContextMenuPolicy(Qt::CustomContextMenu);
    m_form->setTreeWidget(m_inspector);

    // Not a QTabWidget: that keeps the height of a card that was higher once.
    m_tabs->setObjectName(QStringLiteral("cellTabs"));
    m_tabs->setAccessibleName(tr("Below the picture"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Cable"));
    m_tabs->addTab(tr("Dendrites"));

    auto *left = new QWidget;
    m_left = new QVBoxLayout(left);
    m_left->setContentsMargins(theme::Grid, theme::Grid, theme::Grid, theme::Grid);
    m_left->setSpacing(theme::Grid);
    m_left->addWidget(makePicture());
    auto *below = new QVBoxLayout;
    below->setSpacing(0);
    below->addWidget(m_tabs);
    below->addWidget(m_card);
    below->addWidget(m_table, 1);
    m_left->addLayout(below);

    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    m_side->setObjectName(QStringLiteral("neuronSideTabs"));
    m_side->setDocumentMode(true);
    m_side->addTab(m_form, tr("Neuron"));
    m_side->addTab(m_synapses, tr("Synapses && Electrodes"));
    splitter->addWidget(new FoldPane(QStringLiteral("neuronSide"), tr("Parameters and Synapses"),
                                     m_side, FoldPane::Edge::Right));
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({820, 380});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(m_mode, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) {
            const auto shown = static_cast<CellLayout::Mode>(id);
            m_cell->setMode(shown);
            m_editor->setShapeShown(shown == CellLayout::Mode::Shape);
            m_modes[m_traced] = shown;
        }
    });
    // What is selected has its numbers beside it.
    connect(m_selection, &CellSelection::changed, this, [this] {
        const CellSelection::Kind kind = m_selection->kind();
        if (kind == CellSelection::Kind::Synapses || kind == CellSelection::Kind::Electrodes)
            m_side->setCurrentWidget(m_synapses);
    });
    const auto openParameters = [this] {
        if (!m_synapses->wantsPlaces())
            m_side->setCurrentWidget(m_form);
        if (m_selection->kind() == CellSelection::Kind::Soma)
            m_form->showGroup(ParameterGroup::Soma);
        else if (m_selection->kind() == CellSelection::Kind::Dendrites)
            m_form->showGroup(ParameterGroup::Dendrite);
    };
    connect(m_tool, &TreeTool::picked, this, openParameters);
    connect(m_table, &DendriteTable::picked, this, openParameters);
    connect(m_tool, &TreeTool::hint, this,
            [this](const QString &sentence) { showMessage(sentence, false); });
    connect(m_form, &ParameterForm::told, this,
            [this](const QString &sentence) { showMessage(sentence, false); });
    connect(m_editor, &TreeEditor::told, this,
            [this](const QString &sentence) { showMessage(sentence, false); });
    connect(m_editor, &TreeEditor::refused, this,
            [this](const QString &sentence) { showMessage(sentence, true); });
    connect(m_cell, &QWidget::customContextMenuRequested, this, &NeuronPage::showMenu);
    connect(m_tabs, &QTabBar::currentChanged, this, &NeuronPage::showTab);
    connect(m_grow, &QPushButton::clicked, this, [this] {
        setTree(true);
        m_cell->setFocus();
    });
    connect(m_stick, &QPushButton::clicked, this, [this] {
        if (!m_document->neuron().isBallAndStick())
            m_editor->backToStick();
        if (m_document->neuron().isBallAndStick())
            setTree(false);
    });
    connect(document, &Document::changed, this, &NeuronPage::onDocumentChanged);
    connect(m_selection, &CellSelection::changed, this, [this] {
        if (!m_told)
            showMessage({}, false);
    });
    refresh();
    showMessage({}, false);
    fitMessage();
}

NeuronPage::~NeuronPage()
{
    delete m_tool; // before the picture that it leaves
}

void NeuronPage::onDocumentChanged(const ChangeEvent &event)
{
    const bool stick = m_document->neuron().isBallAndStick();
    if (event.everything) { // a new project begins as simple as it is
        m_treeIn.clear();
        setTree(!stick);
        m_modes[false] = CellLayout::Mode::Schematic;
        m_modes[true] = CellLayout::Mode::Shape;
        m_mode->button(int(m_modes[m_traced]))->setChecked(true);
        m_allMarks->setChecked(false);
        m_side->setCurrentWidget(m_form);
        m_cell->zoomToFit();
    } else if (event.replayed) {
        const auto known = m_treeIn.find(m_document->state());
        setTree(known != m_treeIn.end() ? known->second : !stick);
    } else if (stick && !m_stickShown && !m_editor->isEditing()) {
        setTree(false); // a preset or another twin's neuron: not somebody who works on a tree
    }
    if (event.neuron || event.everything)
        showMessage({},
                    false); // what was said of the neuron as it was; what was done is told next
    refresh();
}

QFrame *NeuronPage::makePicture()
{
    auto *bar = new QHBoxLayout;
    bar->setSpacing(theme::Grid);
    const auto mode = [this](CellLayout::Mode which, const char *name, const QString &text,
                             const QString &tip) {
        auto *button = new QRadioButton(text);
        button->setObjectName(QLatin1String(name));
        button->setToolTip(tip);
        m_mode->addButton(button, int(which));
        return button;
    };
    auto *schematic = mode(CellLayout::Mode::Schematic, "schematicRadio", tr("Thickened"),
                           tr("Lengths to scale, thickness exaggerated so that you can see it."));
    auto *scale = mode(CellLayout::Mode::ToScale, "toScaleRadio", tr("To Scale"),
                       tr("True proportions: a dendrite 2 mm long and 1 µm thick is a hair."));
    auto *shape =
        mode(CellLayout::Mode::Shape, "shapeRadio", tr("Shape"),
             tr("As it lies in space, to scale. Dendrites without drawn points fan out."));
    schematic->setChecked(true);

    m_grow->setObjectName(QStringLiteral("growTreeButton"));
    m_grow->setToolTip(tr("Show the tools of a branched neuron: draw, split, reconnect branches. "
                          "Nothing changes yet."));
    m_stick->setObjectName(QStringLiteral("backToStickButton"));
    m_stick->setToolTip(tr("An unbranched tree becomes the one dendrite of a ball-and-stick."));
    m_allMarks->setObjectName(QStringLiteral("allSynapsesCheck"));
    m_allMarks->setToolTip(tr("Mark every synapse. Without it, marks that would crowd the cell are "
                              "left out; the nearer you zoom, the fewer are."));
    connect(m_allMarks, &QCheckBox::toggled, m_cell, &CellView::setAllMarksShown);
    bar->addWidget(m_allMarks);
    bar->addStretch(1);
    for (QWidget *button : {schematic, scale, shape})
        bar->addWidget(button);

    // In the corner of the picture, where a small window has room for them.
    auto *corner = new QHBoxLayout;
    corner->setSpacing(0);
    corner->addStretch(1);
    const auto zoom = [&](const char *name, const QString &text, const QString &tip, auto slot) {
        auto *button = new QToolButton;
        button->setObjectName(QLatin1String(name));
        button->setText(text);
        button->setAccessibleName(tip);
        button->setToolTip(tip);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, m_cell, slot);
        corner->addWidget(button);
    };
    zoom("zoomInButton", QStringLiteral("+"), tr("Zoom in (+, or the wheel)"), &CellView::zoomIn);
    zoom("zoomOutButton", QStringLiteral("−"), tr("Zoom out (-)"), &CellView::zoomOut);
    zoom("zoomFitButton", tr("Fit"), tr("Show all of it (0)"), &CellView::zoomToFit);
    auto *overlay = new QVBoxLayout(m_cell);
    overlay->setContentsMargins(2, 2, 2, 2);
    overlay->addLayout(corner);
    overlay->addStretch(1);
    m_cell->setMinimumHeight(130);

    m_message->setObjectName(QStringLiteral("treeMessageLabel"));
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    auto *picture = new QFrame;
    picture->setProperty("card", true);
    auto *layout = new QVBoxLayout(picture);
    layout->setContentsMargins(theme::Grid * 2, theme::Grid, theme::Grid * 2, theme::Grid);
    layout->setSpacing(theme::Grid / 2);
    layout->addLayout(bar);
    layout->addWidget(m_bar);
    layout->addWidget(m_cell, 1);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_message, 1);
    foot->addWidget(m_grow);
    foot->addWidget(m_stick);
    layout->addLayout(foot);
    return picture;
}

void NeuronPage::setTree(bool tree)
{
    const bool changed = tree != m_tree;
    m_tree = tree;
    std::erase_if(m_treeIn, [](const auto &known) { return known.first.expired(); });
    m_treeIn[m_document->state()] = tree;
    m_bar->setVisible(tree);
    m_grow->setVisible(!tree);
    m_stick->setVisible(tree && isUnbranched(m_document->neuron()));
    m_tool->setTreeTools(tree);
    if (changed)
        m_tabs->setCurrentIndex(tree ? 1 : 0);
    m_tabs->setVisible(tree); // a stick has the card only
    showTab();
    m_form->setTree(tree);
    // A table wants more room than a card.
    m_left->setStretch(0, tree ? 2 : 1);
    m_left->setStretch(1, tree ? 1 : 0);
    if (changed)
        showMessage({}, false);
}

void NeuronPage::showTab()
{
    const bool table = m_tree && m_tabs->currentIndex() == 1;
    m_card->setVisible(!table);
    m_table->setVisible(table);
}

void NeuronPage::refresh()
{
    const Neuron &neuron = m_document->neuron();
    m_cell->setNeuron(neuron);
    m_card->setNeuron(neuron);
    m_table->setNeuron(neuron);
    m_inspector->setNeuron(neuron);
    m_stickShown = neuron.isBallAndStick();
    setTree(m_tree || !m_stickShown);
    fitMode();
    m_allMarks->setVisible(m_cell->marks().size() > CellView::MostMarks);
    m_tool->showSelection();
}

void NeuronPage::fitMode()
{
    const std::vector<Dendrite> &dendrites = m_document->neuron().dendrites;
    const bool traced = std::any_of(dendrites.begin(), dendrites.end(),
                                    [](const Dendrite &d) { return !d.points.empty(); });
    if (traced == m_traced)
        return;
    m_traced = traced;
    m_mode->button(int(m_modes[traced]))->setChecked(true);
}

void NeuronPage::showMessage(const QString &sentence, bool problem)
{
    m_told = !sentence.isEmpty();
    QString text = sentence;
    if (!m_told)
        text = m_tool->isDrawing() ? m_tool->drawHint()
            : !m_tree              ? tr("Click the soma or the dendrite to see its parameters.")
            : m_selection->kind() == CellSelection::Kind::Dendrites
            ? tr("Drag a handle: circle for length, diamond for diameter, plus for a new branch.")
            : tr("Click a dendrite for its values and handles.");
    m_message->setText(text);
    m_message->setToolTip(text); // a small window may not have room for all of it
    theme::setRole(m_message, "problem", problem);
    theme::setRole(m_message, "muted", !problem);
}

// The same height for every sentence: the picture above does not move.
void NeuronPage::fitMessage()
{
    const QFontMetrics metrics(m_message->font());
    const bool narrow = m_cell->width() < metrics.averageCharWidth() * 90;
    m_message->setFixedHeight((narrow ? 3 : 2) * metrics.lineSpacing() + 2);
}

void NeuronPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitMessage();
}

void NeuronPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitMessage();
}

void NeuronPage::showMenu(const QPoint &at)
{
    // From the keyboard the menu belongs to what is selected.
    const std::optional<Place> place = m_cell->placeAt(at);
    if (place && place->dendrite == SomaIndex)
        m_selection->select(CellSelection::Kind::Soma);
    else if (place && !m_selection->contains(CellSelection::Kind::Dendrites, place->dendrite))
        m_selection->select(CellSelection::Kind::Dendrites, {place->dendrite}, place->x);
    else if (place && m_selection->single(CellSelection::Kind::Dendrites) >= 0)
        m_selection->select(CellSelection::Kind::Dendrites, {place->dendrite}, place->x);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("cellMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_tree)
        m_bar->fillMenu(menu);
    else
        menu->addAction(m_grow->text(), m_grow, &QPushButton::click);
    const Place shown = place.value_or(Place{});
    Q_EMIT menuAboutToShow(menu, shown.dendrite, shown.x);
    menu->popup(m_cell->mapToGlobal(at));
}

} // namespace dt
