// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inside/WeightMaps.h"

#include "widgets/forms/ElidedLabel.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/PlotTile.h"
#include "widgets/plots/RowAxis.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QListWidget>
#include <QResizeEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr int UnitRole = Qt::UserRole;
constexpr int MapRow = 2;
constexpr int KernelRow = 3;
/// Of the kernels' curves [ms].
constexpr double KernelStepMs = 0.25;

/// Both maps of a unit, excitatory above, as large as an icon; the tip of the dendrite on top.
QPixmap thumbnail(const FirstLayer &layer, int unit, double range, const QSize &size,
                  const QPalette &palette)
{
    QImage image(layer.lagsMs, 2 * layer.segments, QImage::Format_RGB32);
    for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory}) {
        const std::span<const float> map = layer.map(unit, polarity);
        for (int s = 0; s < layer.segments; ++s) {
            const int y = (polarity == Polarity::Inhibitory ? 2 : 1) * layer.segments - 1 - s;
            for (int lag = 0; lag < layer.lagsMs; ++lag) {
                const double w =
                    static_cast<double>(map[static_cast<std::size_t>(s * layer.lagsMs + lag)]);
                image.setPixelColor(layer.lagsMs - 1 - lag, y,
                                    colours::diverging(0.5 + 0.5 * w / range, palette));
            }
        }
    }
    return QPixmap::fromImage(image.scaled(size));
}

QString square(const QColor &colour)
{
    return QStringLiteral("<span style='color:%1'>■</span>").arg(colour.name());
}

/// Ages as positive numbers on an axis whose right end is now.
std::vector<std::pair<double, QString>> ageTicks(int ms)
{
    const int step = ms <= 12 ? 2 : ms <= 30 ? 5 : ms <= 60 ? 10 : ms <= 120 ? 20 : 50;
    std::vector<std::pair<double, QString>> ticks;
    for (int age = 0; age < ms; age += step)
        ticks.emplace_back(-age, QString::number(age));
    return ticks;
}

} // namespace

WeightMaps::WeightMaps(const QString &name, QWidget *parent) :
    QWidget(parent), m_grid(new QGridLayout(this)), m_title(new ElidedLabel),
    m_strip(new QListWidget), m_legend(new QLabel)
{
    m_title->setObjectName(name + QStringLiteral("TitleLabel"));
    theme::setRole(m_title, "caption");
    m_strip->setObjectName(name + QStringLiteral("UnitList"));
    m_strip->setAccessibleName(tr("Units of the first layer, strongest first"));
    m_strip->setToolTip(tr("Units of the first layer, strongest first, with the size of their "
                           "weights. Arrow keys go along."));
    m_strip->setViewMode(QListView::IconMode);
    m_strip->setFlow(QListView::LeftToRight);
    m_strip->setWrapping(false);
    m_strip->setMovement(QListView::Static);
    m_strip->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_strip->setMinimumWidth(1);
    m_legend->setObjectName(name + QStringLiteral("LegendLabel"));
    m_legend->setWordWrap(true);
    m_legend->setTextFormat(Qt::RichText);
    theme::setRole(m_legend, "caption");

    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(theme::Grid / 2);
    m_grid->addWidget(m_title, 0, 0, 1, 2);
    m_grid->addWidget(m_strip, 1, 0, 1, 2);
    m_title->hide();
    for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory}) {
        const bool excitatory = polarity == Polarity::Excitatory;
        const QString side = name + (excitatory ? QStringLiteral("Exc") : QStringLiteral("Inh"));
        auto *map = new PlotCanvas;
        map->setObjectName(side + QStringLiteral("Map"));
        auto *kernels = new PlotCanvas;
        kernels->setObjectName(side + QStringLiteral("KernelPlot"));
        kernels->setYRange(-0.03, 1.08);
        auto *mapTile = new PlotTile(excitatory ? tr("Excitatory") : tr("Inhibitory"), map);
        auto *kernelTile = new PlotTile(tr("Synapses"), kernels);
        kernels->setAccessibleName(excitatory ? tr("Time course of excitatory synapses")
                                              : tr("Time course of inhibitory synapses"));
        const int column = excitatory ? 0 : 1;
        m_grid->addWidget(mapTile, MapRow, column);
        m_grid->addWidget(kernelTile, KernelRow, column);
        m_sides.push_back({polarity, map, mapTile, kernels, kernelTile});
    }
    m_grid->setRowStretch(MapRow, 3);
    m_grid->addWidget(m_legend, KernelRow + 1, 0, 1, 2);
    connect(m_strip, &QListWidget::currentRowChanged, this, &WeightMaps::draw);
    restyle();
    draw();
}

void WeightMaps::restyle()
{
    const QFontMetrics metrics(theme::captionFont());
    const int icon = metrics.height() * 2;
    m_strip->setFont(theme::captionFont());
    m_strip->setIconSize({icon * 2, icon});
    m_strip->setSpacing(theme::Grid / 4);
    fitStrip();
    const int left = metrics.horizontalAdvance(QStringLiteral("2000")) + metrics.height() + 12;
    for (const Side &side : m_sides) {
        side.map->setSideMargins(left, 10);
        side.kernels->setSideMargins(left, 10);
    }
}

