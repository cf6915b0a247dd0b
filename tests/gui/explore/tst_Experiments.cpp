// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/document/Document.h"
#include "engine/explore/Experiment.h"
#include "tests/gui/explore/Explorer.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/cell/CellView.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/pages/ExplorePage.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QScrollArea>
#include <QStyle>
#include <QTextLayout>

#include <algorithm>

using namespace dt;
using namespace dt::test;

namespace {

/// Of an item's words [px], with parts of pixels.
double wrappedHeight(const QString &text, const QListWidget &list, int width)
{
    QTextLayout layout(text, list.font(), list.viewport());
    layout.setTextOption(QTextOption(Qt::AlignLeft)); // wraps at words
    const int margin = list.style()->pixelMetric(QStyle::PM_FocusFrameHMargin) + 1;
    double height = 0.0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width - 2 * margin);
        height += line.height();
    }
    layout.endLayout();
    return height;
}

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
    void followsTheTheme();
    void buttonsStay();
    void fits_data();
    void fits();
    void changeWhileRunning();
    void typedStays();
    void sweptIsMarked();
    void onePlotAlone();
    void focusStays();
    void sweepValuesFollow();
    void listsSayWhatTheyAre();
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
    QTRY_VERIFY(child<PlotCanvas>(*e.window, "result0Plot")->isVisible());
    e.showTable();
    QVERIFY(e.table->model()->rowCount() > 0);
    QVERIFY(e.table->model()->columnCount() > 1);
    for (int c = 0; c < e.table->model()->columnCount(); ++c) {
        const QString heading = e.table->model()->headerData(c, Qt::Horizontal).toString();
        for (const char *plain : {"[um]", "[megohm]", "[lambda]"}) // of files; people read signs
            QVERIFY2(!heading.contains(QLatin1String(plain)), qPrintable(heading));
    }
    e.showTable(false);
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
    // Nothing lies over the tabs.
    auto *turns = child<QTabBar>(*e.window, "resultTurnTabs");
    QVERIFY(!turns->isVisible()
            || turns->parentWidget()->childAt(turns->geometry().center()) == turns);
    e.showTable();
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
    QVERIFY(stays([&] { return e.batches.batches == batches; }, 700));
}

// What is drawn in the text's colour can be read on the new ground, without another event.
void tst_Experiments::followsTheTheme()
{
    const auto restore = qScopeGuard([] { theme::apply(*qApp, theme::Scheme::Light, false); });
    theme::apply(*qApp, theme::Scheme::Light, false);
    Explorer e;
    e.batches.firingHz = 0; // spikes are no EPSPs
    e.pick("attenuation");
    click(e.run);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    auto *canvas = child<PlotCanvas>(*e.window, "result1Plot"); // of one curve
    const auto text = [](bool dark) {
        return theme::palette(dark, false).color(QPalette::WindowText);
    };
    QTRY_VERIFY(pixels(*canvas, text(false)) > 20);
    theme::apply(*qApp, theme::Scheme::Dark, false);
    QTRY_VERIFY(pixels(*canvas, text(true)) > 20);
    QCOMPARE(pixels(*canvas, text(false)), 0);
}

// Whatever is chosen, and whether it runs.
void tst_Experiments::buttonsStay()
{
    Explorer e;
    e.batches.delayMs = 60000;
    e.pick("attenuation");
    const auto places = [&] {
        QCoreApplication::processEvents();
        return std::pair{e.run->mapTo(e.window.get(), QPoint()),
                         e.stop->mapTo(e.window.get(), QPoint())};
    };
    const auto before = places();
    click(e.run);
    QTRY_VERIFY(!e.text("experimentProgressLabel").isEmpty());
    QCOMPARE(places(), before);
    e.pick("sweep");
    QCOMPARE(places(), before);
    click(e.stop);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 5000);
    QCOMPARE(places(), before);
}

void tst_Experiments::fits_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("projector");
    for (const bool projector : {false, true}) {
        for (const QSize size : {QSize(1000, 640), QSize(1280, 800)})
            QTest::addRow("%dx%d%s", size.width(), size.height(), projector ? ", projector" : "")
                << size << projector;
    }
}

