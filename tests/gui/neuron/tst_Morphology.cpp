// SPDX-License-Identifier: GPL-3.0-or-later
//
// SWC files in and out of the window, and the script for NEURON.
#include "app/neuron/MorphologyController.h"

#include "engine/cell/swc/Swc.h"
#include "engine/document/Document.h"
#include "engine/recording/NeuronScript.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Paths.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/SwcFaultsView.h"
#include "widgets/pages/NeuronPage.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/shell/ScriptView.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QUndoStack>

using namespace dt;
using namespace dt::test;

namespace {

constexpr int Patience = 20000;

const QByteArray NoSoma = "1 3 5 5 5 1 -1\n2 3 15 5 5 1 1\n3 3 150 5 5 1 2\n";

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_Morphology : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }
    void cleanup() { m_bench.reset(); }

    void importIsOneStep();
    void undoBringsTheOldPageBack_data();
    void undoBringsTheOldPageBack();
    void closedBannerStaysClosed();
    void importForAnotherProjectIsDropped();
    void importIsCancelled();
    void importKeepsTheRest();
    void remarksAreShown();
    void lostEventsAreSaid();
    void faultsAreListed();
    void faultsCanBeLeft();
    void somaIsOffered();
    void unreadableFile();
    void drop();
    void exportAndBack();
    void exportThatFails();
    void scriptIsShownCopiedSaved();
    void scriptFollows();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] Document &document() const { return *window().document(); }
    [[nodiscard]] NoticeBar *notice() const { return window().findChild<NoticeBar *>(); }
    [[nodiscard]] QString write(const char *name, const QByteArray &text) const
    {
        const QString path = m_bench->sandbox.path(QLatin1String(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("no file could be written");
        return path;
    }
    void import(const QString &path) const
    {
        m_bench->dialogs.importPath = path;
        trigger(window(), "importMorphologyAction");
    }
    [[nodiscard]] static QString cell(const char *name)
    {
        return QString::fromStdString(dataPath(std::string("swc/") + name));
    }

    std::unique_ptr<Bench> m_bench;
};

void tst_Morphology::importIsOneStep()
{
    const Neuron before = document().neuron();
    import(cell("sphere.swc"));
    QTRY_COMPARE_WITH_TIMEOUT(document().neuron().dendrites.size(), std::size_t{7}, Patience);
    QCOMPARE(document().undoStack()->count(), 1);
    QCOMPARE(document().undoStack()->undoText(), QStringLiteral("Import sphere.swc"));
    QVERIFY(child<QWidget>(window(), "neuronPage")->isVisible());
    QTRY_VERIFY(notice()->isVisible());
    const QString said = notice()->sentence();
    QVERIFY2(said.startsWith(QStringLiteral("sphere.swc: 7 dendrites, 629 µm in all, ")),
             qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("soma 20.0 x 20.0 µm")), qPrintable(said));
    // Dendrites are named as NEURON names them.
    QCOMPARE(document().neuron().dendrites[3].name, std::string("axon[0]"));
    trigger(window(), "undoAction");
    QCOMPARE(document().neuron(), before);
    trigger(window(), "redoAction");
    QCOMPARE(document().neuron().dendrites.size(), std::size_t{7});
}

void tst_Morphology::undoBringsTheOldPageBack_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("no remarks") << cell("sphere.swc");
    QTest::newRow("remarks") << cell("types.swc");
}

