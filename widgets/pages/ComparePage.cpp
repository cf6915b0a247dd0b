// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/ComparePage.h"

#include "widgets/compare/BarsView.h"
#include "widgets/compare/LearningView.h"
#include "widgets/compare/ParetoView.h"
#include "widgets/compare/SettingsView.h"
#include "widgets/compare/TwinTable.h"
#include "widgets/forms/Counted.h"
#include "widgets/forms/ElidedLabel.h"
#include "widgets/plots/PanelGrid.h"
#include "widgets/plots/PlotSheet.h"
#include "widgets/shell/FoldPane.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"
#include "widgets/twin/EvaluationPlots.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

constexpr double PictureScale = 3.0;

} // namespace

ComparePage::ComparePage(QWidget *parent) :
    QWidget(parent), m_stack(new QStackedWidget), m_splitter(new QSplitter(Qt::Vertical)),
    m_table(new TwinTable), m_tabs(new QTabWidget), m_bars(new BarsView), m_pareto(new ParetoView),
    m_learning(new LearningView), m_settings(new SettingsView), m_evaluation(new EvaluationPlots),
    m_emptyText(new QLabel), m_count(new ElidedLabel), m_byAuc(new QCheckBox(tr("AUC at least"))),
    m_leastAuc(new QDoubleSpinBox), m_neuron(new QComboBox),
    m_open(new QPushButton(tr("Open Twin..."))), m_measure(new QPushButton(tr("Measure All Now"))),
    m_report(new QPushButton(tr("Save Report..."))), m_tableMenu(new QToolButton),
    m_viewMenu(new QToolButton), m_rename(new QAction(tr("Rename"), this)),
    m_remove(new QAction(tr("Take Off the List"), this))
{
    setObjectName(QStringLiteral("comparePage"));
    auto *upper = new QWidget;
    auto *upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(0, 0, 0, 0);
    upperColumn->setSpacing(theme::Grid);
    upperColumn->addWidget(headerRow());
    upperColumn->addWidget(m_table, 1);
    m_splitter->setObjectName(QStringLiteral("compareSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(new FoldPane(QStringLiteral("twinTable"), tr("Table of Twins"), upper,
                                       FoldPane::Edge::Top));
    m_splitter->addWidget(tabArea());
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_dividedByHand = true; });
    m_stack->addWidget(emptyPage());
    m_stack->addWidget(m_splitter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme::Grid * 2, theme::Grid, theme::Grid * 2, theme::Grid);
    column->addWidget(m_stack);
    addTableActions();
    restyle();

    connect(m_table, &TwinTable::currentTwinChanged, this, [this] {
        m_chosen = true;
        onCurrent();
    });
    connect(m_table->twins(), &TwinTableModel::renameRequested, this,
            &ComparePage::renameRequested);
    connect(m_table->twins(), &TwinTableModel::checksChanged, this, &ComparePage::refresh);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ComparePage::refreshView);
    connect(m_byAuc, &QCheckBox::toggled, this, &ComparePage::applyFilter);
    connect(m_leastAuc, &QDoubleSpinBox::valueChanged, this, &ComparePage::applyFilter);
    connect(m_neuron, &QComboBox::currentIndexChanged, this, &ComparePage::applyFilter);
    setTwins({}, {});
}

