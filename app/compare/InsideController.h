// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/InBackground.h"
#include "engine/jobs/StoredTwin.h"
#include "widgets/inside/InsideTwin.h"
#include "widgets/inside/MemoryPanel.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <memory>

namespace dt {

class DatasetDialogs;
class InsideView;
class TwinDataSets;

/// Feeds the view into a twin: reads twin files, finds simulations of its neuron, reads a
/// Transformer's attention, measures memory. All of that in the background, late answers are
/// dropped.
class InsideController : public QObject
{
    Q_OBJECT

public:
    /// Dialogs and data sets must outlive this.
    InsideController(InsideView *view, DatasetDialogs *dialogs, TwinDataSets *data,
                     QObject *parent = nullptr);
    /// Cancels a measurement and waits for its end.
    ~InsideController() override;

    /// Shows the twin of this file; empty: none.
    void showTwin(const QString &path);
    /// Twins that may be shown beside it.
    void setOthers(const QStringList &paths);
    /// A twin's file has another path now.
    void setPath(const QString &from, const QString &to);

    [[nodiscard]] bool isMeasuring() const { return m_measuring; }

private:
    struct Opened
    {
        std::shared_ptr<const StoredTwin> stored;
        InsideTwin inside;
    };
    struct Data
    {
        QString path;
        InsideData state;
        bool canMake = false;
    };

    static Result<Opened> open(const QString &path);
    void showSecond(const QString &path);
    void lookForData();
    void lookAgain();
    void locate();
    void make();
    void offer();
    void readAttention();
    void measure();
    void onMeasured(const QString &path, const Result<MemoryCurve> &curve);
    void showCurves();
    /// What the twin is called among all.
    [[nodiscard]] QString titleOf(const QString &path) const;
    void listOthers();

    InsideView *m_view;
    DatasetDialogs *m_dialogs;
    TwinDataSets *m_sets;
    QString m_path; ///< path of the twin that is wanted
    std::shared_ptr<const StoredTwin> m_twin; ///< null until it is read
    Data m_data;
    QStringList m_others;
    QHash<QString, MemoryPanel::Curve> m_curves; ///< by twin
    LatestAnswer m_opening{this};
    LatestAnswer m_openingSecond{this};
    LatestAnswer m_finding{this};
    LatestAnswer m_reading{this};
    bool m_making = false; ///< whether a test set was being made when last asked
    bool m_measuring = false;
    QString m_measured; ///< title of the twin that is measured
    std::shared_ptr<std::atomic<bool>> m_stop;
    std::shared_ptr<std::atomic<double>> m_share;
    QThreadPool m_pool; ///< for measurements alone, see probeMemory()
    QTimer m_timer;
};

} // namespace dt
