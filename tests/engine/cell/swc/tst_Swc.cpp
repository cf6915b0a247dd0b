// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/swc/Swc.h"

#include "engine/cell/Cable.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/LambdaRule.h"
#include "engine/cell/Validation.h"
#include "tests/engine/cell/swc/Issues.h"
#include "tests/support/Near.h"
#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/Sentence.h"
#include "tests/support/SwcTrees.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <ctime>

using namespace dt;
using namespace dt::test;

using K = SwcIssueKind;

namespace {

const std::string Good = "1 1 0 0 0 10 -1\n2 3 10 0 0 1 1\n3 3 50 0 0 1 2\n";

std::string fileText(const char *name)
{
    QFile file(QString::fromStdString(dataPath(std::string("swc/") + name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

double totalArea(const std::vector<Dendrite> &dendrites)
{
    double area = 0.0;
    for (const Dendrite &d : dendrites)
        area += dendriteAreaUm2(d);
    return area;
}

double totalLength(const std::vector<Dendrite> &dendrites)
{
    double length = 0.0;
    for (const Dendrite &d : dendrites)
        length += d.lengthUm;
    return length;
}

} // namespace

class tst_Swc : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faults_data();
    void faults();
    void everyFaultHasItsLine();
    void loopNamesItsPoints();
    void binaryFileIsToldOnce();
    void limits();
    void warnings_data();
    void warnings();
    void readsAnyLineEnd();
    void addsASoma();
    void becomesANeuron();
    void staysWithinTheProgram();
    void imports_data();
    void imports();
    void stickGoesRound();
    void importGoesRound();
    void randomGoesRound();
    void exportSaysWhatIsLost();
    void speed();
};

void tst_Swc::faults_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("line");
    const auto row = [](const char *name, const std::string &text, K kind, int line) {
        QTest::newRow(name) << text << static_cast<int>(kind) << line;
    };
    row("nothing", "", K::Empty, 0);
    row("only comments", "# a\n\n  # b\n", K::Empty, 0);
    row("binary", Good + std::string("\x00\x01\x7f\x45LF", 6) + "\n", K::NotText, 4);
    row("utf-16",
        std::string("\xff\xfe"
                    "1\0 \0",
                    6),
        K::NotText, 1);
    row("six fields", Good + "4 3 60 0 0 1\n", K::TooFewFields, 4);
    row("one word", Good + "\nhello\n", K::TooFewFields, 5);
    row("commas", "1,1,0,0,0,10,-1\n", K::TooFewFields, 1);
    row("decimal comma", Good + "4 3 60,5 0 0 1 3\n", K::NotANumber, 4);
    row("a word", Good + "4 3 60 zero 0 1 3\n", K::NotANumber, 4);
    row("half a number", Good + "4 3 60 0 0 1e 3\n", K::NotANumber, 4);
    row("id with fraction", Good + "4.5 3 60 0 0 1 3\n", K::NotAnInteger, 4);
    row("type with fraction", Good + "4 3.5 60 0 0 1 3\n", K::NotAnInteger, 4);
    row("parent with fraction", Good + "4 3 60 0 0 1 2.5\n", K::NotAnInteger, 4);
    row("id that is none", Good + "nan 3 60 0 0 1 3\n", K::NotAnInteger, 4);
    row("id beyond counting", Good + "4e30 3 60 0 0 1 3\n", K::NotAnInteger, 4);
    row("type beyond counting", Good + "4 4000000001 60 0 0 1 3\n", K::NotAnInteger, 4);
    row("end mark in the middle", Good + "\x1a\n4 3 60 0 0 1 3\n", K::NotText, 4);
    row("negative id", Good + "-4 3 60 0 0 1 3\n", K::NegativeId, 4);
    row("id twice", Good + "2 3 60 0 0 1 3\n", K::DuplicateId, 4);
    row("coordinate nan", Good + "4 3 nan 0 0 1 3\n", K::CoordinateOutOfRange, 4);
    row("coordinate inf", Good + "4 3 0 -inf 0 1 3\n", K::CoordinateOutOfRange, 4);
    row("coordinate absurd", Good + "4 3 0 0 1e7 1 3\n", K::CoordinateOutOfRange, 4);
    row("coordinate beyond double", Good + "4 3 0 0 1e999 1 3\n", K::CoordinateOutOfRange, 4);
    row("negative radius", Good + "4 3 60 0 0 -1 3\n", K::RadiusOutOfRange, 4);
    row("radius nan", Good + "4 3 60 0 0 nan 3\n", K::RadiusOutOfRange, 4);
    row("radius absurd", Good + "4 3 60 0 0 1e5 3\n", K::RadiusOutOfRange, 4);
    row("radius 0, alone", "1 1 0 0 0 10 -1\n2 3 10 0 0 0 1\n3 3 50 0 0 0 2\n", K::RadiusOutOfRange,
        2);
    row("own parent", Good + "4 3 60 0 0 1 4\n", K::SelfParent, 4);
    row("parent missing", Good + "4 3 60 0 0 1 9\n", K::ParentMissing, 4);
    row("parent 0 missing", Good + "4 3 60 0 0 1 0\n", K::ParentMissing, 4);
    row("no root", "1 1 0 0 0 10 3\n2 3 10 0 0 1 1\n3 3 50 0 0 1 2\n", K::NoRoot, 0);
    row("two roots", Good + "4 3 60 0 0 1 -1\n", K::SeveralRoots, 4);
    row("loop", Good + "4 3 60 0 0 1 6\n5 3 70 0 0 1 4\n6 3 80 0 0 1 5\n", K::Loop, 4);
    row("loop, entered late", Good + "4 3 1 0 0 1 5\n5 3 2 0 0 1 6\n6 3 3 0 0 1 5\n", K::Loop, 5);
    row("no soma", "1 3 0 0 0 1 -1\n2 3 10 0 0 1 1\n3 3 50 0 0 1 2\n", K::NoSoma, 1);
    row("soma not at root", "1 3 0 0 0 1 -1\n2 3 10 0 0 1 1\n3 1 50 0 0 9 2\n", K::SomaNotAtRoot,
        3);
    row("two somas", Good + "4 1 90 0 0 9 3\n", K::SomaInSeveralPlaces, 4);
    row("soma alone", "1 1 0 0 0 10 -1\n", K::NoDendrite, 0);
    row("soma too small", "1 1 0 0 0 0.1 -1\n2 3 9 0 0 1 1\n3 3 20 0 0 1 2\n", K::SomaOutOfRange,
        1);
    row("soma too large", "1 1 0 0 0 900 -1\n2 3 9 0 0 1 1\n3 3 20 0 0 1 2\n", K::SomaOutOfRange,
        1);
    row("branch too long", Good + "4 3 90000 0 0 1 3\n", K::SectionOutOfRange, 2);
    row("branch too thick", "1 1 0 0 0 10 -1\n2 3 10 0 0 80 1\n3 3 50 0 0 80 2\n",
        K::SectionOutOfRange, 2);
}

void tst_Swc::faults()
{
    QFETCH(std::string, text);
    QFETCH(int, kind);
    QFETCH(int, line);
    const SwcReading reading = readSwc(text);
    QVERIFY(!reading.morphology);
    QVERIFY(!reading.faults.empty());
    QVERIFY2(has(reading.faults, static_cast<K>(kind), line),
             swcIssueText(reading.faults[0]).c_str());
    for (const SwcIssue &issue : reading.faults)
        QVERIFY2(isFault(issue.kind) && isSentence(swcIssueText(issue)), issue.message.c_str());
    const std::string sentence = reading.error("cell.swc").message;
    QVERIFY2(isSentence(sentence) && sentence.starts_with("cell.swc: "), sentence.c_str());
}

void tst_Swc::everyFaultHasItsLine()
{
    const SwcReading reading = readSwc("1 1 0 0 0 10 -1\nx 3 10 0 0 1 1\n3 3 50 0 0 -1 2\n"
                                       "# fine\n5 3 60 0 0\n");
    QCOMPARE(reading.faultCount, std::size_t{3});
    QCOMPARE(reading.faults[0].line, 2);
    QCOMPARE(reading.faults[1].line, 3);
    QCOMPARE(reading.faults[2].line, 5);
    QVERIFY(contains(reading.error("c").message, "Line 2: "));
    QVERIFY(contains(reading.error("c").message, "first of 3 faults"));

    // A line with a fault is still a parent: only what is wrong is named.
    const SwcReading both = readSwc("1 1 0 0 0 10 -1\n2 3 10 zero 0 1 1\n3 3 50 0 0 1 2\n"
                                    "4 3 60 0 0 1 44\n5 3 60 0 0 -1 3\n6 3 60 0 0 1 5\n");
    QCOMPARE(both.faultCount, std::size_t{3});
    QVERIFY(has(both.faults, K::NotANumber, 2));
    QVERIFY(has(both.faults, K::ParentMissing, 4));
    QVERIFY(has(both.faults, K::RadiusOutOfRange, 5));
    // Unless nobody knows which point it is.
    QCOMPARE(readSwc(Good + "four 3 60 0 0 1 3\n5 3 70 0 0 1 4\n").faultCount, std::size_t{1});

    // Faults of the tree are all found, too.
    const SwcReading tree = readSwc(Good
                                    + "4 3 1 0 0 1 77\n5 3 1 0 0 1 5\n6 3 2 0 0 1 -1\n"
                                      "7 3 1 0 0 1 8\n8 3 1 0 0 1 7\n8 3 1 0 0 1 3\n");
    QVERIFY(has(tree.faults, K::ParentMissing, 4));
    QVERIFY(has(tree.faults, K::SelfParent, 5));
    QVERIFY(has(tree.faults, K::SeveralRoots, 6));
    QVERIFY(has(tree.faults, K::Loop, 7));
    QVERIFY(has(tree.faults, K::DuplicateId, 9));
    QCOMPARE(tree.faultCount, std::size_t{5});
}

void tst_Swc::loopNamesItsPoints()
{
    const SwcReading small = readSwc(Good + "4 3 60 0 0 1 6\n5 3 70 0 0 1 4\n6 3 80 0 0 1 5\n");
    QVERIFY(contains(small.error("c").message, "4 -> 6 -> 5 -> 4"));
    std::string round = Good + "4 3 0 0 0 1 40\n";
    for (int i = 5; i <= 40; ++i)
        round += std::to_string(i) + " 3 " + std::to_string(i) + " 0 0 1 " + std::to_string(i - 1)
            + "\n";
    const std::string message = readSwc(round).error("c").message;
    QVERIFY(contains(message, "4 -> 40 -> 39 -> 38 -> 37 -> 36 -> ... (37 points) -> 5 -> 4"));
}

void tst_Swc::binaryFileIsToldOnce()
{
    std::string bytes;
    for (int i = 0; i < 400; ++i)
        bytes += "\x89PNG" + std::string(1, char(i % 7)) + "\n";
    const SwcReading reading = readSwc(bytes);
    QCOMPARE(reading.faultCount, std::size_t{1});
    QCOMPARE(reading.faults.front().kind, K::NotText);
}

void tst_Swc::limits()
{
    std::string many;
    for (int i = 0; i < 3000; ++i)
        many += "garbage\n";
    const SwcReading reading = readSwc(many);
    QCOMPARE(reading.faultCount, std::size_t{3000});
    QCOMPARE(reading.faults.size(), MaxSwcIssues);

    const std::string large(MaxSwcBytes + 1, '#');
    QVERIFY(has(readSwc(large).faults, K::TooLarge, 0));

    // A bush of single-point branches: each is a section of its own.
    std::string bush = "1 1 0 0 0 10 -1\n";
    for (int i = 2; i < MaxSegments + 10; ++i)
        bush += std::to_string(i) + " 3 " + std::to_string(10 + i % 7) + " 0 0 1 1\n";
    QVERIFY(has(readSwc(bush).faults, K::TooManySections, 0));
}

void tst_Swc::warnings_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("line");
    const auto row = [](const char *name, const std::string &text, K kind, int line) {
        QTest::newRow(name) << text << static_cast<int>(kind) << line;
    };
    row("eight fields", Good + "4 3 60 0 0 1 3 7.5\n", K::TrailingFields, 4);
    row("parent 0 at the root", "1 1 0 0 0 10 0\n2 3 10 0 0 1 1\n3 3 50 0 0 1 2\n",
        K::RootParentZero, 1);
    row("ids fall", "1 1 0 0 0 10 -1\n3 3 50 0 0 1 2\n2 3 10 0 0 1 1\n", K::PointsReordered, 3);
    row("parent has the larger id", "1 1 0 0 0 10 -1\n2 3 50 0 0 1 3\n3 3 10 0 0 1 1\n",
        K::PointsReordered, 2);
    row("radius 0", Good + "4 3 60 0 0 0 3\n", K::ZeroRadius, 4);
    row("radius 0 at the soma", "1 1 0 0 0 10 -1\n2 3 10 0 0 0 1\n3 3 50 0 0 1 2\n", K::ZeroRadius,
        2);
    row("same place", Good + "4 3 50 0 0 1 3\n", K::SamePlace, 4);
    row("no length", fileText("zero_length.swc"), K::ZeroLengthSection, 5);
    row("type 5", Good + "4 5 60 0 0 1 3\n", K::UnknownType, 4);
    row("type 0", Good + "4 0 60 0 0 1 3\n", K::UnknownType, 4);
    row("axon", Good + "4 2 60 0 0 1 3\n", K::AxonIsPassive, 4);
    row("what Import3d misreads", fileText("jumping.swc"), K::UnlikeImport3d, 5);
    row("branched soma", fileText("branched_soma.swc"), K::SeveralSomaSections, 2);
}

void tst_Swc::warnings()
{
    QFETCH(std::string, text);
    QFETCH(int, kind);
    QFETCH(int, line);
    const SwcReading reading = readSwc(text);
    QVERIFY2(reading.morphology, reading.error("it").message.c_str());
    QVERIFY2(has(reading.warnings, static_cast<K>(kind), line),
             reading.warnings.empty() ? "no warning" : swcIssueText(reading.warnings[0]).c_str());
    for (const SwcIssue &issue : reading.warnings)
        QVERIFY2(!isFault(issue.kind) && isSentence(swcIssueText(issue)), issue.message.c_str());
    VERIFY_OK(validateNeuron(neuronFromSwc(*reading.morphology, defaultNeuron())));
}

void tst_Swc::readsAnyLineEnd()
{
    const SwcReading unixEnds = readSwc(Good);
    for (const char *end : {"\r\n", "\r", "\n\n"}) {
        std::string text;
        for (const char c : Good)
            text += c == '\n' ? std::string(end) : std::string(1, c);
        const SwcReading reading = readSwc(text);
        QVERIFY(reading.morphology);
        QVERIFY(reading.morphology->dendrites == unixEnds.morphology->dendrites);
    }
    const SwcReading windows = readSwc(fileText("windows.swc"));
    QVERIFY2(windows.morphology, windows.error("it").message.c_str());
    QCOMPARE(windows.warnings.size(), std::size_t{0});
    QCOMPARE(windows.morphology->soma.diamUm, 15.0);
    QVERIFY(near(windows.morphology->dendrites.at(0).lengthUm, std::hypot(45.0, 0.1), 1e-12));
    // Faults are counted by the lines that an editor shows.
    QCOMPARE(readSwc("# a\r\n\r\nbad\r\n").faults.at(0).line, 3);
}

void tst_Swc::addsASoma()
{
    const std::string text = "1 3 5 5 5 1 -1\n2 3 15 5 5 1 1\n3 3 50 5 5 1 2\n4 3 5 60 5 1 1\n";
    const SwcReading without = readSwc(text);
    QVERIFY(without.needsOnlySoma());
    QVERIFY(!readSwc(Good).needsOnlySoma());
    QVERIFY(!readSwc("").needsOnlySoma());
    const SwcReading with = readSwc(text, {25.0});
    QVERIFY(with.morphology);
    QVERIFY(has(with.warnings, K::SomaAdded, 1));
    QCOMPARE(with.morphology->soma, (Soma{25.0, 25.0}));
    QCOMPARE(with.morphology->dendrites.size(), std::size_t{2});
    QCOMPARE(with.morphology->dendrites[0].parent, SomaIndex);
    QCOMPARE(with.morphology->dendrites[0].parentX, 0.5);
    QVERIFY(near(with.morphology->dendrites[0].lengthUm, 45.0, 1e-12));
    QCOMPARE(with.morphology->dendrites[0].points.front().x, 0.0);
    // A cell that has one keeps it.
    QVERIFY(readSwc(Good, {25.0}).morphology->soma == (Soma{20.0, 20.0}));
}

void tst_Swc::becomesANeuron()
{
    Neuron like = treeWithTable();
    like.membrane.raOhmCm = 100.0;
    std::swap(like.synapseKinds[0], like.synapseKinds[1]); // inhibitory first
    const SwcReading reading = readSwc(fileText("sphere.swc"));
    const Neuron neuron = neuronFromSwc(*reading.morphology, like);
    VERIFY_OK(validateNeuron(neuron));
    QCOMPARE(neuron.membrane, like.membrane);
    QCOMPARE(neuron.synapseKinds, like.synapseKinds);
    QCOMPARE(neuron.soma, (Soma{20.0, 20.0}));
    QCOMPARE(neuron.dendrites.size(), std::size_t{7});
    QCOMPARE(neuron.synapses.size(), std::size_t(2 * neuron.segmentCount()));
    for (const Dendrite &d : neuron.dendrites)
        QCOMPARE(d.segments, segmentsByLambda(d, neuron.membrane, ImportShareOfLambda));
    for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory})
        QCOMPARE(std::count_if(neuron.synapses.begin(), neuron.synapses.end(),
                               [&](const Synapse &s) {
                                   return neuron.synapseKinds[std::size_t(s.kind)].polarity
                                       == polarity;
                               }),
                 neuron.segmentCount());
    // Points are relative to the soma's centre.
    const SwcReading moved = readSwc(fileText("jumping.swc"));
    QCOMPARE(moved.morphology->dendrites.at(0).points.at(0), (Point3{0.0, 0.0, 0.0, 2.0}));
    // Without kinds there are the usual ones.
    like.synapseKinds.clear();
    like.synapses.clear();
    QCOMPARE(neuronFromSwc(*reading.morphology, like).synapseKinds, defaultSynapseKinds());
    // With these the table is one pair per segment, as the stick's.
    QVERIFY(hasOnePairPerSegment(neuronFromSwc(*reading.morphology, like)));
}