void WeightMaps::fitStrip()
{
    const QFontMetrics metrics(theme::captionFont());
    const QSize icon = m_strip->iconSize();
    const QSize item{icon.width() + theme::Grid, icon.height() + metrics.height() + theme::Grid};
    for (int i = 0; i < m_strip->count(); ++i)
        m_strip->item(i)->setSizeHint(item);
    const int each = item.width() + 2 * m_strip->spacing();
    const bool all = m_strip->count() * each + theme::Grid < width();
    m_strip->setFixedHeight(item.height() + 2 * m_strip->spacing() + 2 * m_strip->frameWidth()
                            + (all ? 0 : m_strip->horizontalScrollBar()->sizeHint().height()));
}

void WeightMaps::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitStrip();
}

bool WeightMaps::showsAges() const
{
    return m_twin && m_twin->layer && m_twin->layer->lagsMs > 1;
}

void WeightMaps::setTwin(const std::optional<InsideTwin> &twin)
{
    m_twin = twin;
    m_title->setText(twin ? twin->title : QString());
    m_ages = twin && twin->layer ? twin->layer->lagsMs : 0;
    m_strip->setVisible(showsAges());
    for (const Side &side : m_sides)
        side.kernelTile->setVisible(showsAges());
    m_grid->setRowStretch(KernelRow, showsAges() ? 2 : 0);
    fillStrip();
    draw();
}

void WeightMaps::setTitled(bool on)
{
    m_title->setVisible(on);
}

void WeightMaps::setAges(int ms)
{
    m_ages = ms;
    draw();
}

void WeightMaps::setNormalised(bool on)
{
    m_normalised = on;
    fillStrip();
    draw();
}

int WeightMaps::unit() const
{
    const QListWidgetItem *item = m_strip->currentItem();
    return item ? item->data(UnitRole).toInt() : -1;
}

void WeightMaps::fillStrip()
{
    const int before = unit();
    const QSignalBlocker quiet(m_strip);
    m_strip->clear();
    if (!showsAges())
        return;
    const FirstLayer &layer = *m_twin->layer;
    double largest = 1e-12;
    for (int u = 0; u < layer.units; ++u)
        largest = std::max(largest, layer.largest(u));
    int row = 0;
    for (const int u : layer.bySize()) {
        const double range = m_normalised ? std::max(1e-12, layer.largest(u)) : largest;
        auto *item =
            new QListWidgetItem(QIcon(thumbnail(layer, u, range, m_strip->iconSize(), palette())),
                                QString::number(layer.size(u), 'f', 2));
        item->setData(UnitRole, u);
        item->setToolTip(tr("Unit %1 of %2: size of its weights %3, centre %4 ms back")
                             .arg(u + 1)
                             .arg(layer.units)
                             .arg(layer.size(u), 0, 'f', 2)
                             .arg(layer.centreMs(u), 0, 'f', 0));
        m_strip->addItem(item);
        if (u == before)
            row = m_strip->count() - 1;
    }
    m_strip->setCurrentRow(row);
    fitStrip();
}

void WeightMaps::draw()
{
    const bool any = m_twin && m_twin->layer;
    for (const Side &side : m_sides) {
        side.map->setEmptyText(any ? QString() : tr("No weights to show"));
        side.mapTile->setReadOut({});
        if (any && showsAges()) {
            drawMap(side);
            drawKernels(side);
        } else if (any) {
            drawAllUnits(side);
        } else {
            side.map->setMap({}, 0, QRectF(0.0, 0.0, 1.0, 1.0));
        }
        side.map->redraw();
        side.kernels->redraw();
    }
    writeLegend();
}

void WeightMaps::drawMap(const Side &side)
{
    const FirstLayer &layer = *m_twin->layer;
    const int u = std::max(0, unit());
    // Old to the left, as in every plot over time.
    std::vector<float> values;
    const std::span<const float> map = layer.map(u, side.polarity);
    for (int s = 0; s < layer.segments; ++s) {
        const auto row = map.subspan(static_cast<std::size_t>(s * layer.lagsMs),
                                     static_cast<std::size_t>(layer.lagsMs));
        values.insert(values.end(), row.rbegin(), row.rend());
    }
    double range = layer.largest(u);
    for (int other = 0; other < layer.units && !m_normalised; ++other)
        range = std::max(range, layer.largest(other));
    range = std::max(range, 1e-12);
    side.map->setMap(values, layer.segments,
                     QRectF(0.5 - layer.lagsMs, -0.5, layer.lagsMs, layer.segments));
    side.map->setMapColours([this](double share) { return colours::diverging(share, palette()); });
    side.map->setMapRange(-range, range);
    side.map->setXAxis(tr("Age of the input [ms]"), 0.5 - m_ages, 0.5);
    side.map->setXTicks(ageTicks(m_ages));
    if (m_twin->neuron)
        applyRowAxis(*side.map, *m_twin->neuron, 0.0);
    else
        side.map->setYLabel(tr("Segment"));
    if (!m_twin->neuron)
        side.map->setYRange(-0.5, layer.segments - 0.5);
    if (side.polarity == Polarity::Excitatory)
        side.mapTile->setReadOut(
            tr("unit %1, centre %2 ms back").arg(u + 1).arg(layer.centreMs(u), 0, 'f', 0));
    else
        side.mapTile->setReadOut(tr("colours ±%1").arg(range, 0, 'g', 2));
}

