// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/train/TwinDialogs.h"
#include "engine/base/Result.h"
#include "engine/twin/evaluation/TwinComparison.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QQueue>

#include <memory>

class QWidget;

namespace dt {

class ComparePage;
class PredictionTimes;
class TwinLibrary;
class TwinReport;

/// Feeds the Compare page from the library of twins: files are read in the background, one after
/// another, once each until they change. Writes reports and tables.
class CompareController : public QObject
{
    Q_OBJECT

public:
    /// The dialogs and the times must outlive this.
    CompareController(ComparePage *page, TwinLibrary *twins, PredictionTimes *times,
                      TwinDialogs *dialogs, QObject *parent = nullptr);
    ~CompareController() override;

    /// Begins to read files: somebody looks at the page.
    void activate();
    void open();
    /// Puts files on the list and shows them. What is no twin is listed with the reason.
    void openPaths(const QStringList &paths);

Q_SIGNALS:
    void pageWanted();
    void trainRequested();
    void failed(const dt::Error &error);
    /// A sentence about what is done.
    void told(const QString &sentence);

private:
    struct Known
    {
        QDateTime changed;
        qint64 bytes = 0;
        std::shared_ptr<const ComparedTwin> twin; ///< null while it is read for the first time
    };

    void refresh();
    void follow(const QString &from, const QString &to);
    void readNext();
    void show();
    void showTiming();
    /// The networks of all twins that could be read.
    [[nodiscard]] std::vector<TwinSpec> networks() const;
    void saveReport();
    void drawReport();
    void writeReport();
    void saveText(const QString &text, const QString &name);
    void savePicture(QWidget *view, const QString &name);
    [[nodiscard]] QString folder() const;
    void rememberFolder(const QString &path);
    void tellSaved(const QString &path);

    ComparePage *m_page;
    TwinLibrary *m_twins;
    PredictionTimes *m_times;
    TwinDialogs *m_dialogs;
    bool m_active = false;
    bool m_reading = false;
    QHash<QString, Known> m_known; ///< by the path of the twin
    QQueue<QString> m_waiting;
    std::unique_ptr<TwinReport> m_report; ///< while it is drawn
    QString m_reportPath;
};

} // namespace dt