void tst_Swc::staysWithinTheProgram()
{
    SwcMorphology large;
    large.soma = {20.0, 20.0};
    for (int i = 0; i < 900; ++i) {
        const double x = i == 0 ? 0.5 : 1.0;
        Dendrite d{"dend[" + std::to_string(i) + "]", i - 1, x, 20000.0, 1.0, 1, {}};
        large.dendrites.push_back(d);
    }
    const Neuron neuron = neuronFromSwc(large, defaultNeuron());
    QVERIFY(neuron.segmentCount() <= MaxSegments);
    QVERIFY(neuron.segmentCount() > MaxSegments / 2);
    VERIFY_OK(validateNeuron(neuron));
}

void tst_Swc::imports_data()
{
    QTest::addColumn<int>("dendrites");
    QTest::addColumn<Soma>("soma");
    QTest::addColumn<QStringList>("names");
    // Each with what it hangs on and where.
    QTest::newRow("sphere.swc") << 7 << Soma{20, 20}
                                << QStringList{"dend[0] soma 0.5",  "dend[1] dend[0] 1",
                                               "dend[2] dend[0] 1", "axon[0] soma 0.5",
                                               "apic[0] soma 0.5",  "apic[1] apic[0] 1",
                                               "apic[2] apic[0] 1"};
    QTest::newRow("three_points.swc") << 4 << Soma{16, 16}
                                      << QStringList{"dend[0] soma 0.5", "dend[1] dend[0] 1",
                                                     "dend[2] dend[0] 1", "apic[0] soma 0.5"};
}

