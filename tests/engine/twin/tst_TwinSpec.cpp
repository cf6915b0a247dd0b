// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/TwinSpec.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <functional>

using namespace dt;

class tst_TwinSpec : public QObject
{
    Q_OBJECT

    using Change = std::function<void(TwinSpec &)>;

private Q_SLOTS:
    void presets_data();
    void presets();
    void unknownPreset();
    void receptiveFields_data();
    void receptiveFields();
    void counts();
    void refusals_data();
    void refusals();
    void architectureNames();
    void memoryLogits();
    void windows();
};

void tst_TwinSpec::presets_data()
{
    // Numbers of the reference; the Transformer's field is 236 where it says 235.
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("parameters");
    QTest::addColumn<int>("trainable");
    QTest::addColumn<int>("fieldMs");
    const auto row = [](const char *preset, const char *name, int parameters, int fieldMs,
                        int frozen = 0) {
        QTest::newRow(preset) << QString::fromLatin1(name) << parameters << parameters - frozen
                              << fieldMs;
    };
    row("tcn-a", "TCN_D_2_W_8_T_181_params_18K", 17612, 181);
    row("tcn-b", "TCN_D_3_W_16_T_181_params_47K", 47148, 181);
    row("tcn-c", "TCN_D_5_W_32_T_201_params_190K", 189644, 201);
    row("tcn-d", "TCN_D_8_W_64_T_241_params_922K", 922380, 241);
    row("tcn-e", "TCN_D_8_W_64_T_81_params_328K", 328460, 81);
    row("tcn", "TCN_D_5_W_32_T_201_params_190K", 189644, 201);
    row("tcn-large", "TCN_D_5_W_48_T_251_params_510K", 510252, 251);
    row("resnet-tcn", "TCN_ResNet_D_31_W_48_T_249_params_668K", 667836, 249);
    row("elm", "ELM_D_1_M_64_params_20K", 19580, 0, 16);
    row("transformer", "Transformer_D_5_W_48_H_6_T_236_params_152K", 151740, 236);
}

void tst_TwinSpec::presets()
{
    QFETCH(QString, name);
    QFETCH(int, parameters);
    QFETCH(int, trainable);
    QFETCH(int, fieldMs);
    const Result<TwinSpec> spec = presetTwin(QTest::currentDataTag());
    VERIFY_OK(spec);
    QCOMPARE(spec->dendHeads, 8);
    QCOMPARE(QString::fromStdString(shortName(*spec)), name);
    QCOMPARE(parameterCount(*spec).total, parameters);
    QCOMPARE(parameterCount(*spec).trainable, trainable);
    QCOMPARE(receptiveFieldMs(*spec), fieldMs);
    const Result<TwinSpec> wide = presetTwin(QTest::currentDataTag(), 64);
    VERIFY_OK(wide);
    QCOMPARE(wide->segments, 64);
    QCOMPARE(wide->dendHeads, 64);
    QVERIFY(parameterCount(*wide).total > parameters);
    QCOMPARE(receptiveFieldMs(*wide), fieldMs);
    int listed = 0;
    for (const TwinPreset &preset : twinPresets()) {
        listed += preset.name == QTest::currentDataTag() ? 1 : 0;
        QVERIFY(!preset.title.empty());
        QVERIFY(test::isSentence(std::string(preset.description)));
    }
    QCOMPARE(listed, 1);
    QCOMPARE(twinPresets().size(), 10U);
}

void tst_TwinSpec::unknownPreset()
{
    VERIFY_ERROR(presetTwin("tcn-z"), ErrorCode::NotFound, "tcn-large");
    VERIFY_ERROR(presetTwin("elm", 0), ErrorCode::InvalidValue, "in_spatial_dim");
}

void tst_TwinSpec::receptiveFields_data()
{
    // Where the reference's formula is wrong: dilations.
    QTest::addColumn<int>("fieldMs");
    QTest::newRow("TCN") << 39;
    QTest::newRow("ResNetTCN") << 33;
}