void WeightMaps::drawAllUnits(const Side &side)
{
    const FirstLayer &layer = *m_twin->layer;
    const std::vector<int> order = layer.bySize();
    std::vector<float> values;
    double range = 1e-12;
    for (int s = 0; s < layer.segments; ++s) {
        for (const int u : order) {
            values.push_back(layer.map(u, side.polarity)[static_cast<std::size_t>(s)]);
            range = std::max(range, layer.largest(u));
        }
    }
    side.map->setMap(values, layer.segments, QRectF(0.5, -0.5, layer.units, layer.segments));
    side.map->setMapColours([this](double share) { return colours::diverging(share, palette()); });
    side.map->setMapRange(-range, range);
    side.map->setXAxis(tr("Unit, strongest first"), 0.5, layer.units + 0.5);
    std::vector<std::pair<double, QString>> ticks;
    for (int rank = 1; rank <= layer.units; rank = rank == 1 ? 10 : rank + 10)
        ticks.emplace_back(rank, QString::number(rank));
    side.map->setXTicks(ticks);
    if (m_twin->neuron)
        applyRowAxis(*side.map, *m_twin->neuron, 0.0);
    side.mapTile->setReadOut(tr("colours ±%1").arg(range, 0, 'g', 2));
}

void WeightMaps::drawKernels(const Side &side)
{
    const FirstLayer &layer = *m_twin->layer;
    PlotCanvas &canvas = *side.kernels;
    canvas.removeLinesFrom(0);
    canvas.setXAxis(tr("Age of the input [ms]"), 0.5 - m_ages, 0.5);
    canvas.setXTicks(ageTicks(m_ages));
    canvas.setYLabel(tr("Share"));
    canvas.setYTicks({{0.0, QStringLiteral("0")}, {1.0, QStringLiteral("1")}});
    const QColor colour = colours::ofPolarity(side.polarity, palette());
    QStringList decays;
    for (const SynapseKernel &kernel : m_twin->kernels) {
        if (kernel.polarity != side.polarity)
            continue;
        const bool slow = kernel.name == "NMDA";
        const int line = canvas.addLine({colour, slow ? 1.6 : 0.8, false, slow});
        std::vector<double> x;
        std::vector<double> y;
        for (double age = m_ages; age >= 0.0; age -= KernelStepMs) {
            x.push_back(-age);
            y.push_back(kernel.at(age));
        }
        canvas.setPoints(line, x, y);
        decays << tr("%1 %2 ms").arg(QString::fromStdString(kernel.name)).arg(kernel.decayMs);
    }
    // The twin's own weights of all units, over the synapses that they have to stand for.
    std::vector<double> profile = layer.lagProfile(side.polarity);
    const double peak = std::max(1e-12, *std::max_element(profile.begin(), profile.end()));
    std::vector<double> x;
    std::vector<double> y;
    for (int lag = layer.lagsMs - 1; lag >= 0; --lag) {
        x.push_back(-lag);
        y.push_back(profile[static_cast<std::size_t>(lag)] / peak);
    }
    canvas.setPoints(canvas.addLine({colours::onto(colours::Twin, palette()), 1.2}), x, y);
    side.kernelTile->setReadOut(decays.isEmpty() ? tr("neuron unknown")
                                                 : tr("decay %1").arg(decays.join(tr(", "))));
}

void WeightMaps::writeLegend()
{
    m_legend->setVisible(m_twin && m_twin->layer);
    QString text = tr("%1 raises the unit, %2 lowers it.")
                       .arg(square(colours::diverging(1.0, palette())),
                            square(colours::diverging(0.0, palette())));
    if (showsAges() && !m_twin->kernels.empty()) {
        QStringList names;
        for (const SynapseKernel &kernel : m_twin->kernels) {
            const QString name = QString::fromStdString(kernel.name);
            names << QStringLiteral("%1 %2").arg(
                square(colours::ofPolarity(kernel.polarity, palette())),
                kernel.name == "NMDA" ? tr("%1 (thick)").arg(name) : name);
        }
        text += QLatin1Char(' ')
            + tr("Below: what a synapse still conducts of an input of that age, %1; and %2 how "
                 "large "
                 "the weights of all units are there.")
                  .arg(names.join(QStringLiteral(", ")),
                       square(colours::onto(colours::Twin, palette())));
    }
    m_legend->setText(text);
}

void WeightMaps::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        restyle();
        fillStrip();
        draw();
    }
}

} // namespace dt
