// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/TwinTable.h"

#include "widgets/compare/CompareView.h"

#include <QEvent>
#include <QFileInfo>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace dt {

namespace {

/// Figures that arrive while somebody types a name must not put the old name back.
class NameDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        const auto *line = qobject_cast<const QLineEdit *>(editor);
        if (!line || !line->isModified())
            QStyledItemDelegate::setEditorData(editor, index);
    }
};

} // namespace

TwinTable::TwinTable(QWidget *parent) :
    QTableView(parent), m_model(new TwinTableModel(this)), m_filter(new TwinFilter(this))
{
    setObjectName(QStringLiteral("twinTable"));
    setAccessibleName(tr("Twins"));
    m_filter->setSourceModel(m_model);
    setModel(m_filter);
    setItemDelegateForColumn(TwinTableModel::TwinColumn, new NameDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setAlternatingRowColors(false);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setSortingEnabled(true);
    sortByColumn(TwinTableModel::FirstFigure, Qt::DescendingOrder);
    showAuthors();
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &TwinTable::currentTwinChanged);
    connect(m_filter, &QAbstractItemModel::layoutChanged, this, &TwinTable::spanProblems);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &TwinTable::spanProblems);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &TwinTable::showAuthors);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &TwinTable::spanProblems);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &TwinTable::spanProblems);
    restyle();
}

void TwinTable::spanProblems()
{
    clearSpans();
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex first = m_filter->index(row, 0);
        if (!first.data(TwinTableModel::ProblemRole).toString().isEmpty())
            setSpan(row, TwinTableModel::NetworkColumn, 1,
                    m_filter->columnCount() - TwinTableModel::NetworkColumn);
    }
}

void TwinTable::showAuthors()
{
    const ComparedTwins &twins = m_model->twins();
    setColumnHidden(TwinTableModel::AuthorColumn,
                    std::none_of(twins.begin(), twins.end(),
                                 [](const auto &twin) { return !twin->author.empty(); }));
}

void TwinTable::renameCurrent()
{
    const QModelIndex name = currentIndex().siblingAtColumn(TwinTableModel::TwinColumn);
    if (name.flags() & Qt::ItemIsEditable)
        edit(name);
}

ComparedTwins TwinTable::listed() const
{
    ComparedTwins twins;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const int source = m_filter->mapToSource(m_filter->index(row, 0)).row();
        if (m_model->twin(source).isReadable())
            twins.push_back(m_model->twins()[static_cast<std::size_t>(source)]);
    }
    return twins;
}

ComparedTwins TwinTable::ticked() const
{
    ComparedTwins twins;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->isChecked(row) && m_filter->mapFromSource(m_model->index(row, 0)).isValid())
            twins.push_back(m_model->twins()[static_cast<std::size_t>(row)]);
    }
    return twins;
}

std::shared_ptr<const ComparedTwin> TwinTable::current() const
{
    const QModelIndex index = m_filter->mapToSource(currentIndex());
    return index.isValid() ? m_model->twins()[static_cast<std::size_t>(index.row())] : nullptr;
}

QString TwinTable::currentPath() const
{
    return currentIndex().siblingAtColumn(0).data(TwinTableModel::PathRole).toString();
}

bool TwinTable::setCurrent(const QString &path)
{
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        if (index.data(TwinTableModel::PathRole).toString() == path) {
            setCurrentIndex(index);
            return true;
        }
    }
    return false;
}

QString TwinTable::csv() const
{
    QStringList head{QStringLiteral("twin"), QStringLiteral("network"), QStringLiteral("neuron"),
                     QStringLiteral("dataset"), QStringLiteral("author")};
    for (int i = 0; i < FigureCount; ++i)
        head << QString::fromUtf8(figureInfo(static_cast<Figure>(i)).name.data());
    head << QStringLiteral("file");
    QString all = head.join(u',') + u'\n';
    for (const auto &twin : listed()) {
        QStringList row;
        for (const std::string &text :
             {nameOf(*twin), titleOf(*twin), neuronOf(*twin), datasetOf(*twin), twin->author})
            row << csvCell(QString::fromStdString(text));
        for (int i = 0; i < FigureCount; ++i) {
            const std::optional<double> value = figureOf(*twin, static_cast<Figure>(i));
            row << (value ? QString::number(*value, 'g', 9) : QString());
        }
        row << csvCell(QFileInfo(QString::fromStdString(twin->path)).fileName());
        all += row.join(u',') + u'\n';
    }
    return all;
}

void TwinTable::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = m_filter->mapToSource(currentIndex());
    if (event->key() == Qt::Key_Space && index.isValid()) {
        m_model->setChecked(index.row(), !m_model->isChecked(index.row()));
        return;
    }
    if (event == QKeySequence::Copy) {
        Q_EMIT copyRequested();
        return;
    }
    QTableView::keyPressEvent(event);
}

void TwinTable::restyle()
{
    const QFontMetrics metrics(font());
    const int letter = metrics.horizontalAdvance(QLatin1Char('0'));
    verticalHeader()->setDefaultSectionSize(metrics.height() * 8 / 5);
    verticalHeader()->setMinimumSectionSize(metrics.height());
    for (int column = 0; column < m_model->columnCount(); ++column) {
        int letters = 9;
        if (column == TwinTableModel::TwinColumn)
            letters = 22;
        else if (column == TwinTableModel::NeuronColumn)
            letters = 18;
        else if (column < TwinTableModel::FirstFigure)
            letters = 13;
        setColumnWidth(column,
                       std::max(horizontalHeader()->sectionSizeHint(column), letters * letter));
    }
}

void TwinTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_model)
        restyle();
}

QSize TwinTable::sizeHint() const
{
    constexpr int MostRows = 9;
    const int rows = std::clamp(model() ? model()->rowCount() : 0, 3, MostRows);
    return {QTableView::sizeHint().width(),
            horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize()
                + horizontalScrollBar()->sizeHint().height() + 2 * frameWidth()};
}

} // namespace dt
