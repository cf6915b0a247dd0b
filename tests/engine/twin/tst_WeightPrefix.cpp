// SPDX-License-Identifier: GPL-3.0-or-later
//
// What training programs put before the names of weights.
#include "engine/twin/WeightPrefix.h"

#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_WeightPrefix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prefixes_data();
    void prefixes();
    void severalNetworks();
    void othersNetwork();

private:
    static std::vector<NamedTensor> named(const QStringList &names)
    {
        std::vector<NamedTensor> tensors;
        for (const QString &name : names)
            tensors.push_back({name.toStdString(), {}, std::vector<float>{1.0F}});
        return tensors;
    }
    static QStringList names(const std::vector<NamedTensor> &tensors)
    {
        QStringList list;
        for (const NamedTensor &tensor : tensors)
            list << QString::fromStdString(tensor.name);
        return list;
    }
    const std::vector<std::string> m_expected{"net.a.weight", "net.a.bias", "head.weight"};
};

void tst_WeightPrefix::prefixes_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QStringList>("beside");
    QTest::newRow("none") << "" << QStringList{};
    for (const char *prefix : {"module.", "_orig_mod.", "module._orig_mod.", "_orig_mod.module.",
                               "model.", "net.", "model._orig_mod.", "lit.student.", "a.head."})
        QTest::newRow(prefix) << prefix << QStringList{};
    QTest::newRow("loss and metrics") << "model." << QStringList{"loss.weight", "auc.counts"};
    QTest::newRow("averaged") << "module." << QStringList{"n_averaged"};
}

void tst_WeightPrefix::prefixes()
{
    QFETCH(QString, prefix);
    QFETCH(QStringList, beside);
    QStringList list = beside;
    for (const std::string &name : m_expected)
        list << prefix + QString::fromStdString(name);
    const Result<PlainWeights> plain = plainWeights(named(list), m_expected);
    VERIFY_OK(plain);
    QCOMPARE(plain->prefix, prefix.toStdString());
    QCOMPARE(names(plain->weights), (QStringList{"net.a.weight", "net.a.bias", "head.weight"}));
    QStringList left;
    for (const std::string &name : plain->leftOut)
        left << QString::fromStdString(name);
    QCOMPARE(left, beside);
}

void tst_WeightPrefix::severalNetworks()
{
    QStringList list;
    for (const char *prefix : {"model.", "ema."}) {
        for (const std::string &name : m_expected)
            list << prefix + QString::fromStdString(name);
    }
    VERIFY_ERROR(plainWeights(named(list), m_expected), ErrorCode::InvalidValue,
                 "under 'ema.', 'model.'");
}

/// Of another network: what does not fit is said of its own names.
void tst_WeightPrefix::othersNetwork()
{
    const Result<PlainWeights> other = plainWeights(
        named({"module._orig_mod.conv.weight", "module._orig_mod.conv.bias"}), m_expected);
    VERIFY_OK(other);
    QCOMPARE(names(other->weights), (QStringList{"conv.weight", "conv.bias"}));
    const Result<PlainWeights> mixed = plainWeights(named({"module.a", "b"}), m_expected);
    VERIFY_OK(mixed);
    QCOMPARE(names(mixed->weights), (QStringList{"module.a", "b"}));
    VERIFY_OK(plainWeights({}, m_expected));
    // More under the prefix than the network has is for the network to refuse.
    QStringList more{"module.extra"};
    for (const std::string &name : m_expected)
        more << "module." + QString::fromStdString(name);
    QCOMPARE(plainWeights(named(more), m_expected)->weights.size(), std::size_t{4});
}

DT_TEST(tst_WeightPrefix, QCoreApplication)
#include "tst_WeightPrefix.moc"