void tst_Swc::imports()
{
    QFETCH(int, dendrites);
    QFETCH(Soma, soma);
    QFETCH(QStringList, names);
    const SwcReading reading = readSwc(fileText(QTest::currentDataTag()));
    QVERIFY(reading.morphology);
    const SwcMorphology &cell = *reading.morphology;
    QVERIFY(near(cell.soma.lengthUm, soma.lengthUm, 1e-12));
    QVERIFY(near(cell.soma.diamUm, soma.diamUm, 1e-12));
    QCOMPARE(static_cast<int>(cell.dendrites.size()), dendrites);
    QStringList found;
    for (const Dendrite &d : cell.dendrites)
        found << QStringLiteral("%1 %2 %3")
                     .arg(QString::fromStdString(d.name),
                          d.parent == SomaIndex
                              ? QStringLiteral("soma")
                              : QString::fromStdString(cell.dendrites[std::size_t(d.parent)].name))
                     .arg(d.parentX);
    QCOMPARE(found, names);
}

void tst_Swc::stickGoesRound()
{
    const Neuron stick = defaultNeuron();
    const SwcReading reading = readSwc(writeSwc(stick, "the stick"));
    QVERIFY2(reading.morphology, reading.error("it").message.c_str());
    QCOMPARE(reading.warnings.size(), std::size_t{0});
    const SwcMorphology &cell = *reading.morphology;
    QVERIFY(near(cell.soma.lengthUm, stick.soma.lengthUm, 1e-9));
    QVERIFY(near(cell.soma.diamUm, stick.soma.diamUm, 1e-9));
    QCOMPARE(cell.dendrites.size(), std::size_t{1});
    QCOMPARE(cell.dendrites[0].parent, SomaIndex);
    QCOMPARE(cell.dendrites[0].parentX, 1.0);
    QVERIFY(near(cell.dendrites[0].lengthUm, stick.dendrites[0].lengthUm, 1e-9));
    QVERIFY(near(cell.dendrites[0].diamUm, stick.dendrites[0].diamUm, 1e-9));
}

