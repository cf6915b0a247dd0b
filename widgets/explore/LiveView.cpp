// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/LiveView.h"

#include "engine/document/Document.h"
#include "widgets/explore/LiveCell.h"
#include "widgets/explore/LiveMessage.h"
#include "widgets/explore/LivePanels.h"
#include "widgets/explore/LiveTraces.h"
#include "widgets/forms/FormScrollArea.h"
#include "widgets/forms/NamedButton.h"
#include "widgets/plots/ColourBar.h"
#include "widgets/shell/FoldPane.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

/// Longer presses go on poking.
constexpr int HoldMs = 200;
/// The slider is logarithmic from 1 ms a second; its end is as fast as it goes.
constexpr int StepsPerDecade = 100;
constexpr int PaceSteps = 4 * StepsPerDecade;
constexpr double UsualPace = 100.0;

struct Preset
{
    const char *label;
    double msPerSecond;
};
constexpr std::array Presets{
    Preset{QT_TRANSLATE_NOOP("dt::LiveView", "As fast as it goes"), 0.0},
    Preset{QT_TRANSLATE_NOOP("dt::LiveView", "Real time"), 1000.0},
    Preset{QT_TRANSLATE_NOOP("dt::LiveView", "100 ms a second"), 100.0},
    Preset{QT_TRANSLATE_NOOP("dt::LiveView", "10 ms a second"), 10.0},
    Preset{QT_TRANSLATE_NOOP("dt::LiveView", "1 ms a second"), 1.0},
};

int sliderOf(double pace)
{
    return pace > 0.0 ? std::clamp(static_cast<int>(std::lround(StepsPerDecade * std::log10(pace))),
                                   0, PaceSteps - 1)
                      : PaceSteps;
}

double paceOf(int slider)
{
    if (slider >= PaceSteps)
        return 0.0;
    const double pace = std::pow(10.0, double(slider) / StepsPerDecade);
    const double grain = std::pow(10.0, std::floor(std::log10(pace)) - 1.0);
    return std::round(pace / grain) * grain; // two digits
}

/// Three digits that count.
QString shortNumber(double value)
{
    const int decimals = value < 9.95 ? 2 : value < 99.5 ? 1 : 0;
    return QString::number(value, 'f', decimals);
}

} // namespace

LiveView::LiveView(Document *document, QWidget *parent) :
    QWidget(parent), m_document(document), m_cell(new LiveCell), m_traces(new LiveTraces),
    m_finger(new LiveFingerPanel(document)), m_electrode(new LiveElectrodePanel),
    m_neuron(new LiveNeuronPanel(document)), m_shown(document->neuron())
{
    setObjectName(QStringLiteral("liveView"));
    m_cell->setObjectName(QStringLiteral("liveCellView"));
    m_cell->setMinimumHeight(120);

    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeLeft());
    splitter->addWidget(new FoldPane(QStringLiteral("liveSide"), tr("Finger, Electrode and Neuron"),
                                     makeRight(), FoldPane::Edge::Right));
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({860, 320});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme::Grid / 2, 0, theme::Grid / 2);
    layout->addWidget(splitter);

    m_holdTimer.setSingleShot(true);
    m_holdTimer.setInterval(HoldMs);
    connect(&m_holdTimer, &QTimer::timeout, this, &LiveView::beginTrain);

    connect(m_cell, &LiveCell::pressed, this, &LiveView::press);
    connect(m_cell, &LiveCell::released, this, [this] {
        m_holdTimer.stop();
        m_pressedRow = -1;
        Q_EMIT released();
    });
    connect(m_cell, &LiveCell::electrodeMoved, this, &LiveView::moveElectrode);
    connect(m_cell, &CellView::selectionChanged, this, [this] {
        const std::optional<int> part = m_cell->selection();
        if (part && *part >= 0 && *part < m_shown.segmentCount())
            m_neuron->setDendrite(segmentRows(m_shown)[static_cast<std::size_t>(*part)].dendrite);
    });
    connect(m_electrode, &LiveElectrodePanel::changed, this, [this] {
        showElectrode();
        Q_EMIT electrodesChanged();
    });
    connect(m_electrode, &LiveElectrodePanel::moveRequested, this, [this] {
        const int part = m_cell->selection().value_or(CellView::SomaSelected);
        Place place;
        if (part >= 0) {
            const SegmentRef ref = segmentRows(m_shown)[static_cast<std::size_t>(part)];
            place = {ref.dendrite, ref.x};
        }
        moveElectrode(place);
    });
    connect(m_traces, &LiveTraces::siteRemoved, this, &LiveView::removeSite);
    connect(m_traces, &LiveTraces::windowChanged, this, &LiveView::traceWanted);
    connect(document, &Document::changed, this, &LiveView::onDocumentChanged);

    m_cell->showNeuron(m_shown);
    showElectrode();
    showState(State::Stopped);
    onPace();
    onDocumentChanged({});
    restyle();
}

