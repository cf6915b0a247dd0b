// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MainWindow.h"

#include "app/SimulationController.h"
#include "engine/document/Document.h"
#include "engine/project/ProjectFile.h"
#include "tests/gui/GuiTest.h"
#include "widgets/cell/CellView.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/input/EventPainter.h"
#include "widgets/pages/NeuronPage.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScrollArea>
#include <QSettings>
#include <QToolBar>
#include <QWindow>

using namespace dt;
using namespace dt::test;
using Unsaved = ProjectDialogs::Unsaved;

namespace {

Project withDuration(int ms)
{
    Project project;
    project.stimulus.durationMs = ms;
    return project;
}

} // namespace

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
    void fileKeys();
    void menusHaveEverything();
    void title();
    void themes();
    void plotsFollowTheTheme();
    void projector();
    void nothingIsClipped_data();
    void nothingIsClipped();
    void peopleFindTheirWay();
    void tabReachesBothPages_data();
    void tabReachesBothPages();
    void drop();
    void dropOfSomethingElse();
    void recentMenu();
    void openFailureIsANotice();
    void opensFromTheCommandLine();
    void recoveryOffer_data();
    void recoveryOffer();
    void noOfferWithoutACrash();
    void dismissedOfferDropsTheCopy();
    void anotherMessageDoesNotDropTheCopy();
    void closing_data();
    void closing();
    void geometryIsKept();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] Document &document() const { return *window().document(); }
    [[nodiscard]] FakeEngine &engine() const { return m_bench->engine; }
    [[nodiscard]] QAction *action(const char *name) const { return child<QAction>(window(), name); }
    [[nodiscard]] NoticeBar *notice() const { return window().findChild<NoticeBar *>(); }
    [[nodiscard]] QString at(const QString &name) const { return m_bench->sandbox.path(name); }
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
    /// A file as a crashed program leaves it where this window looks.
    QString leaveCrash(const QString &original);

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

QString tst_MainWindow::leaveCrash(const QString &original)
{
    const QString file = m_bench->autosave.filePath(QStringLiteral("crash.dendro"));
    Autosave autosave(at(QStringLiteral("elsewhere")));
    if (!autosave.write(withDuration(123), original) || !QFile::copy(autosave.file(), file))
        qFatal("no crash could be staged");
    return file;
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

void tst_MainWindow::fileKeys()
{
    m_bench->dialogs.savePath = at(QStringLiteral("a"));
    editLength(1000.0);
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(m_bench->dialogs.saveAsked, 1);
    QVERIFY(QFile::exists(at(QStringLiteral("a.dendro"))));
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_bench->dialogs.saveAsked, 2);
    QTest::keyClick(&window(), Qt::Key_N, Qt::ControlModifier);
    QCOMPARE(document().project(), Project{});
    m_bench->dialogs.openPath = at(QStringLiteral("a.dendro"));
    QTest::keyClick(&window(), Qt::Key_O, Qt::ControlModifier);
    QCOMPARE(length(), 1000.0);
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
          "Dark Theme", "Projector Mode", "About DendroTwin"}) {
        QVERIFY2(std::any_of(texts.begin(), texts.end(),
                             [&](const QString &t) { return t.trimmed() == QLatin1String(text); }),
                 text);
    }
}

