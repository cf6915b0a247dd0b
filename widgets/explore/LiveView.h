// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/Electrode.h"
#include "engine/recording/LiveTrace.h"
#include "widgets/cell/CellLayout.h"

#include <QTimer>
#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSlider;
class QToolButton;

namespace dt {

class Document;
struct ChangeEvent;
class LiveCell;
class LiveElectrodePanel;
class LiveFingerPanel;
class LiveMessage;
class LiveNeuronPanel;
class LiveTraces;

/// The neuron as it runs without end, to be poked: the coloured cell, scrolling traces, and beside
/// them what the finger does, an electrode, and the parameters. Knows nothing of engines; a
/// controller feeds it.
///
/// Keys, wherever no field takes them: Space plays and pauses, the full stop steps 1 ms, the comma
/// one integration step, Home rewinds; arrows select a part of the cell, Return pokes it.
class LiveView : public QWidget
{
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Running, Paused };
    enum class Tone { Note, Problem };

    static constexpr int MaxSites = 6;

    explicit LiveView(Document *document, QWidget *parent = nullptr);

    [[nodiscard]] LiveCell *cell() const { return m_cell; }
    [[nodiscard]] LiveTraces *traces() const { return m_traces; }
    [[nodiscard]] LiveFingerPanel *finger() const { return m_finger; }

    void showState(State state);
    [[nodiscard]] State state() const { return m_state; }
    /// Elapsed [ms] and reached [ms per second] neuron time.
    void showProgress(double neuronMs, double reachedPace);
    /// [mV] soma first, then one per segment.
    void showVoltages(const std::vector<float> &mv);
    void showTrace(const LiveTrace &trace);
    /// A sentence over the picture of the cell; notes go by themselves.
    void showMessage(const QString &sentence, Tone tone);
    [[nodiscard]] QString message() const;
    /// An event went out to the segment.
    void showPoke(int row, int kind);

    [[nodiscard]] const std::vector<LiveSite> &sites() const { return m_sites; }
    /// One electrode, perhaps off.
    [[nodiscard]] std::vector<Electrode> electrodes() const;
    /// Neuron time [ms] per second; 0 = as fast as it goes.
    [[nodiscard]] double pace() const;
    void setPace(double msPerSecond);

Q_SIGNALS:
    void playRequested();
    void pauseRequested();
    void rewindRequested();
    void stepRequested(double ms);
    void paceChanged(double msPerSecond);
    /// A poke of the kind; with a rate the beginning of a train.
    void poked(int kind, int row, double weight, double rateHz);
    void released();
    void electrodesChanged();
    void sitesChanged();
    /// The traces want to be drawn again from what is there.
    void traceWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeLeft();
    QWidget *makeRight();
    QHBoxLayout *makeTransport();
    QHBoxLayout *makePace();
    QHBoxLayout *makeProgress();
    void toggle();
    void press(int part);
    void beginTrain();
    void onDocumentChanged(const ChangeEvent &event);
    /// As it is before anything was done to a neuron.
    void clear();
    void addSite(int row);
    void removeSite(int id);
    void showSites();
    void moveElectrode(const Place &place);
    void showElectrode();
    void onPace();
    void restyle();
    [[nodiscard]] QString placeName(const Place &place) const;

    Document *m_document;
    LiveCell *m_cell;
    LiveTraces *m_traces;
    LiveFingerPanel *m_finger;
    LiveElectrodePanel *m_electrode;
    LiveNeuronPanel *m_neuron;
    QPushButton *m_play;
    QPushButton *m_rewind;
    QPushButton *m_step;
    QPushButton *m_smallStep;
    QSlider *m_pace;
    QComboBox *m_presets;
    QLabel *m_elapsed;
    QLabel *m_reached;
    LiveMessage *m_message = nullptr;
    QTimer m_holdTimer;
    State m_state = State::Stopped;
    Neuron m_shown; ///< what the places below belong to
    std::vector<LiveSite> m_sites;
    std::vector<int> m_siteColours; ///< one per site; a site keeps its colour
    int m_lastSiteId = 0;
    int m_pressedRow = -1;
};

} // namespace dt
