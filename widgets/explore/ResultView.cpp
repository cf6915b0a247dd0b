// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/ResultView.h"

#include "widgets/explore/ResultPlotDrawer.h"
#include "widgets/explore/ResultTableModel.h"
#include "widgets/forms/Units.h"
#include "widgets/plots/PanelGrid.h"
#include "widgets/plots/SeriesLegend.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

/// A plot with its legend, and one in a low window [lines of caption text].
constexpr int LeastLines = 15;
constexpr int LowLines = 12;
/// Rows of the table that are worth seeing.
constexpr int LeastRows = 5;
/// Of a low window sentences may take one part of so many beside plots.
constexpr int WordsShare = 4;
/// Sizes that may follow from what is shown, one after the other.
constexpr int MostFits = 4;
enum Turn { PlotTurn, TableTurn, WordsTurn };

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
    m_remarks(new QLabel), m_body(new QWidget), m_turns(new QTabBar), m_pages(new QTabBar),
    m_splitter(new QSplitter(Qt::Vertical)), m_plotArea(new QWidget), m_plotColumn(new QVBoxLayout),
    m_table(new QTableView), m_model(new ResultTableModel(this))
{
    setObjectName(QStringLiteral("resultView"));
    m_empty->setObjectName(QStringLiteral("resultEmptyLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    theme::setRole(m_empty, "muted");
    m_stale->setObjectName(QStringLiteral("resultStaleLabel"));
    theme::setRole(m_stale, "warning");
    m_conclusions->setObjectName(QStringLiteral("resultConclusionsLabel"));
    m_conclusions->setTextInteractionFlags(Qt::TextSelectableByMouse
                                           | Qt::TextSelectableByKeyboard);
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
    m_table->setMinimumHeight(60);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);

    const auto configure = [this](QTabBar *bar, const QString &name, const QString &what) {
        bar->setObjectName(name);
        bar->setAccessibleName(what);
        bar->setDrawBase(false);
        bar->setExpanding(false);
        bar->setElideMode(Qt::ElideNone);
        connect(bar, &QTabBar::currentChanged, this, &ResultView::fitPlots);
    };
    configure(m_turns, QStringLiteral("resultTurnTabs"), tr("What is shown of the results"));
    m_turns->addTab(tr("Plots"));
    m_turns->addTab(tr("Table"));
    m_turns->setTabToolTip(0, tr("What was measured, drawn"));
    m_turns->setTabToolTip(1, tr("What was measured, as numbers"));
    m_turns->addTab(tr("Findings"));
    m_turns->setTabToolTip(2, tr("What follows from it, in words"));
    configure(m_pages, QStringLiteral("resultPlotTabs"), tr("Plot that is shown"));
    m_plotColumn->setContentsMargins(0, 0, 0, 0);
    m_plotColumn->setSpacing(0);
    m_plotColumn->addWidget(m_pages);
    m_plotArea->setLayout(m_plotColumn);
    m_plotArea->setMinimumHeight(60);
    m_splitter->setObjectName(QStringLiteral("resultSplitter"));
    m_splitter->addWidget(m_plotArea);
    m_splitter->addWidget(m_table);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({1000, 500});
    m_splitter->setChildrenCollapsible(false);
    m_body->installEventFilter(this);
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(theme::Grid / 2);
    body->addWidget(m_turns);
    body->addWidget(m_conclusions);
    body->addWidget(m_splitter, 1000);
    body->addWidget(m_remarks);
    body->addStretch(1); // below the words where they stand alone
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
    m_remarks->setText(lines(result.remarks));
    m_model->setTable(result.table);
    if (!m_plots || kindsOf(result) != m_kinds)
        rebuild(kindsOf(result));
    for (PlotPanel *panel : m_panels)
        panel->canvas()->setStamp(caption);
    draw();
    Q_EMIT filled();
    fitPlots(); // legends may be longer
}

void ResultView::clear(const QString &why)
{
    m_result = {};
    m_model->setTable({});
    delete m_plots;
    m_plots = nullptr;
    m_panels.clear();
    m_legends.clear();
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
    if (watched == m_body && event->type() == QEvent::Resize)
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
    m_panels.clear();
    m_legends.clear();
    m_drawers.clear();
    m_kinds = kinds;
    auto *grid = new PanelGrid(2, QStringLiteral("-00.00"), true);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        auto *canvas = new PlotCanvas;
        const QString name = i == m_result.plots.size() ? QStringLiteral("resultTraces")
                                                        : QStringLiteral("result%1").arg(i);
        PlotPanel *panel = grid->addPlot(name, titleOf(i), canvas);
        auto *legend =
            new SeriesLegend(kinds[i].map ? SeriesLegend::Kind::Bar : SeriesLegend::Kind::Line);
        panel->layout()->addWidget(legend);
        m_panels.push_back(panel);
        m_legends.push_back(legend);
        m_drawers.push_back(new ResultPlotDrawer(canvas, legend, canvas));
    }
    m_grid = grid;
    connect(grid, &PanelGrid::maximisedChanged, this, [this] {
        fitPlots();
        Q_EMIT filled();
    });
    m_plots = grid->scrolled();
    m_plotColumn->addWidget(m_plots, 1);
}

