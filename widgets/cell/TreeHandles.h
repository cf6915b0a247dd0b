// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QPointF>

#include <optional>

class QPainter;

namespace dt {

class CellView;

/// What the selected dendrite can be taken by in the picture: where it is, and how it looks.
class TreeHandles
{
    Q_DECLARE_TR_FUNCTIONS(TreeHandles)

public:
    /// The tip is its length, the edge its diameter, the base is what it hangs on, the plus draws a
    /// new branch.
    enum class Handle { None, Tip, Edge, Base, Plus };

    /// The view outlives this. `dendrite` -1: there are none; `ofTree`: base and plus, too.
    TreeHandles(const CellView &view, int dendrite, bool ofTree);

    /// Where it is drawn [px]; nothing when it is not shown.
    [[nodiscard]] std::optional<QPointF> placeOf(Handle handle) const;
    [[nodiscard]] Handle under(const QPointF &at) const;
    void paint(QPainter &painter) const;

    [[nodiscard]] static Qt::CursorShape cursor(Handle handle);
    /// What a drag of it does; empty for none.
    [[nodiscard]] static QString tip(Handle handle);

private:
    const CellView &m_view;
    int m_dendrite;
    bool m_ofTree;
};

} // namespace dt