QWidget *LiveView::makeLeft()
{
    auto *picture = new QFrame;
    picture->setProperty("card", true);
    auto *pictureRow = new QHBoxLayout(picture);
    pictureRow->setContentsMargins(theme::Grid, theme::Grid / 2, theme::Grid, theme::Grid / 2);
    pictureRow->addWidget(m_cell, 1);
    pictureRow->addWidget(new ColourBar);

    m_message = new LiveMessage(picture);
    auto *controls = new QWidget;
    auto *controlColumn = new QVBoxLayout(controls);
    controlColumn->setContentsMargins(0, 0, 0, 0);
    controlColumn->setSpacing(theme::Grid / 2);
    controlColumn->addLayout(makeTransport());
    controlColumn->addLayout(makePace());
    controlColumn->addLayout(makeProgress());

    auto *split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(picture);
    split->addWidget(m_traces);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 4);
    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addWidget(controls);
    column->addWidget(split, 1);
    return left;
}

QHBoxLayout *LiveView::makeTransport()
{
    m_play = namedButton("livePlayButton", tr("Pause"), tr("Run and pause (Space)"));
    m_rewind = namedButton("liveRewindButton", tr("Rewind"), tr("Back to 0 ms (Home)"));
    m_step = namedButton("liveStepButton", tr("+1 ms"), tr("One millisecond, then pause (.)"));
    m_smallStep =
        namedButton("liveSmallStepButton", {}, tr("One integration step, then pause (,)"));
    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Grid / 2);
    for (QPushButton *b : {m_play, m_rewind, m_step, m_smallStep})
        row->addWidget(b);
    row->addStretch(1);
    connect(m_play, &QPushButton::clicked, this, &LiveView::toggle);
    connect(m_rewind, &QPushButton::clicked, this, &LiveView::rewindRequested);
    connect(m_step, &QPushButton::clicked, this, [this] { Q_EMIT stepRequested(1.0); });
    connect(m_smallStep, &QPushButton::clicked, this,
            [this] { Q_EMIT stepRequested(1.0 / m_document->neuron().samplesPerMs); });
    return row;
}

QHBoxLayout *LiveView::makePace()
{
    const QString tip = tr("How fast the neuron's time passes, from 1 ms a second to as fast as it "
                           "goes.");
    m_pace = new QSlider(Qt::Horizontal);
    m_pace->setObjectName(QStringLiteral("livePaceSlider"));
    m_pace->setAccessibleName(tr("Pace"));
    m_pace->setToolTip(tip);
    m_pace->setRange(0, PaceSteps);
    m_pace->setPageStep(StepsPerDecade / 2);
    m_pace->setValue(sliderOf(UsualPace));
    m_presets = new QComboBox;
    m_presets->setObjectName(QStringLiteral("livePaceCombo"));
    m_presets->setAccessibleName(tr("Usual paces"));
    m_presets->setToolTip(tip);
    for (const Preset &preset : Presets)
        m_presets->addItem(tr(preset.label), preset.msPerSecond);
    auto *label = new QLabel(tr("Pace"));
    label->setBuddy(m_pace);
    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Grid);
    row->addWidget(label);
    row->addWidget(m_pace, 1);
    row->addWidget(m_presets);
    connect(m_pace, &QSlider::valueChanged, this, &LiveView::onPace);
    connect(m_presets, &QComboBox::activated, this, [this](int index) {
        m_pace->setValue(sliderOf(m_presets->itemData(index).toDouble()));
    });
    return row;
}

