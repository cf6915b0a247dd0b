// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/ReportText.h"

#include "engine/twin/training/TwinMemory.h"
#include "widgets/compare/CompareView.h"
#include "widgets/forms/Counted.h"
#include "widgets/words/Text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace dt {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(TwinReport)
};

QString cell(const QString &text, const char *kind = "v", const char *tag = "td")
{
    return QStringLiteral("<%1 class=\"%2\">%3</%1>")
        .arg(QString::fromLatin1(tag), QString::fromLatin1(kind), text.toHtmlEscaped());
}

QString row(const QString &cells)
{
    return QStringLiteral("<tr>") + cells + QStringLiteral("</tr>\n");
}

QString table(const QString &rows)
{
    return QStringLiteral("<div class=\"wide\"><table>\n") + rows
        + QStringLiteral("</table></div>\n");
}

QString subheading(const QString &text)
{
    return QStringLiteral("<h3>%1</h3>\n").arg(text.toHtmlEscaped());
}

QString oneLine(std::string_view words)
{
    return text(words).replace(u'\n', u' ');
}

QString number(double value, int decimals)
{
    return QLocale(QLocale::English).toString(value, 'f', decimals);
}

QString megaBytes(std::int64_t bytes)
{
    return number(static_cast<double>(bytes) / 1.0e6, bytes < 10'000'000 ? 2 : 0);
}

QString orDash(const std::optional<double> &value, int decimals)
{
    return value ? number(*value, decimals) : QStringLiteral("–");
}

void addRegression(QString &rows, const QString &what, const QString &unit, int decimals,
                   const RegressionEvaluation &regression)
{
    const auto &s = regression.scores;
    const auto line = [&](const QString &name, const QString &value) {
        rows += row(cell(QStringLiteral("%1: %2").arg(what, name)) + cell(value, "n"));
    };
    line(Texts::tr("explained variance [%]"),
         orDash(s ? std::optional(s->explainedVariancePercent) : std::nullopt, 2)
             + (s && s->explainedVariancePercent < 0.0
                    ? Texts::tr(" (worse than always saying the mean)")
                    : QString()));
    line(Texts::tr("R², which counts a constant offset, too"),
         orDash(s ? std::optional(s->r2) : std::nullopt, 4));
    line(Texts::tr("root of the mean squared error [%1]").arg(unit),
         orDash(s ? std::optional(s->rmse) : std::nullopt, decimals));
    line(Texts::tr("mean absolute error [%1]").arg(unit),
         orDash(s ? std::optional(s->mae) : std::nullopt, decimals));
}

void addBinary(QString &rows, const QString &what, const std::optional<BinaryScores> &scores)
{
    const auto line = [&](const QString &name, const QString &value) {
        rows += row(cell(QStringLiteral("%1: %2").arg(what, name)) + cell(value, "n"));
    };
    const auto of = [&](double BinaryScores::*member) {
        return scores ? std::optional((*scores).*member) : std::nullopt;
    };
    line(Texts::tr("area under the ROC curve"), orDash(of(&BinaryScores::auc), 5));
    line(Texts::tr("share found at a false positive rate of %1")
             .arg(orDash(of(&BinaryScores::achievedFpr), 5)),
         orDash(of(&BinaryScores::tprAtFpr), 4));
    line(Texts::tr("mean precision"), orDash(of(&BinaryScores::averagePrecision), 4));
}

} // namespace

QString heading(const QString &text)
{
    return QStringLiteral("<h2>%1</h2>\n").arg(text.toHtmlEscaped());
}

QString paragraph(const QString &text)
{
    return QStringLiteral("<p class=\"say\">%1</p>\n").arg(text.toHtmlEscaped());
}

QString evaluationText(const EvaluationPlan &plan)
{
    QString text = Texts::tr("On %1 of the %2 split, %3 ms of each from ms %4 on.")
                       .arg(countedText(plan.simulations, Texts::tr("1 simulation"),
                                        Texts::tr("%1 simulations")),
                            QString::fromStdString(plan.split))
                       .arg(plan.windowMs)
                       .arg(plan.startMs);
    if (plan.ignoredMs > 0)
        text += Texts::tr(" The first %1 ms of each were not counted.").arg(plan.ignoredMs);
    return text;
}

QString leaderboardTable(const ComparedTwins &twins)
{
    const bool authors = std::any_of(twins.begin(), twins.end(),
                                     [](const auto &twin) { return !twin->author.empty(); });
    QString head = cell(Texts::tr("Twin"), "v", "th") + cell(Texts::tr("Network"), "v", "th")
        + cell(Texts::tr("Neuron"), "v", "th") + cell(Texts::tr("Data set"), "v", "th");
    if (authors)
        head += cell(Texts::tr("Trained by"), "v", "th");
    for (int i = 0; i < FigureCount; ++i)
        head += cell(oneLine(figureInfo(static_cast<Figure>(i)).brief), "n", "th");
    QString rows = row(head);
    ComparedTwins sorted = twins;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) {
        return figureOf(*a, Figure::SpikesAuc).value_or(-1.0)
            > figureOf(*b, Figure::SpikesAuc).value_or(-1.0);
    });
    for (const auto &twin : sorted) {
        QString cells = cell(QString::fromStdString(nameOf(*twin)))
            + cell(QString::fromStdString(titleOf(*twin)))
            + cell(QString::fromStdString(neuronOf(*twin)))
            + cell(QString::fromStdString(datasetOf(*twin)));
        if (authors)
            cells += cell(QString::fromStdString(twin->author));
        for (int i = 0; i < FigureCount; ++i)
            cells += cell(figureText(*twin, static_cast<Figure>(i)), "n");
        rows += row(cells);
    }
    return table(rows);
}

