// SPDX-License-Identifier: GPL-3.0-or-later
//
// The demonstration as a whole, small, with real simulators and a real twin.
#include "app/demo/DemoRun.h"
#include "engine/cell/Presets.h"
#include "engine/data/RecordingFile.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/jobs/WorkerPool.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QApplication>
#include <QImage>
#include <QTest>

using namespace dt;

class tst_Demo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesEverything();
    void saysWhatFails();
};

namespace {

DemoSettings tiny()
{
    DemoSettings demo;
    demo.plan.neuron = presetNeuron("ampa-point").value();
    demo.plan.wanted = {8, 3, 3};
    demo.plan.durationMs = 900;
    demo.plan.filter.clear();
    demo.freshSeed = 2;
    demo.twin = "tcn-a";
    demo.training.epochs = 6;
    demo.training.trainBatch = 4;
    return demo;
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void tst_Demo::leavesEverything()
{
    const test::TestFolder folder;
    WorkerPool pool(WorkerPool::defaultSettings(), 1);
    QCOMPARE(runDemo(pool, 1, folder.at("demo"), tiny()), 0);

    const Result<StoredTwin> twin = loadTwin(folder.file("demo/twin.twin"));
    QVERIFY(twin.ok());
    QVERIFY(twin->contents.complete);
    QVERIFY(twin->evaluation.has_value());
    QCOMPARE(twin->evaluation->plan.simulations, std::size_t(3));
    QCOMPARE(twin->contents.history.iterations(), std::size_t(12));
    const Result<Recording> recording = readRecording(folder.file("demo/recording.h5"));
    QVERIFY(recording.ok());
    QCOMPARE(recording->durationMs, 900);
    for (const char *picture : {"comparison", "comparison-close", "evaluation", "learning"}) {
        const QImage image(folder.at("demo/%1.png").arg(QString::fromUtf8(picture)));
        QVERIFY2(image.width() > 800 && image.height() > 400, picture);
        // Something is drawn: the twin's violet is there.
        bool violet = false;
        for (int y = 0; y < image.height() && !violet; ++y) {
            for (int x = 0; x < image.width() && !violet; ++x)
                violet = image.pixelColor(x, y) == QColor(0x9B, 0x51, 0xA6);
        }
        QVERIFY2(violet, picture);
    }
    QVERIFY(contentsOf(folder.at("demo/comparison.png"))
            != contentsOf(folder.at("demo/comparison-close.png")));
    const QString report = QString::fromUtf8(contentsOf(folder.at("demo/report.html")));
    QVERIFY(!report.contains(QStringLiteral("{{")));
    QVERIFY(report.contains(QStringLiteral("17,612 parameters")));
    QVERIFY(report.contains(QStringLiteral("8 simulations to train on")));

    // Again in the same place: everything is made anew, and the same.
    QCOMPARE(runDemo(pool, 1, folder.at("demo"), tiny()), 0);
    const Result<StoredTwin> again = loadTwin(folder.file("demo/twin.twin"));
    QVERIFY(again.ok());
    QVERIFY(again->contents.weights == twin->contents.weights);
}

void tst_Demo::saysWhatFails()
{
    const test::TestFolder folder;
    QFile file(folder.at("file"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    WorkerPool pool(WorkerPool::defaultSettings(), 1);
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    QCOMPARE(runDemo(pool, 1, folder.at("file/demo"), tiny()), 1);
    DemoSettings unknown = tiny();
    unknown.twin = "tcn-z";
    QCOMPARE(runDemo(pool, 1, folder.at("demo"), unknown), 1);
    QVERIFY(!QFile::exists(folder.at("demo/report.html")));
}

DT_TEST(tst_Demo, QApplication)
#include "tst_Demo.moc"
