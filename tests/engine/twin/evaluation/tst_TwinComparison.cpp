// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/TwinComparison.h"

#include "engine/cell/Presets.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>

using namespace dt;

class tst_TwinComparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names();
    void filesOfOneName();
    void neuronsOfOneTitle();
    void figures();
    void unknownFiguresAreEmpty();
    void bars();
    void barsOfOtherTrainings();
    void poorFigures();
    void barsBegin_data();
    void barsBegin();
    void front();
    void settingsThatDiffer();
    void settingsOfOtherNetworks();
};

namespace {

std::shared_ptr<ComparedTwin> twin(const char *preset, double auc,
                                   const char *neuron = "ampa-point")
{
    auto t = std::make_shared<ComparedTwin>();
    t->path = std::string("/data/") + preset + ".twin";
    t->spec = presetTwin(preset, 8).value();
    t->settings = TrainingSettings{};
    t->neuron = presetNeuron(neuron).value();
    t->dataset = DatasetIdentity{};
    t->dataset->path = "/data/sets/ampa.small.h5";
    Evaluation e;
    e.spikes = BinaryScores{};
    e.spikes->auc = auc;
    e.spikes->tprAtFpr = 0.5;
    RegressionScores scores;
    scores.explainedVariancePercent = 92.0;
    e.soma.scores = scores;
    t->predictsInMs = 12.5;
    t->evaluation = e;
    t->history.seconds = 90.0;
    return t;
}

} // namespace

void tst_TwinComparison::names()
{
    const auto c = twin("tcn-c", 0.99);
    QCOMPARE(nameOf(*c), std::string("tcn-c"));
    QCOMPARE(titleOf(*c), std::string("TCN C"));
    QCOMPARE(pointNameOf(*c), std::string("TCN C"));
    QCOMPARE(datasetOf(*c), std::string("ampa.small"));
    QCOMPARE(neuronOf(*c), neuronTitle(*c->neuron));
    std::get<TcnConfig>(c->spec.network).layers = {3};
    QCOMPARE(titleOf(*c), shortName(c->spec));
    QVERIFY(pointNameOf(*c).starts_with("TCN "));
    QVERIFY(pointNameOf(*c).size() < 12);
    c->neuron.reset();
    c->dataset.reset();
    QCOMPARE(neuronOf(*c), std::string("Unknown"));
    QCOMPARE(datasetOf(*c), std::string());
}

void tst_TwinComparison::filesOfOneName()
{
    const auto anna = twin("tcn-a", 0.9);
    const auto ben = twin("tcn-a", 0.8);
    anna->path = "/course/anna/tcn-a.twin";
    ben->path = "/course/ben/tcn-a.twin";
    const ComparedTwins twins = withNames({anna, ben, twin("tcn-b", 0.7)});
    QCOMPARE(nameOf(*twins[0]), std::string("tcn-a (anna)"));
    QCOMPARE(nameOf(*twins[1]), std::string("tcn-a (ben)"));
    QCOMPARE(nameOf(*twins[2]), std::string("tcn-b"));
    // Alone again, the file is enough.
    QCOMPARE(nameOf(*withNames({twins[0]})[0]), std::string("tcn-a"));
}

void tst_TwinComparison::neuronsOfOneTitle()
{
    const auto own = [](double sk, double restMv) {
        auto t = twin("tcn-a", 0.9);
        t->neuron->dendrites.front().lengthUm = 512.0;
        t->neuron->channels.skFactor = sk;
        t->neuron->membrane.restMv = restMv;
        return t;
    };
    auto moved = own(0.5, -80.0);
    moved->neuron->synapses.front().x += 0.01; // no parameter tells
    auto unknown = twin("tcn-a", 0.9);
    unknown->neuron.reset();
    const ComparedTwins twins =
        withNames({own(0.0, -85.0), own(0.5, -85.0), own(0.5, -85.0), twin("tcn-a", 0.9), unknown});
    const std::string title = neuronTitle(*twins[0]->neuron);
    QCOMPARE(neuronTitle(*twins[1]->neuron), title);
    QVERIFY2(neuronOf(*twins[0]).starts_with(title + " (SK"), neuronOf(*twins[0]).c_str());
    QVERIFY2(neuronOf(*twins[1]).ends_with(" 0.5)"), neuronOf(*twins[1]).c_str());
    QCOMPARE(neuronOf(*twins[2]), neuronOf(*twins[1]));
    QCOMPARE(neuronOf(*twins[3]), std::string("AMPA Point"));
    QCOMPARE(neuronOf(*twins[4]), std::string("Unknown"));
    // A bar each.
    const BarTable table = barTable(twins, Figure::SpikesAuc);
    QCOMPARE(table.neurons.size(), std::size_t{4});
    // One parameter is not enough, or none.
    const ComparedTwins more =
        withNames({own(0.0, -85.0), own(0.5, -85.0), own(0.5, -80.0), moved});
    std::vector<std::string> names;
    for (const auto &t : more)
        names.push_back(neuronOf(*t));
    std::sort(names.begin(), names.end());
    QVERIFY(std::adjacent_find(names.begin(), names.end()) == names.end());
    QVERIFY2(neuronOf(*more[3]).ends_with(", 2)"), neuronOf(*more[3]).c_str());
    // Alone again, the title is enough.
    QCOMPARE(neuronOf(*withNames({twins[1]})[0]), title);
}

