// SPDX-License-Identifier: GPL-3.0-or-later
//
// Painted events as text, and every way in which such text can be wrong.
#include "engine/input/EventText.h"

#include "engine/base/CsvText.h"
#include "engine/cell/Presets.h"
#include "engine/input/Stimulus.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

namespace {

constexpr int DurationMs = 300;

/// A stick of four segments with a branch of two.
Neuron tree()
{
    Neuron neuron = defaultNeuron();
    neuron.dendrites.clear();
    Dendrite trunk;
    trunk.name = "trunk";
    trunk.lengthUm = 200.0;
    trunk.segments = 4;
    Dendrite branch = trunk;
    branch.name = "left, upper"; // needs quotes
    branch.parent = 0;
    branch.lengthUm = 100.0;
    branch.segments = 2;
    neuron.dendrites = {trunk, branch};
    neuron.synapses = onePairPerSegment(neuron);
    return neuron;
}

QString said(const Result<std::vector<InputEvent>> &events)
{
    return events ? QStringLiteral("%1 events").arg(events->size())
                  : QString::fromStdString(events.error().message);
}

} // namespace

class tst_EventText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAndBack();
    void readable_data();
    void readable();
    void decimalSigns_data();
    void decimalSigns();
    void faults_data();
    void faults();
    void moreFaultsAreCounted();
    void tooMany();
};

void tst_EventText::thereAndBack()
{
    const std::vector<InputEvent> events{{Polarity::Excitatory, 0, 0, 8.0},
                                         {Polarity::Inhibitory, 5, 299, 0.1},
                                         {Polarity::Excitatory, 3, 120, 1.0 / 3.0},
                                         {Polarity::Excitatory, 3, 120, 1000.0}};
    const std::string text = eventsAsCsv(events, tree());
    QVERIFY2(text.starts_with("polarity,dendrite,x,time_ms,weight\nexcitatory,trunk,0.125,0,8\n"),
             text.c_str());
    const auto back = eventsFromCsv(text, tree(), DurationMs, "e.csv");
    QVERIFY2(back.ok(), qPrintable(said(back)));
    QVERIFY(*back == events);

    // Letters whose bytes are also those of a blank in UTF-8.
    for (const char *name : {"voil\xC3\xA0",
                             "\xC2\xB5"
                             "1",
                             "\"a, b\""}) {
        Neuron named = tree();
        named.dendrites[0].name = name;
        const auto again = eventsFromCsv(eventsAsCsv(events, named), named, DurationMs, "e.csv");
        QVERIFY2(again.ok(), qPrintable(said(again)));
        QVERIFY(*again == events);
    }
}

void tst_EventText::readable_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray line("excitatory,trunk,0.9,120,2.5\n");
    const QByteArray head("polarity,dendrite,x,time_ms,weight\n");
    QTest::newRow("plain") << head + line;
    QTest::newRow("no end of line") << head + line.chopped(1);
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + head + line;
    QTest::newRow("CRLF") << QByteArray(head + line).replace("\n", "\r\n");
    QTest::newRow("CR") << QByteArray(head + line).replace("\n", "\r");
    QTest::newRow("semicolons and decimal commas")
        << QByteArray(head + line).replace(',', ';').replace('.', ',');
    QTest::newRow("semicolons and points") << QByteArray(head + line).replace(',', ';');
    QTest::newRow("tabs") << QByteArray(head + line).replace(',', '\t');
    QTest::newRow("quotes") << head + "\"excitatory\",\"trunk\",\"0.9\",\"120\",\"2.5\"\n";
    QTest::newRow("blanks") << head + "  excitatory , trunk,0.9 , 120,2.5  \n";
    QTest::newRow("short words") << head + "E,trunk,0.9,120,2.5\n";
    QTest::newRow("other order") << QByteArray(
        "weight,TIME_MS,x,dendrite,polarity\n2.5,120,0.9,trunk,exc\n");
    QTest::newRow("comments and empty lines") << "# mine\n\n" + head + "\n,,,,\n#\n" + line + "\n";
    QTest::newRow("DOS end mark") << head + line + "\x1a";
    QTest::newRow("exponents") << head + "excitatory,trunk,9e-1,1.2E2,+2.5\n";
}

