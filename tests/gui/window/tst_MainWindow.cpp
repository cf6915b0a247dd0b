// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/MainWindow.h"

#include "app/simulate/SimulationController.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/cell/CellView.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/input/EventPainter.h"
#include "widgets/pages/ExplorePage.h"
#include "widgets/pages/NeuronPage.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QMenuBar>
#include <QScrollArea>
#include <QSettings>
#include <QToolBar>

using namespace dt;
using namespace dt::test;

class tst_MainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void pagesByPageBar();
    void pagesByKeys();
    void runKeys();
    void undoKeys();
    void undoKeysInAField_data();
    void undoKeysInAField();
    void halfTypedTextIsUndoneInTheField();
    void menusHaveEverything();
    void themes();
    void plotsFollowTheTheme();
    void projector();
    void nothingIsClipped_data();
    void nothingIsClipped();
    void peopleFindTheirWay();
    void tabReachesBothPages_data();
    void tabReachesBothPages();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] Document &document() const { return *window().document(); }
    [[nodiscard]] DrivenEngine &engine() const { return m_bench->engine; }
    [[nodiscard]] QAction *action(const char *name) const { return child<QAction>(window(), name); }
    [[nodiscard]] NeuronPage *neuronPage() const
    {
        return child<NeuronPage>(window(), "neuronPage");
    }
    [[nodiscard]] QAbstractButton *pageButton(const QString &name) const
    {
        for (auto *button :
             window().findChildren<QAbstractButton *>(QStringLiteral("pageButton"))) {
            if (button->text() == name)
                return button;
        }
        qFatal("there is no page %s", qPrintable(name));
    }
    void editLength(double um) const
    {
        QVERIFY(document()
                    .edit(QStringLiteral("Change Length"),
                          [um](Project &p) { p.neuron.dendrites[0].lengthUm = um; })
                    .ok());
    }
    [[nodiscard]] double length() const { return document().neuron().dendrites[0].lengthUm; }

    std::unique_ptr<Bench> m_bench;
};

void tst_MainWindow::init()
{
    m_bench = std::make_unique<Bench>();
}

void tst_MainWindow::cleanup()
{
    m_bench.reset();
    theme::apply(*qApp, theme::Scheme::Light, false);
}

void tst_MainWindow::pagesByPageBar()
{
    QVERIFY(window().simulatePage()->isVisible());
    QVERIFY(pageButton(QStringLiteral("Simulate"))->isChecked());
    click(pageButton(QStringLiteral("Neuron")));
    QVERIFY(neuronPage()->isVisible());
    QVERIFY(!window().simulatePage()->isVisible());
    QVERIFY(pageButton(QStringLiteral("Neuron"))->isChecked());
    QVERIFY(!pageButton(QStringLiteral("Simulate"))->isChecked());
    click(pageButton(QStringLiteral("Simulate")));
    QVERIFY(window().simulatePage()->isVisible());
}

