// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Cable.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/swc/Swc.h"

#include "tests/support/Paths.h"
#include "tests/support/Python.h"
#include "tests/support/Sentence.h"
#include "tests/support/SwcTrees.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace dt;
using namespace dt::test;

namespace {

constexpr double LengthTolerance = 1.0e-6;
constexpr double AreaTolerance = 1.0e-5;
/// NEURON keeps 3-D points as floats: so far off may each stretch be, as a share of the
/// coordinates.
constexpr double FloatStep = 2.5e-7;

bool close(double value, double expected, double tolerance, double slack)
{
    return std::abs(value - expected) <= tolerance * std::abs(expected) + slack;
}

/// Largest coordinate, as in the file.
double extent(const SwcMorphology &cell)
{
    double largest = 50.0 + cell.soma.lengthUm;
    for (const Dendrite &d : cell.dendrites) {
        for (const Point3 &p : d.points)
            largest =
                std::max({largest, std::abs(p.x + cell.somaCentre.x),
                          std::abs(p.y + cell.somaCentre.y), std::abs(p.z + cell.somaCentre.z)});
    }
    return largest;
}

/// The first difference from NEURON's sections, or nothing.
QString difference(const SwcMorphology &ours, const QJsonArray &theirs)
{
    const double step = FloatStep * extent(ours);
    double somaLength = 0.0;
    double somaArea = 0.0;
    std::size_t next = 0;
    // Theirs are grouped by type, as they are created: soma, axon, dend, apic, others.
    QHash<QString, std::size_t> index;
    for (std::size_t i = 0; i < ours.dendrites.size(); ++i)
        index[QString::fromStdString(ours.dendrites[i].name)] = i;
    for (const QJsonValue &value : theirs) {
        const QJsonArray row = value.toArray();
        const QString name = row[0].toString();
        const double length = row[3].toDouble();
        const double area = row[4].toDouble();
        if (name.startsWith(QLatin1String("soma"))) {
            somaLength += length;
            somaArea += area;
            continue;
        }
        ++next;
        if (!index.contains(name))
            return QStringLiteral("no section %1").arg(name);
        const Dendrite &d = ours.dendrites[index[name]];
        const QString parent = row[1].toString();
        const bool onSoma = parent.startsWith(QLatin1String("soma"));
        const QString ourParent = d.parent == SomaIndex
            ? QStringLiteral("soma")
            : QString::fromStdString(ours.dendrites[static_cast<std::size_t>(d.parent)].name);
        if (onSoma ? d.parent != SomaIndex : ourParent != parent)
            return QStringLiteral("%1 hangs on %2, not on %3").arg(name, ourParent, parent);
        if (!(onSoma && ours.somaSections > 1) && d.parentX != row[2].toDouble())
            return QStringLiteral("%1 hangs at %2, not at %3")
                .arg(name)
                .arg(d.parentX)
                .arg(row[2].toDouble());
        const double slack = step * static_cast<double>(d.points.size());
        if (!close(d.lengthUm, length, LengthTolerance, slack))
            return QStringLiteral("%1 is %2 um long, not %3")
                .arg(name)
                .arg(d.lengthUm, 0, 'g', 12)
                .arg(length, 0, 'g', 12);
        if (!close(dendriteAreaUm2(d), area, AreaTolerance, 10.0 * slack))
            return QStringLiteral("%1 has %2 um2, not %3")
                .arg(name)
                .arg(dendriteAreaUm2(d), 0, 'g', 12)
                .arg(area, 0, 'g', 12);
    }
    if (next != ours.dendrites.size())
        return QStringLiteral("%1 sections, not %2").arg(ours.dendrites.size()).arg(next);
    if (!close(ours.soma.lengthUm, somaLength, LengthTolerance, 20.0 * step))
        return QStringLiteral("a soma %1 um long, not %2").arg(ours.soma.lengthUm).arg(somaLength);
    if (!close(lateralAreaUm2(ours.soma.lengthUm, ours.soma.diamUm), somaArea, AreaTolerance,
               600.0 * step))
        return QStringLiteral("a soma of another area");
    return {};
}

bool isUnlikeImport3d(const SwcReading &reading)
{
    return std::any_of(reading.warnings.begin(), reading.warnings.end(),
                       [](const SwcIssue &i) { return i.kind == SwcIssueKind::UnlikeImport3d; });
}

} // namespace