void tst_EventText::readable()
{
    QFETCH(QByteArray, text);
    const auto events = eventsFromCsv(text.toStdString(), tree(), DurationMs, "e.csv");
    QVERIFY2(events.ok(), qPrintable(said(events)));
    QCOMPARE(events->size(), std::size_t{1});
    QVERIFY((events->front() == InputEvent{Polarity::Excitatory, 3, 120, 2.5, 0.9}));
}

/// Numbers that can be read in two ways are read as the rest of the table tells, or asked for.
void tst_EventText::decimalSigns_data()
{
    QTest::addColumn<QByteArray>("line"); // behind "E;trunk;"
    QTest::addColumn<QByteArray>("other"); // line of the table
    QTest::addColumn<double>("withPoint"); // time in ms; -1: refused
    QTest::addColumn<double>("withComma");
    QTest::addColumn<int>("asked");
    const auto row = [](const char *name, const char *line, const char *other, double point,
                        double comma, int asked) {
        QTest::newRow(name) << QByteArray(line) << QByteArray(other) << point << comma << asked;
    };
    row("decimal commas, thousands point", "0,5;1.000;2,5", "", 1000, 1000, 0);
    row("decimal points, thousands comma", "0.5;1,000;2.5", "", 1000, 1000, 0);
    row("told by another line", "1;1.000;2", "0,25;7;1", 1000, 1000, 0);
    row("told by another line, points", "1;1,000;2", "0.25;7;1", 1000, 1000, 0);
    row("three decimals", "0.500;1.000;2.500", "", 1, 1, 0); // 0.500 is never 500
    row("three decimals, commas", "0,500;1,000;2,500", "", 1, 1, 0);
    row("nothing tells", "1;1.000;2", "", 1, 1000, 1);
    row("nothing tells, comma", "1;1,000;2", "", 1000, 1, 1);
    row("nothing tells, whole neighbours", "0;1.000;2", "1;17;3", 1, 1000, 1);
    row("both are there", "0,5;1.000;2.5", "", 1, 1000, 1);
    row("millions tell", "1;1.000;2", "1;1.000.000;1", -1, -1, 0); // the time is too late
    row("both signs in one tell", "1;1.000;2", "1;1;1.234,5", -1, -1, 0); // too heavy
    row("two digits tell", "1;1.000;2,50", "", 1000, 1000, 0);
    row("four digits tell", "1;1.000;2.5000", "", 1, 1, 0);
    row("no thousands after a 0", "1;0.001e3;2", "", 1, 1, 0);
    row("powers tell", "1;1.000e0;2", "", 1, 1, 0);
    row("whole numbers need nothing", "1;1000;2", "", 1000, 1000, 0);
}

