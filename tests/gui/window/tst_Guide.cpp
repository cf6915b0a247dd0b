// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/GuideWindow.h"

#include "app/window/GuideBrowser.h"
#include "app/window/HelpController.h"

#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"

#include <QAbstractTextDocumentLayout>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocumentFragment>

using namespace dt;
using namespace dt::test;

class tst_Guide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }
    void cleanup() { m_bench.reset(); }

    void userGuide();
    void chapterOfWhatIsInFront_data();
    void chapterOfWhatIsInFront();
    void f1InTheWizard();
    void searchField();
    void keyboardShortcuts();
    void everyChapterIsThere();
    void linksLeadSomewhere();
    void picturesFit();
    void everyShortcutIsNamed();

private:
    [[nodiscard]] GuideWindow *guide() const
    {
        return child<GuideWindow>(*m_bench->window, "guideWindow");
    }
    [[nodiscard]] GuideBrowser *text() const { return child<GuideBrowser>(*guide(), "guideText"); }
    /// This heading is at the top; near the end of a text, where it cannot be, it is seen.
    [[nodiscard]] bool opensAt(const QString &heading) const;
    [[nodiscard]] bool isSeen(const QString &heading) const;
    [[nodiscard]] QListWidget *chapters() const
    {
        return child<QListWidget>(*guide(), "guideChapterList");
    }

    std::unique_ptr<Bench> m_bench;
};

void tst_Guide::userGuide()
{
    QTest::keyClick(m_bench->window.get(), Qt::Key_F1);
    QVERIFY(guide()->isVisible());
    QVERIFY(!guide()->isModal());
    QVERIFY(text()->toPlainText().startsWith(QStringLiteral("3. Poke it and watch")));
    QCOMPARE(chapters()->currentRow(), 2);
    chapters()->setCurrentRow(0);
    QVERIFY(text()->toPlainText().startsWith(QStringLiteral("1. The first minute")));
    // Again about what is in front.
    guide()->close();
    m_bench->window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_bench->window.get()));
    QTest::keyClick(m_bench->window.get(), Qt::Key_F1);
    QVERIFY(guide()->isVisible());
    QCOMPARE(chapters()->currentRow(), 2);
}

void tst_Guide::chapterOfWhatIsInFront_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<QString>("focus"); ///< a widget that takes the keyboard; empty: the page bar
    QTest::addColumn<QString>("heading"); ///< at the top
    using W = MainWindow;
    const auto row = [](const char *name, W::Page page, const char *focus, const char *heading) {
        QTest::newRow(name) << int(page) << QString::fromLatin1(focus)
                            << QString::fromLatin1(heading);
    };
    row("neuron", W::Neuron, "", "2. Build a neuron");
    row("its form", W::Neuron, "presetCombo", "2. Build a neuron");
    row("dendrites", W::Neuron, "dendriteTable", "Grow a tree");
    row("synapses", W::Neuron, "kindCombo", "Synapses and electrodes");
    row("simulate", W::Simulate, "", "3. Poke it and watch");
    row("painting", W::Simulate, "brushWeightField", "Painting input");
    row("a plot", W::Simulate, "somaPlot", "3. Poke it and watch");
    row("a twin beside", W::Simulate, "twinCombo", "A twin beside the neuron");
    row("live", W::Explore, "liveWeightField", "Poke it live");
    row("experiments", W::Explore, "experimentList", "Experiments");
    row("data", W::Data, "", "5. Build a data set");
    row("train", W::Train, "trainEpochsField", "6. Train a twin");
    row("learning", W::Train, "trainingTabs", "Watch it learn");
    row("compare", W::Compare, "", "7. Compare twins");
    row("pictures", W::Compare, "barsFigureCombo", "The pictures");
    row("inside", W::Compare, "insideSecondCombo", "8. Look inside a twin");
}

