// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/explore/LiveController.h"

#include "engine/document/Document.h"
#include "widgets/explore/LivePanels.h"
#include "widgets/explore/LiveView.h"

#include <QSettings>

namespace dt {

namespace {

/// The picture follows every report; traces cost ten times as much and scroll well enough at 30 a
/// second, so that a poke is seen at once.
constexpr int TraceEveryMs = 33;

const QString WeightKey = QStringLiteral("live/weight");
const QString TrainHzKey = QStringLiteral("live/trainHz");
const QString TrainKey = QStringLiteral("live/train");
const QString PaceKey = QStringLiteral("live/msPerSecond");

} // namespace

LiveController::LiveController(Document *document, LiveView *view, const WorkerSettings &worker,
                               QObject *parent) :
    QObject(parent),
    m_document(document), m_view(view), m_session(new LiveSession(worker, this))
{
    m_traceTimer.setSingleShot(true);
    m_traceTimer.setInterval(TraceEveryMs);
    connect(&m_traceTimer, &QTimer::timeout, this, &LiveController::drawTraces);
    restoreHabits();
    m_session->setNeuron(document->neuron());
    m_session->setElectrodes(view->electrodes());
    m_session->setSites(view->sites());
    m_session->setPace(view->pace());

    // After the view's own: sites and electrodes have found their places on the new neuron.
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (event.everything)
            m_session->clear();
        m_session->setNeuron(m_document->neuron());
        if (event.everything)
            drawTraces();
    });
    connect(view, &LiveView::electrodesChanged, this,
            [this] { m_session->setElectrodes(m_view->electrodes()); });
    connect(view, &LiveView::sitesChanged, this, [this] { m_session->setSites(m_view->sites()); });
    connect(view, &LiveView::paceChanged, this, [this](double msPerSecond) {
        m_session->setPace(msPerSecond);
        QSettings().setValue(PaceKey, msPerSecond);
    });
    connect(view->finger(), &LiveFingerPanel::changed, this, [this] {
        const LiveFingerPanel *finger = m_view->finger();
        QSettings settings;
        settings.setValue(WeightKey, finger->weight());
        settings.setValue(TrainHzKey, finger->trainHz());
        settings.setValue(TrainKey, finger->holdsForTrain());
    });
    connect(view, &LiveView::playRequested, this, [this] {
        if (!m_session->isLive())
            m_view->showMessage({}, LiveView::Tone::Note); // what ended the last run is read
        m_session->play();
    });
    connect(view, &LiveView::pauseRequested, m_session, &LiveSession::pause);
    connect(view, &LiveView::rewindRequested, m_session, &LiveSession::rewind);
    connect(view, &LiveView::stepRequested, m_session, &LiveSession::step);
    connect(view, &LiveView::poked, this, &LiveController::poke);
    connect(view, &LiveView::released, m_session, &LiveSession::release);
    connect(view, &LiveView::traceWanted, this, &LiveController::drawTraces);

    connect(m_session, &LiveSession::stateChanged, this, &LiveController::showState);
    connect(m_session, &LiveSession::reported, this, [this] {
        if (m_view->isVisible())
            draw();
    });
    connect(m_session, &LiveSession::restarted, this, [this](const QString &why) {
        m_view->showMessage(tr("%1 The run began again at 0 ms.").arg(why), LiveView::Tone::Note);
    });
    connect(m_session, &LiveSession::failed, this, [this](const Error &error) {
        m_view->showMessage(
            tr("%1 Press Play to run it again.").arg(QString::fromStdString(error.message)),
            LiveView::Tone::Problem);
    });
    connect(m_session, &LiveSession::pokeDropped, this, [this] {
        m_view->showMessage(tr("Busy: that poke was dropped."), LiveView::Tone::Note);
    });
    showState();
}

// What belongs to the person, not to the project, is as it was when the program ended.
void LiveController::restoreHabits()
{
    const QSettings settings;
    LiveFingerPanel *finger = m_view->finger();
    finger->setFinger(settings.value(WeightKey, finger->weight()).toDouble(),
                      settings.value(TrainHzKey, finger->trainHz()).toDouble(),
                      settings.value(TrainKey, finger->holdsForTrain()).toBool());
    m_view->setPace(settings.value(PaceKey, m_view->pace()).toDouble());
}

void LiveController::showState()
{
    switch (m_session->state()) {
    case LiveSession::State::Stopped:
        m_view->showState(LiveView::State::Stopped);
        break;
    case LiveSession::State::Starting:
        m_view->showState(LiveView::State::Starting);
        break;
    case LiveSession::State::Running:
        m_view->showState(LiveView::State::Running);
        break;
    case LiveSession::State::Paused:
        m_view->showState(LiveView::State::Paused);
        break;
    }
}

void LiveController::draw()
{
    if (m_session->isLive()
        && m_session->now().size()
            == static_cast<std::size_t>(m_document->neuron().segmentCount()) + 1)
        m_view->showVoltages(m_session->now());
    if (!m_traceTimer.isActive())
        m_traceTimer.start();
}

void LiveController::drawTraces()
{
    m_view->showTrace(m_session->trace());
    m_view->showProgress(m_session->neuronMs(), m_session->reachedPace());
}

void LiveController::poke(int kind, int row, double weight, double rateHz)
{
    if (m_session->poke(kind, row, weight, rateHz))
        m_view->showPoke(row, kind);
}

} // namespace dt
