// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/DatasetView.h"

#include "widgets/data/BuildPanel.h"
#include "widgets/data/RangesPanel.h"
#include "widgets/data/SampleView.h"
#include "widgets/data/ScatterGrid.h"
#include "widgets/data/StatisticText.h"
#include "widgets/data/StatisticsGrid.h"
#include "widgets/forms/Counted.h"
#include "widgets/forms/ElidedLabel.h"
#include "widgets/forms/FormScrollArea.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace dt {

namespace {

constexpr int SamplesTab = 2;
/// Width of the column of ranges, and the least width of the plots beside it, in digits.
constexpr int ColumnLetters = 34;
constexpr int PlotLetters = 52;

QString splitTitle(Split split)
{
    switch (split) {
    case Split::Train:
        return DatasetView::tr("Train");
    case Split::Valid:
        return DatasetView::tr("Valid");
    case Split::Test:
        return DatasetView::tr("Test");
    }
    return {};
}

} // namespace

DatasetView::DatasetView(QWidget *parent) :
    QWidget(parent), m_name(new ElidedLabel), m_detail(new QLabel), m_split(new QComboBox),
    m_tabs(new QTabWidget), m_grid(new StatisticsGrid), m_scatter(new ScatterGrid),
    m_sample(new SampleView), m_placeField(new QuantityField), m_placeCount(new QLabel),
    m_previous(new QToolButton), m_next(new QToolButton), m_random(new QPushButton(tr("Random"))),
    m_ranges(new RangesPanel), m_preview(new QLabel),
    m_save(new QPushButton(tr("Save as New Data Set...")))
{
    setObjectName(QStringLiteral("datasetView"));
    m_ranges->setObjectName(QStringLiteral("rangesPanel"));
    m_tabs->setObjectName(QStringLiteral("datasetTabs"));
    m_tabs->setDocumentMode(true);
    m_grid->setRangesDraggable(true);
    m_tabs->addTab(new FormScrollArea(m_grid), tr("Statistics"));
    m_tabs->addTab(new FormScrollArea(m_scatter), tr("Firing Rate Against"));
    m_tabs->addTab(samplesTab(), tr("Simulations"));

    auto *left = new QVBoxLayout;
    left->setSpacing(theme::Grid);
    left->addWidget(header());
    left->addWidget(m_tabs, 1);
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(theme::Grid);
    m_row->addLayout(left, 1);
    m_rangesCard = rangesColumn();
    m_row->addWidget(m_rangesCard);

    connect(m_tabs, &QTabWidget::currentChanged, this, &DatasetView::requestShown);
    connect(m_split, &QComboBox::currentIndexChanged, this, &DatasetView::rangesChanged);
    connect(m_ranges, &RangesPanel::changed, this, &DatasetView::rangesChanged);
    connect(m_grid, &StatisticsGrid::rangeDragged, m_ranges, &RangesPanel::setRange);
}

QWidget *DatasetView::header()
{
    m_name->setObjectName(QStringLiteral("datasetNameLabel"));
    theme::setRole(m_name, "heading");
    m_detail->setObjectName(QStringLiteral("datasetDetailLabel"));
    theme::setRole(m_detail, "muted");
    m_detail->setWordWrap(true);
    m_split->setObjectName(QStringLiteral("datasetSplitCombo"));
    m_split->setToolTip(tr("Which part of the data set is shown"));
    m_split->setAccessibleName(tr("Part that is shown"));
    auto *verify = new QPushButton(tr("Check"));
    verify->setObjectName(QStringLiteral("datasetVerifyButton"));
    verify->setToolTip(tr("Read everything and compare it with its checksums"));
    auto *exportButton = new QPushButton(tr("Export..."));
    exportButton->setObjectName(QStringLiteral("datasetExportButton"));
    exportButton->setToolTip(
        tr("Write the folder of NumPy files that the reference tutorial reads"));
    connect(verify, &QPushButton::clicked, this, &DatasetView::verifyRequested);
    connect(exportButton, &QPushButton::clicked, this, &DatasetView::exportRequested);

    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_name);
    words->addWidget(m_detail);
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->addLayout(words, 1);
    row->addWidget(m_split);
    row->addWidget(verify);
    row->addWidget(exportButton);
    return widget;
}

