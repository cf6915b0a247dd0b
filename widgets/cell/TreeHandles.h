// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QPointF>

#include <optional>

class QPainter;

namespace dt {

class CellView;

/// The handles by which the selected dendrite can be dragged in the picture: where they are, and
/// how they look.
class TreeHandles
{
    Q_DECLARE_TR_FUNCTIONS(TreeHandles)

public:
    /// A drag of the tip changes the length, of the edge the diameter, of the base what the
    /// dendrite hangs on; a drag of the plus draws a new branch.
    enum class Handle { None, Tip, Edge, Base, Plus };

    /// The view must outlive this. `dendrite` -1: there are no handles. `ofTree`: base and plus are
    /// shown, too.
    TreeHandles(const CellView &view, int dendrite, bool ofTree);

    /// Where the handle is drawn [px]; nothing when it is not shown.
    [[nodiscard]] std::optional<QPointF> placeOf(Handle handle) const;
    [[nodiscard]] Handle under(const QPointF &at) const;
    void paint(QPainter &painter) const;

    [[nodiscard]] static Qt::CursorShape cursor(Handle handle);
    /// Says what a drag of the handle does; empty for none.
    [[nodiscard]] static QString tip(Handle handle);

private:
    const CellView &m_view;
    int m_dendrite;
    bool m_ofTree;
};

} // namespace dt
