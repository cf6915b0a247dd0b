// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolBar>

class QMenu;

namespace dt {

class TreeEditor;
class TreeTool;

/// The tools of the tree as buttons and as a menu. In a narrow window, buttons without room are
/// behind the arrow at the end of the bar.
class TreeBar : public QToolBar
{
    Q_OBJECT

public:
    TreeBar(TreeEditor *editor, TreeTool *tool, QWidget *parent = nullptr);

    /// Adds to a menu what can be done with the selection.
    void fillMenu(QMenu *menu) const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    QAction *add(const char *name, const QString &text, const QString &tip,
                 const QString &key = {});
    void refresh();

    TreeEditor *m_editor;
    QAction *m_draw;
    QAction *m_addBranch;
    QAction *m_split;
    QAction *m_join;
    QAction *m_duplicate;
    QAction *m_reconnect;
    QAction *m_delete;
    QAction *m_deleteKeep;
    QMenu *m_trees;
};

} // namespace dt
