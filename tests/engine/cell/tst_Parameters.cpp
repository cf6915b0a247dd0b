// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Parameters.h"

#include "engine/base/NumberText.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <limits>

using namespace dt;

class tst_Parameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names();
    void roundTrip_data();
    void roundTrip();
    void defaults_data();
    void defaults();
    void refusedText_data();
    void refusedText();
    void decimalComma();
    void unknownNames_data();
    void unknownNames();
    void synapseType();
    void customSynapseType();
    void firstKindOfThePolarity();
    void tree();
    void formatting_data();
    void formatting();
};

void tst_Parameters::names()
{
    // Scripts rely on these names.
    const std::vector<std::string> expected{"num_segments",
                                            "soma_L_um",
                                            "soma_diam_um",
                                            "dend_L_um",
                                            "dend_diam_um",
                                            "Ra_ohm_cm",
                                            "cm_uF_cm2",
                                            "Rm_ohm_cm2",
                                            "epas_mV",
                                            "g_max_AMPA_uS",
                                            "g_max_NMDA_uS",
                                            "gamma_NMDA",
                                            "g_max_GABA_A_uS",
                                            "multiplicative_rho_factor",
                                            "multiplicative_SKE2_factor",
                                            "num_samples_per_ms",
                                            "spike_detection_threshold_mV",
                                            "soma_voltage_cap_mV",
                                            "dend_voltage_cap_mV",
                                            "near_spike_V_diff",
                                            "near_spike_t_diff",
                                            "inst_rate_t_diff",
                                            "inst_rate_smoothing_tau"};
    for (const std::string &name : expected) {
        const ParameterInfo *parameter = findParameter(name);
        QVERIFY2(parameter, name.c_str());
        QCOMPARE(std::string(parameter->name), name);
    }
    QCOMPARE(parameters().size(), expected.size());
    QVERIFY(!findParameter("synapse_type"));
}

void tst_Parameters::roundTrip_data()
{
    QTest::addColumn<const ParameterInfo *>("parameter");
    for (const ParameterInfo &parameter : parameters())
        QTest::newRow(std::string(parameter.name).c_str()) << &parameter;
}

void tst_Parameters::roundTrip()
{
    QFETCH(const ParameterInfo *, parameter);
    const ParameterInfo &p = *parameter;
    QVERIFY(!p.label.empty() && !p.why.empty() && p.why.back() == '.');
    QVERIFY(p.min < p.max && p.step > 0.0);
    const Neuron before = defaultNeuron();
    QVERIFY2(p.get(before) >= p.min && p.get(before) <= p.max, "the default is out of range");

    const double middle = p.integer ? std::floor((p.min + p.max) / 2.0) : (p.min + p.max) / 2.0;
    for (const double value : {p.min, middle, p.max}) {
        Neuron neuron = before;
        VERIFY_OK(setParameter(neuron, p.name, formatNumber(value)));
        QVERIFY(p.get(neuron) == value);
        // It changes what it names and nothing else.
        for (const ParameterInfo &other : parameters()) {
            if (other.name != p.name)
                QVERIFY2(other.get(neuron) == other.get(before), std::string(other.name).c_str());
        }
        VERIFY_OK(setParameter(neuron, p, p.get(before)));
        QCOMPARE(neuron, before);
    }

    const double step = p.integer ? 1.0 : (p.max - p.min) * 1e-9;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double inf = std::numeric_limits<double>::infinity();
    for (const double value : {p.min - step, p.max + step, nan, inf, -inf}) {
        Neuron neuron = before;
        const Status status = setParameter(neuron, p, value);
        VERIFY_ERROR(status, ErrorCode::InvalidValue, std::string(p.name));
        QVERIFY2(test::contains(status.error().message, formatNumber(p.max)),
                 status.error().message.c_str());
        QCOMPARE(status.error().place, std::string(p.name));
        QCOMPARE(neuron, before);
    }
    if (p.integer) {
        Neuron neuron = before;
        VERIFY_ERROR(setParameter(neuron, p, middle + 0.5), ErrorCode::InvalidValue,
                     "whole number");
        QCOMPARE(neuron, before);
    }
}