/// The sections that NEURON's Import3d makes are the right ones.
class tst_SwcJudge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void files();
    void randomTexts();
    void ourOwnFiles();

private:
    QJsonObject judge(const QStringList &paths);
    TestFolder m_folder;
};

void tst_SwcJudge::initTestCase()
{
    REQUIRE_PYTHON("neuron");
}

QJsonObject tst_SwcJudge::judge(const QStringList &paths)
{
    const QString answer = m_folder.at(QStringLiteral("answer.json"));
    const QString script =
        QString::fromStdString(sourceDir()) + QStringLiteral("/tests/engine/cell/swc/import3d.py");
    const PythonOutcome outcome = runPython(QStringList{script, answer} + paths);
    if (!outcome.ok)
        qWarning("%s", outcome.text.constData());
    return QJsonDocument::fromJson(m_folder.read(QStringLiteral("answer.json"))).object();
}

void tst_SwcJudge::files()
{
    const QDir dir(QString::fromStdString(dataPath("swc")));
    QStringList paths;
    for (const QString &name : dir.entryList({QStringLiteral("*.swc")}, QDir::Files, QDir::Name))
        paths << dir.filePath(name);
    QVERIFY(paths.size() >= 8);
    const QJsonObject theirs = judge(paths);
    QCOMPARE(theirs.size(), paths.size());
    for (const QString &path : paths) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const SwcReading reading = readSwc(file.readAll().toStdString());
        QVERIFY2(reading.morphology, qPrintable(path));
        if (isUnlikeImport3d(reading))
            continue;
        const QString found = difference(*reading.morphology, theirs[path].toArray());
        QVERIFY2(found.isEmpty(), qPrintable(path + QStringLiteral(": ") + found));
    }
}

void tst_SwcJudge::randomTexts()
{
    constexpr unsigned Cells = 300;
    QStringList paths;
    std::vector<std::string> texts;
    for (unsigned seed = 0; seed < Cells; ++seed) {
        SwcTrees trees(seed);
        texts.push_back(trees.text(5 + static_cast<int>(trees.pick(120))));
        paths << m_folder.at(QStringLiteral("random%1.swc").arg(seed));
        QVERIFY(m_folder.write(paths.last(), QByteArray::fromStdString(texts.back())));
    }
    const QJsonObject theirs = judge(paths);
    QCOMPARE(theirs.size(), paths.size());
    int judged = 0;
    for (unsigned seed = 0; seed < Cells; ++seed) {
        const SwcReading reading = readSwc(texts[seed]);
        const QString name = QStringLiteral("seed %1: ").arg(seed);
        QVERIFY2(reading.morphology,
                 qPrintable(name + QString::fromStdString(reading.error("it").message)));
        if (isUnlikeImport3d(reading))
            continue; // it joins what the file does not
        ++judged;
        const QString found =
            difference(*reading.morphology, theirs[paths[static_cast<int>(seed)]].toArray());
        if (!found.isEmpty())
            qWarning("%s", texts[seed].c_str());
        QVERIFY2(found.isEmpty(), qPrintable(name + found));
    }
    qInfo("%d of %u random cells judged", judged, Cells);
    QVERIFY(judged > 200);
}

void tst_SwcJudge::ourOwnFiles()
{
    constexpr unsigned Cells = 150;
    QStringList paths;
    std::vector<std::string> texts;
    std::vector<Neuron> neurons;
    for (unsigned seed = 1000; seed < 1000 + Cells; ++seed) {
        SwcTrees trees(seed);
        neurons.push_back(trees.neuron(1 + static_cast<int>(trees.pick(25))));
        texts.push_back(writeSwc(neurons.back(), "judged"));
        paths << m_folder.at(QStringLiteral("ours%1.swc").arg(seed));
        QVERIFY(m_folder.write(paths.last(), QByteArray::fromStdString(texts.back())));
    }
    const QJsonObject theirs = judge(paths);
    QCOMPARE(theirs.size(), paths.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const SwcReading reading = readSwc(texts[i]);
        QVERIFY2(reading.morphology, reading.error("it").message.c_str());
        const QString found =
            difference(*reading.morphology, theirs[paths[static_cast<int>(i)]].toArray());
        QVERIFY2(found.isEmpty(), qPrintable(paths[static_cast<int>(i)] + found));
    }
}

DT_TEST(tst_SwcJudge, QCoreApplication)
#include "tst_SwcJudge.moc"