void tst_MainWindow::pagesByKeys()
{
    QTest::keyClick(&window(), Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY(neuronPage()->isVisible());
    QVERIFY(pageButton(QStringLiteral("Neuron"))->isChecked());
    // Also while somebody types.
    auto *field = child<QuantityField>(window(), "dend_L_umField");
    field->setFocus();
    QTest::keyClick(field, Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(window().simulatePage()->isVisible());
    QTest::keyClick(&window(), Qt::Key_3, Qt::ControlModifier);
    QTRY_VERIFY(window().explorePage()->isVisible());
    QVERIFY(pageButton(QStringLiteral("Explore"))->isChecked());
}

void tst_MainWindow::runKeys()
{
    window().showPage(MainWindow::Neuron);
    QTest::keyClick(&window(), Qt::Key_F5);
    QCOMPARE(engine().submitted(), 1);
    QVERIFY(window().simulatePage()->isVisible());
    engine().begin();
    QTest::keyClick(&window(), Qt::Key_F5, Qt::ShiftModifier);
    QTRY_VERIFY(!window().simulation()->isRunning());
    QCOMPARE(engine().cancels(), 1);
}

void tst_MainWindow::undoKeys()
{
    QVERIFY(!action("undoAction")->isEnabled());
    editLength(1000.0);
    editLength(900.0);
    QVERIFY2(action("undoAction")->text().contains(QStringLiteral("Change Length")),
             qPrintable(action("undoAction")->text()));
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(length(), 1000.0);
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(length(), 2048.0);
    QVERIFY(!action("undoAction")->isEnabled());
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(length(), 1000.0);
    QTest::keyClick(&window(), Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(length(), 900.0);
    QVERIFY(!action("redoAction")->isEnabled());
}

void tst_MainWindow::undoKeysInAField_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("text");
    QTest::newRow("length") << int(MainWindow::Neuron) << QByteArray("dend_L_umField")
                            << QStringLiteral("100");
    QTest::newRow("duration") << int(MainWindow::Simulate) << QByteArray("durationField")
                              << QStringLiteral("100");
    QTest::newRow("seed") << int(MainWindow::Simulate) << QByteArray("seedField")
                          << QStringLiteral("5");
}

void tst_MainWindow::undoKeysInAField()
{
    // "Ctrl+Z takes back every step", also with the keyboard still in the field that made it.
    QFETCH(int, page);
    QFETCH(QByteArray, field);
    QFETCH(QString, text);
    window().showPage(MainWindow::Page(page));
    auto *box = child<QAbstractSpinBox>(window(), field.constData());
    typeInto(box, text);
    const Project typed = document().project();
    QVERIFY(typed != Project{});
    QVERIFY(box->hasFocus());
    QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(document().project(), Project{});
    QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(document().project(), typed);
    // And after steps with the arrow keys.
    QTest::keyClick(box, Qt::Key_Up);
    QVERIFY(document().project() != typed);
    QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(document().project(), typed);
}

void tst_MainWindow::halfTypedTextIsUndoneInTheField()
{
    window().showPage(MainWindow::Neuron);
    editLength(1000.0);
    auto *field = child<QuantityField>(window(), "dend_L_umField");
    bringIntoView(field);
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("7"));
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(length(), 1000.0); // the digit is gone, the document's step is not
    QVERIFY2(!field->text().contains(u'7'), qPrintable(field->text()));
}

void tst_MainWindow::menusHaveEverything()
{
    QStringList shortcuts;
    QStringList texts;
    for (QAction *menu : window().menuBar()->actions()) {
        QVERIFY(menu->menu());
        for (const QAction *a : menu->menu()->actions()) {
            if (a->isSeparator())
                continue;
            texts << a->text().remove(u'&');
            for (const QKeySequence &key : a->shortcuts()) {
                QVERIFY2(!shortcuts.contains(key.toString()), qPrintable(key.toString()));
                shortcuts << key.toString();
            }
        }
    }
    for (const char *text :
         {"New", "Open...", "Open Recent", "Save", "Save As...", "Save Recording...", "Quit",
          "Undo", "Redo", "Run", "Stop", "Run After Every Change", "System Theme", "Light Theme",
          "Dark Theme", "Projector Mode", "User Guide", "Keyboard Shortcuts", "About DendroTwin"}) {
        QVERIFY2(std::any_of(texts.begin(), texts.end(),
                             [&](const QString &t) { return t.trimmed() == QLatin1String(text); }),
                 text);
    }
}

void tst_MainWindow::themes()
{
    const auto dark = [] { return colours::isDark(QApplication::palette()); };
    QVERIFY(!dark());
    action("darkThemeAction")->trigger();
    QVERIFY(dark());
    QVERIFY(colours::isDark(window().palette()));
    QVERIFY(action("darkThemeAction")->isChecked());
    QCOMPARE(QSettings().value(QStringLiteral("theme")).toString(), QStringLiteral("dark"));
    // What a window looks like, not only what it says.
    const QColor corner = window().grab().toImage().pixelColor(4, window().height() / 2);
    QVERIFY2(corner.lightness() < 80, qPrintable(corner.name()));
    action("lightThemeAction")->trigger();
    QVERIFY(!dark());
    QVERIFY(!action("darkThemeAction")->isChecked());
    const QColor light = window().grab().toImage().pixelColor(4, window().height() / 2);
    QVERIFY2(light.lightness() > 180, qPrintable(light.name()));
    action("darkThemeAction")->trigger();
    action("systemThemeAction")->trigger();
    QVERIFY(!dark()); // the offscreen system is light
    QCOMPARE(QSettings().value(QStringLiteral("theme")).toString(), QStringLiteral("system"));
}

void tst_MainWindow::plotsFollowTheTheme()
{
    window().simulation()->run();
    engine().complete();
    auto *soma = child<PlotCanvas>(*window().simulatePage(), "somaPlot");
    for (const char *name : {"darkThemeAction", "lightThemeAction", "darkThemeAction"}) {
        action(name)->trigger();
        const QColor ink = QApplication::palette().color(QPalette::WindowText);
        const QColor surface = colours::surface(QApplication::palette());
        QTRY_VERIFY2(shows(soma, ink, soma->toPixel({500.0, -80.0}), 2, 60), name);
        const QPointF bare(soma->toPixel({510.0, 0.0}).x(),
                           soma->plotRect().top() + soma->plotRect().height() / 4);
        QVERIFY2(shows(soma, surface, bare, 2, 4), name);
    }
}

void tst_MainWindow::projector()
{
    const double before = QApplication::font().pointSizeF();
    QAction *mode = action("projectorAction");
    QTest::keyClick(&window(), Qt::Key_F9);
    QVERIFY(mode->isChecked());
    QCOMPARE(QApplication::font().pointSizeF(), before * 1.5);
    QCOMPARE(QApplication::palette().color(QPalette::WindowText), QColor(Qt::black));
    QVERIFY(theme::lineWidth() > 2.0);
    QVERIFY(QSettings().value(QStringLiteral("projector")).toBool());
    // Fields and labels grow with it, at once.
    auto *field = child<QuantityField>(window(), "durationField");
    QCOMPARE(field->font().pointSizeF(), before * 1.5);
    action("darkThemeAction")->trigger(); // it stays in another theme
    QCOMPARE(QApplication::font().pointSizeF(), before * 1.5);
    QCOMPARE(QApplication::palette().color(QPalette::WindowText), QColor(Qt::white));
    QTest::keyClick(&window(), Qt::Key_F9);
    QCOMPARE(QApplication::font().pointSizeF(), before);
    QVERIFY(theme::lineWidth() < 2.0);
    QVERIFY(!mode->isChecked());
}

void tst_MainWindow::nothingIsClipped_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<bool>("projector");
    QTest::addColumn<bool>("more");
    for (const bool projector : {false, true}) {
        const char *mode = projector ? "projector" : "plain";
        QTest::addRow("neuron, %s", mode) << int(MainWindow::Neuron) << projector << false;
        QTest::addRow("neuron, all parameters, %s", mode)
            << int(MainWindow::Neuron) << projector << true;
        QTest::addRow("simulate, %s", mode) << int(MainWindow::Simulate) << projector << false;
        QTest::addRow("simulate, event selected, %s", mode)
            << int(MainWindow::Simulate) << projector << true;
    }
}

