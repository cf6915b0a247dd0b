// SPDX-License-Identifier: GPL-3.0-or-later
//
// The HTML report: everything in one file, nothing from outside, nothing unescaped.
#include "app/report/TwinReport.h"

#include "tests/gui/GuiTest.h"
#include "tests/support/ComparableTwins.h"
#include "tests/support/TestProgram.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace dt;
using namespace dt::test;

class tst_TwinReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofATraining();
    void ofAComparison();
    void hostileNamesAreEscaped();
    void importedWeights();
    void looksTheSameInTheDark();
    void wholeFilesOnly();
    void command();

private:
    Sandbox m_sandbox;
};

namespace {

QByteArray reportOf(const ComparedTwins &twins)
{
    TwinReport report(twins);
    while (!report.isDone()) {
        report.drawNext();
        QCoreApplication::processEvents();
    }
    return report.html();
}

QList<QImage> picturesOf(const QByteArray &html)
{
    QList<QImage> pictures;
    static const QRegularExpression Picture(
        QStringLiteral("src=\"data:image/png;base64,([A-Za-z0-9+/=]+)\""));
    auto it = Picture.globalMatch(QString::fromUtf8(html));
    while (it.hasNext())
        pictures << QImage::fromData(QByteArray::fromBase64(it.next().captured(1).toLatin1()),
                                     "PNG");
    return pictures;
}

/// Pictures apart, which are letters and digits.
QString textOf(const QByteArray &html)
{
    QString text = QString::fromUtf8(html);
    text.remove(QRegularExpression(QStringLiteral("data:image/png;base64,[A-Za-z0-9+/=]+")));
    return text;
}

void verifySelfContained(const QByteArray &html)
{
    const QString text = textOf(html);
    for (const char *outside : {"http", "file:", "<link", "<script", "@import", "url("})
        QVERIFY2(!text.contains(QLatin1String(outside), Qt::CaseInsensitive), outside);
    QCOMPARE(text.count(QStringLiteral("src=")), text.count(QStringLiteral("src=\"\"")));
    for (const QImage &picture : picturesOf(html)) {
        QVERIFY(!picture.isNull());
        QVERIFY(picture.width() > 1000);
    }
}

} // namespace

void tst_TwinReport::ofATraining()
{
    const StoredTwin stored = comparableTwin("tcn-a", "ampa-point", 0.99125, 93.5);
    const auto twin = compared(stored, "/tmp/a.twin");
    twin->author = "Anna <b>";
    const QByteArray html = reportOf({twin});
    verifySelfContained(html);
    QCOMPARE(picturesOf(html).size(), 3);
    const QString text = textOf(html);
    for (const char *part : {"<!DOCTYPE html>",
                             "TCN A, a twin of",
                             ", by Anna &lt;b&gt;",
                             "Trained by",
                             "from the file a.twin",
                             "area under the ROC curve",
                             "0.99125",
                             "explained variance [%]",
                             "93.50",
                             "root of the mean squared error [mV]",
                             "Losses",
                             "Balance of the five losses",
                             "Evaluation",
                             "The training in numbers",
                             "Memory, computed [MB]",
                             "All settings",
                             "Learning rate",
                             "Fingerprint of the data set",
                             "0123456789abcdef",
                             "Dendrite: Length [um]",
                             "Synapses: AMPA Conductance [nS]",
                             "segment 8: explained variance",
                             "On 3 simulations of the test split",
                             "</html>"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), part);
    QVERIFY(!text.contains(QStringLiteral("uS]")));
    // The lines that a run ends with.
    for (const std::string &line :
         reportLines(trainingReport(stored.contents.history, *stored.settings)))
        QVERIFY2(text.contains(QString::fromStdString(line).toHtmlEscaped()), line.c_str());
    QVERIFY(!text.contains(QStringLiteral("Leaderboard")));
    // Where files lie is this machine's.
    QVERIFY(text.contains(QStringLiteral("ampa-point.h5")));
    for (const char *folder : {"/tmp", "/somewhere", "/home"})
        QVERIFY2(!text.contains(QLatin1String(folder)), folder);
}

void tst_TwinReport::ofAComparison()
{
    const QByteArray html =
        reportOf({compared(comparableTwin("tcn-a", "ampa-point", 0.991, 93.0), "/tmp/a.twin"),
                  compared(comparableTwin("tcn-b", "nmda-cable", 0.972, 63.0, 2), "/tmp/b.twin")});
    verifySelfContained(html);
    // Five bar charts, size and speed, seven curves; then three of each twin.
    QCOMPARE(picturesOf(html).size(), 5 + 1 + 7 + 2 * 3);
    const QString text = textOf(html);
    for (const char *part : {"Comparison of 2 twins", "Leaderboard", "What the columns mean",
                             "0.9910", "0.9720", "Size, time and memory",
                             "Validation loss of spikes", "Gradient norm", "Settings that differ",
                             "Seed of training", "Neuron", "Network", "a: TCN A, ", "b: TCN B, "})
        QVERIFY2(text.contains(QString::fromUtf8(part)), part);
    QCOMPARE(text.count(QStringLiteral("All settings")), 2);
    // The better one first.
    QVERIFY(text.indexOf(QStringLiteral("0.9910")) < text.indexOf(QStringLiteral("0.9720")));
}

