// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/BarsView.h"

#include "widgets/plots/SeriesLegend.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"
#include "widgets/words/Text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

constexpr double GroupShare = 0.76; ///< of a group's place that its bars take
/// Sets of markers, counted from those that lie over all bars.
constexpr int Dots = 0;
constexpr int Values = 1;
constexpr int Below = 2;
constexpr int MarkerSets = 3;

bool isShare(Figure figure)
{
    return figure == Figure::SpikesAuc || figure == Figure::NearAuc;
}

} // namespace

BarsView::BarsView(QWidget *parent) :
    CompareView(parent), m_controls(new QWidget), m_figure(new QComboBox), m_from(new QComboBox),
    m_canvas(new PlotCanvas), m_legend(new SeriesLegend(SeriesLegend::Kind::Bar)),
    m_meaning(new QLabel)
{
    m_figure->setObjectName(QStringLiteral("barsFigureCombo"));
    m_figure->setAccessibleName(tr("What the bars show"));
    for (const Figure figure : qualityFigures()) {
        m_figure->addItem(text(figureInfo(figure).label), static_cast<int>(figure));
        m_figure->setItemData(m_figure->count() - 1, text(figureInfo(figure).why), Qt::ToolTipRole);
    }
    m_from->setObjectName(QStringLiteral("barsFromCombo"));
    m_from->setAccessibleName(tr("Bars begin at"));
    m_from->setToolTip(tr("Good twins differ little: bars that begin at 0 would all look the same. "
                          "Remember where they begin when you compare their lengths."));
    m_canvas->setPaperAspect(2.0);
    m_canvas->setObjectName(QStringLiteral("barsPlot"));
    m_canvas->setAccessibleName(tr("Bars"));
    m_canvas->setFocusPolicy(Qt::NoFocus);
    addMarkerSets();
    m_meaning->setObjectName(QStringLiteral("barsMeaningLabel"));
    m_meaning->setWordWrap(true);
    theme::setRole(m_meaning, "caption");
    theme::setRole(m_meaning, "muted");

    auto *from = new QLabel(tr("from"));
    from->setBuddy(m_from);
    auto *controls = new QHBoxLayout(m_controls);
    controls->setContentsMargins(0, 0, 0, 0);
    controls->addWidget(m_figure);
    controls->addWidget(from);
    controls->addWidget(m_from);
    controls->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addWidget(m_controls);
    column->addWidget(m_legend);
    column->addWidget(m_canvas, 1);
    column->addWidget(m_meaning);
    fillBases();
    connect(m_figure, &QComboBox::currentIndexChanged, this, [this] {
        fillBases();
        draw();
    });
    connect(m_from, &QComboBox::currentIndexChanged, this, &BarsView::draw);
    draw();
}

void BarsView::setControlsVisible(bool visible)
{
    m_controls->setVisible(visible);
}

Figure BarsView::figure() const
{
    return static_cast<Figure>(m_figure->currentData().toInt());
}

void BarsView::setFigure(Figure figure)
{
    m_figure->setCurrentIndex(m_figure->findData(static_cast<int>(figure)));
}

void BarsView::fillBases()
{
    const QSignalBlocker quiet(m_from);
    m_from->clear();
    m_from->addItem(tr("automatic"));
    const double whole = isShare(figure()) ? 1.0 : 100.0;
    for (const double base : {0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99})
        m_from->addItem(QString::number(base * whole), base * whole);
}

void BarsView::setTwins(const ComparedTwins &twins)
{
    m_twins = twins;
    draw();
}

void BarsView::draw()
{
    m_table = barTable(m_twins, figure());
    std::vector<double> values;
    bool repeated = false;
    for (const std::vector<BarCell> &row : m_table.cells) {
        for (const BarCell &cell : row) {
            values.insert(values.end(), cell.values.begin(), cell.values.end());
            repeated |= cell.values.size() > 1;
        }
    }
    m_base = m_from->currentData().isValid() ? m_from->currentData().toDouble()
                                             : barBase(figure(), values);
    const bool empty = values.empty();
    m_canvas->setEmptyText(!empty ? QString()
                               : m_twins.empty()
                               ? tr("Tick twins in the table to see them here.")
                               : tr("None of the ticked twins has been evaluated."));
    std::vector<SeriesLegend::Entry> entries;
    for (std::size_t n = 0; n < m_table.neurons.size(); ++n) {
        const SeriesStyle style = seriesStyle(n, palette());
        SeriesLegend::Entry entry{QString::fromStdString(m_table.neurons[n]), style.colour};
        entry.pattern = style.pattern;
        entries.push_back(std::move(entry));
    }
    m_legend->setEntries(std::move(entries));
    QString meaning = text(figureInfo(figure()).why);
    if (repeated)
        meaning += tr(" Dots are single twins, the bar their mean.");
    m_meaning->setText(meaning);
    drawBars();
    labelGroups();
    m_canvas->redraw();
}