QWidget *DatasetView::rangesColumn()
{
    auto *heading = new QLabel(tr("Ranges"));
    theme::setRole(heading, "heading");
    auto *why = new QLabel(tr("Choose simulations by their statistics: drag across a histogram, "
                              "or tick and type. What lies outside turns pale."));
    why->setWordWrap(true);
    theme::setRole(why, "muted");
    theme::setRole(why, "caption");
    m_preview->setObjectName(QStringLiteral("rangesPreviewLabel"));
    m_preview->setWordWrap(true);
    m_save->setObjectName(QStringLiteral("rangesSaveButton"));
    m_save->setToolTip(tr("Write the simulations inside the ranges to a new file. This one stays "
                          "as it is."));
    auto *published = new QPushButton(tr("As Published"));
    published->setObjectName(QStringLiteral("rangesPublishedButton"));
    published->setToolTip(tr("The quality filter of the published data sets"));
    auto *clear = new QPushButton(tr("Clear"));
    clear->setObjectName(QStringLiteral("rangesClearButton"));
    connect(published, &QPushButton::clicked, this,
            [this] { m_ranges->setRanges(publishedFilter()); });
    connect(clear, &QPushButton::clicked, this, [this] { m_ranges->setRanges({}); });
    connect(m_save, &QPushButton::clicked, this, &DatasetView::filterRequested);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(published, 1);
    buttons->addWidget(clear);
    auto *card = new QFrame;
    card->setProperty("card", true);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(theme::Grid * 2, theme::Grid, theme::Grid, theme::Grid);
    column->setSpacing(theme::Grid);
    column->addWidget(heading);
    column->addWidget(why);
    column->addLayout(buttons);
    column->addWidget(new FormScrollArea(m_ranges), 1);
    column->addWidget(m_preview);
    column->addWidget(m_save);
    return card;
}

// Where the window is narrow for its letters, the plots need all of it and the ranges are a tab.
void DatasetView::arrange()
{
    const int letter = QFontMetrics(theme::bodyFont()).horizontalAdvance(QLatin1Char('0'));
    const int column = std::max(letter * ColumnLetters, m_rangesCard->minimumSizeHint().width());
    const bool beside = width() >= column + letter * PlotLetters;
    const bool wasBeside = m_tabs->indexOf(m_rangesCard) < 0;
    if (beside && !wasBeside) {
        m_tabs->removeTab(m_tabs->indexOf(m_rangesCard));
        m_row->addWidget(m_rangesCard);
        m_rangesCard->show();
    } else if (!beside && wasBeside) {
        m_row->removeWidget(m_rangesCard);
        m_tabs->addTab(m_rangesCard, tr("Ranges"));
    }
    m_rangesCard->setMinimumWidth(beside ? column : 0);
    m_rangesCard->setMaximumWidth(beside ? column : QWIDGETSIZE_MAX);
}

void DatasetView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool DatasetView::event(QEvent *event)
{
    // Also when the letters have changed: the fields say a little later how wide they are now.
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

QWidget *DatasetView::samplesTab()
{
    m_previous->setObjectName(QStringLiteral("samplePreviousButton"));
    m_previous->setArrowType(Qt::LeftArrow);
    m_previous->setToolTip(tr("Previous simulation (Page Up)"));
    m_previous->setShortcut(Qt::Key_PageUp);
    m_next->setObjectName(QStringLiteral("sampleNextButton"));
    m_next->setArrowType(Qt::RightArrow);
    m_next->setToolTip(tr("Next simulation (Page Down)"));
    m_next->setShortcut(Qt::Key_PageDown);
    m_random->setObjectName(QStringLiteral("sampleRandomButton"));
    m_random->setToolTip(tr("Any simulation inside the ranges"));
    m_placeField->setObjectName(QStringLiteral("samplePlaceField"));
    m_placeField->setAccessibleName(tr("Number of the simulation that is shown"));
    m_placeCount->setObjectName(QStringLiteral("samplePlaceLabel"));
    theme::setRole(m_placeCount, "muted");
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_random, &QPushButton::clicked, this, &DatasetView::random);
    connect(m_placeField, &QuantityField::edited, this,
            [this](double n) { showPlace(static_cast<std::size_t>(n) - 1); });

    auto *widget = new QWidget;
    auto *row = new QHBoxLayout;
    row->addWidget(m_previous);
    row->addWidget(m_placeField);
    row->addWidget(m_placeCount);
    row->addWidget(m_next);
    row->addWidget(m_random);
    row->addStretch(1);
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, theme::Grid, 0, 0);
    column->addLayout(row);
    column->addWidget(m_sample, 1);
    return widget;
}