void tst_TwinReport::hostileNamesAreEscaped()
{
    const char *const Evil = "/tmp/<script>alert(1)<script>\"&'.twin";
    auto twin = compared(comparableTwin("tcn-a", "ampa-point", 0.99, 93.0), Evil);
    twin->dataset->path = "/x/<img src=x onerror=alert(2)>.h5";
    twin->dataset->fingerprint = "<b>bold</b>";
    auto second = compared(comparableTwin("tcn-b", "ampa-point", 0.98, 92.0), "/tmp/b.twin");
    for (const ComparedTwins &twins : {ComparedTwins{twin}, ComparedTwins{twin, second}}) {
        const QByteArray html = reportOf(twins);
        const QString text = textOf(html);
        for (const char *raw : {"<script", "<img src=x", "<b>bold"})
            QVERIFY2(!text.contains(QString::fromLatin1(raw)), raw);
        QVERIFY(text.contains(QStringLiteral("&lt;script&gt;alert(1)")));
        QVERIFY(text.contains(QStringLiteral("&lt;img src=x")));
    }
}

void tst_TwinReport::importedWeights()
{
    auto twin = compared(comparableTwin("elm", "ampa-point", 0.99, 93.0), "/tmp/imported.twin");
    twin->settings.reset();
    twin->evaluation.reset();
    twin->history = {};
    twin->neuron.reset();
    twin->dataset.reset();
    const QString text = QString::fromUtf8(reportOf({twin}));
    QVERIFY(text.contains(QStringLiteral("It has not been evaluated.")));
    QVERIFY(text.contains(QStringLiteral("Memory units")));
    QCOMPARE(text.count(QStringLiteral("<img")), 0);
}

void tst_TwinReport::looksTheSameInTheDark()
{
    const ComparedTwins twins{
        compared(comparableTwin("tcn-a", "ampa-point", 0.99, 93.0), "/tmp/a.twin")};
    theme::apply(*qApp, theme::Scheme::Dark, false);
    const QList<QImage> pictures = picturesOf(reportOf(twins));
    theme::apply(*qApp, theme::Scheme::Light, false);
    int n = 0;
    for (const QImage &picture : pictures) {
        if (const QString folder = qEnvironmentVariable("DENDROTWIN_SCREENSHOTS");
            !folder.isEmpty())
            picture.save(QStringLiteral("%1/report-dark-%2.png").arg(folder).arg(n++));
        int light = 0;
        int all = 0;
        for (int y = 0; y < picture.height(); y += 7) {
            for (int x = 0; x < picture.width(); x += 7) {
                light += qGray(picture.pixel(x, y)) > 200;
                ++all;
            }
        }
        QVERIFY2(light > all * 8 / 10, qPrintable(QStringLiteral("%1 of %2").arg(light).arg(all)));
    }
}

void tst_TwinReport::wholeFilesOnly()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("r.html"));
    QVERIFY(writeWhole(path, "first").ok());
    QVERIFY(writeWhole(path, "second").ok());
    const Status refused = writeWhole(folder.filePath(QStringLiteral("no/r.html")), "third");
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().message.find("does not exist") != std::string::npos);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("r.html")});
}

void tst_TwinReport::command()
{
    QTemporaryDir folder;
    QStringList paths;
    for (const char *preset : {"tcn-a", "tcn-b"}) {
        StoredTwin twin = comparableTwin(preset, "ampa-point", 0.98, 93.0);
        paths << folder.filePath(QString::fromLatin1(preset) + QStringLiteral(".twin"));
        QVERIFY(storeTwin(paths.last().toStdString(), twin, true).ok());
    }
    const QString out = folder.filePath(QStringLiteral("out.html"));
    QCOMPARE(runReport(out, paths), 0);
    QFile file(out);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray html = file.readAll();
    verifySelfContained(html);
    QVERIFY(html.contains("Comparison of 2 twins"));
    file.close();
    QVERIFY(file.remove());
    QCOMPARE(runReport(out, {}), 2);
    QCOMPARE(runReport(out, {paths[0], folder.filePath(QStringLiteral("none.twin"))}), 1);
    QVERIFY(!QFile::exists(out));
}

DT_TEST(tst_TwinReport, QApplication)
#include "tst_TwinReport.moc"
