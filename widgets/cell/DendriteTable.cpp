// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/DendriteTable.h"

#include "engine/cell/Cable.h"
#include "engine/cell/LambdaRule.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Validation.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/DendriteModel.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/forms/ElidedLabel.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace dt {

namespace {

/// Fields with units in the cells.
class CellDelegate : public QStyledItemDelegate
{
public:
    CellDelegate(TreeEditor *editor, QObject *parent) :
        QStyledItemDelegate(parent), m_editor(editor)
    {
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        const auto number = [&](const char *parameter, double min) {
            const ParameterInfo &info = *findParameter(parameter);
            auto *field = new QuantityField(parent);
            field->configure(min, info.max, info.step, info.decimals,
                             QString::fromUtf8(info.unit.data(), qsizetype(info.unit.size())));
            field->setFrame(false);
            connect(field, &QuantityField::refused, m_editor, &TreeEditor::refused);
            return field;
        };
        const Neuron &neuron = m_editor->document()->neuron();
        const bool drawn =
            !neuron.dendrites[static_cast<std::size_t>(sourceRow(index))].points.empty();
        switch (index.column()) {
        case DendriteModel::Parent: {
            auto *combo = new QComboBox(parent);
            combo->addItem(tr("soma"), SomaIndex);
            const int row = sourceRow(index);
            for (int i = 0; i < static_cast<int>(neuron.dendrites.size()); ++i) {
                if (!isPartOfBranch(neuron, i, row)) // that would be a loop
                    combo->addItem(
                        QString::fromStdString(neuron.dendrites[static_cast<std::size_t>(i)].name),
                        i);
            }
            return combo;
        }
        case DendriteModel::At: {
            auto *field = new QuantityField(parent);
            field->configure(0.0, 1.0, 0.05, 2, {});
            field->setFrame(false);
            connect(field, &QuantityField::refused, m_editor, &TreeEditor::refused);
            return field;
        }
        case DendriteModel::Length:
            return number("dend_L_um", drawn ? MinDrawnUm : findParameter("dend_L_um")->min);
        case DendriteModel::Diameter:
            return number("dend_diam_um", drawn ? MinDrawnUm : findParameter("dend_diam_um")->min);
        case DendriteModel::Segments:
            return number("num_segments", 1.0);
        default:
            return QStyledItemDelegate::createEditor(parent, option, index);
        }
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        if (auto *field = qobject_cast<QuantityField *>(editor)) {
            field->setQuantity(index.data(Qt::EditRole).toDouble());
            field->selectAll();
        } else if (auto *combo = qobject_cast<QComboBox *>(editor)) {
            combo->setCurrentIndex(combo->findData(index.data(Qt::EditRole)));
        } else {
            QStyledItemDelegate::setEditorData(editor, index);
        }
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override
    {
        if (auto *field = qobject_cast<QuantityField *>(editor)) {
            field->interpretText();
            model->setData(index, field->value());
        } else if (auto *combo = qobject_cast<QComboBox *>(editor)) {
            model->setData(index, combo->currentData());
        } else {
            QStyledItemDelegate::setModelData(editor, model, index);
        }
    }

private:
    static int sourceRow(const QModelIndex &index)
    {
        const auto *sorted = static_cast<const QSortFilterProxyModel *>(index.model());
        return sorted->mapToSource(index).row();
    }

    TreeEditor *m_editor;
};

QString segments(int count)
{
    return count == 1 ? DendriteTable::tr("1 segment")
                      : DendriteTable::tr("%1 segments").arg(count);
}

} // namespace

DendriteTable::DendriteTable(TreeEditor *editor, QWidget *parent) :
    QWidget(parent), m_editor(editor), m_model(new DendriteModel(editor, this)),
    m_sorted(new QSortFilterProxyModel(this)), m_table(new QTableView), m_share(new QuantityField),
    m_verdict(new ElidedLabel)
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(DendriteModel::SortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName(QStringLiteral("dendriteTable"));
    m_table->setAccessibleName(tr("Dendrites"));
    m_table->setModel(m_sorted);
    m_table->setItemDelegate(new CellDelegate(editor, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed);
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder); // as in the list
    m_sorted->sort(-1);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (const int column : {DendriteModel::Name, DendriteModel::Parent})
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    m_table->horizontalHeader()->setMinimumSectionSize(44);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->setTabKeyNavigation(false); // Tab goes on to the next widget
    m_table->setWordWrap(false);
    m_table->setMinimumHeight(84);
    m_table->setFrameShape(QFrame::NoFrame);

    m_share->configure(0.01, 2.0, 0.05, 2, QStringLiteral("λ"));
    m_share->setQuantity(UsualShareOfLambda);
    m_share->setObjectName(QStringLiteral("lambdaShareField"));
    m_share->setAccessibleName(tr("Longest segment"));
    m_share->setToolTip(
        tr("Longest segment in length constants: 0.1 is usual, above 0.2 is coarse.\n"
           "Range: %1")
            .arg(m_share->rangeText()));
    auto *label = new QLabel(tr("Segments of at most"));
    label->setBuddy(m_share);
    auto *apply = new QPushButton(tr("Cut"));
    apply->setObjectName(QStringLiteral("lambdaApplyButton"));
    apply->setToolTip(
        tr("Gives the selected dendrites, or all if none is selected, as many segments "
           "as that takes. Random input falls on every segment: more segments, more "
           "input."));
    m_verdict->setObjectName(QStringLiteral("coarseDendritesLabel"));
    theme::setRole(m_verdict, "caption");
    connect(apply, &QPushButton::clicked, this, &DendriteTable::applyRule);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_share);
    row->addWidget(apply);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Grid, theme::Grid / 2, theme::Grid, theme::Grid);
    layout->setSpacing(theme::Grid / 2);
    layout->addWidget(m_table, 1);
    layout->addLayout(row);
    layout->addWidget(m_verdict);

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &DendriteTable::takeSelection);
    connect(editor->selection(), &CellSelection::changed, this, &DendriteTable::showSelection);
}

