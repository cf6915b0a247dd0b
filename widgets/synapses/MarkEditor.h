// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/Electrode.h"
#include "widgets/cell/CellTool.h"
#include "widgets/synapses/PlaceItem.h"

#include <QObject>
#include <QPointF>

#include <optional>
#include <vector>

namespace dt {

class CellSelection;
class CellView;
class Document;

/// Synapses and electrodes as marks on the picture of the cell: they are selected by a click or a
/// frame, dragged along the cell (one undo step), put there from the palette, and removed with
/// Delete. Marks that are added or dragged snap to segment centres when asked to. While the editor
/// is active it sees the picture's mouse and keys before the tool that was there, which gets what
/// the editor does not use. Marks can always be seen and dragged.
class MarkEditor : public QObject, public CellTool
{
    Q_OBJECT

public:
    MarkEditor(CellView *view, Document *document, CellSelection *selection, QObject *parent);

    void setSnap(bool snap) { m_snap = snap; }
    /// Sets what a click into the picture puts there.
    void setItem(const std::optional<PlaceItem> &item);
    /// Sets synapses that do not exist yet; they are drawn hollow.
    void setGhosts(const std::vector<Synapse> &ghosts);
    void setActive(bool active);
    /// Puts an item on the selected dendrite, or on the first one.
    void placeAtSelection(const PlaceItem &item);

Q_SIGNALS:
    /// Why something was not done; "" when the last action was done.
    void told(const QString &sentence);
    /// What is worth knowing about a synapse that was put down.
    void placed(const QString &sentence);
    /// Escape was pressed or a drag ended on the cell: the palette is to deselect its item.
    void itemDropped();

protected:
    bool mousePress(QMouseEvent *event) override;
    void mouseMove(QMouseEvent *event) override;
    void mouseRelease(QMouseEvent *event) override;
    bool mouseDoubleClick(QMouseEvent *event) override;
    void hover(QMouseEvent *event) override;
    bool keyPress(QKeyEvent *event) override;
    void paint(QPainter &painter) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void place(const PlaceItem &item, int dendrite, double x);
    void clickMark(int id, Qt::KeyboardModifiers modifiers);
    void dragMark(int id, int dendrite, double x);
    void endDrag();
    void cancelDrag();
    void removeSelected();
    void selectInFrame(bool add);
    [[nodiscard]] double placedX(int dendrite, double x) const;

    CellView *m_view;
    Document *m_document;
    CellSelection *m_selection;
    std::vector<Synapse> m_ghosts;
    std::optional<PlaceItem> m_item;
    bool m_snap = true;
    bool m_active = false;
    CellTool *m_behind = nullptr; ///< tool that the picture had before
    bool m_behindHasMouse = false;
    /// For the present drag: places are counted from its start.
    bool m_dragging = false;
    bool m_moving = false; ///< this drag changes the document
    std::vector<Synapse> m_synapsesBefore;
    std::vector<Electrode> m_electrodesBefore;
    std::optional<QPointF> m_frameFrom;
    QPointF m_frameTo;
};

} // namespace dt
