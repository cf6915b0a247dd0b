// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/PredictionFile.h"

#include "engine/base/Version.h"
#include "engine/data/Hdf5.h"

#include <optional>

namespace dt {

Status writePrediction(const std::string &path, const TwinPrediction &p, bool replace)
{
    const auto held = h5::lock();
    return h5::writeFile(path, replace, [&](hid_t file) -> Status {
        std::optional<Error> error;
        const auto keep = [&](const Status &status) {
            if (!status && !error)
                error = status.error();
        };
        const auto length = static_cast<hsize_t>(p.lengthMs);
        const auto put = [&](const char *name, const std::vector<hsize_t> &dims,
                             const std::vector<float> &values, const char *unit) {
            keep(h5::write(file, name, dims, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, values.data(), unit,
                           path));
        };
        put("spike_probability", {length}, p.spikeProbability, "");
        put("near_spike_probability", {length}, p.nearSpikeProbability, "");
        put("soma_v_mV", {length}, p.somaMv, "mV");
        put("inst_rate", {length}, p.rate, "spikes/ms");
        put("dend_v_mV", {static_cast<hsize_t>(p.dendHeads), length}, p.dendMv, "mV");
        keep(h5::writeAttribute(file, "format", std::string("dendrotwin-prediction")));
        keep(h5::writeAttribute(file, "format_version", std::int64_t{1}));
        keep(h5::writeAttribute(file, "created_by", "DendroTwin " + std::string(ProgramVersion)));
        if (error)
            return *error;
        return Done{};
    });
}

} // namespace dt