void ResultView::fitRows()
{
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + theme::Grid);
}

QString ResultView::titleOf(std::size_t plot) const
{
    return plot < m_result.plots.size() ? QString::fromStdString(m_result.plots[plot].title)
                                        : tr("Voltages");
}

// Titles where all of them are whole; each plot has its own besides, so that numbers do.
void ResultView::namePages()
{
    const QSignalBlocker blocker(m_pages);
    const int count = static_cast<int>(m_panels.size());
    while (m_pages->count() > count)
        m_pages->removeTab(m_pages->count() - 1);
    while (m_pages->count() < count)
        m_pages->addTab(QString());
    for (const bool titles : {true, false}) {
        for (int i = 0; i < count; ++i) {
            const QString title = titleOf(static_cast<std::size_t>(i));
            m_pages->setTabText(i, titles ? title : QString::number(i + 1));
            m_pages->setTabToolTip(i, title);
        }
        if (m_pages->sizeHint().width() <= m_body->width())
            break;
    }
}

int ResultView::plotHeight(int lines, int width) const
{
    int legend = 0;
    for (const SeriesLegend *one : m_legends)
        legend = std::max(legend, one->isHidden() ? 0 : one->heightForWidth(width));
    return lines * QFontMetrics(theme::captionFont()).height() + legend;
}

// To show a part lays out its parents at once. Their new size then asks from within, and what was
// reckoned with the old one must not have the last word.
void ResultView::fitPlots()
{
    if (m_fitting) {
        m_fitAgain = true;
        return;
    }
    m_fitting = true;
    int tries = MostFits;
    do {
        m_fitAgain = false;
        fitTo(m_body->size());
    } while (m_fitAgain && --tries > 0);
    m_fitting = false;
}

// Everything at once where it is large enough; plots, table or words where not, and one plot after
// the other where even that is too little. Nothing is scrolled to. It is reckoned from the room for
// all of it, so that what is hidden does not change the answer.
void ResultView::fitTo(const QSize &all)
{
    if (!m_plots)
        return;
    const auto needs = [&](const QLabel *label) {
        return label->text().isEmpty()
            ? 0
            : label->heightForWidth(all.width()) + m_body->layout()->spacing();
    };
    const int words = needs(m_conclusions) + needs(m_remarks);
    const int rows = m_grid->rowsIn(all.width());
    const int columns = (static_cast<int>(m_panels.size()) + rows - 1) / std::max(1, rows);
    const int panelWidth = all.width() / std::max(1, columns) - theme::Grid;
    const auto plots = [&](int lines) {
        return rows * plotHeight(lines, panelWidth) + (rows - 1) * theme::Grid;
    };
    const int table = m_table->horizontalHeader()->sizeHint().height()
        + LeastRows * m_table->verticalHeader()->defaultSectionSize();
    // A plot that somebody wants large has the place of everything but the conclusions.
    const bool alone = isPlotAlone();
    const bool turns = !alone && plots(LeastLines) + table + words > all.height();
    const bool wordsApart = turns && words > all.height() / WordsShare;
    const int room = all.height() - (wordsApart ? 0 : words)
        - (turns ? m_turns->sizeHint().height() + m_body->layout()->spacing() : 0);
    const bool pages = turns && m_panels.size() > 1 && plots(LowLines) > room;

    {
        const QSignalBlocker blocker(m_turns);
        m_turns->setTabVisible(WordsTurn, wordsApart);
    }
    m_turns->setVisible(turns);
    const int turn = !turns || m_turns->currentIndex() < 0 ? PlotTurn : m_turns->currentIndex();
    m_plotArea->setVisible(turn == PlotTurn);
    m_table->setVisible(!alone && (!turns || turn == TableTurn));
    m_splitter->setVisible(turn != WordsTurn);
    m_conclusions->setVisible(needs(m_conclusions) > 0 && (!wordsApart || turn == WordsTurn));
    m_remarks->setVisible(!alone && needs(m_remarks) > 0 && (!wordsApart || turn == WordsTurn));
    namePages();
    m_pages->setVisible(pages);
    m_grid->showOnly(pages ? m_pages->currentIndex() : -1);
    // Somebody may have moved the border to the table; otherwise there is nothing to scroll to.
    m_plots->setVerticalScrollBarPolicy(turns || alone ? Qt::ScrollBarAlwaysOff
                                                       : Qt::ScrollBarAsNeeded);
    // Alone a plot takes what there is.
    m_grid->setLeastLines(pages || alone ? 1 : turns ? LowLines : LeastLines);
}

bool ResultView::isPlotAlone() const
{
    return m_plots && m_grid->isMaximised();
}

void ResultView::draw()
{
    const SeriesNumbers numbers = seriesNumbers(m_result.plots);
    for (std::size_t i = 0; i < m_drawers.size(); ++i) {
        if (i < m_result.plots.size()) {
            m_panels[i]->setTitle(QString::fromStdString(m_result.plots[i].title));
            m_drawers[i]->draw(m_result.plots[i], numbers, palette());
        } else {
            m_drawers[i]->draw(m_result.traces, m_result.traceTime, palette());
        }
    }
}

} // namespace dt