void tst_Morphology::undoBringsTheOldPageBack()
{
    QFETCH(QString, file);
    window().showPage(MainWindow::Neuron);
    auto *page = child<NeuronPage>(window(), "neuronPage");
    const auto shown = [&] {
        QStringList names;
        for (const char *name : {"dend_L_umField", "dend_diam_umField", "num_segmentsField",
                                 "growTreeButton", "backToStickButton", "treeBar", "dendriteTable",
                                 "cellTabs", "noticeBar", "dendriteLengthField"}) {
            const auto *widget = window().findChild<QWidget *>(QLatin1String(name));
            if (widget && widget->isVisible())
                names << QLatin1String(name);
        }
        names << child<QRadioButton>(*page,
                                     page->cell()->mode() == CellLayout::Mode::Shape
                                         ? "shapeRadio"
                                         : "schematicRadio")
                     ->text();
        return names;
    };
    const QStringList before = shown();
    QVERIFY(before.contains(QStringLiteral("dend_L_umField")));
    QVERIFY(!before.contains(QStringLiteral("noticeBar")));
    import(file);
    QTRY_VERIFY_WITH_TIMEOUT(notice()->isVisible(), Patience);
    const QStringList after = shown();
    QVERIFY(!after.contains(QStringLiteral("dend_L_umField")));
    // Traced cells open as they lie in space.
    QCOMPARE(page->cell()->mode(), CellLayout::Mode::Shape);
    QVERIFY(child<QRadioButton>(*page, "shapeRadio")->isChecked());
    for (int i = 0; i < 2; ++i) {
        trigger(window(), "undoAction");
        QCOMPARE(shown(), before);
        trigger(window(), "redoAction");
        QCOMPARE(shown(), after);
    }
    // Another edit takes the place of the import: its banner does not come back.
    trigger(window(), "undoAction");
    QVERIFY(
        document()
            .edit(QStringLiteral("Change"), [](Project &p) { p.neuron.membrane.raOhmCm = 99.0; })
            .ok());
    QVERIFY(!notice()->isVisible());
    trigger(window(), "undoAction");
    trigger(window(), "redoAction");
    QCOMPARE(shown(), before);
}

void tst_Morphology::closedBannerStaysClosed()
{
    import(cell("sphere.swc"));
    QTRY_VERIFY_WITH_TIMEOUT(notice()->isVisible(), Patience);
    child<QAbstractButton>(window(), "noticeCloseButton")->click();
    trigger(window(), "undoAction");
    trigger(window(), "redoAction");
    QVERIFY(!notice()->isVisible());
    // Nor does Undo take away what somebody else says.
    import(cell("chain.swc"));
    QTRY_VERIFY_WITH_TIMEOUT(notice()->isVisible(), Patience);
    notice()->show(NoticeBar::Kind::Failure, QStringLiteral("Something else."));
    trigger(window(), "undoAction");
    QVERIFY(notice()->isVisible());
}

void tst_Morphology::importForAnotherProjectIsDropped()
{
    import(cell("sphere.swc"));
    trigger(window(), "newAction"); // before it is read
    import(cell("chain.swc"));
    QTRY_VERIFY_WITH_TIMEOUT(notice()->isVisible(), Patience);
    QVERIFY(notice()->sentence().startsWith(QStringLiteral("chain.swc")));
    m_bench->dialogs.unsaved = ProjectDialogs::Unsaved::Discard;
    trigger(window(), "newAction");
    QVERIFY(!notice()->isVisible());
    import(cell("sphere.swc"));
    trigger(window(), "newAction");
    QVERIFY(stays([&] { return document().project() == Project{}; }));
    QVERIFY(!notice()->isVisible());
}

void tst_Morphology::importIsCancelled()
{
    import({});
    QVERIFY(stays([&] { return document().undoStack()->count() == 0; }));
    QVERIFY(!notice()->isVisible());
}

void tst_Morphology::importKeepsTheRest()
{
    QVERIFY(document()
                .edit(QStringLiteral("Change"),
                      [](Project &p) {
                          p.neuron.membrane.raOhmCm = 99.0;
                          p.neuron.synapseKinds[0].gMaxUs = 0.0007;
                      })
                .ok());
    const Neuron before = document().neuron();
    import(cell("chain.swc"));
    QTRY_VERIFY_WITH_TIMEOUT(document().neuron().dendrites.size() > 1, Patience);
    QCOMPARE(document().neuron().membrane, before.membrane);
    QCOMPARE(document().neuron().synapseKinds, before.synapseKinds);
    QVERIFY(hasOnePairPerSegment(document().neuron()));
}

void tst_Morphology::remarksAreShown()
{
    import(cell("types.swc"));
    QTRY_VERIFY_WITH_TIMEOUT(notice()->isVisible(), Patience);
    QVERIFY2(notice()->sentence().contains(QStringLiteral("remark")),
             qPrintable(notice()->sentence()));
    auto *button = notice()->findChild<QPushButton *>();
    QCOMPARE(button->text(), QStringLiteral("Show Remarks"));
    click(button);
    auto *view = child<SwcFaultsView>(window(), "swcFaultsView");
    QTRY_VERIFY(view->isVisible());
    const QString list = child<QPlainTextEdit>(*view, "swcFaultList")->toPlainText();
    QVERIFY2(list.contains(QStringLiteral("Line 7: Type 5 is none of")), qPrintable(list));
    QVERIFY(!child<QPushButton>(*view, "swcAddSomaButton")->isVisible());
    QVERIFY(clippedTexts(view).isEmpty());
}

