// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/TwinReport.h"

#include "app/report/ReportText.h"
#include "engine/base/Version.h"
#include "engine/files/TargetFile.h"
#include "engine/jobs/TwinReading.h"
#include "widgets/compare/BarsView.h"
#include "widgets/compare/LearningView.h"
#include "widgets/compare/ParetoView.h"
#include "widgets/compare/ViewPicture.h"
#include "widgets/theme/Theme.h"
#include "widgets/twin/EvaluationPlots.h"
#include "widgets/twin/LearningCurves.h"
#include "widgets/twin/LossBalance.h"
#include "widgets/words/Text.h"

#include <QBuffer>
#include <QComboBox>
#include <QFileInfo>
#include <QToolButton>
#include <QWidget>

#include <algorithm>
#include <cstdio>

namespace dt {

namespace {

constexpr double PictureScale = 1.5;
constexpr QSize BarsSize(1100, 360);
constexpr QSize ParetoSize(1240, 440);
constexpr QSize OverlaySize(1100, 340);
constexpr QSize LearningSize(1240, 600);
constexpr QSize RunSize(1240, 560);
constexpr QSize EvaluationSize(1240, 640);
constexpr int Margin = 8;

/// Views place their letters in pixels: with the projector's large ones they need more.
QSize roomFor(const QSize &size)
{
    const double letters = QFontMetrics(theme::bodyFont()).height() / 18.0;
    return size * std::clamp(letters, 1.0, 1.6);
}

constexpr const char *Style = R"(
body { font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1c1f24; background: #fff;
  max-width: 1240px; margin: 2em auto; padding: 0 1.5em; }
h1 { font-size: 1.7em; line-height: 1.2; margin-bottom: 0.2em; }
h2 { font-size: 1.3em; border-bottom: 1px solid #d5d8dd; padding-bottom: 0.2em; margin-top: 2em; }
h3 { font-size: 1.05em; margin: 1.6em 0 0.4em; }
p.say, figcaption, td.why { color: #555b66; }
table { border-collapse: collapse; font-size: 0.93em; }
th, td { padding: 0.25em 0.8em 0.25em 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid #e6e8eb; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.v { overflow-wrap: anywhere; }
div.wide { overflow-x: auto; }
figure { margin: 0.8em 0 1.6em; break-inside: avoid; }
figure img { width: 100%; height: auto; }
pre { background: #f4f5f7; padding: 0.8em 1em; overflow-x: auto; font-size: 0.88em; }
@media print { body { margin: 0; max-width: none; } h2 { break-before: page; } }
)";

} // namespace

TwinReport::TwinReport(const ComparedTwins &twins)
{
    std::copy_if(twins.begin(), twins.end(), std::back_inserter(m_twins),
                 [](const auto &twin) { return twin->isReadable(); });
    if (m_twins.size() > 1)
        planComparison();
    m_ofComparison = m_figures.size();
    for (const auto &twin : m_twins) {
        const std::size_t first = m_figures.size();
        planTwin(twin);
        m_ofTwin.emplace_back(first, m_figures.size() - first);
    }
}

TwinReport::~TwinReport() = default;

void TwinReport::planComparison()
{
    for (const dt::Figure figure : qualityFigures()) {
        const bool any = std::any_of(m_twins.begin(), m_twins.end(), [&](const auto &twin) {
            return figureOf(*twin, figure).has_value();
        });
        if (!any)
            continue;
        m_figures.push_back(
            {text(figureInfo(figure).label), {}, BarsSize, [this, figure]() -> QWidget * {
                 auto *view = new BarsView;
                 view->setControlsVisible(false);
                 view->setFigure(figure);
                 view->setTwins(m_twins);
                 return view;
             }});
    }
    m_figures.push_back({tr("Size, time and memory"), {}, ParetoSize, [this]() -> QWidget * {
                             auto *view = new ParetoView;
                             view->setTwins(m_twins);
                             return view;
                         }});
    using Curve = LearningView::Curve;
    for (const auto &[curve, title] :
         {std::pair{Curve::Spikes, tr("Validation loss of spikes")},
          std::pair{Curve::Soma, tr("Validation loss of the soma voltage")},
          std::pair{Curve::NearSpike, tr("Validation loss of being near a spike")},
          std::pair{Curve::Rate, tr("Validation loss of the instantaneous rate")},
          std::pair{Curve::Dend, tr("Validation loss of the dendritic voltages")},
          std::pair{Curve::Total, tr("Validation loss, all weighted")},
          std::pair{Curve::GradNorm, tr("Gradient norm")}}) {
        const bool any = std::any_of(m_twins.begin(), m_twins.end(), [](const auto &twin) {
            return twin->history.iterations() > 0;
        });
        if (!any)
            break;
        m_figures.push_back({title, {}, OverlaySize, [this, curve = curve]() -> QWidget * {
                                 auto *view = new LearningView;
                                 view->setControlsVisible(false);
                                 view->setCurve(curve);
                                 view->setTwins(m_twins);
                                 return view;
                             }});
    }
}

void TwinReport::planTwin(const std::shared_ptr<const ComparedTwin> &twin)
{
    if (twin->history.iterations() > 0 && twin->settings) {
        m_figures.push_back({tr("Losses"),
                             tr("Training pale, validation strong; the dot is the model that was "
                                "kept."),
                             LearningSize, [twin]() -> QWidget * {
                                 auto *curves = new LearningCurves;
                                 curves->setControlsVisible(false);
                                 curves->setHistory(twin->history, *twin->settings);
                                 return curves;
                             }});
        m_figures.push_back({tr("Balance of the five losses"), {}, RunSize, [twin]() -> QWidget * {
                                 auto *balance = new LossBalance;
                                 balance->setHistory(twin->history);
                                 return balance;
                             }});
    }
    if (twin->evaluation) {
        m_figures.push_back({tr("Evaluation"), evaluationText(twin->evaluation->plan),
                             EvaluationSize, [twin]() -> QWidget * {
                                 auto *plots = new EvaluationPlots;
                                 plots->setEvaluation(twin->evaluation);
                                 return plots;
                             }});
    }
}

void TwinReport::drawNext()
{
    if (isDone())
        return;
    Figure &figure = m_figures[static_cast<std::size_t>(m_drawn)];
    if (!m_drawing) {
        m_drawing.reset(figure.make());
        m_drawing->setAttribute(Qt::WA_DontShowOnScreen);
        theme::applyPaper(*m_drawing);
        for (QWidget *control : m_drawing->findChildren<QWidget *>()) {
            // What can be clicked is no part of a figure.
            if (qobject_cast<QToolButton *>(control) || qobject_cast<QComboBox *>(control))
                control->hide();
        }
        m_drawing->setContentsMargins(Margin, Margin, Margin, Margin);
        m_drawing->resize(roomFor(figure.size));
        m_drawing->show(); // lays it out; plots draw in the event loop's next turn
        return;
    }
    figure.png = pngOf(viewPicture(*m_drawing, PictureScale));
    m_drawing.reset();
    ++m_drawn;
}

QString TwinReport::title() const
{
    if (m_twins.size() != 1)
        return tr("Comparison of %1 twins").arg(m_twins.size());
    const ComparedTwin &twin = *m_twins.front();
    const QString what =
        tr("%1, a twin of %2")
            .arg(QString::fromStdString(titleOf(twin)), QString::fromStdString(neuronOf(twin)));
    return twin.author.empty() ? what
                               : tr("%1, by %2").arg(what, QString::fromStdString(twin.author));
}

QString TwinReport::figureHtml(const Figure &figure) const
{
    if (figure.png.isEmpty())
        return {};
    const QString name = figure.title.toHtmlEscaped();
    QString html = QStringLiteral("<figure>\n<h3>%1</h3>\n").arg(name);
    html += QStringLiteral("<img alt=\"%1\" src=\"data:image/png;base64,").arg(name)
        + QString::fromLatin1(figure.png.toBase64()) + QStringLiteral("\">\n");
    if (!figure.text.isEmpty())
        html += QStringLiteral("<figcaption>%1</figcaption>\n").arg(figure.text.toHtmlEscaped());
    return html + QStringLiteral("</figure>\n");
}

QString TwinReport::comparisonHtml() const
{
    QString html = heading(tr("Leaderboard")) + leaderboardTable(m_twins) + figureMeanings();
    html += heading(tr("Figures side by side"));
    for (std::size_t i = 0; i < m_ofComparison; ++i)
        html += figureHtml(m_figures[i]);
    html += heading(tr("Settings that differ")) + differencesTable(m_twins);
    return html;
}

QString TwinReport::twinHtml(std::size_t index) const
{
    const ComparedTwin &twin = *m_twins[index];
    // Reports are handed on: names of files, not where they lie on this machine.
    const QString file = QFileInfo(QString::fromStdString(twin.path)).fileName();
    QString html = heading(m_twins.size() == 1 ? tr("Results")
                                               : tr("%1: %2, %3")
                                                     .arg(QString::fromStdString(nameOf(twin)),
                                                          QString::fromStdString(titleOf(twin)),
                                                          QString::fromStdString(neuronOf(twin))));
    html += paragraph(
        tr("%1, from the file %2").arg(QString::fromStdString(shortName(twin.spec)), file));
    if (!twin.author.empty() && m_twins.size() > 1)
        html += paragraph(tr("Trained by %1.").arg(QString::fromStdString(twin.author)));
    if (!twin.complete)
        html += paragraph(tr("It has not been trained to the end."));
    html += metricsTable(twin);
    const auto [first, count] = m_ofTwin[index];
    for (std::size_t i = first; i < first + count; ++i)
        html += figureHtml(m_figures[i]);
    return html + trainingLines(twin) + memoryTable(twin) + settingsTable(twin);
}

QByteArray TwinReport::html() const
{
    QString html = QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                                  "<meta charset=\"utf-8\">\n<title>%1</title>\n<style>%2</style>\n"
                                  "</head>\n<body>\n<h1>%1</h1>\n")
                       .arg(title().toHtmlEscaped(), QString::fromLatin1(Style));
    html += paragraph(tr("Written by DendroTwin %1. A twin is a deep network that has learnt to "
                         "predict, from the same input, what a simulated neuron does.")
                          .arg(text(ProgramVersion)));
    if (m_twins.size() > 1)
        html += comparisonHtml();
    for (std::size_t i = 0; i < m_twins.size(); ++i)
        html += twinHtml(i);
    return (html + QStringLiteral("</body>\n</html>\n")).toUtf8();
}

Status writeWhole(const QString &path, const QByteArray &bytes)
{
    return writeFile(path.toStdString(), bytes.toStdString(), true);
}

QByteArray pngOf(const QPixmap &picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    // The scale belongs to the screen: elsewhere a pixel is a pixel.
    QImage image = picture.toImage();
    image.setDevicePixelRatio(1.0);
    image.save(&buffer, "PNG");
    return bytes;
}

int runReport(const QString &out, const QStringList &paths)
{
    const auto say = [](const QString &sentence, int code) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(sentence));
        return code;
    };
    if (paths.isEmpty())
        return say(TwinReport::tr("Which twins? Give one or more .twin files."), 2);
    ComparedTwins twins;
    for (const QString &path : paths) {
        auto twin = std::make_shared<ComparedTwin>(
            readForComparison(QFileInfo(path).absoluteFilePath().toStdString()));
        if (!twin->isReadable())
            return say(QString::fromStdString(twin->problem), 1);
        twins.push_back(std::move(twin));
    }
    TwinReport report(withNames(twins));
    while (!report.isDone()) {
        report.drawNext();
        QCoreApplication::processEvents();
    }
    if (const Status written = writeWhole(out, report.html()); !written)
        return say(QString::fromStdString(written.error().message), 1);
    return say(TwinReport::tr("Wrote %1.").arg(out), 0);
}

} // namespace dt
