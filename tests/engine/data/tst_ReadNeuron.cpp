// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Parameters.h"
#include "engine/data/RecordingFile.h"
#include "engine/json/NeuronJson.h"
#include "tests/support/H5File.h"
#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <functional>

using namespace dt;

namespace {

Neuron changed(const char *preset, std::initializer_list<std::pair<const char *, const char *>> set)
{
    Neuron neuron = presetNeuron(preset).value();
    for (const auto &[name, value] : set) {
        if (!setParameter(neuron, name, value))
            qFatal("%s", name);
    }
    return neuron;
}

} // namespace

class tst_ReadNeuron : public QObject
{
    Q_OBJECT

    using Build = std::function<void(test::H5File &)>;

private Q_SLOTS:
    void init();
    void golden_data();
    void golden();
    void fromJson_data();
    void fromJson();
    void fromScalars_data();
    void fromScalars();
    void refused_data();
    void refused();

private:
    std::unique_ptr<test::TestFolder> m_folder;
    std::string m_path;
};

void tst_ReadNeuron::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    m_path = m_folder->file("a.h5");
}

void tst_ReadNeuron::golden_data()
{
    // Files made by another program: scalars only.
    QTest::addColumn<Neuron>("expected");
    QTest::newRow("nmda_cable.h5") << changed("nmda-cable", {});
    QTest::newRow("ampa_point.h5") << changed("ampa-point", {});
    QTest::newRow("sweep_64seg.h5") << changed("nmda-cable-64", {});
    QTest::newRow("nmda_rodent_slow_ahp.h5") << changed("nmda-cable",
                                                        {{"dend_L_um", "512"},
                                                         {"dend_diam_um", "2"},
                                                         {"synapse_type", "NMDA_rodent"},
                                                         {"multiplicative_SKE2_factor", "1"}});
}

void tst_ReadNeuron::golden()
{
    QFETCH(Neuron, expected);
    const Result<Neuron> neuron =
        readNeuronOf(test::dataPath(std::string("neuron/") + QTest::currentDataTag()));
    VERIFY_OK(neuron);
    QCOMPARE(*neuron, expected);
}

void tst_ReadNeuron::fromJson_data()
{
    QTest::addColumn<Neuron>("expected");
    QTest::addColumn<bool>("fixedLength");
    QTest::newRow("stick") << changed("ampa-point", {{"Ra_ohm_cm", "99.5"}}) << false;
    QTest::newRow("tree") << test::treeWithTable() << false;
    QTest::newRow("text of fixed length") << test::smallTree() << true;
}

void tst_ReadNeuron::fromJson()
{
    QFETCH(Neuron, expected);
    QFETCH(bool, fixedLength);
    {
        test::H5File file(m_path);
        file.text("neuron", neuronText(expected), fixedLength);
        file.number("dend_L_um", 1.0); // the whole neuron counts, not the scalars beside it
        file.number("num_segments", 3.0);
        file.number("dend_diam_um", 1.0);
    }
    const Result<Neuron> neuron = readNeuronOf(m_path);
    VERIFY_OK(neuron);
    QCOMPARE(*neuron, expected);
}

void tst_ReadNeuron::fromScalars_data()
{
    QTest::addColumn<Neuron>("expected");
    QTest::addColumn<Build>("build");
    const auto needed = [](test::H5File &f) {
        f.number("num_segments", H5T_STD_I64LE, {8});
        f.number("dend_L_um", 300.0);
        f.number("dend_diam_um", H5T_IEEE_F32LE, {2.0});
    };
    QTest::newRow("the least") << changed("nmda-cable",
                                          {{"dend_L_um", "300"}, {"dend_diam_um", "2"}})
                               << Build(needed);
    QTest::newRow("a type") << changed("ampa-point", {{"dend_L_um", "300"}, {"dend_diam_um", "2"}})
                            << Build([=](test::H5File &f) {
                                   needed(f);
                                   f.text("synapse_type", "AMPA", true);
                               });
    QTest::newRow("custom") << changed(
        "nmda-cable", {{"dend_L_um", "300"}, {"dend_diam_um", "2"}, {"g_max_NMDA_uS", "0.001"}})
                            << Build([=](test::H5File &f) {
                                   needed(f);
                                   f.text("synapse_type", "custom");
                                   f.number("g_max_NMDA_uS", 0.001);
                               });
    // Numbers are more exact than a name.
    QTest::newRow("conductance besides the type") << changed(
        "ampa-point", {{"dend_L_um", "300"}, {"dend_diam_um", "2"}, {"g_max_AMPA_uS", "0.002"}})
                                                  << Build([=](test::H5File &f) {
                                                         needed(f);
                                                         f.number("g_max_AMPA_uS", 0.002);
                                                         f.text("synapse_type", "AMPA");
                                                     });
    // Every one of them is honoured.
    Neuron all = changed("nmda-cable", {{"dend_L_um", "300"}, {"dend_diam_um", "2"}});
    std::vector<std::pair<std::string, double>> values;
    for (const ParameterInfo &parameter : parameters()) {
        if (parameter.stickOnly)
            continue;
        const double value =
            parameter.integer ? parameter.get(all) + 1.0 : parameter.get(all) * 1.01 + 0.01;
        values.emplace_back(parameter.name, value);
        parameter.set(all, value);
    }
    QTest::newRow("all") << all << Build([=](test::H5File &f) {
        needed(f);
        for (const auto &[name, value] : values)
            f.number(name.c_str(), value);
    });
}

