// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/synapses/SynapseTable.h"

#include "engine/cell/synapses/SynapseEdit.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/synapses/SynapseTableModel.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QToolTip>

#include <algorithm>

namespace dt {

namespace {

/// Names are chosen from a list, numbers are typed.
class CellDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &,
                          const QModelIndex &index) const override
    {
        const auto *model = static_cast<const SynapseTableModel *>(index.model());
        const QStringList choices = model->choices(index.column());
        if (choices.isEmpty()) {
            auto *line = new QLineEdit(parent);
            line->setObjectName(QStringLiteral("synapseCellEdit"));
            line->setFrame(false);
            line->setAlignment(Qt::AlignRight);
            return line;
        }
        auto *combo = new QComboBox(parent);
        combo->setObjectName(QStringLiteral("synapseCellCombo"));
        combo->addItems(choices);
        combo->setFrame(false);
        auto *self = const_cast<CellDelegate *>(this); // Qt's signature is const
        connect(combo, &QComboBox::activated, self, [self, combo] {
            Q_EMIT self->commitData(combo);
            Q_EMIT self->closeEditor(combo);
        });
        return combo;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        const QString text = index.data(Qt::EditRole).toString();
        if (auto *combo = qobject_cast<QComboBox *>(editor))
            combo->setCurrentText(text);
        else if (auto *line = qobject_cast<QLineEdit *>(editor))
            line->setText(text);
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override
    {
        if (const auto *combo = qobject_cast<QComboBox *>(editor))
            model->setData(index, combo->currentText(), Qt::EditRole);
        else if (const auto *line = qobject_cast<QLineEdit *>(editor))
            model->setData(index, line->text(), Qt::EditRole);
    }
};

} // namespace

SynapseTable::SynapseTable(Document *document, CellSelection *selection, QWidget *parent) :
    QTableView(parent), m_document(document), m_selection(selection),
    m_model(new SynapseTableModel(document, this))
{
    setObjectName(QStringLiteral("synapseTable"));
    setAccessibleName(tr("Synapses"));
    setToolTip(tr("Double click a cell to change it. Ctrl or Shift with a click selects several."));
    setModel(m_model);
    setItemDelegate(new CellDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                    | QAbstractItemView::AnyKeyPressed);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSortIndicatorShown(true);
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);

    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SynapseTable::takeSelection);
    connect(selection, &CellSelection::changed, this, &SynapseTable::showSelection);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this,
            [this] { m_following = true; });
    connect(m_model, &QAbstractItemModel::modelReset, this, &SynapseTable::showSelection);
    connect(m_model, &SynapseTableModel::refused, this, &SynapseTable::refuse);
    connect(m_model, &SynapseTableModel::edited, this, [this] { Q_EMIT problem({}); });
    restyle();
    showSelection();
}

std::vector<int> SynapseTable::selected() const
{
    std::vector<int> items;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            items.push_back(m_model->synapseAt(row));
    }
    return items;
}

void SynapseTable::takeSelection()
{
    if (m_following)
        return;
    const std::vector<int> items = selected();
    if (items.empty() && m_selection->kind() != CellSelection::Kind::Synapses)
        return;
    m_selection->select(CellSelection::Kind::Synapses, items);
}

void SynapseTable::showSelection()
{
    m_following = true;
    QItemSelection rows;
    int first = -1;
    if (m_selection->kind() == CellSelection::Kind::Synapses) {
        std::vector<int> wanted;
        for (const int item : m_selection->items()) {
            if (const int row = m_model->rowOf(item); row >= 0)
                wanted.push_back(row);
        }
        std::sort(wanted.begin(), wanted.end());
        for (std::size_t i = 0; i < wanted.size();) {
            std::size_t end = i + 1;
            while (end < wanted.size() && wanted[end] == wanted[end - 1] + 1)
                ++end;
            rows.append(QItemSelectionRange(
                m_model->index(wanted[i], 0),
                m_model->index(wanted[end - 1], SynapseTableModel::Columns - 1)));
            i = end;
        }
        if (!wanted.empty())
            first = wanted.front();
    }
    if (rows != selectionModel()->selection()) {
        selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
        if (first >= 0 && !hasFocus()) {
            selectionModel()->setCurrentIndex(m_model->index(first, SynapseTableModel::KindColumn),
                                              QItemSelectionModel::NoUpdate);
            scrollTo(m_model->index(first, SynapseTableModel::KindColumn));
        }
    }
    m_following = false;
}

