// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/document/Document.h"
#include "engine/explore/Experiment.h"
#include "tests/gui/GuiTest.h"
#include "widgets/cell/CellView.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/pages/ExplorePage.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace dt;
using namespace dt::test;

namespace {

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

    [[nodiscard]] QString text(const char *label) const { return labelText(*window, label); }
    [[nodiscard]] bool over() const { return run->isEnabled() && !stop->isEnabled(); }

    QListWidget *list;
    QPushButton *run;
    QPushButton *stop;
    QTableView *table;
};

} // namespace

class tst_Experiments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOne_data();
    void everyOne();
    void resultsStay();
    void staleAfterAChange();
    void badSettingIsNamed();
    void tooMuchIsRefused();
    void stops();
    void failureIsTold();
    void defaults();
    void busyClicksAreNotReplayed();
    void placesAreShown();
};

void tst_Experiments::everyOne_data()
{
    QTest::addColumn<std::string>("id");
    for (const ExperimentInfo &info : experiments())
        QTest::newRow(info.id.c_str()) << info.id;
}

// Chosen, run and shown: the question before, sentences, plots and a table after.
void tst_Experiments::everyOne()
{
    QFETCH(std::string, id);
    Explorer e;
    e.pick(id);
    QCOMPARE(e.text("experimentQuestionLabel"),
             QString::fromStdString(findExperiment(id)->question));
    QVERIFY2(e.text("experimentEstimateLabel").contains(QStringLiteral("simulation")),
             qPrintable(e.text("experimentEstimateLabel")));
    QVERIFY(!e.table->isVisible());
    QVERIFY(child<QLabel>(*e.window, "resultEmptyLabel")->isVisible());
    click(e.run);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    QTRY_VERIFY(e.table->isVisible());
    QVERIFY(e.table->model()->rowCount() > 0);
    QVERIFY(e.table->model()->columnCount() > 1);
    for (int c = 0; c < e.table->model()->columnCount(); ++c) {
        const QString heading = e.table->model()->headerData(c, Qt::Horizontal).toString();
        for (const char *plain : {"[um]", "[megohm]", "[lambda]"}) // of files; people read signs
            QVERIFY2(!heading.contains(QLatin1String(plain)), qPrintable(heading));
    }
    QTRY_VERIFY(child<PlotCanvas>(*e.window, "result0Plot")->isVisible());
    QVERIFY2(e.text("experimentProgressLabel").contains(QStringLiteral(" in ")),
             qPrintable(e.text("experimentProgressLabel")));
    QVERIFY(clippedTexts(child<QWidget>(*e.window, "experimentsView")).isEmpty());
}

// The picture has a mark wherever an event arrives, before anything runs, and follows the settings.
void tst_Experiments::placesAreShown()
{
    Explorer e;
    auto *cell = child<CellView>(*e.window, "planCell");
    const auto marks = [&](CellMark::Shape shape) {
        return std::count_if(cell->marks().begin(), cell->marks().end(),
                             [&](const CellMark &mark) { return mark.shape == shape; });
    };
    e.pick("attenuation");
    const auto type = [&](const char *text) {
        auto *places = child<QLineEdit>(*e.window, "setting_placesEdit");
        places->setFocus();
        places->selectAll();
        QTest::keyClicks(places, QLatin1String(text));
        QTest::keyClick(places, Qt::Key_Return);
    };
    type("0.25, 0.5, 0.75");
    QCOMPARE(marks(CellMark::Shape::Up), 3);
    QCOMPARE(marks(CellMark::Shape::Circle), 4); // there and in the soma
    for (const CellMark &mark : cell->marks())
        QVERIFY(cell->rect().contains(cell->positionOf(mark.place).toPoint()));
    type("0.5");
    QCOMPARE(marks(CellMark::Shape::Up), 1);
    e.pick("inhibition");
    QVERIFY(marks(CellMark::Shape::Down) > 3);
    e.pick("current-rate");
    QCOMPARE(marks(CellMark::Shape::Electrode), 1);
    // A picture, not a thing to choose from.
    clickAt(cell, cell->positionOf({0, 0.5}));
    QVERIFY(!cell->selection());
    QVERIFY(e.window->document()
                ->edit(QStringLiteral("segments"), [](Project &p) { setSegments(p.neuron, 0, 4); })
                .ok());
    QTRY_COMPARE(cell->neuron().segmentCount(), 4);
}