void tst_TwinComparison::figures()
{
    const auto c = twin("tcn-c", 0.99);
    QCOMPARE(figureOf(*c, Figure::SpikesAuc), std::optional(0.99));
    QCOMPARE(figureOf(*c, Figure::TprAtFpr), std::optional(0.5));
    QCOMPARE(figureOf(*c, Figure::SomaEv), std::optional(92.0));
    QCOMPARE(figureOf(*c, Figure::Parameters), std::optional(189644.0));
    QCOMPARE(figureOf(*c, Figure::ReceptiveField), std::optional(201.0));
    QCOMPARE(figureOf(*c, Figure::MsPerSimulation), std::optional(12.5));
    QCOMPARE(figureOf(*c, Figure::Minutes), std::optional(1.5));
    QCOMPARE(figureOf(*c, Figure::Epochs), std::optional(100.0));
    QVERIFY(*figureOf(*c, Figure::TrainingMemory) > 1.0);
    for (int i = 0; i < FigureCount; ++i) {
        const FigureInfo &info = figureInfo(static_cast<Figure>(i));
        QVERIFY(!info.name.empty() && !info.label.empty() && !info.brief.empty());
        QVERIFY2(info.why.ends_with("."), info.why.data());
    }
}

void tst_TwinComparison::unknownFiguresAreEmpty()
{
    const auto c = twin("elm", 0.99);
    QVERIFY(!figureOf(*c, Figure::NearAuc));
    QVERIFY(!figureOf(*c, Figure::RateEv));
    QVERIFY(!figureOf(*c, Figure::ReceptiveField)); // sees all of the past
    c->evaluation.reset();
    c->settings.reset();
    c->predictsInMs.reset();
    for (const Figure f : {Figure::SpikesAuc, Figure::SomaEv, Figure::MsPerSimulation,
                           Figure::TrainingMemory, Figure::Minutes, Figure::Epochs})
        QVERIFY(!figureOf(*c, f));
    QVERIFY(figureOf(*c, Figure::Parameters));
    c->problem = "It is damaged.";
    QVERIFY(!figureOf(*c, Figure::Parameters));
}

void tst_TwinComparison::bars()
{
    auto unknown = twin("tcn-b", 0.9);
    unknown->evaluation.reset();
    const ComparedTwins twins{twin("elm", 0.97),
                              twin("tcn-e", 0.98),
                              twin("tcn-a", 0.95),
                              twin("tcn-a", 0.97),
                              unknown,
                              twin("tcn-a", 0.8, "nmda-cable")};
    const BarTable table = barTable(twins, Figure::SpikesAuc);
    // As in the menu, not by letters; without a figure there is no group.
    QCOMPARE(table.networks, (std::vector<std::string>{"TCN A", "TCN E", "ELM Neuron"}));
    std::vector<std::string> neurons{neuronOf(*twins[0]), neuronOf(*twins[5])};
    std::sort(neurons.begin(), neurons.end());
    QCOMPARE(table.neurons, neurons);
    const auto ampa = static_cast<std::size_t>(
        std::find(neurons.begin(), neurons.end(), neuronOf(*twins[0])) - neurons.begin());
    QCOMPARE(table.cells[0][ampa].values, (std::vector<double>{0.95, 0.97}));
    QVERIFY(qAbs(*table.cells[0][ampa].mean() - 0.96) < 1e-12);
    QCOMPARE(table.cells[0][1 - ampa].values, std::vector<double>{0.8});
    QVERIFY(!table.cells[1][1 - ampa].mean());
}

void tst_TwinComparison::barsOfOtherTrainings()
{
    auto anna = twin("tcn-a", 0.97);
    anna->path = "/course/student_anna.twin";
    anna->settings->epochs = 60;
    auto repeat = twin("tcn-a", 0.96);
    repeat->settings->seed = 7; // a repeat, with another seed
    // Two groups of one network: each says whose it is.
    const BarTable table = barTable({twin("tcn-a", 0.95), repeat, anna}, Figure::SpikesAuc);
    QCOMPARE(table.networks,
             (std::vector<std::string>{"TCN A\n2 twins of ampa.small", "TCN A\nstudent_anna"}));
    QCOMPARE(table.cells[1][0].values, std::vector<double>{0.97});
    QCOMPARE(barTable({anna}, Figure::SpikesAuc).networks, std::vector<std::string>{"TCN A"});
}