QHBoxLayout *LiveView::makeProgress()
{
    m_elapsed = new QLabel;
    m_elapsed->setObjectName(QStringLiteral("liveElapsedLabel"));
    m_elapsed->setToolTip(tr("The neuron's own time since the run began"));
    m_reached = new QLabel;
    m_reached->setObjectName(QStringLiteral("liveReachedLabel"));
    m_reached->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_reached->setToolTip(tr("The pace that you asked for, and what the computer manages"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_elapsed);
    row->addStretch(1);
    row->addWidget(m_reached);
    return row;
}

QWidget *LiveView::makeRight()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(theme::Grid, 0, theme::Grid, theme::Grid);
    column->setSpacing(theme::Grid * 2);
    column->addWidget(m_finger);
    column->addWidget(m_electrode);
    column->addWidget(m_neuron);
    column->addStretch(1);
    auto *scroll = new FormScrollArea(content);
    scroll->setObjectName(QStringLiteral("liveScrollArea"));
    return scroll;
}

// --- the buttons
// -----------------------------------------------------------------------------------

void LiveView::toggle()
{
    if (m_state == State::Running)
        Q_EMIT pauseRequested();
    else if (m_state != State::Starting)
        Q_EMIT playRequested();
}

void LiveView::showState(State state)
{
    m_state = state;
    const bool runs = state == State::Running;
    const bool live = runs || state == State::Paused;
    m_play->setText(runs ? tr("Pause") : state == State::Starting ? tr("Starting...") : tr("Play"));
    m_play->setEnabled(state != State::Starting);
    m_rewind->setEnabled(live);
    m_step->setEnabled(state != State::Starting);
    m_smallStep->setEnabled(state != State::Starting);
    if (state == State::Stopped)
        m_cell->setVoltages({});
    restyle();
    if (!runs)
        showProgress(-1.0, 0.0);
}

void LiveView::showProgress(double neuronMs, double reachedPace)
{
    const double asked = pace();
    // Single steps are seen; what flies by is not.
    const bool fine = m_state != State::Running || (asked > 0.0 && asked <= 100.0);
    if (neuronMs >= 0.0)
        m_elapsed->setText(tr("%1 ms").arg(neuronMs, 0, 'f', fine ? 3 : 0));
    const QString wish =
        asked > 0.0 ? tr("%1 ms/s").arg(shortNumber(asked)) : tr("as fast as it goes");
    if (m_state != State::Running || reachedPace <= 0.0)
        m_reached->setText(wish);
    else if (asked > 0.0)
        m_reached->setText(
            tr("asked %1, reached %2 ms/s").arg(shortNumber(asked), shortNumber(reachedPace)));
    else
        m_reached->setText(tr("reached %1 ms/s").arg(shortNumber(reachedPace)));
}

void LiveView::onPace()
{
    const double asked = pace();
    const QSignalBlocker blocker(m_presets);
    m_presets->setPlaceholderText(tr("%1 ms a second").arg(shortNumber(asked)));
    m_presets->setCurrentIndex(m_presets->findData(asked));
    showProgress(-1.0, 0.0);
    Q_EMIT paceChanged(asked);
}

double LiveView::pace() const
{
    return paceOf(m_pace->value());
}

void LiveView::setPace(double msPerSecond)
{
    m_pace->setValue(sliderOf(msPerSecond));
}

void LiveView::showVoltages(const std::vector<float> &mv)
{
    m_cell->setVoltages(mv);
}

void LiveView::showTrace(const LiveTrace &trace)
{
    m_traces->show(trace);
}

void LiveView::showMessage(const QString &sentence, Tone tone)
{
    m_message->say(sentence, tone == Tone::Problem);
}

QString LiveView::message() const
{
    return m_message->text();
}

// --- the finger
// ------------------------------------------------------------------------------------