void tst_EventText::decimalSigns()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, other);
    QFETCH(double, withPoint);
    QFETCH(double, withComma);
    QFETCH(int, asked);
    constexpr int LongMs = 5000;
    for (const char separator : {';', '\t', ','}) {
        QByteArray text("polarity;dendrite;x;time_ms;weight\nE;trunk;" + line + '\n');
        if (!other.isEmpty())
            text += "E;trunk;" + other + '\n';
        if (separator == ',') { // every cell in quotes
            text.replace(";", "\",\"").replace("\n", "\"\n\"").prepend('"').chop(1);
        } else {
            text.replace(';', separator);
        }
        for (const DecimalSign sign : {DecimalSign::Point, DecimalSign::Comma}) {
            int questions = 0;
            TwofoldNumber twofold;
            const auto ask = [&](const TwofoldNumber &number) -> std::optional<DecimalSign> {
                ++questions;
                twofold = number;
                return sign;
            };
            const auto events = eventsFromCsv(text.toStdString(), tree(), LongMs, "e.csv", ask);
            const double expected = sign == DecimalSign::Point ? withPoint : withComma;
            QCOMPARE(questions, asked);
            QVERIFY2(events.ok() == (expected >= 0), qPrintable(said(events) + text));
            if (events)
                QCOMPARE(double(events->front().timeMs), expected);
            if (asked) {
                QCOMPARE(twofold.line, 2);
                QCOMPARE(twofold.withPoint, std::to_string(int(withPoint)));
                QCOMPARE(twofold.withComma, std::to_string(int(withComma)));
            }
        }
        if (!asked)
            continue;
        // Nobody to ask, and a person who does not say.
        const auto refused = eventsFromCsv(text.toStdString(), tree(), LongMs, "e.csv");
        QVERIFY2(said(refused).startsWith(QStringLiteral("e.csv, line 2: '1"))
                     && said(refused).endsWith(QStringLiteral("without thousands separators.")),
                 qPrintable(said(refused)));
        QCOMPARE(refused.error().code, ErrorCode::Format);
        const auto cancelled =
            eventsFromCsv(text.toStdString(), tree(), LongMs, "e.csv",
                          [](const TwofoldNumber &) { return std::optional<DecimalSign>(); });
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    }
}

void tst_EventText::faults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("said");
    const QByteArray head("polarity,dendrite,x,time_ms,weight\n");
    const QByteArray good("excitatory,trunk,0.9,120,2.5\n");
    const auto row = [&](const char *name, const QByteArray &line, const QStringList &said) {
        QTest::newRow(name) << head + good + line
                            << QStringList{QStringLiteral("e.csv, line 3")} + said;
    };
    QTest::newRow("nothing") << QByteArray() << QStringList{"e.csv is empty", "polarity, dendrite"};
    QTest::newRow("only a header") << head << QStringList{"no events"};
    QTest::newRow("no header") << good
                               << QStringList{"line 1", "column 1", "'excitatory'",
                                              "must name the columns polarity"};
    QTest::newRow("missing column") << QByteArray("polarity,dendrite,x,time_ms\n")
                                    << QStringList{"line 1", "column weight is missing"};
    QTest::newRow("unknown column") << QByteArray("polarity,dendrite,x,time_ms,weight,colour\n")
                                    << QStringList{"line 1", "column 6", "'colour'"};
    QTest::newRow("column twice") << QByteArray("polarity,dendrite,x,x,weight\n")
                                  << QStringList{"line 1", "column x is there twice"};
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFEp\0o\0", 6) << QStringList{"UTF-16", "UTF-8"};
    QTest::newRow("binary") << QByteArray("\x89PNG\0\0", 6) << QStringList{"not text"};
    QTest::newRow("spreadsheet") << QByteArray("PK\x03\x04xx") << QStringList{"spreadsheet", "CSV"};
    QTest::newRow("open quote") << head + "\"excitatory,trunk,0.5,1,1\n"
                                << QStringList{"line 2", "quote"};
    row("polarity", "exitatory,trunk,0.9,120,2.5\n",
        {"column 1 (polarity)", "'exitatory'", "inhibitory"});
    row("dendrite", "excitatory,trunc,0.9,120,2.5\n",
        {"column 2 (dendrite)", "no dendrite 'trunc'", "trunk, left, upper"});
    row("x above", "excitatory,trunk,1.5,120,2.5\n",
        {"column 3 (x)", "1.5 is not on the dendrite"});
    row("x below", "excitatory,trunk,-0.1,120,2.5\n", {"column 3 (x)", "-0.1"});
    row("x empty", "excitatory,trunk,,120,2.5\n", {"column 3 (x)", "empty"});
    row("time before", "excitatory,trunk,0.9,-1,2.5\n",
        {"column 4 (time_ms)", "before the run begins"});
    row("time after", "excitatory,trunk,0.9,300,2.5\n", {"column 4 (time_ms)", "300", "duration"});
    row("time far away", "excitatory,trunk,0.9,1e300,2.5\n", {"column 4 (time_ms)"});
    row("time beyond numbers", "excitatory,trunk,0.9,1e999,2.5\n", {"column 4", "too large"});
    row("part of a ms", "excitatory,trunk,0.9,120.5,2.5\n",
        {"column 4 (time_ms)", "120.5 is not a whole number"});
    row("a word", "excitatory,trunk,0.9,soon,2.5\n",
        {"column 4 (time_ms)", "'soon' is not a number"});
    row("unit", "excitatory,trunk,0.9,120 ms,2.5\n", {"column 4 (time_ms)", "'120 ms'", "unit"});
    row("NaN", "excitatory,trunk,0.9,120,nan\n", {"column 5 (weight)", "not a finite number"});
    row("infinite", "excitatory,trunk,0.9,120,inf\n", {"column 5 (weight)", "not a finite number"});
    row("negative weight", "excitatory,trunk,0.9,120,-2\n",
        {"column 5 (weight)", "-2", "polarity of its own"});
    row("no weight", "excitatory,trunk,0.9,120,0\n", {"column 5 (weight)", "above 0"});
    row("heavy", "excitatory,trunk,0.9,120,1001\n", {"column 5 (weight)", "1000 at most"});
    row("thousands in quotes", "excitatory,trunk,0.9,120,\"1,001\"\n",
        {"column 5 (weight)", "1001 is not a weight"});
    row("thousands with an apostrophe", "excitatory,trunk,0.9,120,1'000\n",
        {"column 5", "thousands"});
    row("thousands with a thin blank",
        "excitatory,trunk,0.9,120,1\xE2\x80\xAF"
        "000\n",
        {"column 5", "thousands"});
    row("half a thousand", "excitatory,trunk,0.9,120,\"1,00,0\"\n",
        {"column 5 (weight)", "more than one comma"});
    row("thousands as cells", "excitatory,trunk,0.9,120,1,000\n", {"6 cells", "thousands"});
    row("thousands with blanks", "excitatory,trunk,0.9,120,1 000\n", {"column 5", "thousands"});
    row("short line", "excitatory,trunk,0.9,120\n", {"4 cells", "5 columns"});
    QTest::newRow("two decimal commas")
        << QByteArray("polarity;dendrite;x;time_ms;weight\nE;trunk;0,5;1;1,000,5\n")
        << QStringList{"line 2", "column 5 (weight)", "comma"};
}

