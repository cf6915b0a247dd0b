// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the Compare page shows of the ticked twins, in the window: bars, size and speed, learning,
// settings, evaluation, exports, reports.
#include "app/compare/CompareController.h"
#include "tests/gui/compare/CompareTest.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"
#include "widgets/compare/BarsView.h"
#include "widgets/compare/LearningView.h"
#include "widgets/compare/ParetoView.h"
#include "widgets/compare/SettingsView.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>

using namespace dt;
using namespace dt::test;

class tst_CompareViews : public CompareTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeBench(); }
    void cleanup() { m_bench.reset(); }

    void barsShowTheChosenFigure();
    void paretoFronts();
    void twinsOfOneNetworkHaveTheirNames();
    void failedTwinsAreNoChoice();
    void oneTimeForEachNetwork();
    void learningCurves();
    void settingsThatDiffer();
    void evaluationFollowsTheRow();
    void addedTabsFollowTheRow();
    void exportsNumbersAndPictures();
    void savesAReport();
    void reportIntoAForbiddenFolder();
    void fits_data();
    void fits();
};

void tst_CompareViews::barsShowTheChosenFigure()
{
    haveTwins();
    const BarsView &bars = *page().bars();
    QCOMPARE(bars.table().networks, (std::vector<std::string>{"TCN A", "TCN B", "TCN E"}));
    QCOMPARE(bars.table().neurons.size(), std::size_t{2});
    QCOMPARE(bars.base(), 0.95);
    choose(child<QComboBox>(page(), "barsFromCombo"), QStringLiteral("0.9"));
    QCOMPARE(bars.base(), 0.9);
    choose(child<QComboBox>(page(), "barsFigureCombo"),
           QStringLiteral("Soma explained variance [%]"));
    QCOMPARE(bars.figure(), Figure::SomaEv);
    QCOMPARE(bars.base(), 50.0);
    QVERIFY(labelText(page(), "barsMeaningLabel").contains(QStringLiteral("soma voltage")));
    const auto *canvas = child<PlotCanvas>(page(), "barsPlot");
    QVERIFY(canvas->yRange().second > 100.0);
    QVERIFY(
        pixelsLike(child<PlotCanvas>(page(), "barsPlot"), seriesStyle(0, page().palette()).colour)
        > 200);
    QVERIFY(bars.csv().startsWith(QStringLiteral("network,")));
    QVERIFY(bars.csv().contains(QStringLiteral("TCN A,90,60")));
}

void tst_CompareViews::paretoFronts()
{
    haveTwins();
    showTab(QStringLiteral("Size and Speed"));
    // AMPA: A, then the better B. NMDA: E is larger than B and worse.
    QCOMPARE(page().pareto()->front(0),
             (QStringList{QStringLiteral("TCN A"), QStringLiteral("TCN B"), QStringLiteral("TCN A"),
                          QStringLiteral("TCN B")}));
    click(child<QCheckBox>(page(), "leastAucCheck"));
    typeInto(child<QDoubleSpinBox>(page(), "leastAucField"), QStringLiteral("0.96"));
    QCOMPARE(
        page().pareto()->front(0),
        (QStringList{QStringLiteral("TCN A"), QStringLiteral("TCN B"), QStringLiteral("TCN B")}));
    QCOMPARE(page().pareto()->csv().count(u'\n'), 5);
}

// The network's name tells twins apart only as long as there is one of each.
void tst_CompareViews::twinsOfOneNetworkHaveTheirNames()
{
    haveTwins();
    showTab(QStringLiteral("Size and Speed"));
    StoredTwin again = comparableTwin("tcn-b", "ampa-point", 0.9985, 95.0, 7);
    VERIFY_OK(storeTwin(file(QStringLiteral("b-again.twin")).toStdString(), again, false));
    window().comparison()->openPaths({file(QStringLiteral("b-again.twin"))});
    waitForTwins(6);
    QTRY_VERIFY2(page().pareto()->front(0).contains(QStringLiteral("b-again")),
                 qPrintable(page().pareto()->front(0).join(u',')));
    QCOMPARE(page().pareto()->front(0).count(QStringLiteral("TCN B")), 1); // the NMDA neuron's
}

