// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QKeyEvent;

namespace dt {

class TreeEditor;

/// What keys do with the selected soma or dendrites: they edit the tree, or step to neighbours.
class TreeKeys : public QObject
{
    Q_OBJECT

public:
    TreeKeys(TreeEditor *editor, QObject *parent);

    /// Handles a key; true when it was one of these.
    bool press(const QKeyEvent &event);

Q_SIGNALS:
    /// A key moved the selection to another part of the cell.
    void walked();
    /// A key asked for a new parent: the mouse is to say where the selected branch shall hang.
    void parentWanted();

private:
    void walk(int key);

    TreeEditor *m_editor;
};

} // namespace dt
