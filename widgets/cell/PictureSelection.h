// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <vector>

namespace dt {

class CellSelection;
class CellView;

/// Keeps the selection in the picture and the shared selection of the cell equal, and selects what
/// is clicked.
class PictureSelection : public QObject
{
    Q_OBJECT

public:
    PictureSelection(CellView *view, CellSelection *selection, QObject *parent);

    /// Whether selected dendrites have an outline: true for a tree; for a stick it would go around
    /// all of it.
    void setOutlined(bool on);
    /// The selected dendrite; -1 when there are none or several.
    [[nodiscard]] int dendrite() const;
    /// Selects what lies at this place of the picture; with Ctrl a dendrite is added or taken out.
    void pickAt(const QPointF &at, Qt::KeyboardModifiers modifiers);
    /// Selects these dendrites. `add`: in addition to those that are selected.
    void pick(std::vector<int> dendrites, bool add);
    /// Shows the shared selection in the picture, e.g. after the cell has changed.
    void show();

Q_SIGNALS:
    /// A person chose a part of the cell in the picture, perhaps the same again.
    void picked();

private:
    void takeFromPicture();

    CellView *m_view;
    CellSelection *m_selection;
    bool m_outlined = false;
};

} // namespace dt
