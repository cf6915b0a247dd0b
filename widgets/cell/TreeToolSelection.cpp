// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is selected in the picture and what is selected of the cell, kept the same.
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/cell/TreeTool.h"

#include <QLineF>

namespace dt {

void TreeTool::selectInBand()
{
    const QRectF band = QRectF(m_pressed, m_mouse).normalized();
    CellSelection *selection = m_editor->selection();
    std::vector<int> met;
    if (m_modifiers & Qt::ControlModifier && selection->kind() == CellSelection::Kind::Dendrites)
        met = selection->items();
    const CellLayout &layout = m_view->layoutOfCell();
    const QTransform transform = m_view->toView();
    for (std::size_t i = 0; i < layout.branches.size(); ++i) {
        const QPolygonF line = transform.map(layout.branches[i].line);
        bool inside = false;
        for (qsizetype k = 1; k < line.size() && !inside; ++k) {
            const QLineF part(line[k - 1], line[k]);
            inside = band.contains(part.p1()) || band.contains(part.p2());
            for (const QLineF &side : {QLineF(band.topLeft(), band.topRight()),
                                       QLineF(band.bottomLeft(), band.bottomRight()),
                                       QLineF(band.topLeft(), band.bottomLeft()),
                                       QLineF(band.topRight(), band.bottomRight())})
                inside = inside || part.intersects(side) == QLineF::BoundedIntersection;
        }
        if (inside)
            met.push_back(static_cast<int>(i));
    }
    selection->select(CellSelection::Kind::Dendrites, met);
    Q_EMIT picked();
}

// From the picture to the shared selection: arrow keys choose a segment.
void TreeTool::takeSelection()
{
    if (m_syncing)
        return;
    CellSelection *selection = m_editor->selection();
    const std::optional<int> part = m_view->selection();
    if (!part) {
        selection->clear();
    } else if (*part == CellView::SomaSelected) {
        selection->select(CellSelection::Kind::Soma);
    } else {
        const std::vector<SegmentRef> rows = segmentRows(m_view->neuron());
        const SegmentRef &row = rows[static_cast<std::size_t>(*part)];
        selection->select(CellSelection::Kind::Dendrites, {row.dendrite}, row.x);
    }
    Q_EMIT picked();
}

void TreeTool::showSelection()
{
    const CellSelection *selection = m_editor->selection();
    const Neuron &neuron = m_view->neuron();
    m_syncing = true;
    std::optional<int> part;
    std::vector<int> outlined;
    if (selection->kind() == CellSelection::Kind::Soma) {
        part = CellView::SomaSelected;
    } else if (selection->kind() == CellSelection::Kind::Dendrites) {
        const int only = dendrite();
        // The picture may still show the neuron as it was.
        if (only >= 0 && only < static_cast<int>(neuron.dendrites.size()))
            part = rowAt(neuron, only, selection->x());
        if (m_treeTools)
            outlined = selection->items();
    }
    m_view->setSelection(part);
    m_view->setSelectedDendrites(outlined);
    m_syncing = false;
}

} // namespace dt
