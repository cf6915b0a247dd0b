// SPDX-License-Identifier: GPL-3.0-or-later
//
// dendrotwin-worker: one NEURON process. Speaks the protocol of docs/WORKER-PROTOCOL.md on its
// stdin and stdout; is not meant to be started by hand.

#include "engine/base/LibraryPath.h"
#include "engine/worker/LiveRunner.h"
#include "engine/worker/NeuronEngine.h"
#include "engine/worker/Pipe.h"
#include "engine/worker/Runner.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
/// NEURON frees nothing at its end; only its own leaks are passed over.
extern "C" const char *__lsan_default_suppressions()
{
    return "leak:libnrniv.so\nleak:libdendromech.so\nleak:libmpi.so\nleak:libopen-\n";
}
#endif

namespace {

/// The channel library lies beside the programs, in a build and when installed.
std::string mechanismLibrary()
{
    if (const char *path = std::getenv("DENDROTWIN_MECHANISMS"))
        return path;
    std::error_code ignored;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    return dt::libraryPath(program.parent_path().string(), dt::MechanismLibrary);
}

} // namespace

int main(int argc, char **)
{
    if (argc > 1 || ::isatty(STDIN_FILENO)) {
        std::fputs("dendrotwin-worker runs NEURON for DendroTwin and is started by it. "
                   "Start dendrotwin or dendrotwin-cli instead.\n",
                   stderr);
        return 2;
    }
#if defined(__SSE2__)
    // Decaying synapses end in denormal numbers, which are slow and mean nothing: flush to zero.
    _mm_setcsr(_mm_getcsr() | 0x8040u);
#endif
    dt::Pipe &pipe = dt::Pipe::open();
    dt::Result<std::unique_ptr<dt::NeuronEngine>> engine =
        dt::NeuronEngine::start(mechanismLibrary());
    if (!engine) {
        std::fprintf(stderr, "%s\n", engine.error().message.c_str());
        return 1;
    }
    pipe.send(dt::HelloMessage{dt::ProtocolVersion, QString::fromStdString((*engine)->version())});
    dt::Runner runner(**engine, pipe);
    dt::LiveRunner live(**engine, pipe);
    for (;;) {
        const std::variant<dt::RunMessage, dt::LiveRunMessage> next = pipe.waitForRun();
        if (const auto *run = std::get_if<dt::RunMessage>(&next))
            runner.run(*run);
        else
            live.run(std::get<dt::LiveRunMessage>(next));
    }
}
