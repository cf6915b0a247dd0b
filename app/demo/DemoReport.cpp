// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/DemoReport.h"

#include "app/report/TwinReport.h"
#include "engine/base/Version.h"
#include "widgets/twin/EvaluationPlots.h"
#include "widgets/twin/LearningCurves.h"
#include "widgets/twin/TwinView.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QPixmap>

#include <algorithm>
#include <map>

namespace dt {

namespace {

constexpr QSize ComparisonSize(1240, 900);
constexpr QSize EvaluationSize(1240, 620);
constexpr QSize LearningSize(1240, 560);
constexpr int PictureMargin = 12;
constexpr int CloseMs = 600;

/// Published test figures of the neuron's twin with 189,644 parameters, trained on 3,068
/// simulations (training specification, section 26.3).
struct Published
{
    double spikesAuc = 0.99904;
    double spikesTpr = 0.88589;
    double nearAuc = 0.99812;
    double somaEv = 93.94084;
    double rateEv = 94.71148;
    double dendEv = 87.83158;
    double calibration = 0.9962;
};

QString number(double value, int decimals = 0)
{
    return QLocale(QLocale::English).toString(value, 'f', decimals);
}

/// The number, or in words why there is none.
QString numberOr(const QString &why, const std::optional<double> &value, int decimals,
                 const QString &unit = {})
{
    return value ? number(*value, decimals) + unit : why;
}

/// The stretch with the most spikes.
int closeStart(const Recording &r)
{
    const int length = std::min(CloseMs, r.durationMs);
    int count = 0;
    int most = -1;
    int start = 0;
    for (int t = 0; t < r.durationMs; ++t) {
        count += r.spike[static_cast<std::size_t>(t)];
        if (t >= length)
            count -= r.spike[static_cast<std::size_t>(t - length)];
        if (t + 1 >= length && count > most) {
            most = count;
            start = t + 1 - length;
        }
    }
    return start;
}

QString metricsRows(const Evaluation &e)
{
    const Published published;
    QString rows;
    const auto row = [&](const QString &name, const QString &ours, const QString &theirs) {
        rows +=
            QStringLiteral("<tr><td>%1</td><td>%2</td><td>%3</td></tr>\n").arg(name, ours, theirs);
    };
    const auto ofSpikes = [&](double BinaryScores::*member) {
        return e.spikes ? std::optional((*e.spikes).*member) : std::nullopt;
    };
    const auto ev = [](const RegressionEvaluation &r) {
        return r.scores ? std::optional(r.scores->explainedVariancePercent) : std::nullopt;
    };
    const QString percent = QStringLiteral(" %");
    const QString noSpike = QObject::tr("none, there is no spike to find");
    const QString never = QObject::tr("none, no time is near a spike");
    const QString noNumber = QObject::tr("none, an answer is not a number");
    const QString still = QObject::tr("none, one of the two never changes");
    row(QObject::tr("Spikes: area under the ROC curve"),
        numberOr(noSpike, ofSpikes(&BinaryScores::auc), 4), number(published.spikesAuc, 4));
    row(e.spikes ? QObject::tr("Spikes found at a false positive rate of %1")
                       .arg(number(e.spikes->achievedFpr, 4))
                 : QObject::tr("Spikes found"),
        numberOr(noSpike, ofSpikes(&BinaryScores::tprAtFpr), 3), number(published.spikesTpr, 3));
    row(QObject::tr("Near a spike: area under the ROC curve"),
        numberOr(never, e.nearSpike ? std::optional(e.nearSpike->auc) : std::nullopt, 4),
        number(published.nearAuc, 4));
    row(QObject::tr("Soma voltage: explained variance"), numberOr(noNumber, ev(e.soma), 1, percent),
        number(published.somaEv, 1) + percent);
    row(QObject::tr("Instantaneous rate: explained variance"),
        numberOr(noNumber, ev(e.rate), 1, percent), number(published.rateEv, 1) + percent);
    row(QObject::tr("Dendritic voltages: explained variance"),
        numberOr(noNumber, ev(e.dend), 1, percent), number(published.dendEv, 1) + percent);
    row(QObject::tr("Rates in long bins: correlation"),
        numberOr(still, e.calibration.correlation, 3), number(published.calibration, 3));
    return rows;
}

QString decisionsSentence(const DemoResults &r)
{
    const SpikeDecisions decided = spikeDecisions(r.prediction.spikeProbability, r.neuron->spike);
    const std::optional<double> recall = decided.recall();
    const std::optional<double> precision = decided.precision();
    const QString found = recall
        ? QObject::tr("finds %1 % of the neuron's spikes at exactly their millisecond")
              .arg(number(100.0 * *recall))
        : QObject::tr("has no spike of the neuron to find");
    const QString there = precision
        ? QObject::tr("%1 % of the spikes it calls are there").arg(number(100.0 * *precision))
        : QObject::tr("it calls none");
    return QObject::tr("If every millisecond with a probability above 0.5 is called a spike, the "
                       "twin %1, and %2. Missing a spike by one millisecond counts as wrong twice.")
        .arg(found, there);
}

std::map<QString, QString> values(const DemoResults &r)
{
    const TrainingHistory &h = r.twin.contents.history;
    const TrainingSettings &s = *r.twin.settings;
    const Evaluation &e = *r.twin.evaluation;
    const DatasetInfo &d = r.dataset;
    std::uint64_t tried = 0;
    std::uint64_t accepted = 0;
    for (const Acceptance &a : d.acceptance) {
        tried += a.tried;
        accepted += a.accepted;
    }
    const int field = receptiveFieldMs(r.twin.spec);
    const auto count = [&](Split split) { return number(static_cast<double>(d.count(split))); };
    return {
        {QStringLiteral("simulations"), number(static_cast<double>(d.countInAll()))},
        {QStringLiteral("fresh_spikes"), number(r.neuron->spikeCount())},
        {QStringLiteral("fresh_s"), number(r.neuron->durationMs / 1000.0, 1)},
        {QStringLiteral("neuron_ms"), number(1000.0 * r.simulationSeconds)},
        {QStringLiteral("twin_ms"), number(1000.0 * r.predictionSeconds)},
        {QStringLiteral("close_ms"), number(std::min(CloseMs, r.neuron->durationMs))},
        {QStringLiteral("decisions"), decisionsSentence(r)},
        {QStringLiteral("test"), count(Split::Test)},
        {QStringLiteral("train"), count(Split::Train)},
        {QStringLiteral("valid"), count(Split::Valid)},
        {QStringLiteral("metrics"), metricsRows(e)},
        {QStringLiteral("honesty"),
         QObject::tr("The published twin has 189,644 parameters and learned from 3,068 simulations "
                     "of this kind of neuron for 19,200 steps, this one from %1 for %2. More "
                     "simulations and a larger twin close the gap: build a data set of some "
                     "thousand, choose the twin C and train it for 100 epochs.")
             .arg(count(Split::Train), number(static_cast<double>(h.iterations())))},
        {QStringLiteral("iterations"), number(static_cast<double>(h.iterations()))},
        {QStringLiteral("training_s"), number(h.seconds)},
        {QStringLiteral("neuron"), QString::fromStdString(shortName(d.neuron))},
        {QStringLiteral("duration_s"), number(d.durationMs / 1000.0, 1)},
        {QStringLiteral("tried"), number(static_cast<double>(tried))},
        {QStringLiteral("accepted"), number(static_cast<double>(accepted))},
        {QStringLiteral("build_s"), number(r.buildSeconds)},
        {QStringLiteral("dataset_seed"), d.plan ? QString::number(d.plan->seed) : QString()},
        {QStringLiteral("twin"), QString::fromStdString(shortName(r.twin.spec))},
        {QStringLiteral("parameters"), number(static_cast<double>(e.parameters))},
        {QStringLiteral("field"),
         field == 0 ? QObject::tr("sees all of the past")
                    : QObject::tr("sees %1 ms of the past").arg(field)},
        {QStringLiteral("epochs"), number(s.epochs)},
        {QStringLiteral("batch"), number(s.trainBatch)},
        {QStringLiteral("window_ms"), number(s.trainWindowMs)},
        {QStringLiteral("lr"), QString::number(s.learningRate)},
        {QStringLiteral("seed"), QString::number(s.seed)},
        {QStringLiteral("threads"), number(s.threads)},
        {QStringLiteral("version"),
         QString::fromUtf8(ProgramVersion.data(), static_cast<qsizetype>(ProgramVersion.size()))},
    };
}

/// Without a window on a screen.
Status savePicture(QWidget &widget, const QSize &size, const QString &path)
{
    widget.setAttribute(Qt::WA_DontShowOnScreen);
    widget.setContentsMargins(PictureMargin, PictureMargin, PictureMargin, PictureMargin);
    widget.resize(size);
    widget.show(); // lays it out
    return writeWhole(path, pngOf(widget.grab()));
}

Status savePictures(const QDir &folder, const DemoResults &results)
{
    const int start = closeStart(*results.neuron);
    const int durationMs = results.neuron->durationMs;
    const struct
    {
        int from;
        int to;
        QString name;
    } comparisons[] = {
        {0, durationMs, QStringLiteral("comparison.png")},
        {start, std::min(start + CloseMs, durationMs), QStringLiteral("comparison-close.png")}};
    for (const auto &[from, to, name] : comparisons) {
        TwinView comparison;
        comparison.setBoth(results.neuron, results.prediction);
        comparison.timeAxis()->show(from, to);
        if (const Status saved = savePicture(comparison, ComparisonSize, folder.filePath(name));
            !saved)
            return saved;
    }
    EvaluationPlots evaluation;
    evaluation.setEvaluation(results.twin.evaluation);
    if (const Status saved = savePicture(evaluation, EvaluationSize,
                                         folder.filePath(QStringLiteral("evaluation.png")));
        !saved)
        return saved;
    LearningCurves learning;
    learning.setControlsVisible(false);
    learning.setHistory(results.twin.contents.history);
    return savePicture(learning, LearningSize, folder.filePath(QStringLiteral("learning.png")));
}

} // namespace

Status writeDemoReport(const QString &folder, const DemoResults &results)
{
    const QDir directory(folder);
    if (const Status saved = savePictures(directory, results); !saved)
        return saved;
    QFile resource(QStringLiteral(":/demo/report.html"));
    if (!resource.open(QIODevice::ReadOnly))
        return Error{ErrorCode::NotFound, "The report's form is missing. Build DendroTwin again.",
                     ""};
    QString text = QString::fromUtf8(resource.readAll());
    for (const auto &[name, value] : values(results))
        text.replace(QStringLiteral("{{%1}}").arg(name), value);
    return writeWhole(directory.filePath(QStringLiteral("report.html")), text.toUtf8());
}

} // namespace dt