void tst_Parameters::defaults_data()
{
    QTest::addColumn<double>("value");
    QTest::newRow("num_segments") << 64.0;
    QTest::newRow("soma_L_um") << 25.0;
    QTest::newRow("soma_diam_um") << 25.0;
    QTest::newRow("dend_L_um") << 2048.0;
    QTest::newRow("dend_diam_um") << 1.0;
    QTest::newRow("Ra_ohm_cm") << 150.0;
    QTest::newRow("cm_uF_cm2") << 1.0;
    QTest::newRow("Rm_ohm_cm2") << 20000.0;
    QTest::newRow("epas_mV") << -85.0;
    QTest::newRow("g_max_AMPA_uS") << 0.0004;
    QTest::newRow("g_max_NMDA_uS") << 0.0008;
    QTest::newRow("gamma_NMDA") << 0.08;
    QTest::newRow("g_max_GABA_A_uS") << 0.001;
    QTest::newRow("multiplicative_rho_factor") << 1.0;
    QTest::newRow("multiplicative_SKE2_factor") << 0.0;
    QTest::newRow("num_samples_per_ms") << 40.0;
    QTest::newRow("spike_detection_threshold_mV") << 0.0;
    QTest::newRow("soma_voltage_cap_mV") << -62.0;
    QTest::newRow("dend_voltage_cap_mV") << 0.0;
    QTest::newRow("near_spike_V_diff") << 5.0;
    QTest::newRow("near_spike_t_diff") << 10.0;
    QTest::newRow("inst_rate_t_diff") << 50.0;
    QTest::newRow("inst_rate_smoothing_tau") << 2.0;
}

void tst_Parameters::defaults()
{
    QFETCH(double, value);
    const ParameterInfo *parameter = findParameter(QTest::currentDataTag());
    QVERIFY(parameter);
    QVERIFY(parameter->get(defaultNeuron()) == value);
}

void tst_Parameters::refusedText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a word") << QByteArray("long");
    QTest::newRow("a unit") << QByteArray("512um");
    QTest::newRow("a comma that may mean thousands") << QByteArray("1,024");
    QTest::newRow("two numbers") << QByteArray("5 12");
    QTest::newRow("hexadecimal") << QByteArray("0x10");
    QTest::newRow("not a number") << QByteArray("nan");
    QTest::newRow("endless") << QByteArray("inf");
    QTest::newRow("beyond doubles") << QByteArray("1e999");
}

void tst_Parameters::refusedText()
{
    QFETCH(QByteArray, text);
    Neuron neuron = defaultNeuron();
    VERIFY_ERROR(setParameter(neuron, "dend_L_um", text.toStdString()), ErrorCode::InvalidValue,
                 "dend_L_um");
    QCOMPARE(neuron, defaultNeuron());
}

void tst_Parameters::unknownNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("wrong case") << QByteArray("dend_l_um") << QByteArray("Did you mean dend_L_um?");
    QTest::newRow("a slip") << QByteArray("num_segmnts")
                            << QByteArray("Did you mean num_segments?");
    QTest::newRow("a part left out")
        << QByteArray("g_max_GABA_uS") << QByteArray("Did you mean g_max_GABA_A_uS?");
    QTest::newRow("the type") << QByteArray("synapse_typ")
                              << QByteArray("Did you mean synapse_type?");
    QTest::newRow("nothing like it") << QByteArray("xyzzy-plugh-quux") << QByteArray("neuron show");
    QTest::newRow("nothing") << QByteArray() << QByteArray("neuron show");
}

void tst_Parameters::decimalComma()
{
    for (const char *text : {"51.2", "51,2", " 51.2 "}) {
        Neuron neuron = defaultNeuron();
        VERIFY_OK(setParameter(neuron, "dend_L_um", text));
        QCOMPARE(neuron.dendrites.front().lengthUm, 51.2);
    }
}

void tst_Parameters::unknownNames()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, words);
    Neuron neuron = defaultNeuron();
    VERIFY_ERROR(setParameter(neuron, name.toStdString(), "1"), ErrorCode::NotFound,
                 words.toStdString());
    QCOMPARE(neuron, defaultNeuron());
}