// A twin that has not learned is no choice: on no line, and it does not squeeze the others.
void tst_CompareViews::failedTwinsAreNoChoice()
{
    haveTwins();
    showTab(QStringLiteral("Size and Speed"));
    const QStringList front = page().pareto()->front(0);
    auto *plot = child<PlotCanvas>(page(), "pareto0Plot");
    const auto range = plot->yRange();
    const QColor grey = colours::muted(page().palette());
    const int before = pixelsLike(plot, grey); // letters
    // Smaller than all others, so that it would lead the line.
    StoredTwin vain = comparableTwin("tcn-a", "ampa-point", 0.51, -224.0);
    std::get<TcnConfig>(vain.spec.network).widths = {2};
    VERIFY_OK(storeTwin(file(QStringLiteral("vain.twin")).toStdString(), vain, false));
    window().comparison()->openPaths({file(QStringLiteral("vain.twin"))});
    waitForTwins(6);
    QCOMPARE(page().pareto()->front(0), front);
    QCOMPARE(plot->yRange(), range);
    QTRY_VERIFY(pixelsLike(plot, grey) > before + 10);
    QVERIFY2(page().pareto()->csv().contains(QStringLiteral(",0.51,no,")),
             qPrintable(page().pareto()->csv()));
    QCOMPARE(page().pareto()->csv().count(QStringLiteral(",yes,")), 5);
}

// One measure: the same network takes the same time, whatever the files say of other days.
void tst_CompareViews::oneTimeForEachNetwork()
{
    haveTwins();
    auto *measure = child<QPushButton>(page(), "measureAllButton");
    const int time = columnOf(Figure::MsPerSimulation);
    const auto times = [&] {
        QHash<QString, QStringList> byNetwork;
        for (int row = 0; row < table().model()->rowCount(); ++row)
            byNetwork[cell(row, TwinTableModel::NetworkColumn)] << cell(row, time);
        return byNetwork;
    };
    const auto known = [&] { return !column(time).contains(QStringLiteral("–")); };
    QTRY_VERIFY_WITH_TIMEOUT(known() && measure->isEnabled(), 60000);
    for (const bool again : {false, true}) {
        if (again) {
            click(measure);
            QVERIFY(!measure->isEnabled());
            QVERIFY2(labelText(page(), "twinCountLabel").contains(QStringLiteral("measuring")),
                     qPrintable(labelText(page(), "twinCountLabel")));
            QTRY_VERIFY_WITH_TIMEOUT(measure->isEnabled(), 60000);
        }
        const auto found = times();
        QVERIFY(found.size() < table().model()->rowCount());
        for (const QStringList &same : found)
            QCOMPARE(QSet<QString>(same.begin(), same.end()).size(), 1);
        for (const QString &ms : column(time))
            QVERIFY2(ms.toDouble() > 0.0, qPrintable(ms));
    }
    // Nothing is measured while something trains.
    page().setTiming(0, QStringLiteral("A twin is being trained."));
    QVERIFY(!measure->isEnabled());
    QCOMPARE(measure->toolTip(), QStringLiteral("A twin is being trained."));
}

void tst_CompareViews::learningCurves()
{
    haveTwins();
    showTab(QStringLiteral("Learning"));
    QCOMPARE(page().learning()->shown().size(), 5);
    const auto *canvas = child<PlotCanvas>(page(), "learningPlot");
    QCOMPARE(canvas->lineCount(), 5);
    const auto before = canvas->yRange();
    choose(child<QComboBox>(page(), "learningCurveCombo"), QStringLiteral("Dendritic voltages"));
    QVERIFY(canvas->yRange() != before);
    // Eight validations; in training every iteration.
    const auto rows = [&] { return page().learning()->csv().count(u'\n') - 1; };
    QCOMPARE(rows(), 8);
    choose(child<QComboBox>(page(), "learningSourceCombo"), QStringLiteral("Training"));
    QCOMPARE(rows(), 80);
    choose(child<QComboBox>(page(), "learningCurveCombo"), QStringLiteral("Gradient norm"));
    QVERIFY(!child<QComboBox>(page(), "learningSourceCombo")->isEnabled());
    QCOMPARE(rows(), 80);
    click(child<QCheckBox>(page(), "learningLogCheck"));
    QCOMPARE(canvas->lineCount(), 5);
    trigger(page(), "tickNoneAction");
    QCOMPARE(canvas->lineCount(), 0);
}