// Names stay readable in large text.
void DendriteTable::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        m_table->horizontalHeader()->setMinimumSectionSize(
            fontMetrics().horizontalAdvance(QStringLiteral("dend_1")) + theme::Grid);
}

void DendriteTable::setNeuron(const Neuron &neuron)
{
    m_syncing = true;
    m_model->setNeuron(neuron);
    m_syncing = false;
    showSelection();
    const CableCard card = cableCard(neuron);
    const int coarse = static_cast<int>(card.coarseDendrites.size());
    theme::setRole(m_verdict, "warning", coarse > 0);
    theme::setRole(m_verdict, "muted", coarse == 0);
    if (coarse == 0) {
        m_verdict->setText(
            (card.segments == 1 ? tr("%1, of %2 λ.") : tr("%1, the longest of %2 λ."))
                .arg(segments(card.segments))
                .arg(card.segmentLambda, 0, 'g', 2));
        return;
    }
    const Dendrite &first =
        neuron.dendrites[static_cast<std::size_t>(card.coarseDendrites.front().dendrite)];
    const QString name = QString::fromStdString(first.name);
    const int needs = card.coarseDendrites.front().needs;
    m_verdict->setText(coarse == 1
                           ? tr("\"%1\" is coarse: it has %2 and needs %3.")
                                 .arg(name, segments(first.segments))
                                 .arg(needs)
                           : tr("%1 of %2 dendrites are coarse; \"%3\" has %4 and needs %5.")
                                 .arg(coarse)
                                 .arg(neuron.dendrites.size())
                                 .arg(name, segments(first.segments))
                                 .arg(needs));
}

void DendriteTable::showSelection()
{
    if (m_syncing)
        return;
    m_syncing = true;
    const CellSelection *selection = m_editor->selection();
    QItemSelection rows;
    QModelIndex first;
    if (selection->kind() == CellSelection::Kind::Dendrites) {
        for (const int d : selection->items()) {
            const QModelIndex index = m_sorted->mapFromSource(m_model->index(d, 0));
            if (!index.isValid())
                continue;
            rows.select(index, index.siblingAtColumn(DendriteModel::ColumnCount - 1));
            if (!first.isValid())
                first = index;
        }
    }
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (first.isValid()) {
        m_table->selectionModel()->setCurrentIndex(
            first.siblingAtColumn(std::max(0, m_table->currentIndex().column())),
            QItemSelectionModel::NoUpdate);
        m_table->scrollTo(first);
    }
    m_syncing = false;
}

void DendriteTable::takeSelection()
{
    if (m_syncing)
        return;
    std::vector<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows.push_back(m_sorted->mapToSource(index).row());
    m_syncing = true; // the table shows it already
    m_editor->selection()->select(CellSelection::Kind::Dendrites, rows);
    m_syncing = false;
    Q_EMIT picked();
}

void DendriteTable::applyRule()
{
    const CellSelection *selection = m_editor->selection();
    std::vector<int> chosen;
    if (selection->kind() == CellSelection::Kind::Dendrites)
        chosen = selection->items();
    const double share = m_share->value();
    m_editor->edit(tr("Cut by the Lambda Rule"),
                   [&](Neuron &n) { return setSegmentsByLambda(n, chosen, share); });
}

} // namespace dt