/// What was read and is written again is the same cell.
void tst_Swc::importGoesRound()
{
    for (unsigned seed = 0; seed < 200; ++seed) {
        SwcTrees trees(seed);
        const SwcReading first = readSwc(trees.text(5 + static_cast<int>(trees.pick(150))));
        QVERIFY(first.morphology);
        const Neuron neuron = neuronFromSwc(*first.morphology, defaultNeuron());
        const SwcReading again = readSwc(writeSwc(neuron, "again"));
        const QByteArray name = "seed " + QByteArray::number(seed);
        QVERIFY2(again.morphology, name + again.error("it").message.c_str());
        QVERIFY2(near(again.morphology->soma.lengthUm, first.morphology->soma.lengthUm, 1e-8),
                 name);
        QVERIFY2(near(again.morphology->soma.diamUm, first.morphology->soma.diamUm, 1e-8), name);
        QVERIFY2(near(totalLength(again.morphology->dendrites),
                      totalLength(first.morphology->dendrites), 1e-8),
                 name);
        QVERIFY2(near(totalArea(again.morphology->dendrites),
                      totalArea(first.morphology->dendrites), 1e-8),
                 name);
    }
    for (const char *file : {"sphere.swc", "three_points.swc", "types.swc"}) {
        const SwcReading first = readSwc(fileText(file));
        const Neuron neuron = neuronFromSwc(*first.morphology, defaultNeuron());
        const SwcReading again = readSwc(writeSwc(neuron, "again"));
        QVERIFY2(again.morphology, file);
        QCOMPARE(again.morphology->dendrites.size(), first.morphology->dendrites.size());
        std::vector<std::pair<double, double>> sizes[2];
        for (int i = 0; i < 2; ++i) {
            for (const Dendrite &d : (i == 0 ? first : again).morphology->dendrites)
                sizes[i].emplace_back(d.lengthUm, dendriteAreaUm2(d));
            std::sort(sizes[i].begin(), sizes[i].end());
        }
        for (std::size_t k = 0; k < sizes[0].size(); ++k) {
            QVERIFY2(near(sizes[0][k].first, sizes[1][k].first, 1e-8), file);
            QVERIFY2(near(sizes[0][k].second, sizes[1][k].second, 1e-8), file);
        }
    }
}