// Every tab is asked for as if it were in front, whether it has something to show or not.
void tst_Guide::chapterOfWhatIsInFront()
{
    QFETCH(int, page);
    QFETCH(QString, focus);
    QFETCH(QString, heading);
    MainWindow &window = *m_bench->window;
    window.showPage(static_cast<MainWindow::Page>(page));
    QWidget *widget = focus.isEmpty() ? static_cast<QWidget *>(&window)
                                      : child<QWidget>(window, qPrintable(focus));
    auto help = window.findChild<HelpController *>();
    const QString link = HelpController::chapterOf(widget);
    help->showGuide(link);
    QVERIFY2(opensAt(heading), qPrintable(text()->firstShown().text()));
    QVERIFY(chapters()->currentItem());
    const QString first = text()->firstShown().text();
    // It stays there when the text is fitted to another width, which comes later.
    QSignalSpy fitted(text(), &QTextBrowser::sourceChanged);
    guide()->resize(guide()->width() - 80, guide()->height());
    QVERIFY(fitted.wait());
    QCOMPARE(text()->firstShown().text(), first);
    QVERIFY(isSeen(heading));
}

bool tst_Guide::opensAt(const QString &heading) const
{
    const QScrollBar *bar = text()->verticalScrollBar();
    return text()->firstShown().text() == heading
        || (bar->value() == bar->maximum() && isSeen(heading));
}

bool tst_Guide::isSeen(const QString &heading) const
{
    const int end = text()->verticalScrollBar()->value() + text()->viewport()->height();
    for (QTextBlock block = text()->firstShown(); block.isValid(); block = block.next()) {
        if (block.text() == heading && block.blockFormat().headingLevel() > 0)
            return text()->document()->documentLayout()->blockBoundingRect(block).bottom() < end;
    }
    return false;
}

void tst_Guide::f1InTheWizard()
{
    trigger(*m_bench->window, "newDatasetAction");
    auto *wizard = child<QWidget>(*m_bench->window, "datasetWizard");
    wizard->activateWindow();
    // A window counts as active for Qt when its parent is.
    QTRY_COMPARE(QApplication::activeWindow(), wizard);
    QTest::keyClick(wizard, Qt::Key_F1);
    QVERIFY2(opensAt(QStringLiteral("Build one")), qPrintable(text()->firstShown().text()));
    wizard->close();
}

