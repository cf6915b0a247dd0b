// SPDX-License-Identifier: GPL-3.0-or-later
//
// A student's own trace as text.
#include "engine/recording/TraceText.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_TraceText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readable_data();
    void readable();
    void decimalSigns();
    void faults_data();
    void faults();
};

void tst_TraceText::readable_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray("0,-80\n0.5,-70.5\n10,-60\n");
    QTest::newRow("header") << QByteArray("time_ms,V\n0,-80\n0.5,-70.5\n10,-60\n");
    QTest::newRow("units in brackets") << QByteArray("t [ms],V [mV]\n0,-80\n0.5,-70.5\n10,-60\n");
    QTest::newRow("semicolons") << QByteArray(
        "Zeit (ms);Spannung (mV)\r\n0;-80\r\n0,5;-70,5\r\n10;-60");
    QTest::newRow("thousandths") << QByteArray("0,000;-80,000\n0,500;-70,500\n10,000;-60,000\n");
    QTest::newRow("tabs and a mark")
        << QByteArray("\xEF\xBB\xBF# from the rig\n0\t-80\n0.5\t-70.5\n10\t-60\n");
}

void tst_TraceText::readable()
{
    QFETCH(QByteArray, text);
    const auto trace = traceFromCsv(text.toStdString(), "t.csv");
    QVERIFY2(trace.ok(), trace ? "" : trace.error().message.c_str());
    QVERIFY((trace->ms == std::vector<double>{0.0, 0.5, 10.0}));
    QVERIFY((trace->mv == std::vector<float>{-80.0F, -70.5F, -60.0F}));
}

/// Where nothing in the file tells what 1.000 is, it is asked for.
void tst_TraceText::decimalSigns()
{
    const std::string text = "1.000;-60.125\n2.000;-61.250\n";
    const auto refused = traceFromCsv(text, "t.csv");
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().message,
             std::string("t.csv, line 1: '1.000' can be read as 1000 and as 1. Write numbers "
                         "without thousands separators."));
    const auto trace = traceFromCsv(
        text, "t.csv", [](const TwofoldNumber &) { return std::optional(DecimalSign::Point); });
    QVERIFY(trace.ok());
    QVERIFY((trace->ms == std::vector<double>{1.0, 2.0}));
    QVERIFY((trace->mv == std::vector<float>{-60.125F, -61.25F}));
}

void tst_TraceText::faults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("said");
    QTest::newRow("nothing") << QByteArray() << QStringList{"no trace", "time in ms"};
    QTest::newRow("one sample") << QByteArray("0,-80\n") << QStringList{"no trace"};
    QTest::newRow("one column") << QByteArray("-80\n-70\n")
                                << QStringList{"line 1", "1 cell", "Two columns"};
    QTest::newRow("three columns") << QByteArray("0,-80,1\n") << QStringList{"line 1", "3 cells"};
    QTest::newRow("thousands") << QByteArray("0,-80\n1,000,-70\n")
                               << QStringList{"line 2", "3 cells"};
    QTest::newRow("time in s") << QByteArray("time_s,V_mV\n0,-80\n1,-70\n")
                               << QStringList{"line 1", "column 1 (time in ms)", "time_s"};
    QTest::newRow("voltage in uV") << QByteArray("ms,uV\n0,-80\n1,-70\n")
                                   << QStringList{"line 1", "column 2 (voltage in mV)", "uV"};
    QTest::newRow("volts") << QByteArray("t,v\n0,-0.08\n1,-0.07\n") << QStringList{"volts", "1000"};
    QTest::newRow("not rising") << QByteArray("0,-80\n1,-70\n1,-60\n")
                                << QStringList{"line 3", "column 1", "1 does not come after 1"};
    QTest::newRow("word") << QByteArray("0,-80\n1,cold\n")
                          << QStringList{"line 2", "column 2", "'cold'"};
    QTest::newRow("word in the first line")
        << QByteArray("0,cold\n1,-80\n") << QStringList{"line 1", "column 2"};
    QTest::newRow("empty cell") << QByteArray("0,-80\n,-70\n")
                                << QStringList{"line 2", "column 1", "empty"};
    QTest::newRow("huge") << QByteArray("0,-80\n1,-70000\n")
                          << QStringList{"line 2", "column 2", "no voltage"};
    QTest::newRow("NaN") << QByteArray("0,-80\n1,nan\n") << QStringList{"line 2", "finite"};
    QTest::newRow("binary") << QByteArray("a\0b", 3) << QStringList{"not text"};
}

void tst_TraceText::faults()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, said);
    const auto trace = traceFromCsv(text.toStdString(), "t.csv");
    QVERIFY(!trace.ok());
    const QString message = QString::fromStdString(trace.error().message);
    for (const QString &part : std::as_const(said))
        QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY2(message.startsWith(QStringLiteral("t.csv")), qPrintable(message));
}

DT_TEST(tst_TraceText, QCoreApplication)
#include "tst_TraceText.moc"