void tst_CompareViews::settingsThatDiffer()
{
    haveTwins();
    trigger(page(), "tickNoneAction");
    for (const char *name : {"a-nmda.twin", "b-nmda.twin"})
        table().twins()->setChecked(
            table()
                .filter()
                ->mapToSource(table().model()->index(rowOf(QString::fromLatin1(name)), 0))
                .row(),
            true);
    showTab(QStringLiteral("Settings"));
    const auto *settings = child<QTableWidget>(page(), "settingsTable");
    QCOMPARE(settings->columnCount(), 2);
    const int differing = settings->rowCount();
    QStringList names;
    for (int row = 0; row < differing; ++row)
        names << settings->verticalHeaderItem(row)->text();
    QVERIFY2(names.contains(QStringLiteral("Kernel [ms]")), qPrintable(names.join(u'|')));
    QVERIFY(!names.contains(QStringLiteral("Epochs")));
    click(child<QCheckBox>(page(), "settingsEqualCheck"));
    QVERIFY(settings->rowCount() > differing + 20);
    // Conductances as people read them.
    QString ampa;
    for (int row = 0; row < settings->rowCount(); ++row) {
        const QString name = settings->verticalHeaderItem(row)->text();
        QVERIFY2(!name.contains(QStringLiteral("uS")), qPrintable(name));
        if (name == QStringLiteral("Synapses: AMPA Conductance [nS]"))
            ampa = settings->item(row, 0)->text();
    }
    QCOMPARE(ampa, QStringLiteral("0.4"));
}

void tst_CompareViews::evaluationFollowsTheRow()
{
    haveTwins();
    showTab(QStringLiteral("Evaluation"));
    const auto shows = [&](const QString &text) {
        for (const QLabel *label : tabs().currentWidget()->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    };
    clickRow(0);
    QVERIFY(shows(QStringLiteral("AUC 0.9981")));
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_Down);
    QVERIFY(shows(QStringLiteral("AUC 0.9912")));
}

void tst_CompareViews::addedTabsFollowTheRow()
{
    haveTwins();
    auto *view = new QLabel;
    page().addTab(view, QStringLiteral("Look Inside"));
    connect(&page(), &ComparePage::currentTwinChanged, view, &QLabel::setText);
    QSignalSpy changes(&page(), &ComparePage::currentTwinChanged);
    showTab(QStringLiteral("Look Inside"));
    clickRow(1);
    clickRow(2);
    QCOMPARE(view->text(), page().currentTwin());
    QCOMPARE(view->text(), table().model()->index(2, 0).data(TwinTableModel::PathRole).toString());
    const auto count = changes.count();
    clickRow(2); // the same
    QCOMPARE(changes.count(), count);
}

void tst_CompareViews::exportsNumbersAndPictures()
{
    haveTwins();
    trigger(page(), "copyTableAction");
    const QString copied = QApplication::clipboard()->text();
    QCOMPARE(copied.count(u'\n'), 6);
    QVERIFY(copied.startsWith(QStringLiteral("twin,network,neuron,dataset,author,spikes_auc")));
    QVERIFY(copied.contains(QStringLiteral("0.9981")));
    QVERIFY(copied.contains(QStringLiteral(",a-ampa.twin\n")));
    QVERIFY(!copied.contains(u'/')); // where files lie on this machine is nobody's business
    m_bench->dialogs.saveAsPath = file(QStringLiteral("table.csv"));
    trigger(page(), "exportTableAction");
    QFile csv(m_bench->dialogs.saveAsPath);
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(csv.readAll()), copied);
    QCOMPARE(status(), QStringLiteral("Saved table.csv."));
    m_bench->dialogs.saveAsPath = file(QStringLiteral("bars.png"));
    trigger(page(), "saveViewPictureAction");
    QVERIFY(m_bench->dialogs.lastSuggestion.endsWith(QStringLiteral("bars.png")));
    // The chart with a legend on white, without what can be clicked, and as lines, too.
    const QImage picture(m_bench->dialogs.saveAsPath);
    QVERIFY(picture.width() > 1200 && picture.height() > 600);
    QVERIFY(picture.width() > picture.height());
    QCOMPARE(picture.pixelColor(0, 0), QColor(Qt::white));
    QCOMPARE(picture.pixelColor(picture.width() - 1, picture.height() - 1), QColor(Qt::white));
    for (const char *name : {"bars.svg", "bars.pdf"}) {
        m_bench->dialogs.saveAsPath = file(QString::fromLatin1(name));
        trigger(page(), "saveViewPictureAction");
        QVERIFY(QFileInfo(m_bench->dialogs.saveAsPath).size() > 2000);
    }
    QFile lines(file(QStringLiteral("bars.svg")));
    QVERIFY(lines.open(QIODevice::ReadOnly));
    const QString svg = QString::fromUtf8(lines.readAll());
    for (const std::string &neuron : page().bars()->table().neurons)
        QVERIFY2(svg.contains(QString::fromStdString(neuron)), neuron.c_str());
    m_bench->dialogs.saveAsPath = file(QStringLiteral("bars.csv"));
    trigger(page(), "saveViewNumbersAction");
    QVERIFY(QFile::exists(m_bench->dialogs.saveAsPath));
    showTab(QStringLiteral("Evaluation"));
    QVERIFY(!child<QAction>(page(), "saveViewNumbersAction")->isEnabled());
}