void LiveView::press(int part)
{
    if (part == CellView::SomaSelected) {
        showMessage(tr("Synapses sit on the dendrite: click a segment there. For the soma there is "
                       "the electrode."),
                    Tone::Note);
        return;
    }
    addSite(part);
    if (m_state == State::Stopped || m_state == State::Starting) {
        showMessage(tr("Nothing runs yet: press Play, then poke."), Tone::Note);
        return;
    }
    const int kind = m_finger->kind();
    if (kind < 0) {
        showMessage(tr("The neuron has no kind of synapse. Add one on the Neuron page."),
                    Tone::Note);
        return;
    }
    Q_EMIT poked(kind, part, m_finger->weight(), 0.0);
    if (m_finger->rateHz() > 0.0) {
        m_pressedRow = part;
        m_holdTimer.start();
    }
}

void LiveView::beginTrain()
{
    if (m_pressedRow >= 0)
        Q_EMIT poked(m_finger->kind(), m_pressedRow, m_finger->weight(), m_finger->rateHz());
}

void LiveView::showPoke(int row, int kind)
{
    const auto k = static_cast<std::size_t>(kind);
    if (k < m_shown.synapseKinds.size())
        m_cell->flash(row, m_shown.synapseKinds[k].polarity);
    if (m_state == State::Paused)
        showMessage(tr("Paused: the event arrives when time goes on (Play, or a step)."),
                    Tone::Note);
}

// --- sites and electrode
// ---------------------------------------------------------------------------

void LiveView::addSite(int row)
{
    const SegmentRef ref = segmentRows(m_shown)[static_cast<std::size_t>(row)];
    for (const LiveSite &site : m_sites) {
        if (rowAt(m_shown, site.dendrite, site.x) == row)
            return;
    }
    if (m_sites.size() >= MaxSites) { // the oldest makes room
        m_sites.erase(m_sites.begin());
        m_siteColours.erase(m_siteColours.begin());
    }
    int colour = 0;
    while (std::find(m_siteColours.begin(), m_siteColours.end(), colour) != m_siteColours.end())
        ++colour;
    m_sites.push_back({++m_lastSiteId, ref.dendrite, ref.x});
    m_siteColours.push_back(colour);
    showSites();
    Q_EMIT sitesChanged();
}

void LiveView::removeSite(int id)
{
    for (std::size_t i = 0; i < m_sites.size(); ++i) {
        if (m_sites[i].id != id)
            continue;
        m_sites.erase(m_sites.begin() + static_cast<std::ptrdiff_t>(i));
        m_siteColours.erase(m_siteColours.begin() + static_cast<std::ptrdiff_t>(i));
        break;
    }
    showSites();
    Q_EMIT sitesChanged();
    Q_EMIT traceWanted();
}

void LiveView::showSites()
{
    std::vector<LiveTraces::Site> legend;
    std::vector<LiveCell::Mark> marks;
    for (std::size_t i = 0; i < m_sites.size(); ++i) {
        const Place place{m_sites[i].dendrite, m_sites[i].x};
        const QColor colour = colours::series(m_siteColours[i], palette());
        const Dendrite &dendrite = m_shown.dendrites[static_cast<std::size_t>(place.dendrite)];
        legend.push_back(
            {m_sites[i].id, QString::number(rowAt(m_shown, place.dendrite, place.x)),
             m_shown.dendrites.size() > 1 ? QString::fromStdString(dendrite.name) : QString(),
             colour});
        marks.push_back({place, colour});
    }
    m_traces->setSites(legend);
    m_cell->setSites(std::move(marks));
}

QString LiveView::placeName(const Place &place) const
{
    if (place.dendrite == SomaIndex)
        return tr("soma");
    return tr("dendrite \"%1\", segment %2")
        .arg(QString::fromStdString(
            m_shown.dendrites[static_cast<std::size_t>(place.dendrite)].name))
        .arg(rowAt(m_shown, place.dendrite, place.x));
}