void DatasetView::setContents(DatasetContents contents)
{
    const bool other = contents.path != m_contents.path;
    m_contents = std::move(contents);
    const DatasetInfo &info = m_contents.info;
    m_name->setText(QFileInfo(m_contents.path).fileName());
    m_name->setToolTip(m_contents.path);
    m_detail->setText(tr("%1 train, %2 valid, %3 test · %4 ms · %5 · %6 · %7")
                          .arg(countText(info.count(Split::Train)),
                               countText(info.count(Split::Valid)),
                               countText(info.count(Split::Test)),
                               countText(static_cast<std::uint64_t>(info.durationMs)))
                          .arg(countedText(info.segments, tr("1 segment"), tr("%1 segments")),
                               sizeText(m_contents.bytes),
                               info.plan ? tr("seed %1").arg(info.plan->seed) : tr("imported")));
    {
        const QSignalBlocker blocker(m_split);
        const int before = other ? 0 : m_split->currentIndex();
        m_split->clear();
        m_split->addItem(tr("All Parts"), -1);
        for (const Split split : AllSplits)
            m_split->addItem(splitTitle(split), static_cast<int>(split));
        m_split->setCurrentIndex(before);
    }
    m_requested = {Split::Train, static_cast<std::size_t>(-1)};
    m_place = 0;
    m_sample->setSample(info.neuron, nullptr, {});
    if (other)
        m_ranges->setRanges({});
    else
        rangesChanged();
}

bool DatasetView::splitShown(Split split) const
{
    const int chosen = m_split->currentData().toInt();
    return chosen < 0 || chosen == static_cast<int>(split);
}

std::vector<StatisticRange> DatasetView::ranges() const
{
    return m_ranges->ranges();
}

std::size_t DatasetView::keptInAll() const
{
    std::size_t kept = 0;
    const std::vector<StatisticRange> ranges = m_ranges->ranges();
    for (const SplitStatistics &statistics : m_contents.statistics) {
        for (const StatisticValues &values : statistics.values)
            kept += firstViolation(values, ranges) ? 0 : 1;
    }
    return kept;
}

void DatasetView::rangesChanged()
{
    const std::vector<StatisticRange> ranges = m_ranges->ranges();
    const std::size_t total = m_contents.info.countInAll();
    const std::size_t kept = keptInAll();
    m_preview->setText(ranges.empty() ? tr("No range is set.")
                           : kept == total
                           ? tr("All <b>%1</b> simulations lie inside.").arg(countText(total))
                           : tr("<b>%1 of %2</b> simulations lie inside; %3 would go.")
                                 .arg(countText(kept), countText(total), countText(total - kept)));
    m_save->setEnabled(!ranges.empty() && kept > 0 && kept < total);
    m_grid->setRanges(ranges);

    const Place before = m_place < m_places.size() ? m_places[m_place] : Place{Split::Train, 0};
    m_places.clear();
    m_place = 0;
    for (const Split split : AllSplits) {
        if (!splitShown(split))
            continue;
        const auto &values = m_contents.statistics[static_cast<std::size_t>(split)].values;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (firstViolation(values[i], ranges))
                continue;
            if (Place{split, i} == before)
                m_place = m_places.size();
            m_places.emplace_back(split, i);
        }
    }
    showStatistics();
    showPlace(m_place);
}

