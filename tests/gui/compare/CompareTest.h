// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/train/TwinLibrary.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/ComparableTwins.h"
#include "widgets/compare/TwinTable.h"
#include "widgets/pages/ComparePage.h"

#include <QTabWidget>

namespace dt::test {

/// What tests of the Compare page share: a window, files of twins, a hand for the table.
class CompareTest : public QObject
{
protected:
    void makeBench() { m_bench = std::make_unique<Bench>(); }

    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] ComparePage &page() const { return *window().comparePage(); }
    [[nodiscard]] TwinTable &table() const { return *page().table(); }
    [[nodiscard]] QTabWidget &tabs() const { return *child<QTabWidget>(page(), "compareTabs"); }
    [[nodiscard]] QString file(const QString &name) const { return m_bench->sandbox.path(name); }
    [[nodiscard]] QString status() const { return labelText(window(), "statusLabel"); }
    [[nodiscard]] static int columnOf(Figure figure)
    {
        return TwinTableModel::FirstFigure + static_cast<int>(figure);
    }
    /// Text of a cell as listed.
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table().model()->index(row, column).data().toString();
    }
    [[nodiscard]] QStringList column(int column) const;
    /// A row of the table, by its file.
    [[nodiscard]] int rowOf(const QString &name) const;
    void clickHead(int column);
    void clickRow(int row);
    void showTab(const QString &title);
    void write(const QString &name, const char *preset, const char *neuron, double auc, double ev,
               std::uint64_t seed = 1);
    /// Five twins of two neurons, and a page that has read them.
    void haveTwins();
    void waitForTwins(int count);

    std::unique_ptr<Bench> m_bench;
};

} // namespace dt::test
