// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/SpikeInput.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace dt {

class Document;
class LiveTwin;
class PredictionTimes;
class SimulatePage;
class SimulationController;
class TwinLibrary;

/// A twin beside the neuron on the Simulate page: which one, whether it fits, and what it says of
/// every run. The runs themselves are SimulationController's and go on whatever happens here.
class TwinBesideController : public QObject
{
    Q_OBJECT

public:
    /// `times` must outlive this.
    TwinBesideController(Document *document, TwinLibrary *twins, PredictionTimes *times,
                         SimulationController *simulation, SimulatePage *page,
                         QObject *parent = nullptr);
    ~TwinBesideController() override;

    /// Path of the chosen twin; empty when there is none.
    [[nodiscard]] const QString &chosen() const { return m_chosen; }
    [[nodiscard]] const LiveTwin *live() const { return m_live.get(); }

Q_SIGNALS:
    /// Says what of the input the twin's neuron had no place for.
    void told(const QString &sentence);

private:
    /// What the list and the messages need of a twin's file.
    struct Known
    {
        QString path;
        QDateTime modified;
        QString what; ///< network, neuron and how good it is
        int segments = 0;
        std::optional<Neuron> neuron;
        QString problem; ///< why it cannot be read
    };

    static Known readTwin(const QString &path);
    void readLibrary();
    void choose(const QString &path);
    void follow(const QString &from, const QString &to);
    void openLive();
    void startRun();
    void onLiveState();
    void feed();
    void measure();
    void showSpeed();
    void refresh();
    void showMessage(bool fits);
    void useItsNeuron();
    [[nodiscard]] const Known *known(const QString &path) const;
    [[nodiscard]] int allowedMs() const;
    [[nodiscard]] QString unfitting(const Known &twin) const;

    Document *m_document;
    TwinLibrary *m_twins;
    PredictionTimes *m_times;
    SimulationController *m_simulation;
    SimulatePage *m_page;
    QString m_chosen;
    std::vector<Known> m_known;
    std::unique_ptr<LiveTwin> m_live; ///< the chosen twin, loaded
    QDateTime m_liveModified; ///< time of the file that it was loaded from
    std::optional<SpikeInput> m_input; ///< input of the newest run
    LabelSettings m_labels; ///< label settings of that run's neuron
    int m_runId = 0; ///< number of that run
    QTimer m_measuring;
    bool m_reading = false;
    bool m_readAgain = false;
};

} // namespace dt