void SynapseTable::refuse(const QModelIndex &index, const QString &sentence)
{
    const QPoint below = viewport()->mapToGlobal(visualRect(index).bottomLeft());
    QToolTip::showText(below, sentence, viewport());
    Q_EMIT problem(sentence);
}

void SynapseTable::copySelected()
{
    std::vector<int> items = selected();
    if (items.empty())
        return;
    std::sort(items.begin(), items.end(),
              [this](int a, int b) { return m_model->rowOf(a) < m_model->rowOf(b); });
    QGuiApplication::clipboard()->setText(
        QString::fromStdString(synapsesToText(m_document->neuron(), items)));
}

void SynapseTable::paste()
{
    const auto pasted =
        synapsesFromText(m_document->neuron(), QGuiApplication::clipboard()->text().toStdString());
    if (!pasted) {
        Q_EMIT problem(QString::fromStdString(pasted.error().message));
        return;
    }
    std::vector<int> added;
    const Status done = m_document->edit(
        pasted->size() == 1 ? tr("Paste Synapse") : tr("Paste %1 Synapses").arg(pasted->size()),
        [&](Project &project) { added = addSynapses(project.neuron, *pasted); });
    Q_EMIT problem(done ? QString() : QString::fromStdString(done.error().message));
    if (done)
        m_selection->select(CellSelection::Kind::Synapses, added);
}

void SynapseTable::removeSelected()
{
    const std::vector<int> items = selected();
    if (items.empty())
        return;
    m_selection->clear();
    (void)m_document->edit(items.size() == 1 ? tr("Remove Synapse")
                                             : tr("Remove %1 Synapses").arg(items.size()),
                           [&](Project &project) { removeSynapses(project.neuron, items); });
    Q_EMIT problem({});
}

void SynapseTable::keyPressEvent(QKeyEvent *event)
{
    if (event == QKeySequence::Copy) {
        copySelected();
    } else if (event == QKeySequence::Paste) {
        paste();
    } else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        removeSelected();
    } else {
        QTableView::keyPressEvent(event);
        return;
    }
    event->accept();
}

void SynapseTable::restyle()
{
    const QFontMetrics metrics(font());
    const int letter = metrics.horizontalAdvance(QLatin1Char('0'));
    verticalHeader()->setMinimumSectionSize(metrics.height());
    verticalHeader()->setDefaultSectionSize(metrics.height() * 3 / 2);
    horizontalHeader()->setMinimumSectionSize(2 * letter);
    const int letters[SynapseTableModel::Columns] = {4, 9, 8, 8, 8, 8};
    for (int column = 0; column < SynapseTableModel::Columns; ++column)
        setColumnWidth(column, letters[column] * letter);
    fillWidth();
}

// What is left over belongs to the names of kinds.
void SynapseTable::fillWidth()
{
    const int letter = QFontMetrics(font()).horizontalAdvance(QLatin1Char('0'));
    int others = 0;
    for (int column = 0; column < SynapseTableModel::Columns; ++column)
        others += column == SynapseTableModel::KindColumn ? 0 : columnWidth(column);
    setColumnWidth(SynapseTableModel::KindColumn,
                   std::max(9 * letter, viewport()->width() - others));
}

void SynapseTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fillWidth();
}

void SynapseTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if ((event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) && m_model)
        restyle();
}

} // namespace dt
