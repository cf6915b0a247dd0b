// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/worker/NeuronEngine.h"
#include "engine/worker/Pipe.h"

namespace dt {

/// Runs one batch on the engine and reports it on the pipe: chunks of samples as they come, then
/// exactly one EndMessage.
class Runner
{
public:
    Runner(NeuronEngine &engine, Pipe &pipe) : m_engine(engine), m_pipe(pipe) { }

    void run(const RunMessage &message);

private:
    Status simulate(const RunMessage &message, bool &cancelled);

    NeuronEngine &m_engine;
    Pipe &m_pipe;
};

} // namespace dt
