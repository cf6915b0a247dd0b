// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/PlanPicture.h"

#include "widgets/cell/CellView.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QVBoxLayout>

#include <set>
#include <utility>

namespace dt {

namespace {

using What = PlanPlace::What;

/// A stick with its marks above and below and two lines of words; a tree is still told apart
/// [lines of caption text].
constexpr int LinesHigh = 11;

/// What is done there, as the legend and the tip say it.
QString words(What what)
{
    switch (what) {
    case What::Excitation:
        return PlanPicture::tr("excitatory event");
    case What::Inhibition:
        return PlanPicture::tr("inhibitory event");
    case What::Electrode:
        return PlanPicture::tr("electrode");
    case What::Measured:
        return PlanPicture::tr("measured");
    }
    return {};
}

QString glyph(What what)
{
    switch (what) {
    case What::Excitation:
        return QStringLiteral("▲ ");
    case What::Inhibition:
        return QStringLiteral("▼ ");
    case What::Electrode:
        return QStringLiteral("▽ ");
    case What::Measured:
        return QStringLiteral("● ");
    }
    return {};
}

CellMark::Shape shape(What what)
{
    switch (what) {
    case What::Excitation:
        return CellMark::Shape::Up;
    case What::Inhibition:
        return CellMark::Shape::Down;
    case What::Electrode:
        return CellMark::Shape::Electrode;
    case What::Measured:
        break;
    }
    return CellMark::Shape::Circle;
}

QColor colour(What what, const QPalette &palette)
{
    switch (what) {
    case What::Excitation:
        return colours::ofPolarity(Polarity::Excitatory, palette);
    case What::Inhibition:
        return colours::ofPolarity(Polarity::Inhibitory, palette);
    case What::Electrode:
        return palette.color(QPalette::WindowText);
    case What::Measured:
        break;
    }
    return palette.color(QPalette::Highlight);
}

} // namespace

PlanPicture::PlanPicture(QWidget *parent) : QWidget(parent), m_cell(new CellView)
{
    setObjectName(QStringLiteral("planPicture"));
    m_cell->setObjectName(QStringLiteral("planCell"));
    m_cell->setAccessibleName(tr("Where the experiment acts and measures"));
    m_cell->setFocusPolicy(Qt::NoFocus); // a picture, not a place to choose from
    connect(m_cell, &CellView::selectionChanged, m_cell,
            [this] { m_cell->setSelection(std::nullopt); });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_cell);
    fitHeight();
}

void PlanPicture::show(const Neuron &neuron, std::vector<PlanPlace> places)
{
    m_places = std::move(places);
    m_cell->setNeuron(neuron);
    showMarks();
}

void PlanPicture::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
    if (event->type() == QEvent::PaletteChange)
        showMarks();
}

void PlanPicture::fitHeight()
{
    setFixedHeight(LinesHigh * QFontMetrics(theme::captionFont()).lineSpacing());
}

void PlanPicture::showMarks()
{
    std::vector<CellMark> marks;
    std::set<What> there;
    for (const PlanPlace &p : m_places) {
        CellMark mark;
        mark.id = static_cast<int>(marks.size());
        mark.place = {p.place.dendrite, p.place.x};
        mark.shape = shape(p.what);
        mark.colour = colour(p.what, palette());
        mark.tip = p.trials == 1 ? tr("%1, in 1 simulation").arg(words(p.what))
                                 : tr("%1, in %2 simulations").arg(words(p.what)).arg(p.trials);
        marks.push_back(mark);
        there.insert(p.what);
    }
    m_cell->setMarks(std::move(marks));
    std::vector<std::pair<QString, QColor>> legend;
    for (const What what : there)
        legend.emplace_back(glyph(what) + words(what), colour(what, palette()));
    m_cell->setLegend(std::move(legend));
}

} // namespace dt
