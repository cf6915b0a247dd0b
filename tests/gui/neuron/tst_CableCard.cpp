// SPDX-License-Identifier: GPL-3.0-or-later
//
// The card of cable figures on the Neuron page.
#include "engine/cell/Presets.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/pages/NeuronPage.h"

#include <QApplication>
#include <QLabel>

using namespace dt;
using namespace dt::test;

class tst_CableCard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_document = std::make_unique<Document>();
        m_page = std::make_unique<NeuronPage>(m_document.get());
        m_page->resize(1190, 650);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }
    void cleanup()
    {
        m_page.reset();
        m_document.reset();
    }

    void card_data();
    void card();
    void cardFollowsEdits();
    void saysTheError_data();
    void saysTheError();

private:
    [[nodiscard]] QuantityField *field(const char *name) const
    {
        return child<QuantityField>(*m_page, (QByteArray(name) + "Field").constData());
    }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<NeuronPage> m_page;
};

void tst_CableCard::card_data()
{
    QTest::addColumn<QByteArray>("preset");
    QTest::addColumn<QString>("lambda");
    QTest::addColumn<QString>("length");
    QTest::addColumn<QString>("segment");
    QTest::addColumn<QString>("meaning");
    QTest::addColumn<QString>("warning");
    QTest::newRow("64 segments") << QByteArray("nmda-cable-64") << QStringLiteral("577 µm")
                                 << QStringLiteral("3.55 λ") << QStringLiteral("0.055 λ")
                                 << QStringLiteral("3.55 length constants long") << QString();
    QTest::newRow("8 segments") << QByteArray("nmda-cable") << QStringLiteral("577 µm")
                                << QStringLiteral("3.55 λ") << QStringLiteral("0.44 λ")
                                << QStringLiteral("barely reach the soma")
                                << QStringLiteral("18 segments would be fine enough");
    QTest::newRow("point") << QByteArray("ampa-point") << QStringLiteral("1155 µm")
                           << QStringLiteral("0.11 λ") << QStringLiteral("0.014 λ")
                           << QStringLiteral("one point with the soma") << QString();
}

void tst_CableCard::card()
{
    QFETCH(QByteArray, preset);
    QFETCH(QString, lambda);
    QFETCH(QString, length);
    QFETCH(QString, segment);
    QFETCH(QString, meaning);
    QFETCH(QString, warning);
    QVERIFY(m_document
                ->edit(QStringLiteral("x"),
                       [&](Project &p) { p.neuron = presetNeuron(preset.constData()).value(); })
                .ok());
    QCOMPARE(labelText(*m_page, "lambdaValueLabel"), lambda);
    QCOMPARE(labelText(*m_page, "electrotonicValueLabel"), length);
    QCOMPARE(labelText(*m_page, "segmentValueLabel"), segment);
    QCOMPARE(labelText(*m_page, "tauValueLabel"), QStringLiteral("20 ms"));
    QVERIFY2(labelText(*m_page, "meaningLabel").contains(meaning),
             qPrintable(labelText(*m_page, "meaningLabel")));
    auto *coarse = child<QLabel>(*m_page, "coarseWarningLabel");
    QCOMPARE(coarse->isVisible(), !warning.isEmpty());
    if (!warning.isEmpty())
        QVERIFY2(coarse->text().contains(warning), qPrintable(coarse->text()));
}

void tst_CableCard::cardFollowsEdits()
{
    // "Make λ twice as long using only the diameter": four times as thick.
    typeInto(field("dend_diam_um"), QStringLiteral("4"));
    QCOMPARE(labelText(*m_page, "lambdaValueLabel"), QStringLiteral("1155 µm"));
    typeInto(field("Rm_ohm_cm2"), QStringLiteral("10000"));
    QCOMPARE(labelText(*m_page, "tauValueLabel"), QStringLiteral("10 ms"));
    typeInto(field("multiplicative_SKE2_factor"), QStringLiteral("1"));
    QCOMPARE(labelText(*m_page, "skValueLabel"), QStringLiteral("1"));
}

void tst_CableCard::saysTheError_data()
{
    QTest::addColumn<double>("lengthUm");
    QTest::addColumn<double>("diamUm");
    QTest::addColumn<double>("rm");
    QTest::addColumn<double>("ra");
    QTest::addColumn<int>("segments");
    QTest::addColumn<QString>("lambda");
    QTest::addColumn<QStringList>("says");
    const QString nothing = QStringLiteral("Results say nothing of a real dendrite.");
    QTest::newRow("2.4 lambda") << 5543.0 << 1.0 << 20000.0 << 150.0 << 4
                                << QStringLiteral("577 µm")
                                << QStringList{QStringLiteral("is 2.40 length constants long"),
                                               nothing,
                                               QStringLiteral("49 segments would be fine enough")};
    QTest::newRow("the thinnest")
        << 20000.0 << 0.05 << 10.0 << 10000.0 << 64 << QStringLiteral("0.354 µm")
        << QStringList{QStringLiteral("more than 1000 times too much"), nothing,
                       QStringLiteral("Even 1000 segments, the most that a dendrite "
                                      "can have, would each be 57 length")};
}

// As large as it is, and no remedy that does not exist.
void tst_CableCard::saysTheError()
{
    QFETCH(double, lengthUm);
    QFETCH(double, diamUm);
    QFETCH(double, rm);
    QFETCH(double, ra);
    QFETCH(int, segments);
    QFETCH(QString, lambda);
    QFETCH(QStringList, says);
    QVERIFY(m_document
                ->edit(QStringLiteral("x"),
                       [&](Project &p) {
                           p.neuron.dendrites[0].lengthUm = lengthUm;
                           p.neuron.dendrites[0].diamUm = diamUm;
                           p.neuron.membrane.rmOhmCm2 = rm;
                           p.neuron.membrane.raOhmCm = ra;
                           setSegments(p.neuron, 0, segments);
                       })
                .ok());
    QCOMPARE(labelText(*m_page, "lambdaValueLabel"), lambda);
    const QString warning = labelText(*m_page, "coarseWarningLabel");
    for (const QString &part : says)
        QVERIFY2(warning.contains(part), qPrintable(warning));
    for (const char *tile : {"lambda", "electrotonic", "tau", "resistance", "area", "segment"}) {
        const QString value = labelText(*m_page, (QByteArray(tile) + "ValueLabel").constData());
        QVERIFY2(!value.startsWith(QStringLiteral("0 ")) && !value.contains(u'e'),
                 qPrintable(value));
    }
}

DT_TEST(tst_CableCard, QApplication)
#include "tst_CableCard.moc"
