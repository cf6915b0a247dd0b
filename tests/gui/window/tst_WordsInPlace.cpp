// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/GuideWindow.h"
#include "engine/base/Glossary.h"
#include "engine/explore/ExperimentResult.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/explore/ResultView.h"
#include "widgets/words/TermLabel.h"
#include "widgets/words/TermPlaces.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QTabBar>
#include <QTabWidget>
#include <QTextBlock>
#include <QTextBrowser>
#include <QWizard>

using namespace dt;
using namespace dt::test;

namespace {

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

Glossary readGlossary()
{
    QFile file(QStringLiteral(":/docs/guide/glossary.md"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the program has no glossary");
    return Glossary::parse(file.readAll().toStdString()).value();
}

QWidget *popup()
{
    QWidget *open = QApplication::activePopupWidget();
    return open && open->objectName() == QLatin1String("termPopup") ? open : nullptr;
}

/// Names of what is explained there.
QStringList explained()
{
    QStringList names;
    if (popup()) {
        for (const QLabel *label : popup()->findChildren<QLabel *>()) {
            if (label->objectName().endsWith(QStringLiteral("NameLabel")))
                names << label->text();
        }
    }
    return names;
}

TermLabel *linkOf(const QLabel *label)
{
    return label->findChild<TermLabel *>(QString(), Qt::FindDirectChildrenOnly);
}

void clickWord(QLabel *label, const QString &key)
{
    bringIntoView(label);
    if (!linkOf(label))
        qFatal("%s is no link", qPrintable(label->text()));
    const QRectF place = linkOf(label)->placeOf(key);
    if (place.isEmpty())
        qFatal("there is no %s in %s", qPrintable(key), qPrintable(label->text()));
    clickAt(label, place.center());
}

/// The label before a field or plot.
QLabel *labelOf(const QObject &root, const char *field)
{
    for (QLabel *label : root.findChildren<QLabel *>()) {
        if (label->buddy() && label->buddy()->objectName() == QLatin1String(field))
            return label;
    }
    qFatal("%s has no label", field);
}

} // namespace

/// Words that the program explains where they stand.
class tst_WordsInPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(QSize(1366, 768)); }
    void cleanup()
    {
        if (popup())
            popup()->close();
        m_bench.reset();
    }

    void everyLinkHasAnEntryAndEveryEntryAUse();
    void everyPlaceIsThere();
    void clickOnAWord();
    void wordsOfASentence();
    void onlyTheWordOfACaption();
    void labelsStayWhatTheyAre();
    void shiftF1OnAField();
    void shiftF1Elsewhere();
    void wordsInTheWizard();
    void moreInTheGuide();
    void projector();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }

    std::unique_ptr<Bench> m_bench;
};

void tst_WordsInPlace::everyLinkHasAnEntryAndEveryEntryAUse()
{
    const Glossary glossary = readGlossary();
    QSet<QString> used;
    QSet<QString> widgets;
    for (const TermPlace &place : termPlaces()) {
        QVERIFY2(!widgets.contains(text(place.widget)), place.widget.data());
        widgets.insert(text(place.widget));
        if (place.keys == AnyTerm)
            continue;
        const QStringList keys = text(place.keys).split(u' ');
        QVERIFY2(!keys.contains(QString()), place.widget.data());
        for (const QString &key : keys) {
            QVERIFY2(glossary.find(key.toStdString()), qPrintable(key));
            used.insert(key);
        }
    }
    for (const GlossaryEntry &entry : glossary.entries())
        QVERIFY2(used.contains(QString::fromStdString(entry.key)), entry.key.c_str());
}

void tst_WordsInPlace::everyPlaceIsThere()
{
    QSet<QString> names;
    const auto collect = [&](const QObject &root) {
        for (const QWidget *widget : root.findChildren<QWidget *>())
            names.insert(widget->objectName());
    };
    collect(window());
    trigger(window(), "newDatasetAction");
    auto *wizard = child<QWizard>(window(), "datasetWizard");
    for (const int id : wizard->pageIds())
        collect(*wizard->page(id));
    wizard->close();
    window().showPage(MainWindow::Explore);
    auto *experiments = child<QListWidget>(window(), "experimentList");
    for (int i = 0; i < experiments->count(); ++i) {
        experiments->setCurrentRow(i);
        collect(window());
    }
    ExperimentResult result;
    result.plots.resize(4);
    ResultView view;
    view.show(result, {});
    collect(view);
    for (const TermPlace &place : termPlaces())
        QVERIFY2(names.contains(text(place.widget)), place.widget.data());
}