void tst_TwinSpec::receptiveFields()
{
    QFETCH(int, fieldMs);
    TwinSpec spec;
    if (QByteArray(QTest::currentDataTag()) == "TCN") {
        TcnConfig c;
        c.firstKernel = 7;
        c.kernels = {5};
        c.dilations = {2};
        spec.network = c;
    } else {
        ResNetTcnConfig c;
        c.miniBlocks = {3};
        c.kernels = {3};
        c.dilations = {2};
        spec.network = c;
    }
    VERIFY_OK(validateTwin(spec));
    QCOMPARE(receptiveFieldMs(spec), fieldMs);
}

void tst_TwinSpec::counts()
{
    // The published networks of other neurons (spec of training, section 28).
    TwinSpec spec = *presetTwin("tcn-c", 8);
    spec.network = TcnConfig{};
    QCOMPARE(parameterCount(spec).total, 510252);
    TwinSpec large = spec;
    std::get<TcnConfig>(large.network).widths = {400};
    QVERIFY(parameterCount(large).total > 10'000'000);
    QVERIFY(QString::fromStdString(shortName(large)).endsWith(QLatin1Char('M')));
}

void tst_TwinSpec::refusals_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *field, const char *preset, const char *what,
                        const Change &change) {
        QTest::addRow("%s %s", field, what) << QString::fromLatin1(preset) << change;
    };
    const auto tcn = [](const std::function<void(TcnConfig &)> &f) {
        return Change([f](TwinSpec &s) { f(std::get<TcnConfig>(s.network)); });
    };
    const auto elm = [](const std::function<void(ElmConfig &)> &f) {
        return Change([f](TwinSpec &s) { f(std::get<ElmConfig>(s.network)); });
    };
    const auto transformer = [](const std::function<void(TransformerConfig &)> &f) {
        return Change([f](TwinSpec &s) { f(std::get<TransformerConfig>(s.network)); });
    };
    const double nan = std::nan("");
    row("in_spatial_dim", "tcn", "zero", [](TwinSpec &s) { s.segments = 0; });
    row("head_out_channels", "tcn", "negative", [](TwinSpec &s) { s.dendHeads = -1; });
    row("X_scale", "tcn", "zero", [](TwinSpec &s) { s.scaling.inputScale = 0.0; });
    row("V_scale_soma", "tcn", "nan", [nan](TwinSpec &s) { s.scaling.somaScaleMv = nan; });
    row("V_clip_dend_max", "tcn", "below", [](TwinSpec &s) { s.scaling.dendClipMaxMv = -200; });
    row("first_layer_temporal_kernel_size", "tcn", "zero",
        tcn([](TcnConfig &c) { c.firstKernel = 0; }));
    row("num_layers_per_block_list", "tcn", "empty", tcn([](TcnConfig &c) { c.layers = {}; }));
    row("num_layers_per_block_list", "tcn", "many", tcn([](TcnConfig &c) { c.layers = {1000}; }));
    row("num_features_per_block_list", "tcn", "uneven", tcn([](TcnConfig &c) {
            c.layers = {2, 2};
        }));
    row("num_features_per_block_list", "tcn", "negative",
        tcn([](TcnConfig &c) { c.widths = {-4}; }));
    row("temporal_kernel_size_per_block_list", "tcn", "huge",
        tcn([](TcnConfig &c) { c.kernels = {1 << 30}; }));
    row("temporal_dilation_per_block_list", "tcn", "zero",
        tcn([](TcnConfig &c) { c.dilations = {0}; }));
    row("leaky_slope", "tcn", "nan", tcn([nan](TcnConfig &c) { c.slope = nan; }));
    row("norm_type", "tcn", "none", tcn([](TcnConfig &c) { c.norm = NormType::None; }));
    row("config", "tcn", "too large", tcn([](TcnConfig &c) {
            c.widths = {8192};
            c.kernels = {4096};
        }));
    row("config", "tcn", "too long", tcn([](TcnConfig &c) {
            c.layers = {100};
            c.dilations = {4096};
        }));
    // More ms than an int holds.
    row("config", "tcn", "overflow", tcn([](TcnConfig &c) {
            c.layers = {256};
            c.widths = {1};
            c.kernels = {4096};
            c.dilations = {4096};
        }));
    row("memory_dim", "elm", "zero", elm([](ElmConfig &c) { c.memory = 0; }));
    row("mlp_hidden_dim", "elm", "negative", elm([](ElmConfig &c) { c.hiddenWidth = -3; }));
    row("mlp_num_hidden_layers", "elm", "many", elm([](ElmConfig &c) { c.hiddenLayers = 99; }));
    row("memory_tau_max", "elm", "crossed", elm([](ElmConfig &c) { c.memoryTauMaxMs = 1.0; }));
    row("memory_tau_min", "elm", "zero", elm([](ElmConfig &c) { c.memoryTauMinMs = 0.0; }));
    row("delta_t", "elm", "negative", elm([](ElmConfig &c) { c.deltaTMs = -1.0; }));
    row("n_heads", "transformer", "uneven", transformer([](TransformerConfig &c) { c.heads = 7; }));
    row("n_heads", "transformer", "odd width",
        transformer([](TransformerConfig &c) { c.heads = 16; }));
    row("window_size", "transformer", "zero",
        transformer([](TransformerConfig &c) { c.windowMs = 0; }));
    row("dropout_rate", "transformer", "one",
        transformer([](TransformerConfig &c) { c.dropout = 1.0; }));
    row("norm_type", "transformer", "batch",
        transformer([](TransformerConfig &c) { c.norm = NormType::Batch; }));
}

