// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/DemoRun.h"

#include "app/demo/DemoReport.h"
#include "engine/cell/Presets.h"
#include "engine/data/PredictionFile.h"
#include "engine/data/RecordingFile.h"
#include "engine/jobs/DatasetBuilder.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TrainingSession.h"
#include "engine/jobs/TwinPrediction.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QTimer>
#include <QtConcurrent>

#include <cstdio>

namespace dt {

namespace {

constexpr int MostCandidates = 50; ///< for the fresh input: one that passes the filter

void say(const QString &sentence)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(sentence));
}

/// A line every few seconds, whatever happens more often.
class Teller
{
public:
    Teller() { m_since.start(); }
    void tell(const QString &sentence)
    {
        if (m_told && m_since.elapsed() < 5000)
            return;
        m_told = true;
        m_since.restart();
        say(QStringLiteral("  ") + sentence);
    }

private:
    bool m_told = false;
    QElapsedTimer m_since;
};

class Demo
{
public:
    Demo(SimulationEngine &engine, int workers, const QString &folder,
         const DemoSettings &settings) :
        m_engine(engine),
        m_workers(workers), m_folder(folder), m_settings(settings)
    {
    }

    Status run()
    {
        for (const auto step : {&Demo::build, &Demo::train, &Demo::compare}) {
            if (const Status done = (this->*step)(); !done)
                return done;
        }
        say(QObject::tr("4 of 4: the report"));
        return writeDemoReport(m_folder, m_results);
    }

private:
    [[nodiscard]] std::string at(const char *name) const
    {
        return QDir(m_folder).filePath(QString::fromUtf8(name)).toStdString();
    }

    Status build()
    {
        const std::string target = at("dataset.h5");
        say(QObject::tr("1 of 4: a data set of %1 simulations in NEURON")
                .arg(m_settings.plan.wantedInAll()));
        QElapsedTimer timer;
        timer.start();
        // What an interrupted run left, if it is this data set.
        const Result<DatasetPlan> left = BuildFolder::planOf(target);
        Result<BuildFolder> folder = left && *left == m_settings.plan
            ? BuildFolder::open(target)
            : BuildFolder::create(target, m_settings.plan, true);
        if (!folder)
            return folder.error();
        DatasetBuilder builder(m_engine, m_workers, std::move(*folder));
        QEventLoop loop;
        Teller teller;
        QObject::connect(&builder, &DatasetBuilder::progressed, &loop, [&] {
            teller.tell(QObject::tr("%1 % done, %2 simulations a second")
                            .arg(100.0 * builder.progress(), 0, 'f', 0)
                            .arg(builder.simulationsPerSecond(), 0, 'f', 1));
        });
        QObject::connect(&builder, &DatasetBuilder::ended, &loop, &QEventLoop::quit);
        builder.start();
        if (!builder.isOver())
            loop.exec();
        if (builder.state() != DatasetBuilder::State::Finished)
            return builder.error();
        m_results.buildSeconds = static_cast<double>(timer.elapsed()) / 1000.0;
        const Result<DatasetFile> file = DatasetFile::open(target);
        if (!file)
            return file.error();
        m_results.dataset = file->info();
        return Done{};
    }

    Status train()
    {
        const Result<TwinSpec> spec = presetTwin(m_settings.twin, m_results.dataset.segments);
        if (!spec)
            return spec.error();
        say(QObject::tr("2 of 4: training the twin %1")
                .arg(QString::fromStdString(shortName(*spec))));
        TrainingRequest request;
        request.target = at("twin.twin");
        request.replace = true;
        request.dataset = at("dataset.h5");
        request.spec = *spec;
        request.settings = m_settings.training;
        request.logPath = at("training.jsonl");
        TrainingSession session(std::move(request));
        QEventLoop loop;
        Teller teller;
        QObject::connect(&session, &TrainingSession::progressed, &loop, [&] {
            const TrainingHistory &h = session.history();
            if (session.state() == TrainingSession::State::Training && h.validations() > 0)
                teller.tell(QObject::tr("%1 % done, spike loss %2 in validation, %3 s left")
                                .arg(100.0 * session.progress(), 0, 'f', 0)
                                .arg(h.validation.heads[0].back(), 0, 'f', 4)
                                .arg(session.secondsLeft(), 0, 'f', 0));
        });
        QObject::connect(&session, &TrainingSession::remarked, &loop,
                         [](const QString &sentence) { say(QStringLiteral("  ") + sentence); });
        QObject::connect(&session, &TrainingSession::ended, &loop, &QEventLoop::quit);
        session.start();
        loop.exec();
        if (session.state() != TrainingSession::State::Finished)
            return session.error();
        Result<StoredTwin> twin = loadTwin(at("twin.twin"));
        if (!twin)
            return twin.error();
        m_results.twin = std::move(*twin);
        return Done{};
    }

