// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list of simulations that neuron and twin are looked at with, and what it offers when there
// are none.
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/twin/SimulationsView.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace dt;
using namespace dt::test;

class tst_SimulationsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listOfSimulations();
    void offersWhatIsMissing();
};

void tst_SimulationsView::listOfSimulations()
{
    SimulationsView view;
    view.resize(1000, 700);
    view.show();
    QSignalSpy chosen(&view, &SimulationsView::simulationChosen);
    view.setSimulations({{0, 11, 5, 0.9}, {1, 12, 7, 0.7}, {2, 13, 0, std::nullopt}});
    QCOMPARE(chosen.takeLast()[0].toULongLong(), 0ULL);
    choose(child<QComboBox>(view, "simulationOrderBox"), QStringLiteral("Worst first"));
    QCOMPARE(chosen.takeLast()[0].toULongLong(), 1ULL);
    QVERIFY(child<QComboBox>(view, "simulationBox")
                ->currentText()
                .contains(QStringLiteral("Simulation 12: 7 spikes, AUC 0.7000")));
    child<QToolButton>(view, "simulationNextButton")->click();
    QCOMPARE(chosen.takeLast()[0].toULongLong(), 0ULL);
    child<QToolButton>(view, "simulationNextButton")->click();
    QCOMPARE(chosen.takeLast()[0].toULongLong(), 2ULL); // no score: last
    QVERIFY(!child<QToolButton>(view, "simulationNextButton")->isEnabled());
    // Another twin on the same simulations: the chosen one stays.
    view.setSimulations({});
    view.setSimulations({{0, 11, 5, 0.8}, {1, 12, 7, 0.9}, {2, 13, 0, std::nullopt}});
    QCOMPARE(chosen.takeLast()[0].toULongLong(), 2ULL);
    // Scores that come later change texts and order, not what is looked at.
    view.setScores({{13, 0.5}});
    QVERIFY(chosen.isEmpty() || chosen.takeLast()[0].toULongLong() == 2ULL);
    QCOMPARE(child<QComboBox>(view, "simulationBox")->currentText(),
             QStringLiteral("Simulation 13: 0 spikes, AUC 0.5000"));
    QCOMPARE(child<QComboBox>(view, "simulationBox")->currentIndex(), 0);
    // Who asks for an order wants to see its first.
    choose(child<QComboBox>(view, "simulationOrderBox"), QStringLiteral("Best first"));
    QCOMPARE(chosen.takeLast()[0].toULongLong(), 1ULL);
}

void tst_SimulationsView::offersWhatIsMissing()
{
    SimulationsView view;
    view.resize(1000, 700);
    view.show();
    auto *make = child<QPushButton>(view, "simulationsMakeButton");
    auto *locate = child<QPushButton>(view, "simulationsLocateButton");
    QVERIFY(!make->isVisible() && !locate->isVisible());
    view.setSource(QStringLiteral("The data set is gone."));
    view.offer()->setState({true, true, -1.0});
    QSignalSpy made(view.offer(), &DataOffer::makeRequested);
    QSignalSpy located(view.offer(), &DataOffer::locateRequested);
    QSignalSpy cancelled(view.offer(), &DataOffer::cancelRequested);
    make->click();
    locate->click();
    view.offer()->setState({true, true, 0.25});
    QVERIFY(!make->isVisible() && !locate->isVisible());
    child<QPushButton>(view, "simulationsMakeCancelButton")->click();
    QCOMPARE(child<QProgressBar>(view, "simulationsMakeBar")->value(), 250);
    QCOMPARE(made.size() + located.size() + cancelled.size(), 3);
    QCOMPARE(clippedTexts(&view).join(u'|'), QString());
    view.offer()->setState({});
    QVERIFY(!child<QPushButton>(view, "simulationsMakeCancelButton")->isVisible());
}

DT_TEST(tst_SimulationsView, QApplication)
#include "tst_SimulationsView.moc"