void tst_TwinSpec::refusals()
{
    QFETCH(QString, preset);
    QFETCH(Change, change);
    TwinSpec spec = *presetTwin(preset.toStdString());
    VERIFY_OK(validateTwin(spec));
    change(spec);
    const std::string field = QByteArray(QTest::currentDataTag()).split(' ')[0].toStdString();
    const Status status = validateTwin(spec);
    VERIFY_ERROR(status, ErrorCode::InvalidValue, field == "config" ? "twin" : field);
    QCOMPARE(status.error().place, field);
}

void tst_TwinSpec::architectureNames()
{
    for (const Architecture a :
         {Architecture::Tcn, Architecture::ResNetTcn, Architecture::Elm, Architecture::Transformer})
        QCOMPARE(*architectureFromName(architectureName(a)), a);
    QCOMPARE(*architectureFromName("resnettcn"), Architecture::ResNetTcn);
    VERIFY_ERROR(architectureFromName("LSTM"), ErrorCode::NotFound, "Transformer");
    VERIFY_ERROR(architectureFromName("TC"), ErrorCode::NotFound, "TC");
}

void tst_TwinSpec::memoryLogits()
{
    // The reference's float32 is infinite at the upper end for some of these.
    for (const double maximum : {40.0, 48.0, 128.0, 300.0, 1000.0}) {
        ElmConfig c;
        c.memoryTauMaxMs = maximum;
        const std::vector<double> logits = initialMemoryLogits(c);
        QCOMPARE(logits.size(), 64U);
        double before = 0.0;
        for (const double rho : logits) {
            QVERIFY(std::isfinite(rho) && std::abs(rho) < 25.0);
            const double tau =
                c.memoryTauMinMs + (c.memoryTauMaxMs - c.memoryTauMinMs) / (1.0 + std::exp(-rho));
            QVERIFY(tau > before);
            before = tau;
        }
        QVERIFY(std::abs(before - maximum) < 1e-5);
    }
}

void tst_TwinSpec::windows()
{
    QCOMPARE(defaultWindows(Architecture::Tcn).trainMs, 2048);
    QCOMPARE(defaultWindows(Architecture::ResNetTcn).validMs, 4096);
    QCOMPARE(defaultWindows(Architecture::Elm).trainMs, 1024);
    QCOMPARE(defaultWindows(Architecture::Transformer).trainMs, 1280);
    QCOMPARE(defaultWindows(Architecture::Transformer).testMs, 8128);
    QCOMPARE(defaultWindows(Architecture::Elm).trainBatch, 16);
}

DT_TEST(tst_TwinSpec, QCoreApplication)
#include "tst_TwinSpec.moc"