    /// The first candidate of another seed that the data set would have kept.
    Status simulateFresh()
    {
        const DatasetPlan &plan = m_settings.plan;
        for (std::uint64_t i = 0; i < MostCandidates; ++i) {
            SimulationRequest request;
            request.neuron = plan.neuron;
            request.inputs = {drawInput(plan.recipe, m_settings.freshSeed, Split::Test, i,
                                        plan.neuron.segmentCount(), plan.durationMs)};
            QEventLoop loop;
            QObject owner;
            SimulationJob *job = m_engine.submit(std::move(request), &owner);
            QObject::connect(job, &SimulationJob::ended, &loop, &QEventLoop::quit);
            if (!job->isOver())
                loop.exec();
            if (job->state() != SimulationJob::State::Finished)
                return job->error();
            Recording recording = job->recording(0);
            const StatisticValues values =
                statisticsOf(storedFrom(recording, i), plan.neuron.segmentCount());
            if (firstViolation(values, plan.filter))
                continue;
            m_results.simulationSeconds = job->engineSeconds();
            m_results.neuron = std::make_shared<const Recording>(std::move(recording));
            return Done{};
        }
        return Error{ErrorCode::InvalidValue, "No fresh input makes the neuron fire as it should.",
                     ""};
    }

    Status compare()
    {
        say(QObject::tr("3 of 4: neuron and twin on an input that both have never seen"));
        if (const Status simulated = simulateFresh(); !simulated)
            return simulated;
        const Recording &recording = *m_results.neuron;
        if (const Status written = writeRecording(at("recording.h5"), recording, true); !written)
            return written;
        QEventLoop loop;
        QFutureWatcher<Status> watcher;
        QObject::connect(&watcher, &QFutureWatcher<Status>::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(QtConcurrent::run([&]() -> Status {
            const Result<MlModule *> ml = loadMlModule();
            if (!ml)
                return ml.error();
            const Result<std::unique_ptr<TwinPredictor>> twin = (*ml)->predictor(
                m_results.twin.spec, m_results.twin.contents.weights, {bestDevice(), 0});
            if (!twin)
                return twin.error();
            QElapsedTimer timer;
            timer.start();
            Result<TwinPrediction> said =
                predictInput(**twin, recording.input, [](double) { return true; });
            if (!said)
                return said.error();
            m_results.predictionSeconds = static_cast<double>(timer.nsecsElapsed()) * 1e-9;
            m_results.prediction = std::move(*said);
            return writePrediction(at("prediction.h5"), m_results.prediction, true);
        }));
        loop.exec();
        return watcher.result();
    }

    SimulationEngine &m_engine;
    int m_workers;
    QString m_folder;
    DemoSettings m_settings;
    DemoResults m_results;
};

} // namespace

DemoSettings classroomDemo()
{
    DemoSettings demo;
    demo.plan.neuron = presetNeuron("ampa-point").value();
    demo.plan.wanted = {240, 24, 24};
    demo.plan.seed = 1;
    demo.freshSeed = 2;
    demo.twin = "tcn-b";
    demo.training.epochs = 70;
    demo.training.trainBatch = 8;
    demo.training.learningRate = 2e-3;
    return demo;
}

int runDemo(SimulationEngine &engine, int workers, const QString &folder,
            const DemoSettings &settings)
{
    if (!QDir().mkpath(folder)) {
        say(QObject::tr("The folder %1 cannot be made. Choose another.").arg(folder));
        return 1;
    }
    QElapsedTimer timer;
    timer.start();
    if (const Status done = Demo(engine, workers, folder, settings).run(); !done) {
        say(QString::fromStdString(done.error().message));
        return 1;
    }
    say(QObject::tr("Done in %1 s. Open %2 in a browser.")
            .arg(static_cast<double>(timer.elapsed()) / 1000.0, 0, 'f', 0)
            .arg(QFileInfo(QDir(folder).filePath(QStringLiteral("report.html")))
                     .absoluteFilePath()));
    return 0;
}

} // namespace dt
