// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/RunsPanel.h"

#include "widgets/theme/Theme.h"

#include <QAbstractItemDelegate>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

RunsPanel::RunsPanel(QWidget *parent) :
    QWidget(parent), m_model(new RunsModel(this)), m_sorted(new QSortFilterProxyModel(this)),
    m_table(new QTableView), m_empty(new QLabel(tr("Every run that ends is listed here."))),
    m_pin(new QPushButton(tr("Pin as Ghost"))), m_restore(new QPushButton(tr("Restore Settings"))),
    m_export(new QPushButton(tr("Export..."))), m_remove(new QPushButton(tr("Delete"))),
    m_import(new QPushButton(tr("Import Trace...")))
{
    setObjectName(QStringLiteral("runsPanel"));
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RunsModel::SortRole);
    m_table->setObjectName(QStringLiteral("runsTable"));
    m_table->setAccessibleName(tr("Runs"));
    m_table->setModel(m_sorted);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RunsModel::Run, Qt::DescendingOrder);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->installEventFilter(this);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    theme::setRole(m_empty, "muted");
    auto *over = new QVBoxLayout(m_table);
    over->addWidget(m_empty);

    const auto button = [](QPushButton *b, const char *name, const QString &tip) {
        b->setObjectName(QLatin1String(name));
        b->setToolTip(tip);
    };
    button(m_pin, "pinRunButton",
           tr("Draw the selected run in grey behind the one that is shown, and keep it."));
    button(m_restore, "restoreRunButton",
           tr("Give the project the neuron and the input of the selected run. One step to undo."));
    button(m_export, "exportRunButton",
           tr("Save all traces of the selected run for NumPy or as CSV tables."));
    button(m_remove, "removeRunButton", tr("Forget the selected run (Delete)."));
    button(m_import, "importTraceButton",
           tr("Lay a trace of your own over the soma's: a CSV file with time in ms and voltage in "
              "mV."));
    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Grid);
    for (QPushButton *b : {m_pin, m_restore, m_export, m_remove})
        row->addWidget(b);
    row->addStretch(1);
    row->addWidget(m_import);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid / 2, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addLayout(row);
    column->addWidget(m_table, 1);

    const auto wanted = [this](auto signal) {
        return [this, signal] {
            if (const std::optional<int> key = currentKey())
                Q_EMIT(this->*signal)(*key);
        };
    };
    connect(m_pin, &QPushButton::clicked, this, [this] {
        const RunRecord *run =
            m_model->record(m_sorted->mapToSource(m_table->currentIndex()).row());
        if (run)
            Q_EMIT pinWanted(run->key, !run->pinned);
    });
    connect(m_restore, &QPushButton::clicked, this, wanted(&RunsPanel::restoreWanted));
    connect(m_export, &QPushButton::clicked, this, wanted(&RunsPanel::exportWanted));
    connect(m_remove, &QPushButton::clicked, this, wanted(&RunsPanel::removeWanted));
    connect(m_import, &QPushButton::clicked, this, &RunsPanel::importWanted);
    // Answered when the click is over: the answer fills the table anew.
    connect(m_model, &RunsModel::pinWanted, this, &RunsPanel::pinWanted, Qt::QueuedConnection);
    connect(m_model, &RunsModel::renamed, this, &RunsPanel::renamed, Qt::QueuedConnection);
    connect(m_model, &RunsModel::noted, this, &RunsPanel::noted, Qt::QueuedConnection);
    // Runs that ended meanwhile; when the editor is gone.
    connect(
        m_table->itemDelegate(), &QAbstractItemDelegate::closeEditor, this,
        [this] {
            if (m_outdated && isVisible() && !isWriting())
                fill();
        },
        Qt::QueuedConnection);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RunsPanel::refreshButtons);
    restyle();
    refreshButtons();
}

void RunsPanel::setRuns(std::vector<RunRecord> newestFirst, int shownId)
{
    m_runs = std::move(newestFirst);
    m_shownId = shownId;
    m_outdated = true;
    if (isVisible() && !isWriting())
        fill();
}

