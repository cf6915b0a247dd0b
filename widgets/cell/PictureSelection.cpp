// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/PictureSelection.h"

#include "engine/document/CellSelection.h"
#include "widgets/cell/CellView.h"

namespace dt {

using Kind = CellSelection::Kind;

PictureSelection::PictureSelection(CellView *view, CellSelection *selection, QObject *parent) :
    QObject(parent), m_view(view), m_selection(selection)
{
    connect(view, &CellView::selectionChanged, this, &PictureSelection::takeFromPicture);
    connect(selection, &CellSelection::changed, this, &PictureSelection::show);
}

void PictureSelection::setOutlined(bool on)
{
    m_outlined = on;
    show();
}

int PictureSelection::dendrite() const
{
    return m_selection->single(Kind::Dendrites);
}

void PictureSelection::pickAt(const QPointF &at, Qt::KeyboardModifiers modifiers)
{
    const std::optional<Place> place = m_view->placeAt(at);
    if (!place)
        m_selection->clear();
    else if (place->dendrite == SomaIndex)
        m_selection->select(Kind::Soma);
    else if (modifiers & Qt::ControlModifier)
        m_selection->toggle(Kind::Dendrites, place->dendrite);
    else
        m_selection->select(Kind::Dendrites, {place->dendrite}, place->x);
    show(); // also when it is what it was: the picture may show another place
    Q_EMIT picked();
    if (place)
        Q_EMIT m_view->placeClicked(place->dendrite, place->x, modifiers);
}

void PictureSelection::pick(std::vector<int> dendrites, bool add)
{
    if (add && m_selection->kind() == Kind::Dendrites)
        dendrites.insert(dendrites.end(), m_selection->items().begin(), m_selection->items().end());
    m_selection->select(Kind::Dendrites, std::move(dendrites));
    Q_EMIT picked();
}

// Arrow keys choose a segment.
void PictureSelection::takeFromPicture()
{
    const std::optional<int> part = m_view->selection();
    if (!part) {
        m_selection->clear();
    } else if (*part == CellView::SomaSelected) {
        m_selection->select(Kind::Soma);
    } else {
        const std::vector<SegmentRef> rows = segmentRows(m_view->neuron());
        const SegmentRef &row = rows[static_cast<std::size_t>(*part)];
        m_selection->select(Kind::Dendrites, {row.dendrite}, row.x);
    }
    Q_EMIT picked();
}

void PictureSelection::show()
{
    const Neuron &neuron = m_view->neuron();
    std::optional<int> part;
    std::vector<int> outlined;
    if (m_selection->kind() == Kind::Soma) {
        part = CellView::SomaSelected;
    } else if (m_selection->kind() == Kind::Dendrites) {
        const int only = dendrite();
        // The picture may still show the neuron as it was.
        if (only >= 0 && only < static_cast<int>(neuron.dendrites.size()))
            part = rowAt(neuron, only, m_selection->x());
        if (m_outlined)
            outlined = m_selection->items();
    }
    m_view->setSelection(part);
    m_view->setSelectedDendrites(outlined);
}

} // namespace dt
