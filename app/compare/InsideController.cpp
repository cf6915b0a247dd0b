// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compare/InsideController.h"

#include "app/data/DatasetController.h"
#include "app/data/TwinDataSets.h"
#include "engine/base/FileNames.h"
#include "engine/cell/Presets.h"
#include "engine/jobs/MemoryProbe.h"
#include "engine/jobs/TwinSimulations.h"
#include "widgets/forms/Counted.h"
#include "widgets/inside/AttentionPanel.h"
#include "widgets/inside/InsideView.h"

namespace dt {

namespace {

constexpr int ProgressMs = 100;

QString sentenceOf(const Error &error)
{
    return QString::fromStdString(error.message);
}

} // namespace

InsideController::InsideController(InsideView *view, DatasetDialogs *dialogs, TwinDataSets *data,
                                   QObject *parent) :
    QObject(parent),
    m_view(view), m_dialogs(dialogs), m_sets(data)
{
    m_pool.setMaxThreadCount(1);
    m_timer.setInterval(ProgressMs);
    connect(&m_timer, &QTimer::timeout, this,
            [this] { m_view->memory()->setProgress(m_share->load(), m_measured); });
    connect(view, &InsideView::secondChosen, this, &InsideController::showSecond);
    connect(view, &InsideView::locateRequested, this, &InsideController::locate);
    connect(view, &InsideView::makeRequested, this, &InsideController::make);
    connect(view, &InsideView::cancelRequested, data, &TwinDataSets::cancel);
    connect(data, &TwinDataSets::progressed, this, &InsideController::offer);
    connect(data, &TwinDataSets::changed, this, &InsideController::lookAgain);
    connect(data, &TwinDataSets::failed, this, [this](const Error &error) {
        if (std::exchange(m_making, false))
            m_view->setProblem(sentenceOf(error));
    });
    connect(view, &InsideView::attentionShown, this, &InsideController::readAttention);
    connect(view->memory(), &MemoryPanel::measureRequested, this, &InsideController::measure);
    connect(view->memory(), &MemoryPanel::cancelRequested, this, [this] {
        if (m_stop)
            m_stop->store(true);
    });
}

InsideController::~InsideController()
{
    if (!m_measuring)
        return;
    m_stop->store(true);
    m_pool.waitForDone();
}

Result<InsideController::Opened> InsideController::open(const QString &path)
{
    Result<StoredTwin> stored = loadTwin(path.toStdString());
    if (!stored)
        return stored.error();
    const TwinSpec &spec = stored->spec;
    InsideTwin inside;
    inside.path = path;
    inside.neuron = stored->contents.neuron;
    inside.receptiveFieldMs = receptiveFieldMs(spec);
    if (inside.neuron)
        inside.kernels = synapseKernels(*inside.neuron);
    if (const auto *transformer = std::get_if<TransformerConfig>(&spec.network)) {
        inside.attentionLayers = transformer->layers;
        inside.attentionHeads = transformer->heads;
    }
    if (spec.architecture() == Architecture::Elm) {
        const Result<ElmTimes> times = elmTimes(spec, stored->contents.weights);
        if (!times)
            return times.error();
        inside.times = *times;
    } else {
        const Result<FirstLayer> layer = firstLayer(spec, stored->contents.weights);
        if (!layer)
            return layer.error();
        inside.layer = *layer;
    }
    return Opened{std::make_shared<const StoredTwin>(std::move(*stored)), inside};
}

void InsideController::showTwin(const QString &path)
{
    if (path == m_path)
        return;
    m_path = path;
    m_twin.reset();
    m_data = {};
    m_finding.forget();
    m_reading.forget();
    listOthers();
    if (path.isEmpty()) {
        m_opening.forget();
        m_view->setNothing(tr("Choose a twin to look inside."));
        return;
    }
    m_view->setNothing(tr("Reading %1...").arg(titleOf(path)));
    m_opening.ask([path] { return open(path); },
                  [this, path](const Result<Opened> &opened) {
                      if (!opened) {
                          m_path.clear(); // choosing it again tries again
                          m_view->setNothing(sentenceOf(opened.error()));
                          return;
                      }
                      m_twin = opened->stored;
                      m_making = false;
                      m_view->setData({});
                      m_view->setOffer({});
                      m_view->setProblem({});
                      InsideTwin inside = opened->inside;
                      inside.title = titleOf(path);
                      m_view->setTwin(inside);
                      showCurves();
                      lookForData();
                  });
}

void InsideController::setOthers(const QStringList &paths)
{
    m_others = paths;
    listOthers();
}

void InsideController::setPath(const QString &from, const QString &to)
{
    if (const auto it = m_curves.find(from); it != m_curves.end()) {
        MemoryPanel::Curve curve = *it;
        m_curves.erase(it);
        curve.title = titleOf(to);
        m_curves.insert(to, curve);
        showCurves();
    }
}

QString InsideController::titleOf(const QString &path) const
{
    std::vector<std::string> all{path.toStdString()};
    for (const QString &other : m_others) {
        if (other != path)
            all.push_back(other.toStdString());
    }
    return QString::fromStdString(distinctNames(all).front());
}

void InsideController::listOthers()
{
    QStringList paths = m_others;
    paths.removeAll(m_path);
    QStringList titles;
    for (const QString &path : std::as_const(paths))
        titles << titleOf(path);
    m_view->setOthers(paths, titles);
}

void InsideController::showSecond(const QString &path)
{
    if (path.isEmpty()) {
        m_openingSecond.forget();
        m_view->setSecond(std::nullopt);
        return;
    }
    m_openingSecond.ask([path] { return open(path); },
                        [this, path](const Result<Opened> &opened) {
                            if (!opened) {
                                m_view->setSecond(std::nullopt);
                                m_view->memory()->setSentence(sentenceOf(opened.error()));
                                return;
                            }
                            InsideTwin inside = opened->inside;
                            inside.title = titleOf(path);
                            m_view->setSecond(inside);
                        });
}

void InsideController::lookForData()
{
    m_finding.ask(
        [twin = m_twin, places = m_sets->places(m_twin->contents.neuron)]() -> Result<TwinData> {
            return TwinDataSets::find(*twin, places);
        },
        [this](const Result<TwinData> &found) {
            m_data = {};
            if (found) {
                m_data.path = found->path;
                m_data.state = {!found->path.isEmpty(), found->sentence, found->simulations,
                                found->durationMs};
                m_data.canMake = found->canMake;
            } else {
                m_data.state.sentence = sentenceOf(found.error());
            }
            m_view->setData(m_data.state);
            offer();
        });
}

/// Another data set may be at hand: of use to whom has none.
void InsideController::lookAgain()
{
    if (m_twin && !m_data.state.there)
        lookForData();
}

void InsideController::locate()
{
    if (!m_twin)
        return;
    const QString path = m_dialogs->askOpenDataset(m_sets->folderFor(*m_twin));
    if (path.isEmpty())
        return;
    m_view->memory()->setSentence({});
    inBackground(
        this, [twin = m_twin, path] { return TwinDataSets::check(*twin, path); },
        [this, path, twin = m_twin](const Status &fits) {
            if (fits)
                m_sets->add(path);
            else if (twin == m_twin)
                m_view->setProblem(sentenceOf(fits.error()));
        });
}

void InsideController::make()
{
    if (!m_twin || !m_twin->contents.neuron)
        return;
    m_making = true;
    m_view->setProblem({});
    m_sets->make(*m_twin->contents.neuron);
}

void InsideController::offer()
{
    const bool missing = m_twin && !m_data.state.there;
    m_view->setOffer({missing && m_data.canMake, missing, missing ? m_sets->progress() : -1.0});
}

void InsideController::readAttention()
{
    if (!m_twin || !m_data.state.there)
        return;
    const AttentionPanel *panel = m_view->attention();
    m_reading.ask(
        [twin = m_twin, path = m_data.path.toStdString(),
         simulation = static_cast<std::size_t>(panel->simulation()), start = panel->startMs()] {
            return attentionOn(*twin, path, simulation, start, AttentionPanel::PieceMs);
        },
        [this](const Result<SimulationAttention> &found) {
            if (found)
                m_view->attention()->setAttention(*found);
            else
                m_view->attention()->setAttention(std::nullopt, sentenceOf(found.error()));
        });
}

void InsideController::measure()
{
    if (m_measuring || !m_twin || !m_data.state.there)
        return;
    m_measuring = true;
    m_stop = std::make_shared<std::atomic<bool>>(false);
    m_share = std::make_shared<std::atomic<double>>(0.0);
    m_view->memory()->setSentence({});
    m_measured = titleOf(m_path);
    m_view->memory()->setProgress(0.0, m_measured);
    m_timer.start();
    inBackground(
        &m_pool, this,
        [twin = m_twin, path = m_data.path.toStdString(), stop = m_stop, share = m_share] {
            return probeMemory(*twin, path, [&](double done) {
                share->store(done);
                return !stop->load();
            });
        },
        [this, path = m_path](const Result<MemoryCurve> &curve) { onMeasured(path, curve); });
}

void InsideController::onMeasured(const QString &path, const Result<MemoryCurve> &curve)
{
    m_measuring = false;
    m_timer.stop();
    m_view->memory()->setProgress(-1.0);
    if (curve)
        m_curves[path] = {titleOf(path), *curve, false};
    else if (path == m_path)
        m_view->memory()->setSentence(curve.error().code == ErrorCode::Cancelled
                                          ? tr("The measurement was cancelled.")
                                          : sentenceOf(curve.error()));
    showCurves();
}

void InsideController::showCurves()
{
    std::vector<MemoryPanel::Curve> curves;
    for (auto it = m_curves.begin(); it != m_curves.end(); ++it) {
        curves.push_back(it.value());
        curves.back().present = it.key() == m_path;
    }
    // The present one is drawn on top of the others, which keep their order.
    std::sort(curves.begin(), curves.end(),
              [](const MemoryPanel::Curve &a, const MemoryPanel::Curve &b) {
                  return std::pair(a.present, a.title) < std::pair(b.present, b.title);
              });
    m_view->memory()->setCurves(curves);
}

} // namespace dt
