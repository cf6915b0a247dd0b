// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/ml/MlProbe.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <functional>

using namespace dt;

namespace {

double lrelu(double x, double a)
{
    return x > 0.0 ? x : a * x;
}

double gelu(double x)
{
    return 0.5 * x * std::erfc(-x / std::sqrt(2.0));
}

double sigmoid(double x)
{
    return 1.0 / (1.0 + std::exp(-x));
}

} // namespace

class tst_Activation : public QObject
{
    Q_OBJECT

    using Function = std::function<double(double, double)>;

private Q_SLOTS:
    void formulas_data();
    void formulas();
    void twoSided_data();
    void twoSided();
    void aliases_data();
    void aliases();
    void unknown_data();
    void unknown();
    void normNames_data();
    void normNames();
};

void tst_Activation::formulas_data()
{
    QTest::addColumn<Function>("function");
    const auto row = [](const char *name, const Function &function) {
        QTest::newRow(name) << function;
    };
    row("none", [](double x, double) { return x; });
    row("relu", [](double x, double) { return std::max(x, 0.0); });
    row("gelu", [](double x, double) { return gelu(x); });
    row("silu", [](double x, double) { return x * sigmoid(x); });
    row("tanh", [](double x, double) { return std::tanh(x); });
    row("sigmoid", [](double x, double) { return sigmoid(x); });
    row("leaky_relu", lrelu);
    row("leaky_gelu", [](double x, double a) { return 0.5 * gelu(x) + 0.5 * lrelu(x, 2 * a); });
    row("leaky_silu",
        [](double x, double a) { return 0.5 * x * sigmoid(x) + 0.5 * lrelu(x, 2 * a); });
    row("leaky_tanh", [](double x, double a) { return a * x + (1 - a) * std::tanh(x); });
    row("leaky_sigmoid", [](double x, double a) { return a * x + (1 - a) * (2 * sigmoid(x) - 1); });
}

void tst_Activation::formulas()
{
    QFETCH(Function, function);
    std::vector<double> x;
    for (int i = -80; i <= 80; ++i)
        x.push_back(i / 8.0);
    for (const double slope : {0.0, 0.1, 0.15, 0.3}) {
        const auto y = test::activation(QTest::currentDataTag(), slope, x);
        VERIFY_OK(y);
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double expected = function(x[i], slope);
            QVERIFY2(
                std::abs((*y)[i] - expected) < 1e-6 * (1.0 + std::abs(expected)),
                qPrintable(
                    QStringLiteral("f(%1) = %2, not %3").arg(x[i]).arg((*y)[i]).arg(expected)));
        }
    }
}

void tst_Activation::twoSided_data()
{
    QTest::addColumn<double>("slope");
    QTest::addColumn<double>("crossing");
    QTest::newRow("two_sided_leaky_gelu 0.1") << 0.1 << -1.0315;
    QTest::newRow("two_sided_leaky_gelu 0.15") << 0.15 << -1.0315;
    QTest::newRow("two_sided_leaky_gelu 0.2") << 0.2 << -1.0405;
    QTest::newRow("two_sided_leaky_silu 0.1") << 0.1 << -1.1667;
    QTest::newRow("two_sided_leaky_silu 0.15") << 0.15 << -1.1757;
    QTest::newRow("two_sided_leaky_silu 0.2") << 0.2 << -1.1937;
}

void tst_Activation::twoSided()
{
    QFETCH(double, slope);
    QFETCH(double, crossing);
    const std::string name = QByteArray(QTest::currentDataTag()).split(' ')[0].toStdString();
    const Result<double> x0 = test::crossing(name, slope);
    VERIFY_OK(x0);
    QVERIFY2(std::abs(*x0 - crossing) < 6e-5, qPrintable(QString::number(*x0)));
    // Odd, without jumps, and through the origin.
    std::vector<double> x;
    for (int i = -6000; i <= 6000; ++i)
        x.push_back(i / 1000.0);
    for (const double a : {slope, 0.0}) {
        const auto y = test::activation(name, a, x);
        VERIFY_OK(y);
        QVERIFY(std::abs((*y)[6000]) < 1e-6);
        for (std::size_t i = 0; i < x.size(); ++i) {
            QVERIFY(std::abs((*y)[i] + (*y)[x.size() - 1 - i]) < 1e-5);
            QVERIFY2(i == 0 || std::abs((*y)[i] - (*y)[i - 1]) < 0.01,
                     qPrintable(QString::number(x[i])));
        }
    }
}

void tst_Activation::aliases_data()
{
    QTest::addColumn<QByteArray>("same");
    const auto row = [](const char *alias, const char *same) {
        QTest::newRow(alias) << QByteArray(same);
    };
    for (const char *alias : {"linear", "identity", "lin", "None", "LIN"})
        row(alias, "none");
    row("swish", "silu");
    for (const char *alias : {"lgelu", "leaky gelu", "LeakyGELU", "leaky-gelu", "leakygelu"})
        row(alias, "leaky_gelu");
    row("lsilu", "leaky_silu");
    row("ltanh", "leaky_tanh");
    row("lsigmoid", "leaky_sigmoid");
    row("lrelu", "leaky_relu");
    for (const char *alias :
         {"lgelu_2s", "2s_lgelu", "two_sided_lgelu", "TwoSidedLeakyGELU", "leaky_gelu_two_sided"})
        row(alias, "two_sided_leaky_gelu");
    row("two_sided_lsilu", "two_sided_leaky_silu");
    row("lrelu_2s", "two_sided_leaky_relu");
}

void tst_Activation::aliases()
{
    QFETCH(QByteArray, same);
    const std::vector<double> x{-3.0, -1.5, -0.5, 0.0, 0.3, 1.2, 4.0};
    const auto y = test::activation(QTest::currentDataTag(), 0.15, x);
    VERIFY_OK(y);
    QCOMPARE(*y, *test::activation(same.toStdString(), 0.15, x));
}

void tst_Activation::unknown_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"", "gelo", "leaky", "two_sided_relu", "two_sided_tanh",
                             "two_sided_leaky_tanh", "2s", "softplus"})
        QTest::newRow(*name ? name : "nothing") << QByteArray(name);
}

void tst_Activation::unknown()
{
    QFETCH(QByteArray, name);
    VERIFY_ERROR(test::activation(name.toStdString(), 0.1, {1.0}), ErrorCode::InvalidValue,
                 "'" + name.toStdString() + "'");
}

void tst_Activation::normNames_data()
{
    QTest::addColumn<QByteArray>("type"); // empty: refused
    const auto row = [](const char *name, const char *type) {
        QTest::newRow(name) << QByteArray(type);
    };
    row("RMSNorm", "Rms");
    row("rms_norm", "Rms");
    row("LayerNorm", "Layer");
    row("layer_norm", "Layer");
    row("BatchNorm", "Batch");
    row("batchnorm", "Batch");
    row("none", "None");
    row("None", "None");
    row("BatchNorm_B", "");
    row("norm", "");
    row("L2", "");
}

void tst_Activation::normNames()
{
    QFETCH(QByteArray, type);
    const Result<std::string> found = test::normType(QTest::currentDataTag());
    if (type.isEmpty()) {
        VERIFY_ERROR(found, ErrorCode::InvalidValue, QTest::currentDataTag());
        return;
    }
    VERIFY_OK(found);
    QCOMPARE(*found, type.toStdString());
}

DT_TEST(tst_Activation, QCoreApplication)
#include "tst_Activation.moc"
