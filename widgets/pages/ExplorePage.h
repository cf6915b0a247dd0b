// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTabWidget;

namespace dt {

/// Experiments that a person can touch: one tab a tool. The page only keeps the tabs; each tool has
/// its own controller.
class ExplorePage : public QWidget
{
    Q_OBJECT

public:
    explicit ExplorePage(QWidget *parent = nullptr);

    /// Adds a tab, behind those that are there; the page owns the tool from now on. Returns the
    /// tab's number.
    int addTool(QWidget *tool, const QString &title, const QString &toolTip);
    void showTool(QWidget *tool);
    [[nodiscard]] QWidget *currentTool() const;

Q_SIGNALS:
    void toolChanged(QWidget *tool);

private:
    QTabWidget *m_tabs;
};

} // namespace dt