QString figureMeanings()
{
    QString rows;
    for (int i = 0; i < FigureCount; ++i) {
        const FigureInfo &info = figureInfo(static_cast<Figure>(i));
        rows +=
            row(cell(oneLine(info.brief)) + cell(text(info.label)) + cell(text(info.why), "why"));
    }
    return subheading(Texts::tr("What the columns mean")) + table(rows);
}

QString differencesTable(const ComparedTwins &twins)
{
    QString head = cell(Texts::tr("Setting"), "v", "th");
    for (const auto &twin : twins)
        head += cell(QString::fromStdString(nameOf(*twin)), "v", "th");
    QString rows = row(head);
    bool any = false;
    for (const SettingRow &setting : settingRows(twins)) {
        if (!setting.differ)
            continue;
        any = true;
        QString cells = cell(QString::fromStdString(setting.name));
        for (const std::string &value : setting.values)
            cells += cell(QString::fromStdString(value));
        rows += row(cells);
    }
    return any ? table(rows) : paragraph(Texts::tr("None: all settings are the same."));
}

QString metricsTable(const ComparedTwin &twin)
{
    if (!twin.evaluation)
        return paragraph(Texts::tr("It has not been evaluated."));
    const Evaluation &e = *twin.evaluation;
    QString rows;
    addBinary(rows, Texts::tr("Spikes"), e.spikes);
    addBinary(rows, Texts::tr("Near a spike"), e.nearSpike);
    addRegression(rows, Texts::tr("Soma voltage"), Texts::tr("mV"), 3, e.soma);
    addRegression(rows, Texts::tr("Instantaneous rate"), Texts::tr("spikes/ms"), 5, e.rate);
    addRegression(rows, Texts::tr("Dendritic voltages"), Texts::tr("mV"), 3, e.dend);
    const auto line = [&](const QString &name, const QString &value) {
        rows += row(cell(name) + cell(value, "n"));
    };
    for (std::size_t i = 0; i < e.dendSegments.size(); ++i)
        line(Texts::tr("Dendritic voltage of segment %1: explained variance [%]").arg(i + 1),
             orDash(e.dendSegments[i] ? std::optional(e.dendSegments[i]->explainedVariancePercent)
                                      : std::nullopt,
                    2));
    line(Texts::tr("Rates in bins of %1 ms: correlation").arg(e.calibration.binMs),
         orDash(e.calibration.correlation, 4));
    line(Texts::tr("Rates in bins of %1 ms: explained variance [%]").arg(e.calibration.binMs),
         orDash(e.calibration.explainedVariancePercent, 2));
    line(Texts::tr("Parameters"), number(static_cast<double>(parameterCount(twin.spec).total), 0));
    line(Texts::tr("Time per simulation, measured [ms]"), orDash(twin.predictsInMs, 2));
    return table(rows);
}

QString trainingLines(const ComparedTwin &twin)
{
    if (!twin.settings || twin.history.iterations() == 0)
        return {};
    QString text;
    for (const std::string &line : reportLines(trainingReport(twin.history, *twin.settings)))
        text += QString::fromStdString(line) + u'\n';
    return subheading(Texts::tr("The training in numbers"))
        + QStringLiteral("<pre>%1</pre>\n").arg(text.toHtmlEscaped());
}

QString memoryTable(const ComparedTwin &twin)
{
    constexpr int UsualMs = 8192;
    const int durationMs = twin.dataset ? twin.dataset->durationMs : UsualMs;
    QString rows = row(cell(Texts::tr("Memory, computed [MB]"), "v", "th")
                       + cell(Texts::tr("Training step"), "n", "th")
                       + cell(Texts::tr("Predicting %1 ms").arg(durationMs), "n", "th"));
    const TwinMemory training =
        twin.settings ? trainingMemory(twin.spec, *twin.settings) : TwinMemory{};
    const TwinMemory prediction = predictionMemory(twin.spec, durationMs);
    const auto line = [&](const QString &name, std::int64_t of, std::int64_t in) {
        rows += row(cell(name) + cell(twin.settings ? megaBytes(of) : QStringLiteral("–"), "n")
                    + cell(megaBytes(in), "n"));
    };
    line(Texts::tr("Weights"), training.weights, prediction.weights);
    line(Texts::tr("Gradients"), training.gradients, prediction.gradients);
    line(Texts::tr("Optimiser's two moments"), training.moments, prediction.moments);
    line(Texts::tr("Input, and the truth in training"), training.batch, prediction.batch);
    line(Texts::tr("Arrays between the layers"), training.activations, prediction.activations);
    line(Texts::tr("Gradients of these on their way"), training.passing, prediction.passing);
    line(Texts::tr("Together"), training.total(), prediction.total());
    return subheading(Texts::tr("Memory")) + table(rows)
        + paragraph(
               Texts::tr("Computed from the sizes, not measured. The program, LibTorch and the "
                         "data set come on top."));
}

QString settingsTable(const ComparedTwin &twin)
{
    QString rows;
    for (const auto &[name, value] : settingsOf(twin))
        rows += row(cell(QString::fromStdString(name)) + cell(QString::fromStdString(value)));
    if (twin.dataset)
        rows += row(cell(Texts::tr("Data set's file when it was trained"))
                    + cell(QFileInfo(QString::fromStdString(twin.dataset->path)).fileName()));
    return subheading(Texts::tr("All settings")) + table(rows);
}

} // namespace dt