void tst_ReadNeuron::fromScalars()
{
    QFETCH(Neuron, expected);
    QFETCH(Build, build);
    {
        test::H5File file(m_path);
        build(file);
    }
    const Result<Neuron> neuron = readNeuronOf(m_path);
    VERIFY_OK(neuron);
    QCOMPARE(*neuron, expected);
}

void tst_ReadNeuron::refused_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<Build>("build");
    const auto row = [](const char *name, const char *words, ErrorCode code, const Build &build) {
        QTest::newRow(name) << QByteArray(words) << int(code) << build;
    };
    const auto needed = [](test::H5File &f, double segments = 8.0) {
        f.number("num_segments", segments);
        f.number("dend_L_um", 300.0);
        f.number("dend_diam_um", 2.0);
    };
    row("nothing", "which neuron", ErrorCode::Format, [](test::H5File &) {});
    row("half of the geometry", "no 'dend_diam_um'", ErrorCode::Format, [](test::H5File &f) {
        f.number("num_segments", 8.0);
        f.number("dend_L_um", 300.0);
    });
    row("fraction of a segment", "whole number", ErrorCode::InvalidValue,
        [=](test::H5File &f) { needed(f, 2.5); });
    row("no segments", "num_segments", ErrorCode::InvalidValue,
        [=](test::H5File &f) { needed(f, 0.0); });
    row("not a number", "Ra_ohm_cm", ErrorCode::InvalidValue, [=](test::H5File &f) {
        needed(f);
        f.number("Ra_ohm_cm", std::numeric_limits<double>::quiet_NaN());
    });
    row("text for a number", "'Ra_ohm_cm' is not a number", ErrorCode::Format,
        [=](test::H5File &f) {
            needed(f);
            f.text("Ra_ohm_cm", "150");
        });
    row("several numbers", "'Ra_ohm_cm' is not a number", ErrorCode::Format, [=](test::H5File &f) {
        needed(f);
        f.number("Ra_ohm_cm", H5T_IEEE_F64LE, {150.0, 160.0});
    });
    row("unknown type", "synapse_type", ErrorCode::InvalidValue, [=](test::H5File &f) {
        needed(f);
        f.text("synapse_type", "kainate");
    });
    row("type is a number", "'synapse_type' is not text", ErrorCode::Format, [=](test::H5File &f) {
        needed(f);
        f.number("synapse_type", 3.0);
    });
    row("neuron is a number", "'neuron' is not text", ErrorCode::Format,
        [](test::H5File &f) { f.number("neuron", 3.0); });
    row("neuron is no JSON", "is damaged at line 1", ErrorCode::Format,
        [](test::H5File &f) { f.text("neuron", "nmda-cable"); });
    row("neuron cut short", "ends too early", ErrorCode::Format, [](test::H5File &f) {
        f.text("neuron", neuronText(defaultNeuron()).substr(0, 200), true);
    });
    row("absurd neuron", "diameter of 0 um", ErrorCode::InvalidValue,
        [](test::H5File &f) { f.text("neuron", R"({"dendrites": [{"diam_um": 0}]})"); });
    row("newer", "newer DendroTwin", ErrorCode::Version, [](test::H5File &f) {
        f.text("format", "dendrotwin-dataset");
        f.number("format_version", H5T_STD_I64LE, {2});
        f.text("neuron", neuronText(defaultNeuron()));
    });
}

void tst_ReadNeuron::refused()
{
    QFETCH(QByteArray, words);
    QFETCH(int, code);
    QFETCH(Build, build);
    {
        test::H5File file(m_path);
        build(file);
    }
    const Result<Neuron> neuron = readNeuronOf(m_path);
    VERIFY_ERROR(neuron, ErrorCode(code), words.toStdString());
    QVERIFY2(test::contains(neuron.error().message, m_path), neuron.error().message.c_str());
}

DT_TEST(tst_ReadNeuron, QCoreApplication)
#include "tst_ReadNeuron.moc"
