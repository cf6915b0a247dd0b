// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/StoredTwin.h"
#include "widgets/inside/InsideTwin.h"
#include "widgets/inside/MemoryPanel.h"

#include <QFuture>
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

/// Feeds the view into a twin: reads twin files, finds the data set that each was trained on, reads a
/// Transformer's attention, measures memory. All of that in the background, late answers are dropped.
class InsideController : public QObject
{
    Q_OBJECT

public:
    InsideController(InsideView *view, DatasetDialogs *dialogs, QObject *parent = nullptr);
    /// Cancels and waits for a measurement.
    ~InsideController() override;

    /// Empty: none.
    void showTwin(const QString &path);
    /// Twins that may be shown beside it.
    void setOthers(const QStringList &paths);

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
    };

    static Result<Opened> open(const QString &path);
    static Data findData(const std::shared_ptr<const StoredTwin> &twin, const QString &located);
    void showSecond(const QString &path);
    void lookForData();
    void locate();
    void readAttention();
    void measure();
    void onMeasured(const QString &path, const Result<MemoryCurve> &curve);
    void showCurves();
    void listOthers();

    InsideView *m_view;
    DatasetDialogs *m_dialogs;
    QString m_path; ///< of the twin that is wanted
    std::shared_ptr<const StoredTwin> m_twin; ///< null until it is read
    Data m_data;
    QStringList m_others;
    QHash<QString, QString> m_located; ///< data set by twin, where a person found it
    QHash<QString, MemoryPanel::Curve> m_curves; ///< by twin
    // Numbers of the last requests, so that late answers are dropped.
    int m_opening = 0;
    int m_openingSecond = 0;
    int m_finding = 0;
    int m_reading = 0;
    bool m_measuring = false;
    QString m_measured; ///< title
    std::shared_ptr<std::atomic<bool>> m_stop;
    std::shared_ptr<std::atomic<double>> m_share;
    QThreadPool m_pool; ///< of measurements alone, see probeMemory()
    QFuture<Result<MemoryCurve>> m_measurement;
    QTimer m_timer;
};

} // namespace dt