void tst_Experiments::resultsStay()
{
    Explorer e;
    e.pick("attenuation");
    click(e.run);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    const int rows = e.table->model()->rowCount();
    e.pick("paired-pulses");
    QVERIFY(!e.table->isVisible());
    e.pick("attenuation");
    QVERIFY(e.table->isVisible());
    QCOMPARE(e.table->model()->rowCount(), rows);
}

void tst_Experiments::staleAfterAChange()
{
    Explorer e;
    e.pick("attenuation");
    click(e.run);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    auto *stale = child<QLabel>(*e.window, "resultStaleLabel");
    QVERIFY(!stale->isVisible());
    const QString before = child<QuantityField>(*e.window, "setting_weightField")->text();
    typeInto(child<QuantityField>(*e.window, "setting_weightField"), QStringLiteral("7.5"));
    QVERIFY(stale->isVisible());
    typeInto(child<QuantityField>(*e.window, "setting_weightField"), before);
    QVERIFY(!stale->isVisible());
    QVERIFY(e.window->document()
                ->edit(QStringLiteral("longer"),
                       [](Project &p) { p.neuron.dendrites[0].lengthUm = 1000.0; })
                .ok());
    QTRY_VERIFY(stale->isVisible());
    click(e.run);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    QVERIFY(!stale->isVisible());
}

void tst_Experiments::badSettingIsNamed()
{
    Explorer e;
    e.pick("paired-pulses");
    auto *delays = child<QLineEdit>(*e.window, "setting_delaysEdit");
    delays->setFocus();
    delays->selectAll();
    QTest::keyClicks(delays, QStringLiteral("5, soon"));
    QTest::keyClick(delays, Qt::Key_Tab);
    QVERIFY(!e.run->isEnabled());
    delays->selectAll();
    QTest::keyClicks(delays, QStringLiteral("0:40:5"));
    QTest::keyClick(delays, Qt::Key_Return);
    QVERIFY(e.run->isEnabled());
    click(e.run);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    QVERIFY(e.table->model()->rowCount() >= 5);
}

void tst_Experiments::tooMuchIsRefused()
{
    Explorer e;
    e.pick("weight-response");
    auto *weights = child<QLineEdit>(*e.window, "setting_weightsEdit");
    weights->setFocus();
    weights->selectAll();
    QTest::keyClicks(weights, QStringLiteral("1:100:1000000"));
    QTest::keyClick(weights, Qt::Key_Return);
    QVERIFY(!e.run->isEnabled());
    QCOMPARE(e.batches.batches, 0);
}

void tst_Experiments::stops()
{
    Explorer e;
    e.batches.delayMs = 60000;
    e.pick("attenuation");
    click(e.run);
    QVERIFY(e.stop->isEnabled());
    QElapsedTimer clock;
    clock.start();
    click(e.stop);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 5000);
    QVERIFY2(e.text("experimentProgressLabel").contains(QStringLiteral("stopped")),
             qPrintable(e.text("experimentProgressLabel")));
    e.batches.delayMs = 0; // and can be run again
    click(e.run);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    QVERIFY(e.table->model()->rowCount() > 0);
}

void tst_Experiments::failureIsTold()
{
    Explorer e;
    e.batches.failure = QStringLiteral("The simulator is out of order.");
    e.pick("attenuation");
    click(e.run);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    QVERIFY(e.text("experimentProgressLabel").contains(e.batches.failure));
}

void tst_Experiments::defaults()
{
    Explorer e;
    e.pick("attenuation");
    const double before = child<QuantityField>(*e.window, "setting_weightField")->value();
    typeInto(child<QuantityField>(*e.window, "setting_weightField"), QStringLiteral("11"));
    auto *button = child<QPushButton>(*e.window, "experimentDefaultsButton");
    bringIntoView(button);
    click(button);
    QCOMPARE(child<QuantityField>(*e.window, "setting_weightField")->value(), before);
}

void tst_Experiments::busyClicksAreNotReplayed()
{
    Explorer e;
    e.batches.delayMs = 300;
    e.pick("attenuation");
    click(e.run);
    for (int i = 0; i < 5; ++i)
        click(e.run); // disabled
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    const int batches = e.batches.batches;
    QTest::qWait(700);
    QCOMPARE(e.batches.batches, batches);
}

QTEST_MAIN(tst_Experiments)
#include "tst_Experiments.moc"
