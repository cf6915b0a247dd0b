// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/MlLoader.h"

#include "engine/base/LibraryPath.h"

#include <QCoreApplication>
#include <QLibrary>

#include <mutex>

namespace dt {

Result<MlModule *> loadMlModule()
{
    static std::mutex mutex;
    static MlModule *module = nullptr;
    const std::lock_guard held(mutex);
    if (module)
        return module;
    const std::string path =
        libraryPath(QCoreApplication::applicationDirPath().toStdString(), "libdt_ml.so");
    QLibrary library(QString::fromStdString(path));
    const auto factory = reinterpret_cast<decltype(&dtMlModule)>(library.resolve("dtMlModule"));
    if (!factory)
        return Error{ErrorCode::NotFound,
                     "The machine-learning part could not be loaded: "
                         + library.errorString().toStdString()
                         + ". Build or install DendroTwin again.",
                     path};
    module = factory();
    return module;
}

Compute::Device bestDevice()
{
    const Result<MlModule *> ml = loadMlModule();
    return ml && (*ml)->info().cudaAvailable ? Compute::Device::Cuda : Compute::Device::Cpu;
}

} // namespace dt