void tst_MainWindow::title()
{
    const auto shown = [this] { return window().windowHandle()->title(); };
    QCOMPARE(shown(), QStringLiteral("Untitled - DendroTwin"));
    editLength(1000.0);
    QCOMPARE(shown(), QStringLiteral("Untitled* - DendroTwin"));
    m_bench->dialogs.savePath = at(QStringLiteral("my cell"));
    QVERIFY(window().project()->save());
    QCOMPARE(shown(), QStringLiteral("my cell - DendroTwin"));
    action("undoAction")->trigger();
    QCOMPARE(shown(), QStringLiteral("my cell* - DendroTwin"));
    action("redoAction")->trigger();
    QCOMPARE(shown(), QStringLiteral("my cell - DendroTwin"));
    window().project()->newProject();
    QCOMPARE(shown(), QStringLiteral("Untitled - DendroTwin"));
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
    auto *soma = child<PlotCanvas>(window(), "somaPlot");
    for (const char *name : {"darkThemeAction", "lightThemeAction", "darkThemeAction"}) {
        action(name)->trigger();
        const QColor ink = QApplication::palette().color(QPalette::WindowText);
        const QColor surface = colours::surface(QApplication::palette());
        QTRY_VERIFY2(shows(soma, ink, soma->toPixel({500.0, -80.0}), 2, 60), name);
        QVERIFY2(shows(soma, surface, soma->toPixel({510.0, -35.0}), 2, 4), name);
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
    const QStringList clipped = clippedTexts(&window());
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
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
    QVERIFY(unreachable(&window(), child<QWidget>(window(), "pageBar")).isEmpty());
}

void tst_MainWindow::drop()
{
    const QString path = at(QStringLiteral("dropped.dendro"));
    QVERIFY(saveProject(path, withDuration(333)).ok());
    QMimeData data;
    data.setUrls(
        {QUrl::fromLocalFile(at(QStringLiteral("picture.png"))), QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &drop);
    QCOMPARE(document().stimulus().durationMs, 333);
    QCOMPARE(document().path(), path);
}

void tst_MainWindow::dropOfSomethingElse()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(at(QStringLiteral("picture.png")))});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &enter);
    QVERIFY(!enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &drop);
    QCOMPARE(document().project(), Project{});
    QVERIFY(!notice()->isVisible());
}

void tst_MainWindow::recentMenu()
{
    QMenu *menu = nullptr;
    for (QMenu *candidate : window().findChildren<QMenu *>()) {
        if (candidate->title().remove(u'&') == QStringLiteral("Open Recent"))
            menu = candidate;
    }
    QVERIFY(menu);
    QVERIFY(!menu->isEnabled());
    for (const int ms : {100, 200}) {
        const QString path = at(QStringLiteral("%1.dendro").arg(ms));
        QVERIFY(saveProject(path, withDuration(ms)).ok());
        window().project()->openPath(path);
    }
    QVERIFY(menu->isEnabled());
    QCOMPARE(menu->actions().size(), 2);
    QCOMPARE(menu->actions().at(0)->text(), QStringLiteral("200.dendro"));
    menu->actions().at(1)->trigger();
    QCOMPARE(document().stimulus().durationMs, 100);
    QCOMPARE(menu->actions().at(0)->text(), QStringLiteral("100.dendro"));
}

void tst_MainWindow::openFailureIsANotice()
{
    window().project()->openPath(at(QStringLiteral("nowhere.dendro")));
    QVERIFY(notice()->isVisible());
    QVERIFY(notice()->sentence().contains(QStringLiteral("nowhere.dendro")));
    QVERIFY(!child<QWidget>(window(), "noticeActionButton")->isVisible()); // nothing to repair
    // It does not go by itself, and it can be closed with the keyboard.
    window().simulation()->run();
    engine().complete();
    QVERIFY(notice()->isVisible());
    auto *close = child<QAbstractButton>(window(), "noticeCloseButton");
    close->setFocus(Qt::TabFocusReason);
    QTest::keyClick(close, Qt::Key_Escape);
    QVERIFY(!notice()->isVisible());
}

void tst_MainWindow::opensFromTheCommandLine()
{
    const QString path = at(QStringLiteral("a.dendro"));
    QVERIFY(saveProject(path, withDuration(333)).ok());
    window().begin(path);
    QCOMPARE(document().stimulus().durationMs, 333);
    QCOMPARE(engine().submitted(), 1);
    QCOMPARE(engine().requests().back().durationMs(), 333);
}

