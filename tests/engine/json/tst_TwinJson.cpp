// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/TwinJson.h"
#include "tests/support/Paths.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace dt;

class tst_TwinJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip_data();
    void roundTrip();
    void references_data();
    void references();
    void legacyKeys();
    void nullWhereItDoesNotApply_data();
    void nullWhereItDoesNotApply();
    void refusals_data();
    void refusals();
};

void tst_TwinJson::roundTrip_data()
{
    QTest::addColumn<int>("variant");
    for (const TwinPreset &preset : twinPresets()) {
        QTest::addRow("%s", std::string(preset.name).c_str()) << 0;
        QTest::addRow("%s changed", std::string(preset.name).c_str()) << 1;
    }
}

void tst_TwinJson::roundTrip()
{
    QFETCH(int, variant);
    const std::string name = QByteArray(QTest::currentDataTag()).split(' ')[0].toStdString();
    TwinSpec spec = *presetTwin(name, 5);
    if (variant == 1) {
        spec.dendHeads = 3;
        spec.scaling.somaBiasMv = -70.25;
        if (auto *c = std::get_if<TcnConfig>(&spec.network))
            *c = {7,   {2, 1},         {6, 10}, {5, 3}, {1, 3}, ActivationKind::TwoSidedLeakySilu,
                  0.1, NormType::Layer};
        if (auto *c = std::get_if<ElmConfig>(&spec.network)) {
            c->hiddenWidth = 20;
            c->preNorm = NormType::None;
            c->learnMemoryTau = false;
        }
        if (auto *c = std::get_if<TransformerConfig>(&spec.network)) {
            c->feedForward = FeedForward::Gelu;
            c->feedForwardWidth = 0;
            c->attention = AttentionForm::Full;
            c->norm = NormType::Layer;
            c->dropout = 0.25;
        }
    }
    const Result<TwinSpec> back = twinFromText(twinText(spec), "spec.json");
    VERIFY_OK(back);
    QVERIFY(*back == spec);
    QCOMPARE(twinText(*back), twinText(spec));
}

void tst_TwinJson::references_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QString::fromStdString(test::dataPath("twins")));
    for (const QString &file : folder.entryList({QStringLiteral("*.json")})) {
        if (file != QStringLiteral("full_default.json"))
            QTest::newRow(qPrintable(file)) << folder.filePath(file);
    }
}

/// What the reference wrote is written back, key by key, but for keys that do nothing.
void tst_TwinJson::references()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Json theirs = *parseJson(file.readAll().toStdString(), "json");
    const Result<TwinSpec> spec = twinFromJson(theirs, "json");
    VERIFY_OK(spec);
    const Json ours = toJson(*spec);
    QVERIFY(ours["arch"] == theirs["arch"]);
    for (const auto &[key, value] : theirs["config"].items()) {
        if (key == "compile_recurrent_step" || key == "bottleneck_dim_per_block_list")
            continue;
        QVERIFY2(ours["config"].contains(key), key.c_str());
        QVERIFY2(ours["config"][key] == value, key.c_str());
    }
    for (const auto &[key, value] : ours["config"].items())
        QVERIFY2(theirs["config"].contains(key), key.c_str());
}

void tst_TwinJson::legacyKeys()
{
    const char *text = R"({"arch": "ELM", "config": {"in_spatial_dim": 3, "memory_dim": 4,
        "mlp_hidden_dim": null, "compile_recurrent_step": true, "metadata": {"a": 1},
        "head_spatial_kernel_sizes": [1], "mlp_pre_norm_type": null}, "n_params": 5})";
    const Result<TwinSpec> spec = twinFromText(text, "spec.json");
    VERIFY_OK(spec);
    QCOMPARE(spec->segments, 3);
    QCOMPARE(spec->dendHeads, 3);
    const auto &elm = std::get<ElmConfig>(spec->network);
    QCOMPARE(elm.memory, 4);
    QCOMPARE(elm.resolvedHiddenWidth(), 8);
    QVERIFY(elm.preNorm == NormType::None);
    QCOMPARE(elm.lambda, 2.0); // missing keys keep their defaults
}