bool RunsPanel::isWriting() const
{
    const QWidget *focus = QApplication::focusWidget();
    return focus && focus != m_table && focus != m_table->viewport()
        && m_table->isAncestorOf(focus);
}

void RunsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_outdated)
        fill();
}

// The newest run stays chosen when another one ends; any other choice stays what it is.
void RunsPanel::fill()
{
    m_outdated = false;
    const std::optional<int> before = currentKey();
    const bool newest = !before || m_model->rowOf(*before) == 0;
    const int key = newest && !m_runs.empty() ? m_runs.front().key : before.value_or(-1);
    const int row = m_table->currentIndex().row();
    const int scrolled = m_table->horizontalScrollBar()->value();
    const int down = m_table->verticalScrollBar()->value();
    m_model->setRuns(m_runs, m_shownId);
    m_empty->setVisible(m_model->rowCount() == 0);
    restyle();
    if (m_model->rowOf(key) >= 0)
        setCurrent(key);
    else if (m_model->rowCount() > 0) // what stands where the forgotten one stood
        m_table->setCurrentIndex(
            m_sorted->index(std::clamp(row, 0, m_model->rowCount() - 1), RunsModel::Run));
    m_table->horizontalScrollBar()->setValue(scrolled);
    // Who looks at the newest runs goes on doing so, whichever run is chosen.
    if (down == 0 || !newest)
        m_table->verticalScrollBar()->setValue(down);
    refreshButtons();
}

std::optional<int> RunsPanel::currentKey() const
{
    const RunRecord *run = m_model->record(m_sorted->mapToSource(m_table->currentIndex()).row());
    return run && m_table->currentIndex().isValid() ? std::optional(run->key) : std::nullopt;
}

void RunsPanel::setCurrent(int key)
{
    const int row = m_model->rowOf(key);
    if (row >= 0)
        m_table->setCurrentIndex(m_sorted->mapFromSource(m_model->index(row, RunsModel::Run)));
}

void RunsPanel::refreshButtons()
{
    const std::optional<int> key = currentKey();
    const RunRecord *run = key ? m_model->record(m_model->rowOf(*key)) : nullptr;
    m_pin->setEnabled(run);
    m_pin->setText(run && run->pinned ? tr("Unpin") : tr("Pin as Ghost"));
    m_restore->setEnabled(run && run->setup);
    m_export->setEnabled(run && run->trace);
    m_remove->setEnabled(run);
}

bool RunsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *press = static_cast<QKeyEvent *>(event);
        const std::optional<int> key = currentKey();
        const bool space = press->key() == Qt::Key_Space;
        if (key && press->key() == Qt::Key_Delete) {
            Q_EMIT removeWanted(*key);
            return true;
        }
        if (key && space) {
            Q_EMIT pinWanted(*key, !m_model->record(m_model->rowOf(*key))->pinned);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void RunsPanel::restyle()
{
    const QFontMetrics metrics(m_table->font());
    const int letter = metrics.horizontalAdvance(QLatin1Char('0'));
    m_table->verticalHeader()->setDefaultSectionSize(metrics.height() * 8 / 5);
    m_table->verticalHeader()->setMinimumSectionSize(metrics.height());
    constexpr int MostLetters = 30;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        int letters = 7;
        if (column == RunsModel::Name || column == m_model->notesColumn())
            letters = 16;
        else if (column == m_model->timeColumn())
            letters = 11;
        else if (column >= RunsModel::FirstSetting)
            letters = 11;
        m_table->resizeColumnToContents(column); // the bold row, too
        m_table->setColumnWidth(
            column,
            std::max({m_table->horizontalHeader()->sectionSizeHint(column), letters * letter,
                      std::min(m_table->columnWidth(column), MostLetters * letter)}));
    }
}

void RunsPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_table)
        restyle();
}

QSize RunsPanel::sizeHint() const
{
    return {QWidget::sizeHint().width(),
            m_pin->sizeHint().height() + m_table->horizontalHeader()->sizeHint().height()
                + 5 * m_table->verticalHeader()->defaultSectionSize() + 2 * theme::Grid};
}

} // namespace dt