void tst_MainWindow::recoveryOffer_data()
{
    QTest::addColumn<QString>("original");
    QTest::addColumn<QString>("named");
    QTest::newRow("saved before") << QStringLiteral("/home/me/cell.dendro")
                                  << QStringLiteral("\"cell\"");
    QTest::newRow("never saved") << QString() << QStringLiteral("an untitled project");
}

void tst_MainWindow::recoveryOffer()
{
    QFETCH(QString, original);
    QFETCH(QString, named);
    const QString file = leaveCrash(original);
    window().begin({});
    QVERIFY(notice()->isVisible());
    QVERIFY2(notice()->sentence().contains(named), qPrintable(notice()->sentence()));
    QCOMPARE(engine().submitted(), 1); // the first trace comes all the same
    auto *button = child<QAbstractButton>(window(), "noticeActionButton");
    QCOMPARE(button->text(), QStringLiteral("Recover It"));
    click(button);
    QVERIFY(!notice()->isVisible());
    QCOMPARE(document().project(), withDuration(123));
    QCOMPARE(document().path(), original);
    QVERIFY(window().isWindowModified());
    QVERIFY(!QFile::exists(file));
    QTRY_COMPARE(engine().submitted(), 2); // and it is simulated
    QCOMPARE(engine().requests().back().durationMs(), 123);
}

void tst_MainWindow::noOfferWithoutACrash()
{
    window().begin({});
    QVERIFY(!notice()->isVisible());
}

void tst_MainWindow::dismissedOfferDropsTheCopy()
{
    const QString file = leaveCrash({});
    window().begin({});
    click(child<QWidget>(window(), "noticeCloseButton"));
    QVERIFY(!notice()->isVisible());
    QVERIFY(!QFile::exists(file));
    QCOMPARE(document().project(), Project{});
}

void tst_MainWindow::anotherMessageDoesNotDropTheCopy()
{
    // The first run fails while the offer is shown: closing that message decides nothing about
    // the copy.
    const QString file = leaveCrash({});
    window().begin({});
    engine().begin();
    engine().job()->fail({ErrorCode::Worker, "It crashed.", {}});
    QCOMPARE(notice()->sentence(), QStringLiteral("It crashed."));
    click(child<QWidget>(window(), "noticeCloseButton"));
    QVERIFY(QFile::exists(file));
    QVERIFY(window().project()->recoverable().size() == 1);
}

void tst_MainWindow::closing_data()
{
    QTest::addColumn<bool>("modified");
    QTest::addColumn<Unsaved>("answer");
    QTest::addColumn<bool>("closes");
    QTest::newRow("nothing unsaved") << false << Unsaved::Cancel << true;
    QTest::newRow("save") << true << Unsaved::Save << true;
    QTest::newRow("discard") << true << Unsaved::Discard << true;
    QTest::newRow("cancel") << true << Unsaved::Cancel << false;
}

void tst_MainWindow::closing()
{
    QFETCH(bool, modified);
    QFETCH(Unsaved, answer);
    QFETCH(bool, closes);
    if (modified)
        editLength(1000.0);
    m_bench->dialogs.unsaved = answer;
    m_bench->dialogs.savePath = at(QStringLiteral("a"));
    QCOMPARE(window().close(), closes);
    QCOMPARE(window().isVisible(), !closes);
    QCOMPARE(m_bench->dialogs.unsavedAsked, modified ? 1 : 0);
    QCOMPARE(QFile::exists(at(QStringLiteral("a.dendro"))), modified && answer == Unsaved::Save);
}

void tst_MainWindow::geometryIsKept()
{
    window().resize(1111, 680);
    QVERIFY(window().close());
    FakeEngine other;
    MainWindow next(&other, &m_bench->dialogs, m_bench->autosave.path());
    QCOMPARE(next.size(), QSize(1111, 680));
}

QTEST_MAIN(tst_MainWindow)
#include "tst_MainWindow.moc"