void LiveView::moveElectrode(const Place &place)
{
    Place centre = place;
    if (place.dendrite != SomaIndex) { // NEURON takes the segment, so the picture does
        const int row = rowAt(m_shown, place.dendrite, place.x);
        centre.x = segmentRows(m_shown)[static_cast<std::size_t>(row)].x;
    }
    const Electrode &now = m_electrode->electrode();
    if (now.dendrite == centre.dendrite && now.x == centre.x)
        return;
    m_electrode->setPlace(centre, placeName(centre));
    showElectrode();
    Q_EMIT electrodesChanged();
}

void LiveView::showElectrode()
{
    const Electrode &e = m_electrode->electrode();
    m_cell->setElectrode(Place{e.dendrite, e.x}, e.on);
}

std::vector<Electrode> LiveView::electrodes() const
{
    return {m_electrode->electrode()};
}

void LiveView::clear()
{
    m_sites.clear();
    m_siteColours.clear();
    m_holdTimer.stop();
    m_pressedRow = -1;
    m_electrode->reset();
    m_finger->forgetKind();
    m_cell->showNeuron(m_shown);
    m_cell->setSelection(std::nullopt);
    m_cell->zoomToFit();
    m_neuron->setDendrite(0);
    showMessage({}, Tone::Note);
    showSites();
    showElectrode();
    Q_EMIT sitesChanged();
    Q_EMIT electrodesChanged();
}

void LiveView::onDocumentChanged(const ChangeEvent &event)
{
    const Neuron before = std::exchange(m_shown, m_document->neuron());
    m_smallStep->setText(tr("+%1 ms").arg(1.0 / m_shown.samplesPerMs));
    if (event.everything) {
        clear();
        return;
    }
    if (before == m_shown)
        return;
    // Sites and electrode stay on their dendrite, by its name; what lost its dendrite goes.
    std::vector<Electrode> places;
    for (const LiveSite &site : m_sites) {
        Electrode place;
        place.name = std::to_string(site.id);
        place.dendrite = site.dendrite;
        place.x = site.x;
        places.push_back(place);
    }
    places = remapElectrodes(places, before, m_shown);
    const std::vector<LiveSite> old = std::exchange(m_sites, {});
    const std::vector<int> oldColours = std::exchange(m_siteColours, {});
    for (const Electrode &place : places) {
        const int id = std::stoi(place.name);
        m_sites.push_back({id, place.dendrite, place.x});
        for (std::size_t i = 0; i < old.size(); ++i) {
            if (old[i].id == id)
                m_siteColours.push_back(oldColours[i]);
        }
    }
    const std::vector<Electrode> electrode =
        remapElectrodes({m_electrode->electrode()}, before, m_shown);
    if (electrode.empty()) {
        m_electrode->setOn(false);
        m_electrode->setPlace({}, placeName({}));
    } else {
        const Place place{electrode[0].dendrite, electrode[0].x};
        m_electrode->setPlace(place, placeName(place));
    }
    m_cell->showNeuron(m_shown);
    showSites();
    showElectrode();
    Q_EMIT sitesChanged();
    Q_EMIT electrodesChanged();
}

// --- keys and looks
// --------------------------------------------------------------------------------

void LiveView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
        toggle();
        break;
    case Qt::Key_Period:
        if (m_step->isEnabled())
            m_step->click();
        break;
    case Qt::Key_Comma:
        if (m_smallStep->isEnabled())
            m_smallStep->click();
        break;
    case Qt::Key_Home:
        if (m_rewind->isEnabled())
            m_rewind->click();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void LiveView::restyle()
{
    const bool runs = m_state == State::Running;
    m_play->setIcon(themedIcon(runs ? QStringLiteral("pause") : QStringLiteral("run"), palette()));
    m_rewind->setIcon(themedIcon(QStringLiteral("rewind"), palette()));
    // As wide as its longest text, so that the others do not move when it changes.
    const QFontMetrics metrics = fontMetrics();
    m_play->setMinimumWidth(metrics.horizontalAdvance(tr("Starting...")) + theme::Grid * 6);
    m_reached->setMinimumWidth(metrics.horizontalAdvance(
        tr("asked %1, reached %2 ms/s").arg(QStringLiteral("1000"), QStringLiteral("1000"))));
}

void LiveView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        restyle();
        showSites();
    }
}

} // namespace dt