void tst_CompareViews::savesAReport()
{
    haveTwins();
    trigger(page(), "tickNoneAction");
    table().twins()->setChecked(0, true);
    m_bench->dialogs.saveAsPath = file(QStringLiteral("one.html"));
    click(child<QPushButton>(page(), "saveReportButton"));
    QVERIFY(m_bench->dialogs.lastSuggestion.endsWith(QStringLiteral("a-ampa-report.html")));
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Saved one.html."), 60000);
    QFile one(file(QStringLiteral("one.html")));
    QVERIFY(one.open(QIODevice::ReadOnly));
    const QByteArray text = one.readAll();
    QVERIFY(text.contains("TCN A, a twin of"));
    QCOMPARE(text.count("<img "), 3);

    table().twins()->setChecked(1, true);
    m_bench->dialogs.saveAsPath = file(QStringLiteral("two.html"));
    click(child<QPushButton>(page(), "saveReportButton"));
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Saved two.html."), 60000);
    QFile two(file(QStringLiteral("two.html")));
    QVERIFY(two.open(QIODevice::ReadOnly));
    QVERIFY(two.readAll().contains("Comparison of 2 twins"));
    // Nothing half-written lies about.
    const QStringList html =
        QFileInfo(two.fileName()).dir().entryList({QStringLiteral("*.html*")}, QDir::Files);
    QCOMPARE(html, (QStringList{QStringLiteral("one.html"), QStringLiteral("two.html")}));
}

void tst_CompareViews::reportIntoAForbiddenFolder()
{
    haveTwins();
    m_bench->dialogs.saveAsPath = QStringLiteral("/no/such/folder/report.html");
    click(child<QPushButton>(page(), "saveReportButton"));
    QTRY_VERIFY_WITH_TIMEOUT(window().findChild<NoticeBar *>()->sentence().contains(
                                 QStringLiteral("/no/such/folder/report.html")),
                             60000);
    // Another try, elsewhere.
    m_bench->dialogs.saveAsPath = file(QStringLiteral("allowed.html"));
    click(child<QPushButton>(page(), "saveReportButton"));
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Saved allowed.html."), 60000);
}

void tst_CompareViews::fits_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("projector");
    QTest::newRow("smallest") << QSize(1000, 640) << false;
    QTest::newRow("projector") << QSize(1280, 720) << true;
}

void tst_CompareViews::fits()
{
    QFETCH(QSize, size);
    QFETCH(bool, projector);
    theme::apply(*qApp, theme::Scheme::Light, projector);
    haveTwins();
    window().resize(size);
    QCoreApplication::processEvents();
    for (const char *title : {"Bars", "Size and Speed", "Learning", "Settings"}) {
        showTab(QString::fromLatin1(title));
        QCoreApplication::processEvents();
        QCOMPARE(clippedTexts(&page()).join(u'|'), QString());
        QVERIFY(table().height() > 3 * table().rowHeight(0));
    }
    QCOMPARE(window().size(), size);
    theme::apply(*qApp, theme::Scheme::Light, false);
}

DT_TEST(tst_CompareViews, QApplication)
#include "tst_CompareViews.moc"
