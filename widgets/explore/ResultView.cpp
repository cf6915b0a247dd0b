// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/ResultView.h"

#include "widgets/compare/SeriesLegend.h"
#include "widgets/explore/ResultPlotDrawer.h"
#include "widgets/explore/ResultTableModel.h"
#include "widgets/forms/Units.h"
#include "widgets/plots/PanelGrid.h"
#include "widgets/shell/FoldPane.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

/// A plot with its legend, and one in a low window [lines of caption text].
constexpr int LeastLines = 17;
constexpr int LowLines = 9;
/// Below this a plot is a stamp: rather one above the other [digits of caption text].
constexpr int LeastDigits = 36;

QString lines(const std::vector<std::string> &sentences)
{
    QStringList list;
    for (const std::string &sentence : sentences)
        list += displayUnitsIn(QString::fromStdString(sentence));
    return list.join(u'\n');
}

} // namespace

ResultView::ResultView(QWidget *parent) :
    QWidget(parent), m_empty(new QLabel), m_stale(new QLabel), m_conclusions(new QLabel),
    m_remarks(new QLabel), m_body(new QWidget), m_plotArea(new QWidget),
    m_plotColumn(new QVBoxLayout),
    m_table(new QTableView), m_model(new ResultTableModel(this))
{
    setObjectName(QStringLiteral("resultView"));
    m_empty->setObjectName(QStringLiteral("resultEmptyLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    theme::setRole(m_empty, "muted");
    m_stale->setObjectName(QStringLiteral("resultStaleLabel"));
    theme::setRole(m_stale, "warning");
    m_conclusions->setObjectName(QStringLiteral("resultConclusionsLabel"));
    m_conclusions->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_remarks->setObjectName(QStringLiteral("resultRemarksLabel"));
    theme::setRole(m_remarks, "caption");
    theme::setRole(m_remarks, "muted");
    for (QLabel *label : {m_empty, m_stale, m_conclusions, m_remarks})
        label->setWordWrap(true);
    m_stale->hide();

    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_model);
    sorted->setSortRole(ResultTableModel::SortRole);
    m_table->setObjectName(QStringLiteral("resultTable"));
    m_table->setAccessibleName(tr("Results"));
    m_table->setModel(sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setAlternatingRowColors(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->setMinimumHeight(120);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);

    m_plotColumn->setContentsMargins(0, 0, 0, 0);
    m_plotArea->setLayout(m_plotColumn);
    m_plotArea->setMinimumHeight(160);
    m_plotArea->installEventFilter(this);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("resultSplitter"));
    splitter->addWidget(m_plotArea);
    m_tablePane =
        new FoldPane(QStringLiteral("resultTable"), tr("Table"), m_table, FoldPane::Edge::Bottom);
    splitter->addWidget(m_tablePane);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({1000, 340});
    splitter->setChildrenCollapsible(false);
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(theme::Grid / 2);
    body->addWidget(m_conclusions);
    body->addWidget(splitter, 1);
    body->addWidget(m_remarks);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stale);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_body, 1);
    m_body->hide();
    fitRows();
}

std::vector<ResultView::PlotKind> ResultView::kindsOf(const ExperimentResult &result)
{
    std::vector<PlotKind> kinds;
    for (const ResultPlot &plot : result.plots)
        kinds.push_back({!plot.map.values.empty(), plot.logX, plot.logY});
    if (!result.traces.empty())
        kinds.push_back({});
    return kinds;
}

void ResultView::show(const ExperimentResult &result, const QString &caption)
{
    m_result = result;
    m_empty->hide();
    m_body->show();
    m_conclusions->setText(lines(result.conclusions));
    m_conclusions->setVisible(!result.conclusions.empty());
    m_remarks->setText(lines(result.remarks));
    m_remarks->setVisible(!result.remarks.empty() && !isPlotAlone());
    m_model->setTable(result.table);
    if (!m_plots || kindsOf(result) != m_kinds)
        rebuild(kindsOf(result));
    for (PlotPanel *panel : m_panels)
        panel->canvas()->setStamp(caption);
    draw();
    Q_EMIT filled();
}

