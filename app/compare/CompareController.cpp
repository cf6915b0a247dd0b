// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compare/CompareController.h"

#include "app/report/TwinReport.h"
#include "app/train/TwinLibrary.h"
#include "app/window/PictureFile.h"
#include "engine/jobs/InBackground.h"
#include "engine/jobs/PredictionTimes.h"
#include "engine/jobs/TwinReading.h"
#include "widgets/pages/ComparePage.h"
#include "widgets/plots/PlotSheet.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

namespace dt {

namespace {

constexpr const char *FolderKey = "compare/folder";

} // namespace

CompareController::CompareController(ComparePage *page, TwinLibrary *twins, PredictionTimes *times,
                                     TwinDialogs *dialogs, QObject *parent) :
    QObject(parent),
    m_page(page), m_twins(twins), m_times(times), m_dialogs(dialogs)
{
    connect(times, &PredictionTimes::changed, this, [this] {
        if (m_active)
            show();
    });
    connect(page, &ComparePage::measureRequested, this, [this] { m_times->measure(networks()); });
    connect(twins, &TwinLibrary::changed, this, &CompareController::refresh);
    connect(twins, &TwinLibrary::renamed, this, &CompareController::follow);
    connect(page, &ComparePage::renameRequested, this,
            [this](const QString &path, const QString &name) {
                if (const Status renamed = m_twins->rename(path, name); !renamed)
                    Q_EMIT failed(renamed.error());
            });
    connect(page, &ComparePage::openRequested, this, &CompareController::open);
    connect(page, &ComparePage::removeRequested, twins, &TwinLibrary::remove);
    connect(page, &ComparePage::trainRequested, this, &CompareController::trainRequested);
    connect(page, &ComparePage::reportRequested, this, &CompareController::saveReport);
    connect(page, &ComparePage::csvExported, this, &CompareController::saveText);
    connect(page, &ComparePage::pictureWanted, this, &CompareController::savePicture);
    connect(page, &ComparePage::told, this, &CompareController::told);
}

CompareController::~CompareController() = default;

void CompareController::activate()
{
    m_active = true;
    refresh();
}

void CompareController::refresh()
{
    if (!m_active)
        return;
    const QStringList paths = m_twins->paths();
    for (auto it = m_known.begin(); it != m_known.end();)
        it = paths.contains(it.key()) ? std::next(it) : m_known.erase(it);
    m_waiting.clear();
    for (const QString &path : paths) {
        const QFileInfo info(path);
        Known &known = m_known[path];
        if (known.twin && known.changed == info.lastModified() && known.bytes == info.size())
            continue;
        m_waiting.enqueue(path);
    }
    show();
    readNext();
}

/// What is known of a file stays when it has another name.
void CompareController::follow(const QString &from, const QString &to)
{
    const auto it = m_known.find(from);
    if (it == m_known.end())
        return;
    Known known = *it;
    m_known.erase(it);
    if (known.twin) {
        auto moved = std::make_shared<ComparedTwin>(*known.twin);
        moved->path = to.toStdString();
        known.twin = std::move(moved);
    }
    m_known.insert(to, known);
    m_page->setPath(from, to);
}

void CompareController::readNext()
{
    if (m_reading || m_waiting.isEmpty())
        return;
    m_reading = true;
    const QString path = m_waiting.dequeue();
    const QFileInfo info(path);
    using Read = std::shared_ptr<const ComparedTwin>;
    inBackground(
        this,
        [path]() -> Read {
            return std::make_shared<const ComparedTwin>(readForComparison(path.toStdString()));
        },
        [this, path, changed = info.lastModified(), bytes = info.size()](const Read &answer) {
            m_reading = false;
            if (m_known.contains(path)) // else it was taken off the list meanwhile
                m_known[path] = {changed, bytes, answer};
            show();
            readNext();
            if (!m_reading)
                m_times->want(networks());
        });
}

void CompareController::show()
{
    ComparedTwins twins;
    QSet<QString> shipped;
    for (const QString &path : m_twins->paths()) {
        if (m_twins->cameWithProgram(path))
            shipped.insert(path);
        if (const auto twin = m_known.value(path).twin) {
            // One measure for all, whatever the files say of other days and computers.
            auto timed = std::make_shared<ComparedTwin>(*twin);
            timed->predictsInMs = twin->isReadable() ? m_times->ms(twin->spec) : std::nullopt;
            twins.push_back(std::move(timed));
        }
    }
    showTiming();
    m_page->setReading(static_cast<int>(m_waiting.size()) + (m_reading ? 1 : 0));
    m_page->setTwins(withNames(twins), shipped);
}

void CompareController::showTiming()
{
    m_page->setTiming(m_times->left(),
                      m_times->isPaused()
                          ? tr("A twin is being trained. How fast twins predict can "
                               "be measured when it is done.")
                          : QString());
}

std::vector<TwinSpec> CompareController::networks() const
{
    std::vector<TwinSpec> specs;
    for (const Known &known : m_known) {
        if (known.twin && known.twin->isReadable())
            specs.push_back(known.twin->spec);
    }
    return specs;
}

QString CompareController::folder() const
{
    const QString last = QSettings().value(QLatin1String(FolderKey)).toString();
    if (!last.isEmpty() && QFileInfo(last).isDir())
        return last;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo::exists(documents) ? documents : QDir::homePath();
}

void CompareController::rememberFolder(const QString &path)
{
    QSettings().setValue(QLatin1String(FolderKey), QFileInfo(path).absolutePath());
}

void CompareController::open()
{
    const QStringList paths = m_dialogs->askOpenTwins(folder());
    if (paths.isEmpty())
        return;
    rememberFolder(paths.first());
    openPaths(paths);
}

void CompareController::openPaths(const QStringList &paths)
{
    for (const QString &path : paths)
        m_twins->add(path);
    Q_EMIT pageWanted();
}

void CompareController::saveReport()
{
    const ComparedTwins twins = m_page->ticked();
    if (m_report || twins.empty())
        return;
    const QString name = twins.size() == 1
        ? QFileInfo(QString::fromStdString(twins.front()->path)).completeBaseName()
        : tr("twins");
    const QString path =
        m_dialogs->askSaveAs(TwinDialogs::SavedKind::Report,
                             QDir(folder()).filePath(QStringLiteral("%1-report.html").arg(name)));
    if (path.isEmpty())
        return;
    rememberFolder(path);
    m_report = std::make_unique<TwinReport>(twins);
    m_reportPath = path;
    drawReport();
}

// A figure at a time, so that the window stays usable.
void CompareController::drawReport()
{
    if (m_report->isDone()) {
        writeReport();
        return;
    }
    Q_EMIT told(tr("Drawing the report: figure %1 of %2")
                    .arg(m_report->drawn() + 1)
                    .arg(m_report->figures()));
    QTimer::singleShot(0, this, [this] {
        m_report->drawNext();
        drawReport();
    });
}

void CompareController::writeReport()
{
    const std::unique_ptr<TwinReport> report = std::move(m_report);
    if (const Status written = writeWhole(m_reportPath, report->html()); !written) {
        Q_EMIT told({});
        Q_EMIT failed(written.error());
        return;
    }
    tellSaved(m_reportPath);
}

void CompareController::saveText(const QString &text, const QString &name)
{
    const QString path = m_dialogs->askSaveAs(
        TwinDialogs::SavedKind::Csv, QDir(folder()).filePath(name + QStringLiteral(".csv")));
    if (path.isEmpty())
        return;
    rememberFolder(path);
    if (const Status written = writeWhole(path, text.toUtf8()); !written)
        Q_EMIT failed(written.error());
    else
        tellSaved(path);
}

void CompareController::savePicture(QWidget *view, const QString &name)
{
    const QPointer<QWidget> there(view);
    const QString path = m_dialogs->askSaveAs(
        TwinDialogs::SavedKind::Plot, QDir(folder()).filePath(name + QStringLiteral(".png")));
    if (path.isEmpty() || !there)
        return;
    rememberFolder(path);
    if (const Status written = writePicture(path, PlotSheet::ofView(*view, {}), name); !written)
        Q_EMIT failed(written.error());
    else
        tellSaved(path);
}

void CompareController::tellSaved(const QString &path)
{
    Q_EMIT told(tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

} // namespace dt