// Settings are whole, and results have room for a plot with its axes, in every window.
void tst_Experiments::fits()
{
    QFETCH(QSize, size);
    QFETCH(bool, projector);
    const auto restore = qScopeGuard([] { theme::apply(*qApp, theme::Scheme::Light, false); });
    Explorer e;
    e.window->resize(size);
    child<QAction>(*e.window, "projectorAction")->setChecked(projector);
    QCoreApplication::processEvents();
    QCOMPARE(e.window->size(), size);
    auto *view = child<QWidget>(*e.window, "experimentsView");
    const QWidget *column = e.run->parentWidget();
    for (const ExperimentInfo &info : experiments()) {
        e.pick(info.id);
        QCoreApplication::processEvents();
        for (const auto *field : view->findChildren<QWidget *>(
                 QRegularExpression(QStringLiteral("^setting_.*(Field|Combo|Edit)$")))) {
            if (!field->isVisible())
                continue;
            const QWidget *viewport = field->parentWidget();
            while (!qobject_cast<const QScrollArea *>(viewport))
                viewport = viewport->parentWidget();
            viewport = qobject_cast<const QScrollArea *>(viewport)->viewport();
            QVERIFY2(field->mapTo(viewport, QPoint(field->width(), 0)).x() <= viewport->width(),
                     qPrintable(field->objectName()));
            QVERIFY2(viewport->mapTo(view, QPoint(viewport->width(), 0)).x()
                         <= column->mapTo(view, QPoint(column->width(), 0)).x(),
                     qPrintable(field->objectName()));
        }
        for (int row = 0; row < e.list->count(); ++row) {
            const QRect item = e.list->visualItemRect(e.list->item(row));
            QVERIFY(item.width() <= e.list->viewport()->width());
            const QString name = e.list->item(row)->text();
            QVERIFY2(item.height() >= wrappedHeight(name, *e.list, item.width()), qPrintable(name));
        }
    }
    e.pick("attenuation");
    click(e.run);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    QCoreApplication::processEvents();
    const auto *canvas = child<PlotCanvas>(*e.window, "result0Plot");
    const QWidget *area = child<QWidget>(*e.window, "result0Panel")->parentWidget()->parentWidget();
    const int bottom = canvas->mapTo(area, QPoint(0, canvas->height())).y();
    QVERIFY2(bottom <= area->height(),
             qPrintable(QStringLiteral("%1 of %2").arg(bottom).arg(area->height())));
}

void tst_Experiments::changeWhileRunning()
{
    Explorer e;
    e.batches.delayMs = 60000;
    e.pick("attenuation");
    click(e.run);
    auto *stale = child<QLabel>(*e.window, "resultStaleLabel");
    QVERIFY(!stale->isVisible());
    QVERIFY(e.window->document()
                ->edit(QStringLiteral("longer"),
                       [](Project &p) { p.neuron.dendrites[0].lengthUm = 1000.0; })
                .ok());
    QTRY_VERIFY(stale->isVisible());
    QVERIFY2(stale->text().contains(QStringLiteral("goes on with the neuron")),
             qPrintable(stale->text()));
    click(e.stop);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 5000);
    QVERIFY2(stale->text().contains(QStringLiteral("results are of the neuron before")),
             qPrintable(stale->text()));
}

void tst_Experiments::typedStays()
{
    Explorer e;
    e.pick("attenuation");
    const auto places = [&] { return child<QLineEdit>(*e.window, "setting_placesEdit"); };
    places()->setFocus();
    places()->selectAll();
    QTest::keyClicks(places(), QStringLiteral("0.01:0.99:50"));
    QTest::keyClick(places(), Qt::Key_Return);
    QVERIFY(e.window->document()
                ->edit(QStringLiteral("segments"), [](Project &p) { setSegments(p.neuron, 0, 4); })
                .ok());
    QTRY_COMPARE(child<CellView>(*e.window, "planCell")->neuron().segmentCount(), 4);
    QCOMPARE(places()->text(), QStringLiteral("0.01:0.99:50"));
    e.pick("paired-pulses");
    e.pick("attenuation");
    QCOMPARE(places()->text(), QStringLiteral("0.01:0.99:50"));
}

void tst_Experiments::sweptIsMarked()
{
    Explorer e;
    e.pick("sweep");
    const auto *weight = child<QuantityField>(*e.window, "setting_weightField");
    const auto *place = child<QuantityField>(*e.window, "setting_placeField");
    QVERIFY(!weight->isEnabled());
    QVERIFY(place->isEnabled());
    auto *vary = child<QComboBox>(*e.window, "setting_xCombo");
    vary->setCurrentIndex(vary->findData(QStringLiteral("place")));
    Q_EMIT vary->activated(vary->currentIndex());
    QVERIFY(weight->isEnabled());
    QVERIFY(!place->isEnabled());
}

