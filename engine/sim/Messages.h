// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/recording/Recording.h"
#include "engine/sim/LiveMessages.h"
#include "engine/sim/SimulationRequest.h"

#include <QByteArray>
#include <QString>

#include <variant>
#include <vector>

namespace dt {

/// What program and worker say to each other, as plain structs; encode() and decode() are pure
/// functions. Field by field: docs/WORKER-PROTOCOL.md. Raise ProtocolVersion with every change that
/// an older partner would misunderstand.
inline constexpr int ProtocolVersion = 4;

/// Worker: says once, at the start, what it is.
struct HelloMessage
{
    int protocol = ProtocolVersion;
    QString engine; ///< e.g. "NEURON 8.2.2"
};

/// Program: simulate this batch. One at a time per worker.
struct RunMessage
{
    quint64 id = 0;
    SimulationRequest request;
};

/// Program: stop run `id` soon. Late or unknown ids are ignored.
struct CancelMessage
{
    quint64 id = 0;
};

/// Program: change the pace of run `id`.
struct PaceMessage
{
    quint64 id = 0;
    double paceMsPerSecond = 0.0;
};

/// Worker: the next stretch of samples of every simulation of the batch.
struct ChunkMessage
{
    struct Cell
    {
        std::vector<float> soma; ///< [mV] one per sample
        std::vector<float> dend; ///< [mV] whole ms in this stretch x segments
        std::vector<std::vector<float>> probes; ///< one for each Probe, one value per sample
    };
    quint64 id = 0;
    qint64 firstSample = 0;
    std::vector<Cell> cells;
    std::vector<float> now; ///< [mV] soma and all segments of the first simulation, at the end
};

/// Worker: run `id` is over. Exactly one for each RunMessage.
struct EndMessage
{
    enum class How { Finished, Cancelled, Failed };
    quint64 id = 0;
    How how = How::Finished;
    QString message; ///< when Failed: a sentence
    double seconds = 0.0;
};

using Message = std::variant<HelloMessage, RunMessage, CancelMessage, PaceMessage, ChunkMessage,
                             EndMessage, LiveRunMessage, LiveChangeMessage, PokeMessage,
                             LiveControlMessage, LiveReportMessage>;

QByteArray encode(const Message &message);
Result<Message> decode(const QByteArray &body);

/// Adds a stretch to the traces of a batch (one each; created on first use). Fails when the
/// stretch does not continue them.
Status appendChunk(std::vector<VoltageTrace> &traces, const ChunkMessage &chunk,
                   const SimulationRequest &request);

} // namespace dt