void DatasetView::showStatistics()
{
    const std::vector<StatisticRange> ranges = m_ranges->ranges();
    std::vector<StatisticValues> kept;
    std::vector<StatisticValues> gone;
    std::vector<int> isiMs;
    std::uint64_t tried = 0;
    std::uint64_t accepted = 0;
    std::uint64_t held = 0;
    std::array<std::uint64_t, StatisticCount> rejectedBy{};
    for (const Split split : AllSplits) {
        if (!splitShown(split))
            continue;
        const SplitStatistics &statistics = m_contents.statistics[static_cast<std::size_t>(split)];
        for (const StatisticValues &values : statistics.values)
            (firstViolation(values, ranges) ? gone : kept).push_back(values);
        isiMs.insert(isiMs.end(), statistics.isiMs.begin(), statistics.isiMs.end());
        const Acceptance &a = m_contents.info.acceptance[static_cast<std::size_t>(split)];
        held += statistics.values.size();
        tried += a.tried;
        accepted += a.accepted;
        for (std::size_t s = 0; s < StatisticCount; ++s)
            rejectedBy[s] += a.rejectedBy[s];
    }
    m_grid->setStatistics(kept, gone, isiMs);
    const bool filtered = m_contents.info.plan && !m_contents.info.plan->filter.empty();
    QString summary = filtered ? acceptanceText(tried, accepted, rejectedBy)
        : m_contents.info.plan ? tr("Built without a quality filter.")
                               : tr("Imported; nothing was filtered on the way.");
    // Its file keeps how the one was built that this one was chosen from.
    if (m_contents.info.plan && held < accepted)
        summary = tr("<b>%1 of %2</b> simulations were kept by ranges. Of the data set they come "
                     "from: %3")
                      .arg(countText(held), countText(accepted), summary);
    m_grid->setSummary(summary);
    m_scatter->setStatistics(std::move(kept), std::move(gone));
}

void DatasetView::showPlace(std::size_t n)
{
    const bool any = !m_places.empty();
    m_place = any ? std::min(n, m_places.size() - 1) : 0;
    m_placeField->configure(1, any ? static_cast<double>(m_places.size()) : 1, 1, 0, {});
    m_placeField->setQuantity(static_cast<double>(m_place + 1));
    m_placeCount->setText(tr("of %1").arg(countText(m_places.size())));
    m_placeField->setEnabled(any);
    m_previous->setEnabled(any && m_place > 0);
    m_next->setEnabled(any && m_place + 1 < m_places.size());
    m_random->setEnabled(m_places.size() > 1);
    if (!any) {
        m_requested = {Split::Train, static_cast<std::size_t>(-1)};
        m_sample->setSample(m_contents.info.neuron, nullptr, {});
        m_sample->setEmptyText(tr("No simulation lies inside all ranges."));
        return;
    }
    requestShown();
}

void DatasetView::requestShown()
{
    // Simulations are read from disk only where they are seen.
    if (m_tabs->currentIndex() != SamplesTab || m_places.empty()
        || m_places[m_place] == m_requested)
        return;
    m_requested = m_places[m_place];
    Q_EMIT sampleRequested(m_requested.first, m_requested.second);
}

void DatasetView::setSample(Split split, std::size_t i,
                            std::shared_ptr<const StoredSimulation> sample)
{
    if (Place{split, i} != m_requested)
        return;
    const std::uint64_t index = m_contents.statistics[static_cast<std::size_t>(split)].index[i];
    m_sample->setSample(m_contents.info.neuron, std::move(sample),
                        tr("%1 %2").arg(splitTitle(split)).arg(index, 7, 10, QLatin1Char('0')));
}

void DatasetView::setSampleProblem(const QString &sentence)
{
    m_sample->setSample(m_contents.info.neuron, nullptr, {});
    m_sample->setEmptyText(sentence);
}

void DatasetView::step(int by)
{
    if (by < 0 && m_place == 0)
        return;
    showPlace(by < 0 ? m_place - 1 : m_place + 1);
}

void DatasetView::random()
{
    showPlace(static_cast<std::size_t>(
        QRandomGenerator::global()->bounded(static_cast<quint32>(m_places.size()))));
}

} // namespace dt