void tst_Morphology::lostEventsAreSaid()
{
    QVERIFY(!document().stimulus().painted.empty());
    import(cell("sphere.swc"));
    QTRY_VERIFY_WITH_TIMEOUT(notice()->isVisible(), Patience);
    QVERIFY(document().stimulus().painted.empty());
    QVERIFY2(notice()->sentence().contains(QStringLiteral("Undo brings them back")),
             qPrintable(notice()->sentence()));
    trigger(window(), "undoAction");
    QVERIFY(!document().stimulus().painted.empty());
}

void tst_Morphology::faultsAreListed()
{
    const Project before = document().project();
    import(write("bad.swc", "1 1 0 0 0 10 -1\n2 3 10 zero 0 1 1\n3 3 50 0 0 -1 2\n"));
    QTRY_VERIFY_WITH_TIMEOUT(window().findChild<SwcFaultsView *>(), Patience);
    auto *view = window().findChild<SwcFaultsView *>();
    QTRY_VERIFY(view->isVisible());
    QVERIFY(!view->isModal());
    QCOMPARE(labelText(*view, "swcTitleLabel"), QStringLiteral("bad.swc was not imported"));
    const QStringList lines =
        child<QPlainTextEdit>(*view, "swcFaultList")->toPlainText().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].startsWith(QStringLiteral("Line 2: The y is 'zero'")));
    QVERIFY(lines[1].startsWith(QStringLiteral("Line 3: The radius")));
    QVERIFY(!child<QPushButton>(*view, "swcAddSomaButton")->isVisible());
    QCOMPARE(document().project(), before);
    QCOMPARE(document().undoStack()->count(), 0);

    click(child<QPushButton>(*view, "swcCopyButton"));
    QCOMPARE(QGuiApplication::clipboard()->text(), lines.join(u'\n'));
}

void tst_Morphology::faultsCanBeLeft()
{
    import(write("bad.swc", "nothing\n"));
    QTRY_VERIFY_WITH_TIMEOUT(window().findChild<SwcFaultsView *>(), Patience);
    auto *view = window().findChild<SwcFaultsView *>();
    QTRY_VERIFY(view->isVisible());
    QTest::keyClick(view, Qt::Key_Escape);
    QVERIFY(!view->isVisible());
    // A good file afterwards needs no list.
    import(cell("sphere.swc"));
    QTRY_COMPARE_WITH_TIMEOUT(document().neuron().dendrites.size(), std::size_t{7}, Patience);
    QVERIFY(!view->isVisible());
}

void tst_Morphology::somaIsOffered()
{
    import(write("headless.swc", NoSoma));
    QTRY_VERIFY_WITH_TIMEOUT(window().findChild<SwcFaultsView *>(), Patience);
    auto *view = window().findChild<SwcFaultsView *>();
    QTRY_VERIFY(view->isVisible());
    auto *button = child<QPushButton>(*view, "swcAddSomaButton");
    QVERIFY(button->isVisible());
    QCOMPARE(button->text(), QStringLiteral("Add a Soma of 25 µm at the Root"));
    click(button);
    QTRY_COMPARE_WITH_TIMEOUT(document().undoStack()->count(), 1, Patience);
    QVERIFY(!view->isVisible());
    QCOMPARE(document().neuron().soma, (Soma{25.0, 25.0}));
    QCOMPARE(document().neuron().dendrites.front().lengthUm, 145.0);
    QCOMPARE(document().undoStack()->undoText(), QStringLiteral("Import headless.swc"));
}

void tst_Morphology::unreadableFile()
{
    import(m_bench->sandbox.path(QStringLiteral("none.swc")));
    QTRY_VERIFY_WITH_TIMEOUT(notice()->isVisible(), Patience);
    QVERIFY2(notice()->sentence().contains(QStringLiteral("none.swc cannot be read")),
             qPrintable(notice()->sentence()));
    QCOMPARE(document().undoStack()->count(), 0);
}

void tst_Morphology::drop()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(cell("three_points.swc"))});
    QDragEnterEvent enter({20, 20}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({20.0, 20.0}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window(), &drop);
    QTRY_COMPARE_WITH_TIMEOUT(document().neuron().dendrites.size(), std::size_t{4}, Patience);
    QCOMPARE(document().undoStack()->undoText(), QStringLiteral("Import three_points.swc"));
}

