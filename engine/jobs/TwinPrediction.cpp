// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TwinPrediction.h"

#include <algorithm>

namespace dt {

namespace {

constexpr int PieceMs = 4096;

void append(std::vector<float> &to, const std::vector<float> &from)
{
    to.insert(to.end(), from.begin(), from.end());
}

} // namespace

Result<TwinPrediction> predictInput(TwinPredictor &twin, const SpikeInput &input,
                                    const std::function<bool(double)> &goOn)
{
    const TwinSpec &spec = twin.spec();
    if (const Status rows = validateRows(input, spec.segments, "the twin's neuron"); !rows)
        return rows.error();
    twin.reset();
    TwinPrediction whole;
    whole.windows = 1;
    whole.lengthMs = input.durationMs;
    whole.dendHeads = spec.dendHeads;
    const auto total = static_cast<std::size_t>(input.durationMs);
    whole.dendMv.resize(total * static_cast<std::size_t>(spec.dendHeads));
    auto event = input.events.begin(); // in order of time
    TwinInputs piece;
    for (int from = 0; from < input.durationMs; from += PieceMs) {
        if (!goOn(static_cast<double>(from) / input.durationMs))
            return Error{ErrorCode::Cancelled, "The prediction was cancelled.", ""};
        const int length = std::min(PieceMs, input.durationMs - from);
        piece.resize(1, input.segments, length);
        for (; event != input.events.end() && event->timeMs < from + length; ++event) {
            const int line =
                (event->polarity == Polarity::Inhibitory ? input.segments : 0) + event->row;
            piece.values[static_cast<std::size_t>(line) * static_cast<std::size_t>(length)
                         + static_cast<std::size_t>(event->timeMs - from)] =
                spec.scaling.input(static_cast<float>(event->weight));
        }
        const Result<TwinPrediction> said = twin.push(piece);
        if (!said)
            return said.error();
        append(whole.spikeProbability, said->spikeProbability);
        append(whole.nearSpikeProbability, said->nearSpikeProbability);
        append(whole.somaMv, said->somaMv);
        append(whole.rate, said->rate);
        for (int k = 0; k < spec.dendHeads; ++k)
            std::copy_n(said->dendMv.begin() + std::ptrdiff_t{k} * length, length,
                        whole.dendMv.begin() + static_cast<std::ptrdiff_t>(total) * k + from);
    }
    return whole;
}

} // namespace dt