void tst_MainWindow::nothingIsClipped()
{
    QFETCH(int, page);
    QFETCH(bool, projector);
    QFETCH(bool, more);
    // 1280 x 720 is the least that a class room has.
    window().showPage(MainWindow::Page(page));
    action("projectorAction")->setChecked(projector);
    if (more && page == MainWindow::Neuron)
        click(child<QCheckBox>(window(), "expertCheck"));
    if (more && page == MainWindow::Simulate)
        window().simulatePage()->plots()->painter()->select(0);
    window().simulation()->run();
    engine().complete();
    QCoreApplication::processEvents();
    QVERIFY2(window().minimumSizeHint().width() <= 1280,
             qPrintable(QString::number(window().minimumSizeHint().width())));
    window().resize(1280, 720);
    QCoreApplication::processEvents();
    QCOMPARE(window().width(), 1280);
    for (const auto *area : window().findChildren<QScrollArea *>()) {
        if (area->isVisible())
            QVERIFY2(area->widget()->minimumSizeHint().width() <= area->viewport()->width(),
                     qPrintable(QStringLiteral("%1 in %2")
                                    .arg(area->widget()->minimumSizeHint().width())
                                    .arg(area->viewport()->width())));
    }
    // A wider form reaches the splitter with the next turn of the event loop.
    QTRY_VERIFY2(clippedTexts(&window()).isEmpty(),
                 qPrintable(clippedTexts(&window()).join(u'\n')));
    QVERIFY2(window().height() <= 720, qPrintable(QString::number(window().height())));
}

void tst_MainWindow::peopleFindTheirWay()
{
    // Everything that is used has a name for tests, one for screen readers, and a tool tip.
    QStringList missing;
    for (const auto page : {MainWindow::Neuron, MainWindow::Simulate}) {
        window().showPage(page);
        if (page == MainWindow::Neuron)
            click(child<QCheckBox>(window(), "expertCheck"));
        else
            window().simulatePage()->plots()->painter()->select(0);
        for (const QWidget *widget : usableWidgets(&window())) {
            if (qobject_cast<const QToolBar *>(widget->parentWidget())
                && !widget->objectName().size())
                continue; // made by the tool bar from actions
            const QString name = QString::fromLatin1(widget->metaObject()->className()) + u' '
                + widget->objectName();
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            if (widget->objectName().isEmpty())
                missing << name + QStringLiteral(": object name");
            if (widget->accessibleName().isEmpty() && !(button && !button->text().isEmpty()))
                missing << name + QStringLiteral(": accessible name");
            // Pictures and plots say what lies under the mouse.
            if (widget->toolTip().isEmpty() && !qobject_cast<const PlotCanvas *>(widget)
                && !qobject_cast<const CellView *>(widget))
                missing << name + QStringLiteral(": tool tip");
        }
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

void tst_MainWindow::tabReachesBothPages_data()
{
    QTest::addColumn<int>("page");
    QTest::newRow("neuron") << int(MainWindow::Neuron);
    QTest::newRow("simulate") << int(MainWindow::Simulate);
}

void tst_MainWindow::tabReachesBothPages()
{
    QFETCH(int, page);
    window().showPage(MainWindow::Page(page));
    QWidget *shown =
        page == MainWindow::Neuron ? static_cast<QWidget *>(neuronPage()) : window().simulatePage();
    const QStringList missed = unreachable(&window(), shown);
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QStringLiteral(", "))));
    const QStringList buttons = unreachable(&window(), child<QWidget>(window(), "pageBar"));
    QVERIFY2(buttons.isEmpty(), qPrintable(buttons.join(QStringLiteral(", "))));
}

DT_TEST(tst_MainWindow, QApplication)
#include "tst_MainWindow.moc"
