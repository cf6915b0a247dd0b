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

/// A neuron that runs without end and can be poked: the coloured cell and scrolling traces, and
/// beside them the settings of a poke, an electrode, and the parameters. Knows nothing of engines;
/// a controller feeds it.
///
/// Keys work wherever no field uses them: Space plays and pauses, the full stop steps 1 ms, the
/// comma one integration step, Home rewinds; arrows select a part of the cell, Return pokes it.
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
    /// Shows the neuron time that has passed [ms] and the pace reached [ms per second].
    void showProgress(double neuronMs, double reachedPace);
    /// Colours the cell by voltages [mV]: the soma's first, then one per segment.
    void showVoltages(const std::vector<float> &mv);
    void showTrace(const LiveTrace &trace);
    /// Shows a sentence over the picture of the cell; notes disappear by themselves.
    void showMessage(const QString &sentence, Tone tone);
    [[nodiscard]] QString message() const;
    /// Shows that an event was sent to a segment.
    void showPoke(int row, int kind);

    [[nodiscard]] const std::vector<LiveSite> &sites() const { return m_sites; }
    /// The one electrode of this page; it may be off.
    [[nodiscard]] std::vector<Electrode> electrodes() const;
    /// Neuron time [ms] per second; 0 = as fast as possible.
    [[nodiscard]] double pace() const;
    void setPace(double msPerSecond);

Q_SIGNALS:
    void playRequested();
    void pauseRequested();
    void rewindRequested();
    void stepRequested(double ms);
    void paceChanged(double msPerSecond);
    /// A segment was poked with this kind of synapse; with a rate, a train begins.
    void poked(int kind, int row, double weight, double rateHz);
    void released();
    void electrodesChanged();
    void sitesChanged();
    /// The traces are to be drawn again from the present trace.
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
    /// Resets everything to how it is before a neuron is poked.
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
    Neuron m_shown; ///< the neuron that the sites below belong to
    std::vector<LiveSite> m_sites;
    std::vector<int> m_siteColours; ///< one per site; a site keeps its colour
    int m_lastSiteId = 0;
    int m_pressedRow = -1;
};

} // namespace dt