void tst_TwinComparison::poorFigures()
{
    QVERIFY(figureRemark(Figure::DendEv, -224.0).find("always says the mean") != std::string::npos);
    QVERIFY(figureRemark(Figure::SomaEv, 0.0).empty());
    QVERIFY(figureRemark(Figure::SpikesAuc, 0.51).find("guessing") != std::string::npos);
    QVERIFY(figureRemark(Figure::SpikesAuc, 0.97).empty());
    QVERIFY(figureRemark(Figure::Parameters, -1.0).empty());
}

void tst_TwinComparison::barsBegin_data()
{
    QTest::addColumn<bool>("percent");
    QTest::addColumn<std::vector<double>>("values");
    QTest::addColumn<double>("base");
    QTest::newRow("nothing") << false << std::vector<double>{} << 0.9;
    QTest::newRow("excellent") << false << std::vector<double>{0.9995, 0.998} << 0.99;
    QTest::newRow("good") << false << std::vector<double>{0.999, 0.9755} << 0.95;
    QTest::newRow("one poor") << false << std::vector<double>{0.999, 0.7} << 0.5;
    QTest::newRow("guessing") << false << std::vector<double>{0.999, 0.5} << 0.0;
    QTest::newRow("percent") << true << std::vector<double>{94.0, 86.0} << 80.0;
    QTest::newRow("worse than the mean") << true << std::vector<double>{94.0, -20.0} << 0.0;
}

void tst_TwinComparison::barsBegin()
{
    QFETCH(bool, percent);
    QFETCH(std::vector<double>, values);
    QFETCH(double, base);
    QCOMPARE(barBase(percent ? Figure::SomaEv : Figure::SpikesAuc, values), base);
}

void tst_TwinComparison::front()
{
    // 2 is beaten by 0, 4 by 3; 5 costs as much as 1 for less.
    const std::vector<PricedPoint> points{{10, 0.9},  {20, 0.95}, {15, 0.85},
                                          {40, 0.99}, {80, 0.98}, {20, 0.94}};
    QCOMPARE(paretoFront(points), (std::vector<std::size_t>{0, 1, 3}));
    QVERIFY(paretoFront({}).empty());
    const std::vector<PricedPoint> same{{1, 0.5}, {1, 0.5}};
    QCOMPARE(paretoFront(same).size(), std::size_t{1});
}

void tst_TwinComparison::settingsThatDiffer()
{
    auto a = twin("tcn-a", 0.9);
    auto b = twin("tcn-a", 0.9);
    b->settings->seed = 7;
    b->neuron->dendrites[0].lengthUm = 999.0;
    const std::vector<SettingRow> rows = settingRows({a, b});
    std::vector<std::string> differing;
    for (const SettingRow &row : rows) {
        QCOMPARE(row.values.size(), std::size_t{2});
        if (row.differ)
            differing.push_back(row.name);
    }
    QVERIFY(std::find(differing.begin(), differing.end(), "Seed of training") != differing.end());
    QVERIFY(std::find(differing.begin(), differing.end(), "Dendrite: Length [um]")
            != differing.end());
    // The neuron's title tells of its length, too.
    QVERIFY(differing.size() <= 3);
    QVERIFY(rows.size() > 40);
    // Every name once.
    std::vector<std::string> names;
    for (const SettingRow &row : rows)
        names.push_back(row.name);
    std::sort(names.begin(), names.end());
    QVERIFY(std::adjacent_find(names.begin(), names.end()) == names.end());
}

void tst_TwinComparison::settingsOfOtherNetworks()
{
    const std::vector<SettingRow> rows =
        settingRows({twin("tcn-a", 0.9), twin("elm", 0.9), twin("transformer", 0.9)});
    const auto row = [&](const std::string &name) {
        return *std::find_if(rows.begin(), rows.end(),
                             [&](const SettingRow &r) { return r.name == name; });
    };
    QCOMPARE(row("Memory units").values, (std::vector<std::string>{"–", "64", "–"}));
    QCOMPARE(row("Architecture").values, (std::vector<std::string>{"TCN", "ELM", "Transformer"}));
    QCOMPARE(row("Receptive field [ms]").values,
             (std::vector<std::string>{"181", "all of the past", "236"}));
    QVERIFY(!row("Epochs").differ);
}

DT_TEST(tst_TwinComparison, QCoreApplication)
#include "tst_TwinComparison.moc"