void tst_WordsInPlace::clickOnAWord()
{
    window().showPage(MainWindow::Neuron);
    auto *word = child<QLabel>(window(), "electrotonicNameLabel");
    QWidget *focus = QApplication::focusWidget();
    clickWord(word, QStringLiteral("length-constant"));
    QVERIFY(popup());
    QCOMPARE(explained(), QStringList{QStringLiteral("Length constant")});
    QVERIFY(labelText(*popup(), "length-constantMeaningLabel").contains(QStringLiteral("37 %")));
    QVERIFY(clippedTexts(popup()).isEmpty());
    QTest::keyClick(popup(), Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    QCOMPARE(QApplication::focusWidget(), focus);
    // A click beside it does nothing.
    clickAt(word, QPointF(word->width() - 1.0, word->height() - 1.0));
    QVERIFY(!popup());
    // A plot's title, and a field's label.
    window().showPage(MainWindow::Simulate);
    clickWord(labelOf(window(), "somaPlot"), QStringLiteral("cap"));
    QCOMPARE(explained(), (QStringList{QStringLiteral("Soma"), QStringLiteral("Cap")}));
    QTest::keyClick(popup(), Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    clickWord(labelOf(window(), "brushWeightField"), QStringLiteral("weight"));
    QCOMPARE(explained(), QStringList{QStringLiteral("Weight")});
}

void tst_WordsInPlace::wordsOfASentence()
{
    window().showPage(MainWindow::Neuron);
    auto *sentence = child<QLabel>(window(), "meaningLabel");
    sentence->setText(QStringLiteral("The dendrite is 3.55 length constants long: distant synapses "
                                     "will barely reach the soma, and the dendrite is long."));
    QTRY_COMPARE(linkOf(sentence)->keys(),
                 (QStringList{QStringLiteral("dendrite"), QStringLiteral("length-constant"),
                              QStringLiteral("soma")}));
    clickWord(sentence, QStringLiteral("length-constant"));
    QCOMPARE(explained(), QStringList{QStringLiteral("Length constant")});
    QTest::keyClick(popup(), Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    // Where it says so, there is a line.
    const QRectF word = linkOf(sentence)->placeOf(QStringLiteral("length-constant"));
    QVERIFY(shows(sentence, sentence->palette().color(QPalette::WindowText),
                  QPointF(word.center().x(), word.bottom()), 2));
    sentence->setText(QStringLiteral("Nothing of the kind."));
    QVERIFY(linkOf(sentence)->keys().isEmpty());
}

// A caption of several words is not one long link.
void tst_WordsInPlace::onlyTheWordOfACaption()
{
    window().showPage(MainWindow::Train);
    auto *about = child<QLabel>(window(), "trainAboutLabel");
    const QRectF word = linkOf(about)->placeOf(QStringLiteral("parameters"));
    const QString all = about->text();
    QVERIFY2(all.contains(QStringLiteral("parameters; sees")), qPrintable(all));
    QVERIFY(word.width() > 0.0);
    QVERIFY(word.width() < 0.5 * about->fontMetrics().horizontalAdvance(all));
    clickWord(about, QStringLiteral("receptive-field"));
    QCOMPARE(explained(),
             (QStringList{QStringLiteral("Parameters"), QStringLiteral("Receptive field")}));
    QTest::keyClick(popup(), Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    // Without such a word there is nothing to ask for.
    auto *cost = child<QLabel>(window(), "trainCostLabel");
    QVERIFY2(cost->text().contains(QStringLiteral("Build one first")), qPrintable(cost->text()));
    QVERIFY(linkOf(cost)->keys().isEmpty());
}

void tst_WordsInPlace::labelsStayWhatTheyAre()
{
    for (const auto page : {MainWindow::Neuron, MainWindow::Simulate, MainWindow::Train}) {
        window().showPage(page);
        for (const QLabel *label : window().findChildren<QLabel *>()) {
            if (!label->isVisible() || !linkOf(label))
                continue;
            QVERIFY2(!label->text().contains(u'<'), qPrintable(label->text()));
            QCOMPARE(label->focusPolicy() & Qt::TabFocus, 0); // no more to tab through
        }
    }
}

void tst_WordsInPlace::shiftF1OnAField()
{
    window().showPage(MainWindow::Train);
    auto *epochs = child<QWidget>(window(), "trainEpochsField");
    epochs->setFocus(Qt::TabFocusReason);
    QTest::keyClick(epochs, Qt::Key_F1, Qt::ShiftModifier);
    QCOMPARE(explained(), QStringList{QStringLiteral("Epoch")});
    QTest::keyClick(popup(), Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    QCOMPARE(QApplication::focusWidget(), epochs);
    window().showPage(MainWindow::Simulate);
    auto *near = child<QWidget>(window(), "nearPlot");
    near->setFocus(Qt::TabFocusReason);
    QTest::keyClick(near, Qt::Key_F1, Qt::ShiftModifier);
    QCOMPARE(explained(), QStringList{QStringLiteral("Near a spike")});
}

// Where no field has words of its own: all that are in front, and the keys move through them.
void tst_WordsInPlace::shiftF1Elsewhere()
{
    window().showPage(MainWindow::Neuron);
    child<QTabWidget>(window(), "neuronSideTabs")->tabBar()->setFocus();
    trigger(window(), "explainAction");
    const QStringList all = explained();
    QVERIFY2(all.size() >= 6, qPrintable(all.join(u',')));
    for (const char *name : {"Length constant", "Time constant", "Input resistance", "SK"})
        QVERIFY2(all.contains(QLatin1String(name)), name);
    QVERIFY(!all.contains(QStringLiteral("Epoch"))); // of another page
    QStringList once = all;
    QCOMPARE(once.removeDuplicates(), 0);
    auto *scroll = child<QScrollArea>(*popup(), "termScrollArea");
    QVERIFY(popup()->height() <= 0.75 * popup()->screen()->availableSize().height());
    auto *button = child<QPushButton>(*popup(), "termGuideButton");
    QTRY_VERIFY(button->hasFocus());
    QTest::keyClick(button, Qt::Key_PageDown);
    QVERIFY(scroll->verticalScrollBar()->value() > 0);
}

void tst_WordsInPlace::wordsInTheWizard()
{
    trigger(window(), "newDatasetAction");
    auto *wizard = child<QWizard>(window(), "datasetWizard");
    QTRY_VERIFY(wizard->isVisible());
    wizard->next();
    auto *rate = child<QLabel>(*wizard, "excRateLabel");
    QTRY_VERIFY(rate->isVisible());
    clickWord(rate, QStringLiteral("rain"));
    QCOMPARE(explained(), QStringList{QStringLiteral("Rain")});
    QVERIFY(labelText(*popup(), "rainMeaningLabel").contains(QStringLiteral("sparsity")));
    popup()->close();
    wizard->close();
}

void tst_WordsInPlace::moreInTheGuide()
{
    window().showPage(MainWindow::Neuron);
    clickWord(child<QLabel>(window(), "skNameLabel"), QStringLiteral("sk"));
    click(child<QPushButton>(*popup(), "termGuideButton"));
    QTRY_VERIFY(!popup());
    auto *guide = child<GuideWindow>(window(), "guideWindow");
    QVERIFY(guide->isVisible());
    auto *page = child<QTextBrowser>(*guide, "guideText");
    QCOMPARE(page->source().fileName(), QStringLiteral("glossary.md"));
    QTRY_COMPARE(page->cursorForPosition({0, 0}).block().text(), QStringLiteral("SK"));
}

void tst_WordsInPlace::projector()
{
    trigger(window(), "projectorAction");
    window().showPage(MainWindow::Neuron);
    clickWord(child<QLabel>(window(), "tauNameLabel"), QStringLiteral("time-constant"));
    QVERIFY(popup());
    QVERIFY(clippedTexts(popup()).isEmpty());
    QVERIFY(child<QLabel>(*popup(), "time-constantMeaningLabel")->fontInfo().pixelSize()
            > 1.3 * 13);
    QTest::keyClick(popup(), Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    trigger(window(), "projectorAction");
}

DT_TEST(tst_WordsInPlace, QApplication)
#include "tst_WordsInPlace.moc"
