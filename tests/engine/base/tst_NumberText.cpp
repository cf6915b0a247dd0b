// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/NumberText.h"

#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

/// One way to write numbers: what may be read in two ways is not read at all.
class tst_NumberText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_data();
    void numbers();
    void lists_data();
    void lists();
    void refused_data();
    void refused();
    void parameters();
};

void tst_NumberText::numbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("says"); // "": it is a number
    const auto row = [](const char *text, double value, const char *says = "") {
        QTest::newRow(text) << text << value << says;
    };
    row("2.5", 2.5);
    row("2,5", 2.5);
    row(" -0,25 ", -0.25);
    row("0,125", 0.125);
    row("1234,567", 1234.567);
    row("+3", 3.0);
    row("1e3", 1000.0);
    row(".5", 0.5);
    row("1,000", 0.0, "may mean 1000 or 1.000");
    row("-12,500", 0.0, "may mean -12500 or -12.500");
    row("1.234,5", 0.0, "is not a number");
    row("1,234.5", 0.0, "is not a number");
    row("1 000", 0.0, "is not a number");
    row("many", 0.0, "is not a number");
    row("", 0.0, "is not a number");
    row("inf", 0.0, "is not a number");
    row("nan", 0.0, "is not a number");
    row("+-3", 0.0, "is not a number");
}

void tst_NumberText::numbers()
{
    QFETCH(QString, text);
    QFETCH(double, value);
    QFETCH(QString, says);
    const Result<double> number = numberFromText(text.toStdString());
    QCOMPARE(number.ok(), says.isEmpty());
    QCOMPARE(numberOf(text.toStdString()).has_value(), says.isEmpty());
    if (says.isEmpty())
        QCOMPARE(*number, value);
    else
        QVERIFY2(number.error().message.find(says.toStdString()) != std::string::npos,
                 number.error().message.c_str());
}

void tst_NumberText::lists_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("max");
    QTest::addColumn<bool>("whole");
    QTest::addColumn<QList<double>>("values");
    const auto row = [](const char *text, const QList<double> &values, double max = 1000.0,
                        bool whole = false) {
        QTest::newRow(text) << text << max << whole << values;
    };
    row("", {});
    row("3", {3});
    row("0,5", {}, 0.1); // only the list 0, 5 could be meant, which is told to be out of range
    row("1, 2, 5", {1, 2, 5});
    row("1 ,2 , 5", {1, 2, 5});
    row("1 2 5", {1, 2, 5});
    row("0; 0,1; 0,25", {0, 0.1, 0.25});
    row("0;0.1;0.25", {0, 0.1, 0.25});
    row("0.02,0.75", {0.02, 0.75});
    row("2,2.5,3", {2, 2.5, 3});
    row("10,15,20", {10, 15, 20});
    row("20,15,10", {20, 15, 10});
    row("8,10", {8, 10}, 1000.0, true); // whole numbers have no decimals
    row("5,0,-20", {5, 0, -20}, 1000.0, true);
    row("5,-20", {5, -20});
    row("128,256,512", {128, 256, 512}, 20000.0); // no number of the range
    row("1.125,2", {1.125, 2});
    row("1e-3 2e-3", {0.001, 0.002});
}

void tst_NumberText::lists()
{
    QFETCH(QString, text);
    QFETCH(double, max);
    QFETCH(bool, whole);
    QFETCH(QList<double>, values);
    const Result<std::vector<double>> list =
        numbersFromText(text.toStdString(), {-1000.0, max, whole});
    QVERIFY2(list.ok(), list.ok() ? "" : list.error().message.c_str());
    if (max < 1.0)
        values = {0, 5};
    QCOMPARE(QList<double>(list->begin(), list->end()), values);
}

void tst_NumberText::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says"); // "": no list of numbers
    const auto row = [](const char *text, const char *says) {
        QTest::newRow(text) << text << says;
    };
    row("0, 0,1, 0,25", "\"0,1\" may mean 0.1, or 0 and 1. Write \"0.1\" or \"0, 1\".");
    row("0,1", "\"0,1\" may mean 0.1, or 0 and 1.");
    row("0,1 0,25", "\"0,1\" may mean 0.1, or 0 and 1.");
    row("0,1,0,25", "\"0,1,0,25\" may be read in several ways.");
    row("1, 2,3, 4", "\"2,3\" may mean 2.3, or 2 and 3.");
    row("1,000", "\"1,000\" may mean 1000, or 1 and 000.");
    row("1,234.5", "\"1,234.5\" may mean 1234.5, or 1 and 234.5.");
    row("1.234,5", "\"1.234,5\" may mean 1234.5, or 1.234 and 5.");
    row("1 000 2 000", "\"1 000\" may mean 1000, or 1 and 000.");
    row("1,000; 2", "\"1,000\" may mean 1000 or 1.000.");
    row("1,,2", "");
    row("1,", "");
    row("1, 2,", "");
    row(", 2", "");
    row("1;;2", "");
    row("1 2; 3", "");
    row("5, soon", "");
}

void tst_NumberText::refused()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const Result<std::vector<double>> list =
        numbersFromText(text.toStdString(), {-1.0e6, 1.0e6, false});
    QVERIFY(!list.ok());
    QCOMPARE(list.error().code, says.isEmpty() ? ErrorCode::Format : ErrorCode::InvalidValue);
    QVERIFY2(list.error().message.find(says.toStdString()) != std::string::npos,
             list.error().message.c_str());
}

// The command line's parameters are read by the same rule.
void tst_NumberText::parameters()
{
    Neuron neuron = defaultNeuron();
    QVERIFY(setParameter(neuron, "dend_diam_um", "2,5").ok());
    QCOMPARE(neuron.dendrites.front().diamUm, 2.5);
    const Status refusal = setParameter(neuron, "dend_L_um", "1,000");
    QVERIFY(!refusal.ok());
    QCOMPARE(refusal.error().message,
             std::string("dend_L_um = '1,000' may mean 1000 or 1.000. Write one of these, without "
                         "a comma."));
}

DT_TEST(tst_NumberText, QCoreApplication)
#include "tst_NumberText.moc"