void ResultView::clear(const QString &why)
{
    m_result = {};
    delete m_plots;
    m_plots = nullptr;
    m_panels.clear();
    m_drawers.clear();
    setStale(false);
    m_empty->setText(why);
    m_empty->show();
    m_body->hide();
    Q_EMIT filled();
}

void ResultView::setStale(bool stale, const QString &why)
{
    m_stale->setText(why);
    m_stale->setVisible(!why.isEmpty());
    for (PlotPanel *panel : m_panels)
        panel->canvas()->setStale(stale);
}

bool ResultView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_plotArea && event->type() == QEvent::Resize)
        fitPlots();
    return QWidget::eventFilter(watched, event);
}

void ResultView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitRows();
        fitPlots();
    }
    if (event->type() == QEvent::PaletteChange && m_plots)
        draw();
}

void ResultView::rebuild(const std::vector<PlotKind> &kinds)
{
    delete m_plots;
    m_plots = nullptr;
    m_tablePane->show();
    m_panels.clear();
    m_drawers.clear();
    m_kinds = kinds;
    auto *grid = new PanelGrid(2, QStringLiteral("-00.00"), true);
    grid->setLeastDigits(LeastDigits);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const bool ofTraces = i == m_result.plots.size();
        auto *canvas = new PlotCanvas;
        const QString name = ofTraces ? QStringLiteral("resultTraces")
                                      : QStringLiteral("result%1").arg(i);
        const QString title =
            ofTraces ? tr("Voltages") : QString::fromStdString(m_result.plots[i].title);
        PlotPanel *panel = grid->addPlot(name, title, canvas);
        auto *legend = new SeriesLegend(kinds[i].map ? SeriesLegend::Kind::Bar
                                                     : SeriesLegend::Kind::Line);
        panel->layout()->addWidget(legend);
        m_panels.push_back(panel);
        m_drawers.push_back(new ResultPlotDrawer(canvas, legend, canvas));
    }
    m_grid = grid;
    connect(grid, &PanelGrid::maximisedChanged, this, &ResultView::giveRoom);
    m_plots = grid->scrolled();
    m_plotColumn->addWidget(m_plots);
    fitPlots();
}

// A plot that somebody wants large has the place of everything but the conclusions.
void ResultView::giveRoom()
{
    const bool alone = m_grid && m_plots && m_grid->isMaximised();
    m_tablePane->setVisible(!alone);
    m_remarks->setVisible(!alone && !m_remarks->text().isEmpty());
    Q_EMIT filled();
}

bool ResultView::isPlotAlone() const
{
    return m_plots && m_grid->isMaximised();
}

void ResultView::fitRows()
{
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + theme::Grid);
}

// A plot is seen whole, with its axes, also where the next one has to be scrolled to.
void ResultView::fitPlots()
{
    const int lines = m_plotArea->height() / QFontMetrics(theme::captionFont()).height();
    if (m_plots)
        m_grid->setLeastLines(std::clamp(lines - 1, LowLines, LeastLines));
}

void ResultView::draw()
{
    std::vector<std::string> names;
    for (const ResultPlot &plot : m_result.plots) {
        for (const ResultSeries &series : plot.series) {
            if (!series.name.empty()
                && std::find(names.begin(), names.end(), series.name) == names.end())
                names.push_back(series.name);
        }
    }
    for (std::size_t i = 0; i < m_drawers.size(); ++i) {
        if (i < m_result.plots.size()) {
            m_panels[i]->setTitle(QString::fromStdString(m_result.plots[i].title));
            m_drawers[i]->draw(m_result.plots[i], names, palette());
        } else {
            m_drawers[i]->draw(m_result.traces, m_result.traceTime, palette());
        }
    }
}

} // namespace dt