void tst_Morphology::exportAndBack()
{
    m_bench->dialogs.exportPath = m_bench->sandbox.path(QStringLiteral("stick.swc"));
    trigger(window(), "exportMorphologyAction");
    QVERIFY(m_bench->dialogs.lastSuggestion.endsWith(QStringLiteral("/neuron.swc")));
    QVERIFY(contents(m_bench->dialogs.exportPath).startsWith("# neuron\n# Written by DendroTwin"));
    QCOMPARE(labelText(window(), "statusLabel"), QStringLiteral("Saved stick.swc."));
    import(m_bench->dialogs.exportPath);
    QTRY_COMPARE_WITH_TIMEOUT(document().undoStack()->count(), 1, Patience);
    const Dendrite &d = document().neuron().dendrites.at(0);
    QVERIFY(std::abs(d.lengthUm - defaultNeuron().dendrites[0].lengthUm) < 1e-6);
    QCOMPARE(document().neuron().dendrites.size(), std::size_t{1});
}

void tst_Morphology::exportThatFails()
{
    m_bench->dialogs.exportPath = m_bench->sandbox.path(QStringLiteral("no/such/folder/a.swc"));
    trigger(window(), "exportMorphologyAction");
    QTRY_VERIFY(notice()->isVisible());
    QVERIFY(notice()->sentence().contains(QStringLiteral("does not exist")));
}

void tst_Morphology::scriptIsShownCopiedSaved()
{
    trigger(window(), "showScriptAction");
    auto *view = child<ScriptView>(window(), "scriptView");
    QTRY_VERIFY(view->isVisible());
    QVERIFY(!view->isModal());
    QTRY_VERIFY_WITH_TIMEOUT(!view->script().isEmpty(), Patience);
    auto *text = child<QPlainTextEdit>(*view, "scriptText");
    QVERIFY(text->isReadOnly());
    QCOMPARE(text->toPlainText(), view->script());
    QVERIFY(view->script().contains(QStringLiteral("from neuron import h")));
    QVERIFY(view->script().contains(QStringLiteral("libdendromech.so")));
    click(child<QPushButton>(*view, "scriptCopyButton"));
    QCOMPARE(QGuiApplication::clipboard()->text(), view->script());
    m_bench->dialogs.scriptPath = m_bench->sandbox.path(QStringLiteral("run.py"));
    click(child<QPushButton>(*view, "scriptSaveButton"));
    QVERIFY(m_bench->dialogs.lastSuggestion.endsWith(QStringLiteral("/neuron.py")));
    QCOMPARE(contents(m_bench->dialogs.scriptPath), view->script().toUtf8());
    QCOMPARE(labelText(*view, "scriptMessageLabel"), QStringLiteral("Saved run.py."));
    QVERIFY(clippedTexts(view).isEmpty());
    QTest::keyClick(view, Qt::Key_Escape);
    QVERIFY(!view->isVisible());
}

void tst_Morphology::scriptFollows()
{
    trigger(window(), "showScriptAction");
    auto *view = child<ScriptView>(window(), "scriptView");
    QTRY_VERIFY_WITH_TIMEOUT(view->script().contains(QStringLiteral("Ra=150,")), Patience);
    auto *text = child<QPlainTextEdit>(*view, "scriptText");
    text->verticalScrollBar()->setValue(30);
    const auto set = [this](double ra) {
        QVERIFY(document()
                    .edit(QStringLiteral("Change"),
                          [ra](Project &p) { p.neuron.membrane.raOhmCm = ra; })
                    .ok());
    };
    set(77.0);
    // What is copied now would be the neuron of a moment ago.
    QVERIFY(!child<QPushButton>(*view, "scriptCopyButton")->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(view->script().contains(QStringLiteral("Ra=77,")), Patience);
    QVERIFY(child<QPushButton>(*view, "scriptCopyButton")->isEnabled());
    QCOMPARE(text->verticalScrollBar()->value(), 30);
    // Closed, it rests; opened again, it is right.
    view->close();
    set(88.0);
    QVERIFY(stays([&] { return view->script().contains(QStringLiteral("Ra=77,")); }));
    trigger(window(), "showScriptAction");
    QTRY_VERIFY_WITH_TIMEOUT(view->script().contains(QStringLiteral("Ra=88,")), Patience);
}

DT_TEST(tst_Morphology, QApplication)
#include "tst_Morphology.moc"