void BarsView::drawBars()
{
    const double whole = isShare(figure()) ? 1.0 : 100.0;
    const QFontMetrics metrics(theme::captionFont());
    m_canvas->setSideMargins(
        metrics.horizontalAdvance(QStringLiteral("0.9999")) + metrics.height() + 16, 14);
    m_canvas->setYLabel(isShare(figure()) ? tr("AUC") : tr("Explained variance [%]"));
    // Room for the number above a full bar.
    const double top = m_base + (whole - m_base) * 1.09;
    m_canvas->setYRange(m_base, top);
    const std::size_t neurons = m_table.neurons.size();
    const double width = GroupShare / static_cast<double>(std::max<std::size_t>(neurons, 1));
    if (m_bars < static_cast<int>(neurons)) {
        for (int set = 0; set < MarkerSets; ++set)
            m_canvas->setMarkers(m_markers + set, {});
        while (m_bars < static_cast<int>(neurons)) {
            m_canvas->addBars(Qt::black);
            ++m_bars;
        }
        addMarkerSets(); // what is added later lies on top
    }
    for (int n = 0; n < m_bars; ++n) {
        std::vector<double> at;
        std::vector<double> high;
        const auto neuron = static_cast<std::size_t>(n);
        for (std::size_t g = 0; neuron < neurons && g < m_table.cells.size(); ++g) {
            const std::optional<double> mean = m_table.cells[g][neuron].mean();
            if (!mean || *mean <= m_base)
                continue;
            at.push_back(static_cast<double>(g) - 0.5 * GroupShare + (n + 0.5) * width);
            high.push_back(*mean);
        }
        const SeriesStyle style = seriesStyle(neuron, palette());
        m_canvas->setBarsColour(n, style.colour, style.pattern);
        m_canvas->setBars(n, at, high, width * 0.9, m_base);
        m_canvas->setBarsName(
            n, neuron < neurons ? QString::fromStdString(m_table.neurons[neuron]) : QString());
    }
    drawDots(width, top);
}

void BarsView::drawDots(double width, double top)
{
    std::vector<PlotCanvas::Marker> dots;
    std::vector<PlotCanvas::Marker> values;
    std::vector<PlotCanvas::Marker> below;
    const double room = (top - m_base) * 0.035;
    for (std::size_t g = 0; g < m_table.cells.size(); ++g) {
        for (std::size_t n = 0; n < m_table.cells[g].size(); ++n) {
            const BarCell &cell = m_table.cells[g][n];
            const std::optional<double> mean = cell.mean();
            if (!mean)
                continue;
            const double x =
                static_cast<double>(g) - 0.5 * GroupShare + (static_cast<double>(n) + 0.5) * width;
            double highest = *mean;
            for (const double value : cell.values) {
                highest = std::max(highest, value);
                if (cell.values.size() > 1 && value > m_base)
                    dots.push_back({x, value, 6.0});
            }
            PlotCanvas::Marker number{x,     std::max(highest, m_base),   1.0,
                                      false, figureText(figure(), *mean), PlotCanvas::Side::Above};
            if (*mean <= m_base) { // the bar would not be seen
                below.push_back({x, m_base + room, 9.0});
                number.y = m_base + 2.0 * room;
            }
            values.push_back(std::move(number));
        }
    }
    m_canvas->setMarkersColour(m_markers + Dots, palette().color(QPalette::WindowText));
    m_canvas->setMarkersColour(m_markers + Below, colours::muted(palette()));
    m_canvas->setMarkers(m_markers + Dots, std::move(dots));
    m_canvas->setMarkers(m_markers + Values, std::move(values));
    m_canvas->setMarkers(m_markers + Below, std::move(below));
}

void BarsView::addMarkerSets()
{
    m_markers = m_canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
    m_canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::transparent);
    m_canvas->addMarkers(PlotCanvas::Shape::Down, Qt::black);
}

void BarsView::labelGroups()
{
    const std::size_t groups = std::max<std::size_t>(m_table.networks.size(), 1);
    std::vector<std::pair<double, QString>> names;
    for (std::size_t g = 0; g < m_table.networks.size(); ++g)
        names.emplace_back(static_cast<double>(g), QString::fromStdString(m_table.networks[g]));
    m_canvas->setXNames(names);
    // Names of two lines leave no room for the axis' own.
    const bool tall =
        std::any_of(m_table.networks.begin(), m_table.networks.end(),
                    [](const std::string &name) { return name.find('\n') != std::string::npos; });
    m_canvas->setXAxis(tall ? QString() : tr("Network"), -0.5, static_cast<double>(groups) - 0.5);
}

QString BarsView::csv() const
{
    QStringList head{QStringLiteral("network")};
    for (const std::string &neuron : m_table.neurons)
        head << csvCell(QString::fromStdString(neuron));
    QString all = head.join(u',') + u'\n';
    for (std::size_t g = 0; g < m_table.networks.size(); ++g) {
        QStringList row{csvCell(QString::fromStdString(m_table.networks[g]))};
        for (const BarCell &cell : m_table.cells[g]) {
            const std::optional<double> mean = cell.mean();
            row << (mean ? QString::number(*mean, 'g', 9) : QString());
        }
        all += row.join(u',') + u'\n';
    }
    return all;
}

} // namespace dt