void tst_Guide::searchField()
{
    trigger(*m_bench->window, "guideAction");
    auto *search = child<QLineEdit>(*guide(), "guideSearchEdit");
    QVERIFY(search->isVisible());
    QTRY_VERIFY(QApplication::activeWindow() == guide());
    QTest::keyClick(guide(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("pareto"));
    // Chapters without it step back, the first with it is open, and it is marked.
    int shown = 0;
    for (int i = 0; i < chapters()->count(); ++i)
        shown += !chapters()->isRowHidden(i);
    QCOMPARE(labelText(*guide(), "guideFoundLabel"), QStringLiteral("In %1 chapter").arg(shown));
    QCOMPARE(chapters()->currentItem()->text(), QStringLiteral("Glossary"));
    QVERIFY(text()->extraSelections().size() >= 1);
    QCOMPARE(text()->textCursor().selectedText().toLower(), QStringLiteral("pareto"));
    // A word of several chapters: Return goes on to the next one.
    search->clear();
    QCOMPARE(labelText(*guide(), "guideFoundLabel"), QString());
    QVERIFY(!chapters()->isRowHidden(0));
    QTest::keyClicks(search, QStringLiteral("checkpoint"));
    const QString first = chapters()->currentItem()->text();
    QVERIFY(chapters()->currentItem()->text().startsWith(QStringLiteral("6. ")));
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(guide()->isVisible());
    QVERIFY(chapters()->currentItem()->text().startsWith(QStringLiteral("9. ")));
    QCOMPARE(text()->textCursor().selectedText(), QStringLiteral("checkpoint"));
    search->clear();
    QTest::keyClicks(search, QStringLiteral("no such words"));
    QCOMPARE(labelText(*guide(), "guideFoundLabel"), QStringLiteral("Not found"));
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(search->text().isEmpty());
    QVERIFY(guide()->isVisible());
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(!guide()->isVisible());
}

void tst_Guide::keyboardShortcuts()
{
    trigger(*m_bench->window, "shortcutsAction");
    QVERIFY(guide()->isVisible());
    QVERIFY(text()->toPlainText().startsWith(QStringLiteral("Keyboard shortcuts")));
    QCOMPARE(chapters()->currentItem()->text(), QStringLiteral("Keyboard shortcuts"));
}

void tst_Guide::everyChapterIsThere()
{
    trigger(*m_bench->window, "guideAction");
    const int files = static_cast<int>(
        QDir(QStringLiteral(":/docs/guide")).entryList({QStringLiteral("*.md")}).size());
    QVERIFY(files >= 7);
    QCOMPARE(chapters()->count(), files - 1); // the list is the table of contents
    QStringList seen;
    for (int i = 0; i < chapters()->count(); ++i) {
        chapters()->setCurrentRow(i);
        QVERIFY(text()->toPlainText().startsWith(chapters()->item(i)->text()));
        QVERIFY(text()->toPlainText().size() > 300);
        seen << text()->toPlainText();
    }
    QCOMPARE(seen.removeDuplicates(), 0);
}

void tst_Guide::linksLeadSomewhere()
{
    trigger(*m_bench->window, "guideAction");
    int links = 0;
    for (const QString &folder : {QStringLiteral(":/docs/guide"), QStringLiteral(":/docs")}) {
        for (const QFileInfo &info : QDir(folder).entryInfoList({QStringLiteral("*.md")})) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString words = QString::fromUtf8(file.readAll());
            auto it = QRegularExpression(QStringLiteral("\\]\\(([^)#:]+)(#[^)]*)?\\)"))
                          .globalMatch(words);
            while (it.hasNext()) {
                const QString target = QDir::cleanPath(folder + u'/' + it.next().captured(1));
                QVERIFY2(QFile::exists(target), qPrintable(info.filePath() + u' ' + target));
                ++links;
            }
        }
    }
    QVERIFY(links >= 5);
    // A link is followed, and the list with it.
    text()->setSource(QUrl(QStringLiteral("qrc:/docs/guide/4-projects.md")));
    QVERIFY(chapters()->currentItem()->text().startsWith(QStringLiteral("4. ")));
    text()->setSource(QUrl(QStringLiteral("qrc:/docs/FILES.md")));
    QVERIFY(text()->toPlainText().contains(QStringLiteral("input_exc")));
    QVERIFY(!chapters()->currentItem());
    QVERIFY(text()->isBackwardAvailable());
}

void tst_Guide::picturesFit()
{
    trigger(*m_bench->window, "guideAction");
    for (const int width : {980, 700, 1200}) {
        guide()->resize(width, 600);
        QTRY_COMPARE(text()->horizontalScrollBar()->maximum(), 0);
    }
    // And it is a picture, not its name.
    QVERIFY(text()->document()->size().height() > text()->viewport()->width() / 3.0);
}

void tst_Guide::everyShortcutIsNamed()
{
    trigger(*m_bench->window, "shortcutsAction");
    const QString page = text()->toPlainText();
    int found = 0;
    for (const QAction *menu : m_bench->window->menuBar()->actions()) {
        for (const QAction *a : menu->menu()->actions()) {
            for (const QKeySequence &key : a->shortcuts()) {
                const QString name = key.toString(QKeySequence::PortableText);
                const QRegularExpression whole(
                    QStringLiteral("(^|[^+\\w])%1($|\\W)").arg(QRegularExpression::escape(name)));
                QVERIFY2(whole.match(page).hasMatch(), qPrintable(name));
                ++found;
            }
        }
    }
    QVERIFY(found >= 10);
}

DT_TEST(tst_Guide, QApplication)
#include "tst_Guide.moc"
