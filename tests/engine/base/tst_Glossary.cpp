// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Glossary.h"

#include "tests/support/Paths.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace dt;

namespace {

Glossary parsed(std::string_view text)
{
    const Result<Glossary> glossary = Glossary::parse(text);
    if (!glossary)
        qFatal("%s", glossary.error().message.c_str());
    return *glossary;
}

constexpr std::string_view Small =
    "# Words\n\nAbout them.\n\n## Length constant\n\nAlso called λ, "
    "lambda. How far it\nreaches.\n\n## SK\n\nA channel.\n\n## Spike\n\n"
    "Up and down.\n\n## Near a spike\n\nClose.\n\n## R2\n\nAlso called "
    "R².\n\nA score.\n";

/// The chapter of the guide.
QByteArray chapter()
{
    QFile file(QString::fromStdString(test::sourceDir())
               + QStringLiteral("/docs/guide/glossary.md"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_Glossary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void refuses_data();
    void refuses();
    void anchors();
    void findsWords_data();
    void findsWords();
    void chapterIsGood();
    void chapterIsShortAndSorted();
};

void tst_Glossary::reads()
{
    const Glossary glossary = parsed(Small);
    QCOMPARE(glossary.entries().size(), 5U);
    const GlossaryEntry *lambda = glossary.find("length-constant");
    QVERIFY(lambda);
    QCOMPARE(lambda->name, std::string("Length constant"));
    QCOMPARE(lambda->aliases, (std::vector<std::string>{"λ", "lambda"}));
    QCOMPARE(lambda->text, std::string("How far it\nreaches."));
    QCOMPARE(glossary.find("sk")->text, std::string("A channel."));
    QCOMPARE(glossary.find("r2")->text, std::string("A score."));
    QVERIFY(!glossary.find("words"));
    QVERIFY(!glossary.find(""));
    QCOMPARE(parsed("").entries().size(), 0U);
}

void tst_Glossary::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no meaning") << QByteArray("# W\n\n## A\n\n## B\n\nb\n")
                                << QByteArray("Line 3 of the glossary: \"A\" has no meaning.");
    QTest::newRow("names only") << QByteArray("## A\n\nAlso called b.\n")
                                << QByteArray("Line 1 of the glossary: \"A\" has no meaning.");
    QTest::newRow("twice") << QByteArray("## A b\n\nx\n\n## a B\n\ny\n")
                           << QByteArray("Line 5 of the glossary: \"a B\" is there already.");
}

void tst_Glossary::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    const Result<Glossary> glossary = Glossary::parse(text.toStdString());
    QVERIFY(!glossary);
    QVERIFY2(glossary.error().message.starts_with(says.toStdString()),
             glossary.error().message.c_str());
}

void tst_Glossary::anchors()
{
    QCOMPARE(headingAnchor("f-I curve"), std::string("f-i-curve"));
    QCOMPARE(headingAnchor(" How good is it? "), std::string("how-good-is-it"));
    QCOMPARE(headingAnchor("First layer (TCN, Residual TCN)"),
             std::string("first-layer-tcn-residual-tcn"));
}

void tst_Glossary::findsWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("none") << QStringLiteral("Nothing here") << QStringList{};
    QTest::newRow("any case, plural")
        << QStringLiteral("Spikes and the length constants")
        << QStringList{QStringLiteral("spike:Spikes"),
                       QStringLiteral("length-constant:length constants")};
    QTest::newRow("each once") << QStringLiteral("a spike, another spike")
                               << QStringList{QStringLiteral("spike:spike")};
    QTest::newRow("the longest") << QStringLiteral("near a spike")
                                 << QStringList{QStringLiteral("near-a-spike:near a spike")};
    QTest::newRow("whole words") << QStringLiteral("spiked, lambdas, Sky, ask")
                                 << QStringList{QStringLiteral("length-constant:lambdas")};
    QTest::newRow("abbreviations as written")
        << QStringLiteral("sk SK Sk") << QStringList{QStringLiteral("sk:SK")};
    QTest::newRow("other alphabets")
        << QStringLiteral("3.55 λ, R² 0.4, λm")
        << QStringList{QStringLiteral("length-constant:λ"), QStringLiteral("r2:R²")};
}

void tst_Glossary::findsWords()
{
    QFETCH(QString, text);
    QFETCH(QStringList, words);
    const std::string bytes = text.toStdString();
    QStringList found;
    const Glossary glossary = parsed(Small);
    for (const GlossaryHit &hit : glossary.wordsIn(bytes))
        found << QString::fromStdString(hit.key + ":" + bytes.substr(hit.begin, hit.length));
    QCOMPARE(found, words);
}

void tst_Glossary::chapterIsGood()
{
    const Glossary glossary = parsed(chapter().toStdString());
    QVERIFY(glossary.entries().size() >= 70);
    // What people stumbled over.
    for (const char *key : {"cap",
                            "near-a-spike",
                            "weight",
                            "r2",
                            "explained-variance",
                            "fpr",
                            "auc",
                            "balance",
                            "gradient-norm",
                            "window",
                            "driving-force",
                            "shunt",
                            "plateau",
                            "length-constant",
                            "first-layer-map",
                            "epsp",
                            "receptive-field",
                            "logit",
                            "calibration",
                            "epoch",
                            "iteration",
                            "validation",
                            "shelf",
                            "learning-rate",
                            "batch",
                            "sk",
                            "nmda",
                            "magnesium-block",
                            "input-resistance",
                            "time-constant",
                            "attenuation"})
        QVERIFY2(glossary.find(key), key);
    // No two entries have a name in common.
    QStringList names;
    for (const GlossaryEntry &entry : glossary.entries()) {
        names << QString::fromStdString(entry.name).toLower();
        for (const std::string &alias : entry.aliases)
            names << QString::fromStdString(alias).toLower();
    }
    QCOMPARE(names.removeDuplicates(), 0);
}

void tst_Glossary::chapterIsShortAndSorted()
{
    QStringList names;
    const Glossary glossary = parsed(chapter().toStdString());
    for (const GlossaryEntry &entry : glossary.entries()) {
        names << QString::fromStdString(entry.name).toLower();
        const qsizetype words = QString::fromStdString(entry.text)
                                    .split(QRegularExpression(QStringLiteral("\\s+")))
                                    .size();
        QVERIFY2(words >= 10 && words <= 65, entry.key.c_str());
    }
    QStringList sorted = names;
    std::sort(sorted.begin(), sorted.end());
    QCOMPARE(names, sorted);
}

DT_TEST(tst_Glossary, QCoreApplication)
#include "tst_Glossary.moc"
