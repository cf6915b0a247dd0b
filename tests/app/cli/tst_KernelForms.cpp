// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cli/RunProgram.h"
#include "tests/support/Datasets.h"
#include "tests/support/H5File.h"
#include "tests/support/SmallTwins.h"
#include "tests/support/TestFolder.h"

#include <QProcessEnvironment>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace dt;
using nlohmann::json;
using test::CliOutcome;

namespace {

constexpr int Segments = 2;
constexpr int InputMs = 500;

/// Oldest first.
constexpr std::array Forms{"plain", "avx2", "avx512"};

CliOutcome runWith(const QString &kernels, const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("DENDROTWIN_KERNELS");
    if (!kernels.isEmpty())
        environment.insert("DENDROTWIN_KERNELS", kernels);
    process.setProcessEnvironment(environment);
    test::startProgram(process, arguments);
    return test::endOf(process);
}

} // namespace

/// Our loops exist in a form for every generation of processors. All that this one can run are
/// tried: each is taken when it is named, and says what the others say.
class tst_KernelForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isTaken();
    void saySame_data();
    void saySame();

private:
    [[nodiscard]] static std::string taken(const QString &kernels)
    {
        const json about = test::jsonOf(runWith(kernels, {"about", "--json"}));
        return about.is_object() ? about.value("kernels", "none") : "no JSON";
    }
    [[nodiscard]] QString at(const QString &name) const { return m_folder.at(name); }

    test::TestFolder m_folder;
    std::vector<QString> m_forms; ///< that this processor has
};

void tst_KernelForms::initTestCase()
{
    const std::string newest = taken({});
    const auto last = std::find(Forms.begin(), Forms.end(), newest);
    QVERIFY2(last != Forms.end(), newest.c_str());
    m_forms.assign(Forms.begin(), last + 1);

    VERIFY_OK(test::makeDataset(m_folder.file("ds.h5"), test::smallPlan({4, 2, 1}, 300)));
    test::H5File file(m_folder.file("in.h5"));
    RandomStream random({5});
    for (const char *name : {"input_exc", "input_inh"}) {
        std::vector<double> values;
        for (int i = 0; i < Segments * InputMs; ++i)
            values.push_back(random.uniform() < 0.05 ? random.uniform(0.0, 20.0) : 0.0);
        file.set(name, test::H5File::half(), {Segments, InputMs}, values);
    }
}

void tst_KernelForms::isTaken()
{
    for (const QString &form : m_forms)
        QCOMPARE(taken(form), form.toStdString());
    // What does not exist, here or at all, is as if nothing was said.
    QCOMPARE(taken("avx512"), m_forms.back().toStdString());
    QCOMPARE(taken("abacus"), m_forms.back().toStdString());
}

void tst_KernelForms::saySame_data()
{
    QTest::addColumn<QString>("name");
    for (const QByteArray &name : test::architectures())
        QTest::newRow(name) << QString::fromUtf8(name);
}

/// Trained and asked with every form: the same but for rounding, which training lets grow.
void tst_KernelForms::saySame()
{
    QFETCH(QString, name);
    QVERIFY(m_folder.write(name + ".json", test::smallSpec(name.toUtf8())));
    std::vector<double> first;
    for (const QString &form : m_forms) {
        const QString twin = at(name + form + ".twin");
        CliOutcome outcome =
            runWith(form,
                    {"train", "--dataset", at("ds.h5"), "--twin", at(name + ".json"), "--epochs",
                     "6", "--batch", "2", "--window-ms", "100", "--lr", "3e-3", "--threads", "1",
                     "--out", twin});
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
        outcome = runWith(
            form,
            {"predict", "--twin", twin, "--input", at("in.h5"), "--out", at("pred.h5"), "--force"});
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
        const std::vector<double> soma = test::h5Values(m_folder.file("pred.h5"), "soma_v_mV");
        QCOMPARE(soma.size(), std::size_t(InputMs));
        if (first.empty()) {
            first = soma;
            const auto [low, high] = std::minmax_element(soma.begin(), soma.end());
            QVERIFY2(*high - *low > 0.1, qPrintable(QString::number(*high - *low)));
        }
        for (std::size_t t = 0; t < soma.size(); ++t) {
            QVERIFY2(std::abs(soma[t] - first[t]) < 1e-2,
                     qPrintable(QStringLiteral("%1, %2 ms: %3 instead of %4 mV")
                                    .arg(form)
                                    .arg(t)
                                    .arg(soma[t])
                                    .arg(first[t])));
        }
    }
}

QTEST_GUILESS_MAIN(tst_KernelForms)
#include "tst_KernelForms.moc"
