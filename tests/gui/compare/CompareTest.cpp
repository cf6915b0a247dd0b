// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/compare/CompareTest.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QTabBar>

namespace dt::test {

void CompareTest::write(const QString &name, const char *preset, const char *neuron, double auc,
                        double ev, std::uint64_t seed)
{
    StoredTwin twin = comparableTwin(preset, neuron, auc, ev, seed);
    const Status stored = storeTwin(file(name).toStdString(), twin, true);
    QVERIFY2(stored.ok(), stored ? "" : stored.error().message.c_str());
}

void CompareTest::waitForTwins(int count)
{
    // Those that came with the program are listed, too.
    QTRY_VERIFY_WITH_TIMEOUT(table().twins()->rowCount() >= count, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(table().twins()->rowCount(),
                              static_cast<int>(window().twins()->paths().size()), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(
        !labelText(page(), "twinCountLabel").contains(QStringLiteral("Reading")), 30000);
}

void CompareTest::haveTwins()
{
    write(QStringLiteral("a-ampa.twin"), "tcn-a", "ampa-point", 0.9912, 90.0);
    write(QStringLiteral("b-ampa.twin"), "tcn-b", "ampa-point", 0.9981, 94.0);
    write(QStringLiteral("a-nmda.twin"), "tcn-a", "nmda-cable", 0.9553, 60.0, 2);
    write(QStringLiteral("b-nmda.twin"), "tcn-b", "nmda-cable", 0.9704, 66.0, 2);
    write(QStringLiteral("e-nmda.twin"), "tcn-e", "nmda-cable", 0.9601, 63.0, 2);
    m_bench->dialogs.twinPaths.clear();
    for (const char *name : {"a-ampa", "b-ampa", "a-nmda", "b-nmda", "e-nmda"})
        m_bench->dialogs.twinPaths << file(QString::fromLatin1(name) + QStringLiteral(".twin"));
    window().showPage(MainWindow::Compare);
    trigger(window(), "openTwinAction");
    waitForTwins(5);
    QCOMPARE(table().model()->rowCount(), 5);
}

QStringList CompareTest::column(int column) const
{
    QStringList texts;
    for (int row = 0; row < table().model()->rowCount(); ++row)
        texts << cell(row, column);
    return texts;
}

int CompareTest::rowOf(const QString &name) const
{
    for (int row = 0; row < table().model()->rowCount(); ++row) {
        const QString path =
            table().model()->index(row, 0).data(TwinTableModel::PathRole).toString();
        if (QFileInfo(path).fileName() == name)
            return row;
    }
    return -1;
}

void CompareTest::clickHead(int column)
{
    QHeaderView *head = table().horizontalHeader();
    table().scrollTo(table().model()->index(0, column));
    QCoreApplication::processEvents();
    clickAt(head->viewport(),
            QPointF(head->sectionViewportPosition(column) + head->sectionSize(column) / 2.0,
                    head->height() / 2.0));
}

void CompareTest::clickRow(int row)
{
    table().scrollTo(table().model()->index(row, TwinTableModel::NeuronColumn));
    QCoreApplication::processEvents();
    clickAt(table().viewport(),
            table().visualRect(table().model()->index(row, TwinTableModel::NeuronColumn)).center());
}

void CompareTest::showTab(const QString &title)
{
    for (int i = 0; i < tabs().count(); ++i) {
        if (tabs().tabText(i) == title) {
            clickAt(tabs().tabBar(), tabs().tabBar()->tabRect(i).center());
            QCOMPARE(tabs().currentIndex(), i);
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("there is no tab ") + title));
}

} // namespace dt::test