/// Options of the reference that do not apply may be null, in every architecture.
void tst_TwinJson::nullWhereItDoesNotApply_data()
{
    QTest::addColumn<QString>("arch");
    QTest::addColumn<QString>("changes"); // of the reference's config
    QTest::addColumn<QString>("refused"); // key that applies nevertheless; empty: none
    const auto row = [](const char *name, const char *arch, const char *changes,
                        const char *refused = "") {
        QTest::newRow(name) << arch << changes << refused;
    };
    row("full attention", "transformer", R"({"SWA_type": "full", "SWA_block_size": null})");
    row("default width", "transformer", R"({"ffn_hidden_dim": null})");
    row("no dropout", "transformer", R"({"dropout_rate": null})");
    row("first without slope", "transformer",
        R"({"first_nonlinearity_str": "gelu", "first_leaky_slope": null})");
    row("first is linear", "transformer",
        R"({"first_nonlinearity_str": null, "first_leaky_slope": null})");
    row("what does nothing", "transformer",
        R"({"use_complex_number_rope": null, "head_convert_out_ch_to_sp": null,
            "head_spatial_kernel_sizes": null, "metadata": null, "model_type": null})");
    row("TCN without slope", "tcn", R"({"nonlinearity_str": "relu", "leaky_slope": null})");
    row("TCN that is linear", "tcn", R"({"nonlinearity_str": null, "leaky_slope": null})");
    row("TCN without dilation", "tcn", R"({"temporal_dilation_per_block_list": null,
        "bottleneck_dim_per_block_list": null, "head_out_channels": null})");
    row("ResNet without slope", "resnettcn",
        R"({"nonlinearity_str": "silu", "leaky_slope": null})");
    row("ResNet without dilation", "resnettcn", R"({"temporal_dilation_per_block_list": null})");
    row("ELM without slopes", "elm",
        R"({"mlp_nonlinearity_str": "relu", "mlp_leaky_slope": null,
            "post_mlp_nonlinearity_str": "tanh", "post_mlp_leaky_slope": null})");
    row("ELM without norm", "elm", R"({"mlp_pre_norm_type": null, "mlp_hidden_dim": null})");
    row("ELM without hidden layers", "elm",
        R"({"mlp_num_hidden_layers": 0, "mlp_leaky_slope": null, "mlp_hidden_dim": null,
            "compile_recurrent_step": null})");

    row("blocked attention", "transformer", R"({"SWA_block_size": null})", "SWA_block_size");
    row("width", "transformer", R"({"d_model": null})", "d_model");
    row("slope", "tcn", R"({"leaky_slope": null})", "leaky_slope");
    row("ResNet's slope", "resnettcn", R"({"leaky_slope": null})", "leaky_slope");
    row("ELM's slope", "elm", R"({"mlp_leaky_slope": null})", "mlp_leaky_slope");
    row("ELM's last slope", "elm", R"({"post_mlp_leaky_slope": null})", "post_mlp_leaky_slope");
    row("first slope", "transformer", R"({"first_leaky_slope": null})", "first_leaky_slope");
    row("layers", "tcn", R"({"num_layers_per_block_list": null})", "num_layers_per_block_list");
}

void tst_TwinJson::nullWhereItDoesNotApply()
{
    QFETCH(QString, arch);
    QFETCH(QString, changes);
    QFETCH(QString, refused);
    QFile file(QString::fromStdString(test::dataPath("twins/")) + arch + QStringLiteral(".json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    Json theirs = *parseJson(file.readAll().toStdString(), "json");
    theirs["config"].update(*parseJson(changes.toStdString(), "changes"));
    const Result<TwinSpec> spec = twinFromText(theirs.dump(), "spec.json");
    if (!refused.isEmpty()) {
        QVERIFY(!spec);
        QVERIFY2(test::isSentence(spec.error().message)
                     && test::contains(spec.error().message, "'" + refused.toStdString() + "'"),
                 spec.error().message.c_str());
        return;
    }
    VERIFY_OK(spec);
    // What it becomes is a spec like any other.
    const Result<TwinSpec> again = twinFromText(twinText(*spec), "again");
    VERIFY_OK(again);
    QVERIFY(*again == *spec);
}

void tst_TwinJson::refusals_data()
{
    QTest::addColumn<QString>("part"); // of the sentence
    const auto row = [](const char *text, const char *part) {
        QTest::newRow(text) << QString::fromLatin1(part);
    };
    row("", "spec.json");
    row("[]", "not an object");
    row("{}", "arch");
    row(R"({"arch": 5, "config": {}})", "arch");
    row(R"({"arch": "LSTM", "config": {}})", "LSTM");
    row(R"({"arch": "TCN"})", "config");
    row(R"({"arch": "TCN", "config": 1})", "config");
    row(R"({"arch": "TCN", "config": {"leaky_slop": 0.1}})", "leaky_slop");
    row(R"({"arch": "TCN", "config": {"d_model": 8}})", "d_model");
    row(R"({"arch": "TCN", "config": {"leaky_slope": "a"}})", "leaky_slope");
    row(R"({"arch": "TCN", "config": {"norm_type": "L2"}})", "L2");
    row(R"({"arch": "TCN", "config": {"nonlinearity_str": "gelo"}})", "gelo");
    row(R"({"arch": "TCN", "config": {"num_features_per_block_list": [1.5]}})",
        "num_features_per_block_list");
    row(R"({"arch": "TCN", "config": {"num_features_per_block_list": 48}})",
        "num_features_per_block_list");
    row(R"({"arch": "TCN", "config": {"num_features_per_block_list": [1e300]}})",
        "num_features_per_block_list");
    row(R"({"arch": "TCN", "config": {"in_channels": 3}})", "in_channels");
    row(R"({"arch": "TCN", "config": {"in_spatial_dim": -1}})", "in_spatial_dim");
    row(R"({"arch": "TCN", "config": {"head_out_channels": [1, 1, 8]}})", "head_out_channels");
    row(R"({"arch": "TCN", "config": {"head_prefix_names": ["spikes"]}})", "head_prefix_names");
    row(R"({"arch": "Transformer", "config": {"ffn_type": "relu"}})", "ffn_type");
    row(R"({"arch": "Transformer", "config": {"SWA_type": "global"}})", "SWA_type");
    row(R"({"arch": "Transformer", "config": {"n_heads": 5}})", "n_heads");
    row(R"({"arch": "ELM", "config": {"memory_dim": 1e12}})", "memory_dim");
}

void tst_TwinJson::refusals()
{
    QFETCH(QString, part);
    const Result<TwinSpec> spec = twinFromText(QTest::currentDataTag(), "spec.json");
    QVERIFY(!spec);
    QVERIFY2(test::isSentence(spec.error().message), spec.error().message.c_str());
    QVERIFY2(test::contains(spec.error().message, part.toStdString()),
             spec.error().message.c_str());
    QVERIFY(test::contains(spec.error().message, "spec.json"));
}

DT_TEST(tst_TwinJson, QCoreApplication)
#include "tst_TwinJson.moc"