// A run, however started, takes the focus nowhere.
void tst_Experiments::focusStays()
{
    Explorer e;
    const auto focused = [] { return QApplication::focusWidget(); };
    e.batches.delayMs = 300;
    e.pick("attenuation");
    click(e.run);
    QVERIFY(focused() == e.stop); // as long as Run can do nothing
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    QVERIFY(focused() == e.run);
    QTest::keyClick(e.run, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    QVERIFY(focused() == e.run);
    e.batches.delayMs = 0;
    auto *places = child<QLineEdit>(*e.window, "setting_placesEdit");
    places->setFocus();
    places->selectAll();
    QTest::keyClicks(places, QStringLiteral("0.2, 0.4"));
    child<QAction>(*e.window, "runAction")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(e.over(), 60000);
    QVERIFY(focused() == places);
    QCOMPARE(e.table->model()->rowCount(), 2);
    // Nor does a neuron that changes, with other fields.
    auto *tip = child<QComboBox>(*e.window, "setting_tipCombo");
    tip->setFocus();
    QVERIFY(e.window->document()
                ->edit(QStringLiteral("name"),
                       [](Project &p) { p.neuron.dendrites[0].name = "apical"; })
                .ok());
    QTRY_COMPARE(child<QComboBox>(*e.window, "setting_tipCombo")->itemText(0),
                 QStringLiteral("apical"));
    QCOMPARE(focused()->objectName(), QStringLiteral("setting_tipCombo"));
}

void tst_Experiments::sweepValuesFollow()
{
    Explorer e;
    e.pick("sweep");
    auto *vary = child<QComboBox>(*e.window, "setting_xCombo");
    auto *values = child<QLineEdit>(*e.window, "setting_x_valuesEdit");
    const auto choose = [&](const char *parameter) {
        vary->setFocus();
        vary->setCurrentIndex(vary->findData(QLatin1String(parameter)));
        Q_EMIT vary->activated(vary->currentIndex());
        QVERIFY(QApplication::focusWidget() == vary);
        QVERIFY(e.run->isEnabled());
    };
    const auto type = [&](const char *list) {
        values->setFocus();
        values->selectAll();
        QTest::keyClicks(values, QLatin1String(list));
        QTest::keyClick(values, Qt::Key_Return);
    };
    QCOMPARE(values->text(), QStringLiteral("1:20:20"));
    choose("dend_diam_um");
    QCOMPARE(values->text(), QStringLiteral("0.25, 0.5, 1, 2, 4, 8"));
    type("1, 3");
    choose("dend_L_um"); // where that is possible, too
    QCOMPARE(values->text(), QStringLiteral("1, 3"));
    choose("place"); // and where it is not
    QCOMPARE(values->text(), QStringLiteral("0.05:0.95:10"));
    // What cannot be used is told at the field, with the range of what is varied.
    type("0.5, 3");
    QVERIFY(!e.run->isEnabled());
    choose("weight");
    QCOMPARE(values->text(), QStringLiteral("1:20:20"));
}

// What was understood stands below the list, and so does how to write what was not.
void tst_Experiments::listsSayWhatTheyAre()
{
    Explorer e;
    e.pick("attenuation");
    auto *places = child<QLineEdit>(*e.window, "setting_placesEdit");
    QVERIFY(places->toolTip().contains(QStringLiteral("semicolons")));
    const auto below = [&](const char *list) {
        places->setFocus();
        places->selectAll();
        QTest::keyClicks(places, QLatin1String(list));
        QTest::keyClick(places, Qt::Key_Return);
        QStringList all;
        for (const auto *label : places->parentWidget()->findChildren<QLabel *>())
            all += label->text();
        return all.join(u'\n');
    };
    QVERIFY(below("0; 0,1; 0,25").contains(QStringLiteral("3 values: 0; 0.1; 0.25.")));
    QVERIFY(e.run->isEnabled());
    const QString unclear = below("0, 0,1, 0,25");
    QVERIFY2(unclear.contains(QStringLiteral("\"0,1\" may mean 0.1, or 0 and 1.")),
             qPrintable(unclear));
    QVERIFY(!e.run->isEnabled());
    // The defaults take away what cannot be used, too.
    auto *button = child<QPushButton>(*e.window, "experimentDefaultsButton");
    bringIntoView(button);
    click(button);
    QVERIFY(e.run->isEnabled());
    QCOMPARE(places->text(), QStringLiteral("0.02:0.98:13"));
}

// Large: without the table, and without the picture of the cell.
void tst_Experiments::onePlotAlone()
{
    Explorer e;
    e.window->resize(1366, 728);
    e.pick(experiments().front().id);
    click(e.run);
    QTRY_VERIFY(e.over());
    auto *plot = child<PlotCanvas>(*e.window, "result0Plot");
    auto *maximise = child<QAbstractButton>(*e.window, "result0MaximiseButton");
    QVERIFY(e.table->isVisible());
    const int low = plot->height();
    click(maximise);
    QTRY_VERIFY(!e.table->isVisible());
    QTRY_VERIFY(plot->height() > low);
    QVERIFY2(plot->height() > 350, qPrintable(QString::number(plot->height())));
    QTest::keyClick(plot, Qt::Key_Escape);
    QTRY_VERIFY(e.table->isVisible());
    QVERIFY(!maximise->isChecked());
}

DT_TEST(tst_Experiments, QApplication)
#include "tst_Experiments.moc"
