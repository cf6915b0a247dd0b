// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gui/GuiTest.h"

#include <QColor>
#include <QImage>
#include <QListWidget>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

#include <string>

namespace dt::test {

/// A window that shows the experiments.
struct Explorer : Bench
{
    Explorer()
    {
        window->showPage(MainWindow::Explore);
        auto *tabs = child<QTabWidget>(*window, "exploreTabs");
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->widget(i)->objectName() == QStringLiteral("experimentsView"))
                tabs->setCurrentIndex(i);
        }
        list = child<QListWidget>(*window, "experimentList");
        run = child<QPushButton>(*window, "runExperimentButton");
        stop = child<QPushButton>(*window, "stopExperimentButton");
        table = child<QTableView>(*window, "resultTable");
    }

    void pick(const std::string &id) const
    {
        for (int row = 0; row < list->count(); ++row) {
            if (list->item(row)->data(Qt::UserRole).toString() != QString::fromStdString(id))
                continue;
            list->scrollToItem(list->item(row));
            clickAt(list->viewport(), list->visualItemRect(list->item(row)).center());
            QCOMPARE(list->currentRow(), row);
            return;
        }
        QFAIL("there is no such experiment");
    }

    /// Plots and table take turns in a low window.
    void showTable(bool shown = true) const
    {
        auto *turns = child<QTabBar>(*window, "resultTurnTabs");
        if (turns->isVisible())
            clickAt(turns, turns->tabRect(shown ? 1 : 0).center());
        QCOMPARE(table->isVisible(), shown || !turns->isVisible());
    }

    [[nodiscard]] QString text(const char *label) const { return labelText(*window, label); }
    [[nodiscard]] bool over() const { return run->isEnabled() && !stop->isEnabled(); }

    QListWidget *list;
    QPushButton *run;
    QPushButton *stop;
    QTableView *table;
};

/// So many of the widget's pixels have the colour.
inline int pixels(const QWidget &widget, const QColor &colour)
{
    const QImage image = const_cast<QWidget &>(widget).grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour;
    }
    return count;
}

} // namespace dt::test
