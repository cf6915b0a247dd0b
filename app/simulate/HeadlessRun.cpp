// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulate/HeadlessRun.h"

#include "app/simulate/SimulationController.h"
#include "engine/data/RecordingFile.h"
#include "engine/document/Document.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/shell/StatusStrip.h"

#include <QDir>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>

#include <cstdio>

namespace dt {

namespace {

constexpr QSize PictureSize(1280, 900);

int say(const QString &sentence, int code)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(sentence));
    return code;
}

} // namespace

int runHeadless(SimulationEngine &engine, const QString &folder)
{
    if (!QDir().mkpath(folder))
        return say(QObject::tr("The folder %1 cannot be made. Choose another.").arg(folder), 1);

    Document document;
    SimulatePage page(&document);
    StatusStrip status;
    SimulationController simulation(&document, &engine, &page, &status);
    page.resize(PictureSize);
    page.ensurePolished();

    QEventLoop loop;
    QString failure;
    QObject::connect(&simulation, &SimulationController::finished, &loop, &QEventLoop::quit);
    QObject::connect(&simulation, &SimulationController::failed, &loop, [&](const Error &error) {
        failure = QString::fromStdString(error.message);
        loop.quit();
    });
    simulation.run();
    loop.exec();
    if (!failure.isEmpty())
        return say(failure, 1);

    const Recording &recording = *simulation.recording();
    const QString recordingPath = QDir(folder).filePath(QStringLiteral("recording.h5"));
    if (const Status written = writeRecording(recordingPath.toStdString(), recording, true);
        !written)
        return say(QString::fromStdString(written.error().message), 1);

    const QString picturePath = QDir(folder).filePath(QStringLiteral("plots.png"));
    const QPixmap picture = page.grab();
    if (!picture.save(picturePath))
        return say(QObject::tr("Writing %1 failed. Choose another folder.").arg(picturePath), 1);
    return say(
        QObject::tr("%1\nWrote %2 and %3.").arg(status.sentence(), recordingPath, picturePath), 0);
}

} // namespace dt
