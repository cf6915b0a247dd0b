// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TrainingSpeeds.h"

#include "engine/jobs/InBackground.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TwinTiming.h"

#include <QSettings>
#include <QThread>

#include <algorithm>

namespace dt {

namespace {

constexpr int RestMs = 400;
/// Shorter trainings say more of their beginning than of steps.
constexpr double LeastSeconds = 5.0;

QString keyOf(Architecture architecture)
{
    const std::string_view name = architectureName(architecture);
    return QStringLiteral("train/speed/")
        + QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

TrainingSpeeds::TrainingSpeeds(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(RestMs);
    connect(&m_timer, &QTimer::timeout, this, &TrainingSpeeds::begin);
}

TrainingSpeeds::~TrainingSpeeds()
{
    stop();
}

double TrainingSpeeds::known(Architecture architecture)
{
    return QSettings().value(keyOf(architecture)).toDouble();
}

void TrainingSpeeds::keep(Architecture architecture, double speed)
{
    QSettings().setValue(keyOf(architecture), speed);
    Q_EMIT changed(architecture, speed);
}

void TrainingSpeeds::want(const TwinSpec &spec, const TrainingSize &size, bool cuda)
{
    stop();
    const auto same = std::find_if(m_measured.begin(), m_measured.end(), [&](const Measured &m) {
        return m.spec == spec && m.size == size;
    });
    if (same != m_measured.end()) {
        keep(spec.architecture(), same->speed);
        return;
    }
    m_spec = spec;
    m_size = size;
    m_cuda = cuda;
    m_timer.start();
}

void TrainingSpeeds::stop()
{
    m_timer.stop();
    if (m_stop)
        *m_stop = true;
    m_stop.reset();
}

void TrainingSpeeds::begin()
{
    m_stop = std::make_shared<std::atomic<bool>>(false);
    const Compute compute{m_cuda ? Compute::Device::Cuda : Compute::Device::Cpu,
                          std::max(1, QThread::idealThreadCount())};
    inBackground(
        this,
        [spec = m_spec, size = m_size, compute, stop = m_stop]() -> Result<double> {
            const Result<MlModule *> ml = loadMlModule();
            if (!ml)
                return ml.error();
            return trainingSpeed(**ml, spec, size, compute, [&] { return stop->load(); });
        },
        [this, stop = m_stop, spec = m_spec, size = m_size](const Result<double> &speed) {
            if (*stop || !speed)
                return; // the next training says what is wrong
            m_stop.reset();
            m_measured.push_back({spec, size, *speed});
            keep(spec.architecture(), *speed);
        });
}

void TrainingSpeeds::learn(const TwinSpec &spec, const TrainingSettings &settings,
                           const TrainingSize &size, const TrainingHistory &history)
{
    const double all = static_cast<double>(settings.epochs)
        * settings.iterationsPerEpoch(static_cast<std::size_t>(std::max(size.train, 0)));
    if (history.seconds < LeastSeconds || all <= 0.0)
        return;
    const double share = static_cast<double>(history.iterations()) / all;
    keep(spec.architecture(),
         share * trainingGigaOperations(spec, settings, size) / history.seconds);
}

} // namespace dt