void tst_EventText::faults()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, said);
    const auto events = eventsFromCsv(text.toStdString(), tree(), DurationMs, "e.csv");
    QVERIFY(!events.ok());
    const QString message = QString::fromStdString(events.error().message);
    for (const QString &part : std::as_const(said))
        QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY2(message.endsWith(u'.'), qPrintable(message));
    QCOMPARE(events.error().code, ErrorCode::Format);
}

void tst_EventText::moreFaultsAreCounted()
{
    std::string text = "polarity,dendrite,x,time_ms,weight\n";
    text += "excitatory,trunk,2,1,1\n";
    text += "excitatory,trunk,0.5,1,1\n";
    text += "excitatory,trunk,3,1,1\n";
    QVERIFY(said(eventsFromCsv(text, tree(), DurationMs, "e.csv"))
                .contains(QStringLiteral("Also wrong: line 4. Nothing was changed.")));
    text += "excitatory,trunk,3,1,1\n";
    QVERIFY(said(eventsFromCsv(text, tree(), DurationMs, "e.csv"))
                .contains(QStringLiteral("Also wrong: lines 4, 5.")));
}

void tst_EventText::tooMany()
{
    std::string text = "polarity,dendrite,x,time_ms,weight\n";
    for (std::size_t i = 0; i <= MaxPaintedEvents; ++i)
        text += "e,trunk,0.5,1,1\n";
    const QString message = said(eventsFromCsv(text, tree(), DurationMs, "e.csv"));
    QVERIFY2(message.contains(QStringLiteral("20001 events")), qPrintable(message));
}

DT_TEST(tst_EventText, QCoreApplication)
#include "tst_EventText.moc"