QWidget *ComparePage::emptyPage()
{
    m_emptyText->setObjectName(QStringLiteral("compareEmptyLabel"));
    m_emptyText->setWordWrap(true);
    m_emptyText->setAlignment(Qt::AlignCenter);
    auto *train = new QPushButton(tr("Train a Twin"));
    train->setObjectName(QStringLiteral("compareTrainButton"));
    auto *open = new QPushButton(tr("Open Twin..."));
    open->setObjectName(QStringLiteral("compareEmptyOpenButton"));
    connect(train, &QPushButton::clicked, this, &ComparePage::trainRequested);
    connect(open, &QPushButton::clicked, this, &ComparePage::openRequested);
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->addStretch(2);
    column->addWidget(m_emptyText);
    column->addSpacing(theme::Grid * 2);
    column->addWidget(train, 0, Qt::AlignHCenter);
    column->addWidget(open, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return page;
}

QWidget *ComparePage::headerRow()
{
    m_byAuc->setObjectName(QStringLiteral("leastAucCheck"));
    m_byAuc->setToolTip(tr("Lists only twins that tell spikes at least this well"));
    m_leastAuc->setObjectName(QStringLiteral("leastAucField"));
    m_leastAuc->setAccessibleName(tr("Least AUC"));
    m_leastAuc->setRange(0.90, 1.0);
    m_leastAuc->setDecimals(4);
    m_leastAuc->setSingleStep(0.005);
    m_leastAuc->setValue(0.99);
    m_leastAuc->setEnabled(false);
    m_leastAuc->setToolTip(tr("From 0.90 to 1"));
    m_neuron->setObjectName(QStringLiteral("neuronFilterCombo"));
    m_neuron->setAccessibleName(tr("Neuron"));
    m_neuron->setToolTip(tr("Lists only twins of this neuron"));
    m_neuron->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_count->setObjectName(QStringLiteral("twinCountLabel"));
    theme::setRole(m_count, "muted");
    m_open->setObjectName(QStringLiteral("openTwinButton"));
    m_open->setToolTip(tr("Add twin files (*.twin) to the list. They can be dropped on the window, "
                          "too."));
    m_report->setObjectName(QStringLiteral("saveReportButton"));
    m_report->setToolTip(
        tr("Writes all figures and numbers of the ticked twins into one HTML file"));
    m_tableMenu->setObjectName(QStringLiteral("tableMenuButton"));
    m_tableMenu->setText(tr("Table"));
    m_tableMenu->setAccessibleName(tr("What can be done with the table"));
    m_tableMenu->setPopupMode(QToolButton::InstantPopup);
    m_measure->setObjectName(QStringLiteral("measureAllButton"));
    m_measure->setAccessibleName(tr("Measure how fast all twins predict"));
    connect(m_measure, &QPushButton::clicked, this, &ComparePage::measureRequested);
    setTiming(0, {});
    connect(m_open, &QPushButton::clicked, this, &ComparePage::openRequested);
    connect(m_report, &QPushButton::clicked, this, &ComparePage::reportRequested);

    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_byAuc);
    row->addWidget(m_leastAuc);
    row->addSpacing(theme::Grid);
    row->addWidget(m_neuron);
    row->addSpacing(theme::Grid);
    row->addWidget(m_count, 1);
    row->addWidget(m_measure);
    row->addWidget(m_tableMenu);
    row->addWidget(m_open);
    row->addWidget(m_report);
    return widget;
}