/// Cylinders and drawn dendrites, branches anywhere.
void tst_Swc::randomGoesRound()
{
    int exact = 0;
    for (unsigned seed = 0; seed < 300; ++seed) {
        SwcTrees trees(seed);
        const Neuron neuron = trees.neuron(1 + static_cast<int>(trees.pick(30)));
        const std::string text = writeSwc(neuron, "random");
        const SwcReading reading = readSwc(text);
        const QByteArray name = "seed " + QByteArray::number(seed);
        QVERIFY2(reading.morphology, name + reading.error("it").message.c_str());
        QVERIFY2(
            near(totalLength(reading.morphology->dendrites), totalLength(neuron.dendrites), 1e-8),
            name);
        const double area = totalArea(neuron.dendrites);
        const bool more = contains(text, "has more membrane");
        exact += more ? 0 : 1;
        QVERIFY2(near(totalArea(reading.morphology->dendrites), area, more ? 0.05 : 1e-8), name);
        QVERIFY2(near(reading.morphology->soma.lengthUm, neuron.soma.lengthUm, 1e-8), name);
        QVERIFY2(near(reading.morphology->soma.diamUm, neuron.soma.diamUm, 1e-8), name);
    }
    QVERIFY(exact > 250);
}

void tst_Swc::exportSaysWhatIsLost()
{
    const std::string text = writeSwc(smallTree(), "two\nlines");
    QVERIFY(text.starts_with("# two lines\n"));
    QVERIFY(contains(text, "Segments, membrane, channels, synapses"));
    QVERIFY(contains(text, "trunk: is cut where oblique hangs on it"));
    QVERIFY(contains(text, "laid out in a plane"));
    const SwcReading reading = readSwc(text);
    // The trunk up to the oblique, its rest with the tuft that continues it, oblique, basal.
    QCOMPARE(reading.morphology->dendrites.size(), std::size_t{4});
}

void tst_Swc::speed()
{
    // Twenty thousand points in long branches, as large traced cells have them.
    std::string text = "1 1 0 0 0 10 -1\n";
    SwcTrees random(7);
    for (int i = 2; i <= 20000; ++i) {
        const int parent =
            i % 40 == 0 ? 1 + static_cast<int>(random.pick(std::size_t(i) - 1)) : i - 1;
        text += std::to_string(i) + " 3 " + std::to_string(10 + i % 400) + ".25 "
            + std::to_string(random.uniform(-300, 300)) + " 0 0.5 " + std::to_string(parent) + "\n";
    }
    const std::clock_t begun = std::clock(); // what else the machine does is not counted
    const SwcReading reading = readSwc(text);
    QVERIFY2(reading.morphology, reading.error("it").message.c_str());
    const Neuron neuron = neuronFromSwc(*reading.morphology, defaultNeuron());
    const double ms = 1000.0 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    qInfo("20,000 points became %zu dendrites of %d segments in %.0f ms", neuron.dendrites.size(),
          neuron.segmentCount(), ms);
    QVERIFY(ms < 1000.0);
}

DT_TEST(tst_Swc, QCoreApplication)
#include "tst_Swc.moc"
