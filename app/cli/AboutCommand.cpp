// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"
#include "app/cli/Options.h"

#include "engine/base/Version.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/WorkerPool.h"

#include <nlohmann/json.hpp>

#include <QEventLoop>
#include <QTimer>

namespace dt::cli {

using namespace Qt::StringLiterals;

namespace {

/// Asks a worker for its version; empty when none starts.
std::string neuronVersion()
{
    WorkerProcess worker(WorkerPool::defaultSettings());
    QEventLoop loop;
    QObject::connect(&worker, &WorkerProcess::idle, &loop, &QEventLoop::quit);
    QObject::connect(&worker, &WorkerProcess::failed, &loop, &QEventLoop::quit);
    worker.start();
    loop.exec();
    return worker.engineVersion().toStdString();
}

} // namespace

int aboutCommand(const QStringList &arguments, Io &io)
{
    Options options("about", u"Shows versions and which libraries are in use."_s);
    if (const auto code = options.parse(arguments, io))
        return *code;
    nlohmann::ordered_json json{{"dendrotwin", ProgramVersion}, {"qt", qVersion()}};
    const std::string neuron = neuronVersion();
    json["neuron"] = neuron.empty() ? "not available" : neuron;
    const Result<MlModule *> ml = loadMlModule();
    if (ml) {
        const MlInfo info = (*ml)->info();
        json["libtorch"] = info.torchVersion;
        json["blas"] = info.blas;
        json["kernels"] = info.kernels;
        json["cuda"] = info.cudaAvailable;
        if (!info.fastBlas)
            io.err << "LibTorch's matrix library here is not OpenBLAS: training would be many "
                      "times slower. Install libopenblas0-pthread."
                   << std::endl;
    } else {
        json["libtorch"] = "not available";
        io.err << ml.error().message << std::endl;
    }
    if (options.json()) {
        io.out << json.dump() << "\n";
        return Ok;
    }
    for (const auto &[name, value] : json.items())
        io.out << name << std::string(12 - name.size(), ' ')
               << (value.is_string() ? value.get<std::string>() : value.dump()) << "\n";
    return Ok;
}

} // namespace dt::cli