void ComparePage::addTableActions()
{
    const auto action = [this](const char *name, const QString &text) {
        auto *a = new QAction(text, this);
        a->setObjectName(QString::fromLatin1(name));
        return a;
    };
    QAction *all = action("tickAllAction", tr("Tick All"));
    QAction *none = action("tickNoneAction", tr("Tick None"));
    QAction *copy = action("copyTableAction", tr("Copy as CSV"));
    QAction *save = action("exportTableAction", tr("Export as CSV..."));
    m_remove->setObjectName(QStringLiteral("removeTwinAction"));
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setShortcutContext(Qt::WidgetShortcut);
    m_remove->setToolTip(tr("The file stays where it is"));
    m_rename->setObjectName(QStringLiteral("renameTwinAction"));
    m_rename->setToolTip(
        tr("Gives the twin's file another name; F2 or a double click does it, too"));
    connect(m_rename, &QAction::triggered, m_table, &TwinTable::renameCurrent);
    connect(all, &QAction::triggered, this, [this] { m_table->twins()->setAllChecked(true); });
    connect(none, &QAction::triggered, this, [this] { m_table->twins()->setAllChecked(false); });
    const auto copyTable = [this] {
        QApplication::clipboard()->setText(m_table->csv());
        Q_EMIT told(tr("Copied the table of twins as comma-separated values."));
    };
    connect(copy, &QAction::triggered, this, copyTable);
    connect(m_table, &TwinTable::copyRequested, this, copyTable);
    connect(save, &QAction::triggered, this,
            [this] { Q_EMIT csvExported(m_table->csv(), QStringLiteral("twins")); });
    connect(m_remove, &QAction::triggered, this, [this] {
        if (!currentTwin().isEmpty())
            Q_EMIT removeRequested(currentTwin());
    });
    auto *menu = new QMenu(m_tableMenu);
    menu->setToolTipsVisible(true);
    menu->addActions({all, none});
    menu->addSeparator();
    menu->addActions({copy, save});
    menu->addSeparator();
    menu->addActions({m_rename, m_remove});
    m_tableMenu->setMenu(menu);
    m_table->addActions(menu->actions());
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

QWidget *ComparePage::tabArea()
{
    m_tabs->setObjectName(QStringLiteral("compareTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_bars, tr("Bars"));
    m_tabs->addTab(m_pareto, tr("Size and Speed"));
    m_tabs->addTab(m_learning, tr("Learning"));
    m_tabs->addTab(m_settings, tr("Settings"));
    m_tabs->addTab(m_evaluation, tr("Evaluation"));
    m_evaluation->setContentsMargins(0, theme::Grid, 0, 0);
    m_viewMenu->setObjectName(QStringLiteral("viewMenuButton"));
    m_viewMenu->setText(tr("Export"));
    m_viewMenu->setAccessibleName(tr("This view for other programs"));
    m_viewMenu->setPopupMode(QToolButton::InstantPopup);
    m_viewMenu->setAutoRaise(true);
    addExports(m_viewMenu);
    m_tabs->setCornerWidget(m_viewMenu);
    return m_tabs;
}

void ComparePage::addExports(QToolButton *button)
{
    auto *menu = new QMenu(button);
    QAction *copy = menu->addAction(tr("Copy Picture"), this, [this] {
        QApplication::clipboard()->setPixmap(
            PlotSheet::ofView(*shownView(), {}).pixmap(PictureScale));
        Q_EMIT told(tr("Copied the picture."));
    });
    copy->setObjectName(QStringLiteral("copyViewPictureAction"));
    QAction *save = menu->addAction(tr("Save Picture..."), this,
                                    [this] { Q_EMIT pictureWanted(shownView(), viewName()); });
    save->setObjectName(QStringLiteral("saveViewPictureAction"));
    connect(menu, &QMenu::aboutToShow, this, [this, copy, save] {
        const bool any = !PlotSheet::ofView(*shownView(), {}).isEmpty();
        copy->setEnabled(any);
        save->setEnabled(any);
    });
    m_viewNumbers = menu->addAction(tr("Save Numbers as CSV..."), this, [this] {
        if (const auto *view = qobject_cast<CompareView *>(m_tabs->currentWidget()))
            Q_EMIT csvExported(view->csv(), viewName());
    });
    m_viewNumbers->setObjectName(QStringLiteral("saveViewNumbersAction"));
    button->setMenu(menu);
}

QWidget *ComparePage::shownView() const
{
    // Plots that scroll go to files as a whole.
    auto *grid = m_tabs->currentWidget()->findChild<PanelGrid *>();
    return grid ? grid : m_tabs->currentWidget();
}

QString ComparePage::viewName() const
{
    return m_tabs->tabText(m_tabs->currentIndex()).toLower().remove(u'&').replace(u' ', u'-');
}

void ComparePage::addTab(QWidget *view, const QString &title)
{
    m_tabs->addTab(view, title);
}

ComparedTwins ComparePage::ticked() const
{
    return m_table->ticked();
}

QString ComparePage::currentTwin() const
{
    return m_table->currentPath();
}

void ComparePage::setTwins(const ComparedTwins &twins, const QSet<QString> &shipped)
{
    m_shipped = shipped;
    {
        // The model forgets the current row while it is filled anew.
        const QString before = m_chosen ? currentTwin() : QString();
        const QSignalBlocker quiet(m_table);
        m_table->twins()->setTwins(twins, shipped);
        refreshNeurons();
        if (!m_table->setCurrent(before) && m_table->model()->rowCount() > 0)
            m_table->setCurrentIndex(m_table->model()->index(0, 0));
    }
    m_stack->setCurrentIndex(twins.empty() ? 0 : 1);
    refresh();
    onCurrent();
    divide();
}

void ComparePage::setPath(const QString &from, const QString &to)
{
    m_table->twins()->setPath(from, to);
    refresh();
    onCurrent();
}

// The table takes what its rows need, up to a third; the pictures have the rest.
void ComparePage::divide()
{
    if (m_dividedByHand || static_cast<FoldPane *>(m_splitter->widget(0))->isFolded())
        return;
    m_table->updateGeometry(); // its rows may have changed since it was asked
    const int upper = std::min(m_splitter->widget(0)->sizeHint().height(), height() * 2 / 5);
    m_splitter->setSizes({upper, std::max(1, height() - upper)});
}

void ComparePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    divide();
}

void ComparePage::setReading(int files)
{
    m_reading = files;
    refresh();
}

void ComparePage::setTiming(int left, const QString &why)
{
    m_timing = why.isEmpty() ? left : 0;
    m_measure->setEnabled(why.isEmpty() && left == 0);
    m_measure->setToolTip(
        why.isEmpty() ? tr("Measures again how long every twin takes to predict a simulation of "
                           "8192 ms: each network on one core, repeated until the times agree")
                      : why);
    refresh();
}

void ComparePage::refreshNeurons()
{
    const QSignalBlocker quiet(m_neuron);
    const QString before = m_neuron->currentData().toString();
    QStringList names;
    for (const auto &twin : m_table->twins()->twins()) {
        const QString name = QString::fromStdString(neuronOf(*twin));
        if (twin->isReadable() && !names.contains(name))
            names << name;
    }
    names.sort(Qt::CaseInsensitive);
    m_neuron->clear();
    m_neuron->addItem(tr("All neurons"));
    for (const QString &name : names)
        m_neuron->addItem(name, name);
    const int index = before.isEmpty() ? 0 : m_neuron->findData(before);
    m_neuron->setCurrentIndex(std::max(index, 0));
    m_table->filter()->setNeuron(m_neuron->currentData().toString());
}

void ComparePage::applyFilter()
{
    m_leastAuc->setEnabled(m_byAuc->isChecked());
    // 0.9900 as typed must not lose to the last digit of a double.
    m_table->filter()->setLeastAuc(
        m_byAuc->isChecked() ? std::optional(m_leastAuc->value() - 1.0e-9) : std::nullopt);
    m_table->filter()->setNeuron(m_neuron->currentData().toString());
    refresh();
}

void ComparePage::refresh()
{
    const ComparedTwins shown = ticked();
    const int listed = m_table->model()->rowCount();
    const int all = m_table->twins()->rowCount();
    QString count = listed < all ? tr("%1 of %2 twins").arg(listed).arg(all)
        : all == 1               ? tr("1 twin")
                                 : tr("%1 twins").arg(all);
    count += tr(", %1 ticked").arg(shown.size());
    if (m_reading > 0)
        count = countedText(m_reading, tr("Reading 1 file..."), tr("Reading %1 files..."));
    else if (m_timing > 0)
        count += tr(", measuring the speed of %1").arg(m_timing);
    m_count->setText(count);
    m_report->setEnabled(!shown.empty());
    m_emptyText->setText(
        m_reading > 0 ? tr("Reading twins...")
                      : tr("There are no twins yet. A twin is a deep network that has learnt "
                           "a neuron from a data set: train one, or open a file that "
                           "somebody gave you."));
    refreshView();
}

void ComparePage::refreshView()
{
    QWidget *view = m_tabs->currentWidget();
    auto *compared = qobject_cast<CompareView *>(view);
    if (compared)
        compared->setTwins(ticked());
    if (m_viewNumbers)
        m_viewNumbers->setEnabled(compared);
    if (view == m_evaluation) {
        const auto current = m_table->current();
        m_evaluation->setEvaluation(current ? current->evaluation : std::nullopt);
    }
}

void ComparePage::restyle()
{
    for (PlotCanvas *canvas : m_evaluation->findChildren<PlotCanvas *>())
        canvas->setMinimumHeight(QFontMetrics(theme::bodyFont()).height() * 9);
}

void ComparePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        restyle();
}

void ComparePage::onCurrent()
{
    const QString path = currentTwin();
    for (QAction *action : {m_rename, m_remove})
        action->setEnabled(!path.isEmpty() && !m_shipped.contains(path));
    if (m_tabs->currentWidget() == m_evaluation)
        refreshView();
    if (path != m_current) {
        m_current = path;
        Q_EMIT currentTwinChanged(path);
    }
}

} // namespace dt
