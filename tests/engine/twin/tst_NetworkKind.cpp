// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/MemoryCurve.h"
#include "engine/twin/NetworkKind.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <set>

using namespace dt;

/// What holds for every kind of network, also for those that are added.
class tst_NetworkKind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKind_data();
    void everyKind();
    void names();
};

void tst_NetworkKind::everyKind_data()
{
    QTest::addColumn<int>("architecture");
    for (const NetworkKind *kind : networkKinds())
        QTest::addRow("%s", std::string(kind->name()).c_str())
            << static_cast<int>(kind->architecture());
}

void tst_NetworkKind::everyKind()
{
    QFETCH(int, architecture);
    const NetworkKind &kind = kindOf(static_cast<Architecture>(architecture));
    TwinSpec spec;
    spec.network = kind.standard();
    QCOMPARE(&kindOf(spec), &kind);
    VERIFY_OK(validateTwin(spec));
    QVERIFY(!kind.presets().empty());
    for (const NetworkPreset &preset : kind.presets())
        QCOMPARE(static_cast<int>(preset.network.index()), architecture);

    std::set<std::string> keys;
    for (const NetworkField &field : kind.fields(spec.network))
        QVERIFY2(keys.insert(field.key).second, field.key);
    for (std::size_t i = 0; i < kind.sizes(spec.network).size(); ++i) {
        for (const bool most : {false, true}) {
            TwinSpec changed = spec;
            const NetworkSize size = kind.sizes(changed.network)[i];
            size.set(most ? size.range.most : size.range.least);
            QCOMPARE(size.get(), most ? size.range.most : size.range.least);
            VERIFY_OK(validateTwin(changed));
            QVERIFY2(changed.network != spec.network, size.name);
        }
    }

    QVERIFY(memoryLengths(spec).back() > 0);
    QVERIFY(kind.settledMs(spec) > 0);
    QVERIFY(kind.arrays(spec, 100).kept >= 100 * backboneWidth(spec));
    QVERIFY(!kind.settings(spec).empty());
    const Result<FirstConvolution> first = kind.firstConvolution(spec);
    QVERIFY(first ? first->units > 0 && first->kernelMs > 0
                  : test::isSentence(first.error().message));
}

void tst_NetworkKind::names()
{
    QCOMPARE(networkNames(), std::string("TCN, ResNetTCN, ELM or Transformer"));
}

DT_TEST(tst_NetworkKind, QCoreApplication)
#include "tst_NetworkKind.moc"