void tst_Parameters::synapseType()
{
    struct Row
    {
        const char *name;
        double ampa;
        double nmda;
        double gamma;
    };
    for (const Row &row : {Row{"AMPA", 4e-4, 0.0, 0.062}, Row{"NMDA_rodent", 4e-4, 4e-4, 0.062},
                           Row{"NMDA_human", 4e-4, 8e-4, 0.08}}) {
        Neuron neuron = defaultNeuron();
        VERIFY_OK(setParameter(neuron, "g_max_AMPA_uS", "0.5"));
        VERIFY_OK(setParameter(neuron, "synapse_type", row.name));
        QVERIFY(findParameter("g_max_AMPA_uS")->get(neuron) == row.ampa);
        QVERIFY(findParameter("g_max_NMDA_uS")->get(neuron) == row.nmda);
        QVERIFY(findParameter("gamma_NMDA")->get(neuron) == row.gamma);
        QCOMPARE(synapseTypeOf(neuron), std::string_view(row.name));
    }
    Neuron neuron = defaultNeuron();
    for (const char *wrong : {"ampa", "NMDA", "", "custom"})
        VERIFY_ERROR(setParameter(neuron, "synapse_type", wrong), ErrorCode::InvalidValue,
                     "NMDA_rodent");
    QCOMPARE(neuron, defaultNeuron());
}

void tst_Parameters::customSynapseType()
{
    for (const char *name : {"g_max_AMPA_uS", "g_max_NMDA_uS", "gamma_NMDA"}) {
        Neuron neuron = defaultNeuron();
        VERIFY_OK(setParameter(neuron, name, "0.0123"));
        QCOMPARE(synapseTypeOf(neuron), std::string_view("custom"));
    }
    // Inhibition is no part of the type.
    Neuron neuron = defaultNeuron();
    VERIFY_OK(setParameter(neuron, "g_max_GABA_A_uS", "0.0123"));
    QCOMPARE(synapseTypeOf(neuron), std::string_view("NMDA_human"));
    neuron.synapseKinds.erase(neuron.synapseKinds.begin());
    QCOMPARE(synapseTypeOf(neuron), std::string_view("custom"));
}

void tst_Parameters::firstKindOfThePolarity()
{
    Neuron neuron = test::treeWithTable(); // two inhibitory kinds
    VERIFY_OK(setParameter(neuron, "g_max_GABA_A_uS", "0.25"));
    QVERIFY(neuron.synapseKinds[0].gMaxUs == 4e-4);
    QVERIFY(neuron.synapseKinds[1].gMaxUs == 0.25);
    QVERIFY(neuron.synapseKinds[2].gMaxUs == 0.002); // somebody's own
}

void tst_Parameters::tree()
{
    Neuron tree = test::smallTree();
    for (const char *name : {"dend_L_um", "dend_diam_um", "num_segments"})
        VERIFY_ERROR(setParameter(tree, name, "8"), ErrorCode::InvalidValue, "tree");
    QCOMPARE(tree, test::smallTree());
    VERIFY_OK(setParameter(tree, "Ra_ohm_cm", "200"));
    QVERIFY(tree.membrane.raOhmCm == 200.0);
}

void tst_Parameters::formatting_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("whole") << 2048.0 << QByteArray("2048");
    QTest::newRow("negative") << -85.0 << QByteArray("-85");
    QTest::newRow("tenth") << 0.1 << QByteArray("0.1");
    QTest::newRow("small") << 0.0004 << QByteArray("4e-04");
    QTest::newRow("third") << 1.0 / 3.0 << QByteArray("0.3333333333333333");
}

void tst_Parameters::formatting()
{
    QFETCH(double, value);
    QFETCH(QByteArray, text);
    QCOMPARE(formatNumber(value), text.toStdString());
    QVERIFY(std::stod(formatNumber(value)) == value);
}

DT_TEST(tst_Parameters, QCoreApplication)
#include "tst_Parameters.moc"
