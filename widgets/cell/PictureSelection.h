// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <vector>

namespace dt {

class CellSelection;
class CellView;

/// Keeps what is selected in the picture and what is selected of the cell the same, and does what a
/// click selects.
class PictureSelection : public QObject
{
    Q_OBJECT

public:
    PictureSelection(CellView *view, CellSelection *selection, QObject *parent);

    /// Of a tree, selected dendrites have an outline; of a stick it would be around all of it.
    void setOutlined(bool on);
    /// The one that is selected; -1 when there are none or several.
    [[nodiscard]] int dendrite() const;
    /// What lies at this place of the picture; with Ctrl a dendrite is added or taken out.
    void pickAt(const QPointF &at, Qt::KeyboardModifiers modifiers);
    /// `add`: to the dendrites that are selected.
    void pick(std::vector<int> dendrites, bool add);
    /// Shows the shared selection in the picture, e.g. after the cell has changed.
    void show();

Q_SIGNALS:
    /// Somebody chose a part of the cell in the picture, perhaps the same again.
    void picked();

private:
    void takeFromPicture();

    CellView *m_view;
    CellSelection *m_selection;
    bool m_outlined = false;
};

} // namespace dt
