// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTabWidget;

namespace dt {

/// Tools to experiment with the neuron, each on a tab of its own. The page only keeps the tabs;
/// each tool has its own controller.
class ExplorePage : public QWidget
{
    Q_OBJECT

public:
    explicit ExplorePage(QWidget *parent = nullptr);

    /// Adds a tab behind the others; the page owns the tool from now on. Returns the tab's number.
    int addTool(QWidget *tool, const QString &title, const QString &toolTip);
    void showTool(QWidget *tool);
    [[nodiscard]] QWidget *currentTool() const;

Q_SIGNALS:
    void toolChanged(QWidget *tool);

private:
    QTabWidget *m_tabs;
};

} // namespace dt
