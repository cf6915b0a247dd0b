// SPDX-License-Identifier: GPL-3.0-or-later
//
// SWC files as other programs write them, and what is said of many lines.
#include "engine/cell/swc/Swc.h"

#include "tests/engine/cell/swc/Issues.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>

using namespace dt;
using namespace dt::test;

using K = SwcIssueKind;

namespace {

const std::string GoodText = "1 1 0 0 0 10 -1\n2 3 10 0 0 1 1\n3 3 50 0 0 1 2\n";

} // namespace

class tst_SwcText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyRemarksAreOne();
    void everyKindIsSaid();
    void largeIds_data();
    void largeIds();
    void asOtherProgramsWriteIt_data();
    void asOtherProgramsWriteIt();
};

/// One remark for all lines of a kind.
void tst_SwcText::manyRemarksAreOne()
{
    std::string text = "1 1 0 0 0 10 -1 0\n";
    for (int i = 2; i <= 3000; ++i)
        text += std::to_string(i) + " 3 " + std::to_string(i) + " 0 0 "
            + (i == 700 || i == 900 ? "0 " : "1 ") + std::to_string(i - 1) + " 0\n";
    text += "3001 9 1 20 0 1 1\n3002 9 1 30 0 1 3001\n3003 10 1 -30 0 1 1\n";
    const SwcReading reading = readSwc(text);
    QVERIFY2(reading.morphology, reading.error("it").message.c_str());
    QCOMPARE(reading.warnings.size(), std::size_t{4});
    const auto said = [&](K kind, int line) {
        const auto found =
            std::find_if(reading.warnings.begin(), reading.warnings.end(),
                         [&](const SwcIssue &i) { return i.kind == kind && i.line == line; });
        return found == reading.warnings.end() ? SwcIssue{kind, -1, "nothing", 0} : *found;
    };
    const SwcIssue fields = said(K::TrailingFields, 1);
    QCOMPARE(fields.lines, 3000);
    QCOMPARE(fields.message,
             std::string("It has 8 fields; those after the seventh were ignored. Likewise in 2999 "
                         "more lines: 2, 3, 4, 5, 6 and so on."));
    QVERIFY(isSentence(fields.message));
    QCOMPARE(said(K::ZeroRadius, 700).message,
             std::string("The radius is 0; the 1 um of the neighbouring point were taken. Likewise "
                         "in line 900."));
    QVERIFY(contains(said(K::UnknownType, 3001).message, "Its 2 points were read"));
    QVERIFY(contains(said(K::UnknownType, 3003).message, "Its 1 point was read"));
}

/// However many there are of another: the first fault of a kind is always listed.
void tst_SwcText::everyKindIsSaid()
{
    std::string text = GoodText;
    for (int i = 4; i < 3000; ++i)
        text += std::to_string(i) + " 3 60 zero 0 1 3\n";
    const SwcReading reading = readSwc(text + "3000 3 60 0 0 1 3\n3001 3 1 0 0 -1 3\n");
    QCOMPARE(reading.faultCount, std::size_t{2997});
    QCOMPARE(reading.faults.size(), MaxSwcIssues + 1);
    QVERIFY(has(reading.faults, K::RadiusOutOfRange, 3001));

    std::string types = GoodText;
    for (int i = 4; i < 2000; ++i)
        types += std::to_string(i) + " " + std::to_string(i + 5) + " 60 " + std::to_string(i)
            + " 0 1 3\n";
    QVERIFY(readSwc(types).warnings.size() < 30);
}

void tst_SwcText::largeIds_data()
{
    QTest::addColumn<std::string>("first");
    QTest::addColumn<std::string>("second");
    QTest::newRow("beyond 31 bits") << std::string("4000000001") << std::string("4000000002");
    QTest::newRow("beyond 32 bits") << std::string("90000000001") << std::string("90000000002");
    QTest::newRow("with a point") << std::string("4000000001.0") << std::string("4000000002.0");
    QTest::newRow("as powers") << std::string("4e9") << std::string("5e9");
    QTest::newRow("largest") << std::string("9007199254740991") << std::string("9007199254740992");
}

void tst_SwcText::largeIds()
{
    QFETCH(std::string, first);
    QFETCH(std::string, second);
    const SwcReading reading = readSwc("1 1 0 0 0 5 -1\n" + first + " 3 6 0 0 1 1\n" + second
                                       + " 3 16 0 0 1 " + first + "\n");
    QVERIFY2(reading.morphology, reading.error("it").message.c_str());
    QVERIFY(reading.warnings.empty());
    QCOMPARE(reading.morphology->dendrites.size(), std::size_t{1});
    // What cannot be counted is not called a fraction.
    const SwcReading beyond = readSwc("1 1 0 0 0 5 -1\n9007199254740994 3 6 0 0 1 1\n");
    QVERIFY2(contains(beyond.error("it").message, "is beyond the largest number of"),
             beyond.error("it").message.c_str());
}

void tst_SwcText::asOtherProgramsWriteIt_data()
{
    QTest::addColumn<std::string>("text");
    const std::string rows[] = {"1 1 0 0 0 10 -1", "2 3 10 0 0 1 1", "3 3 50 0 0 1 2"};
    const auto joined = [&](const std::string &end, const std::string &last) {
        return rows[0] + end + rows[1] + end + rows[2] + last;
    };
    QTest::newRow("no last line end") << joined("\n", "");
    QTest::newRow("end mark") << joined("\r\n", "\r\n\x1a");
    QTest::newRow("end mark behind a number") << joined("\r\n", "\x1a");
    QTest::newRow("end mark and line end") << joined("\r\n", "\r\n\x1a\r\n");
    QTest::newRow("end marks to the block") << joined("\r\n", "\r\n" + std::string(57, '\x1a'));
    QTest::newRow("end mark and zeros") << joined("\r\n", std::string("\r\n\x1a\0\0\0\0", 7));
    QTest::newRow("both marks") << "\xEF\xBB\xBF" + joined("\r\n", "\r\n\x1a");
    std::string tabs = joined("\n", "\n");
    std::replace(tabs.begin(), tabs.end(), ' ', '\t');
    QTest::newRow("tabs") << tabs;
    QTest::newRow("blanks in front and behind") << "  " + joined("  \n \t", " \n");
    QTest::newRow("decimals everywhere")
        << std::string("1.0 1.0 0.0 0.0 0.0 10.0 -1.0\n2.0 3.0 10.0 0 0 1.0 1.0\n"
                       "3.0 3.0 50.0 0 0 1.0 2.0\n");
    QTest::newRow("powers") << std::string("1 1 0e0 0 0 1e1 -1\n2 3 1.0E+01 0 0 1 1\n"
                                           "3 3 5e+1 -0 0 1 2\n");
}

void tst_SwcText::asOtherProgramsWriteIt()
{
    QFETCH(std::string, text);
    const SwcReading plain = readSwc(GoodText);
    const SwcReading reading = readSwc(text);
    QVERIFY2(reading.morphology, reading.error("it").message.c_str());
    QVERIFY2(reading.warnings.empty(), "a remark");
    QVERIFY(reading.morphology->dendrites == plain.morphology->dendrites);
    QVERIFY(reading.morphology->soma == plain.morphology->soma);
}

DT_TEST(tst_SwcText, QCoreApplication)
#include "tst_SwcText.moc"
