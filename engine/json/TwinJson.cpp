// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/TwinJson.h"

#include "engine/json/JsonReader.h"
#include "engine/json/ScalingKeys.h"
#include "engine/twin/Heads.h"
#include "engine/twin/NetworkKind.h"

#include <algorithm>
#include <set>

namespace dt {

namespace {

/// Arguments of the reference that do nothing, or do not change the function.
const std::set<std::string> &ignoredKeys()
{
    static const std::set<std::string> Keys{"head_convert_out_ch_to_sp",
                                            "head_spatial_kernel_sizes",
                                            "bottleneck_dim",
                                            "bottleneck_dim_per_block_list",
                                            "temp_conv_first",
                                            "temporal_conv_first",
                                            "convert_out_channels_to_spatial",
                                            "use_complex_number_rope",
                                            "compile_recurrent_step",
                                            "model_type",
                                            "metadata"};
    return Keys;
}

/// Reads config members and remembers which there are, so that others can be refused.
class ConfigReader
{
public:
    ConfigReader(const Json &config, const std::string &place) :
        m_reader(config, place, "the twin's config"), m_config(config)
    {
    }

    template <typename T>
    void read(const char *key, T &value)
    {
        m_known.insert(key);
        m_reader.read(key, value);
    }

    void read(const NetworkField &field)
    {
        m_known.insert(field.key);
        const Json *member = m_reader.find(field.key);
        if (member && member->is_null() && field.takeNull) {
            if (!field.takeNull())
                m_reader.fail(field.key, "is null although it applies here; give a value");
            return;
        }
        std::visit([&](const auto &value) { readValue(field.key, value); }, field.value);
    }

    void read(const char *key, std::vector<int> &values)
    {
        m_known.insert(key);
        const Json *member = m_reader.find(key);
        if (!member)
            return;
        if (!member->is_array() || member->size() > 1000) {
            m_reader.fail(key, "is not a list of whole numbers");
            return;
        }
        values.clear();
        for (const Json &item : *member) {
            if (!item.is_number_integer() || item.get<double>() < -1e9
                || item.get<double>() > 1e9) {
                m_reader.fail(key, "is not a list of whole numbers");
                return;
            }
            values.push_back(item.get<int>());
        }
    }

    void readGeometry(TwinSpec &spec)
    {
        int channels = TwinSpec::InputChannels;
        read("in_channels", channels);
        if (channels != TwinSpec::InputChannels)
            m_reader.fail("in_channels", "is not 2 (excitatory and inhibitory)");
        read("in_spatial_dim", spec.segments);
        spec.dendHeads = spec.segments;
        m_known.insert("head_prefix_names");
        if (const Json *names = m_reader.find("head_prefix_names");
            names && *names != Json(HeadNames))
            m_reader.fail("head_prefix_names",
                          "is not spikes, soma, near_spike, inst_rate, dend_v");
        m_known.insert("head_out_channels");
        if (const Json *none = m_reader.find("head_out_channels"); none && none->is_null())
            return;
        std::vector<int> channelsOut{1, 1, 1, 1, spec.dendHeads};
        read("head_out_channels", channelsOut);
        if (channelsOut.size() != 5
            || !std::all_of(channelsOut.begin(), channelsOut.end() - 1,
                            [](int n) { return n == 1; }))
            m_reader.fail("head_out_channels",
                          "is not 1, 1, 1, 1 and the number of dendritic voltages");
        else
            spec.dendHeads = channelsOut[4];
    }

    void readScaling(Scaling &scaling)
    {
        visitScaling(scaling, [this](const char *key, double &value) { read(key, value); });
    }

    /// To be called last.
    std::optional<Error> finish()
    {
        if (m_config.is_object()) {
            for (const auto &[key, value] : m_config.items()) {
                if (!m_known.count(key) && !ignoredKeys().count(key))
                    m_reader.fail(key, "no twin of this kind knows; check its spelling");
            }
        }
        return m_reader.error();
    }

private:
    template <typename T>
    void readValue(const char *key, T *value)
    {
        read(key, *value);
    }
    void readValue(const char *key, ActivationKind *kind)
    {
        readNamed(key, *kind, activationKindFromName);
    }
    void readValue(const char *key, const NetworkField::Norm &norm)
    {
        readNamed(key, *norm.value, normTypeFromName);
    }
    void readValue(const char *key, const NetworkField::Automatic &automatic)
    {
        if (const Json *member = m_reader.find(key); member && member->is_null())
            *automatic.value = 0;
        else
            read(key, *automatic.value);
    }
    void readValue(const char *key, const NetworkField::Word &word)
    {
        std::string given(word.isSecond() ? word.second : word.first);
        read(key, given);
        if (given != word.first && given != word.second)
            m_reader.fail(key,
                          std::string("is neither '") + word.first + "' nor '" + word.second + "'");
        else
            word.choose(given == word.second);
    }
    void readValue(const char *, const NetworkField::Constant &) { }

    template <typename T, typename Function>
    void readNamed(const char *key, T &value, Function fromName)
    {
        // A missing non-linearity or norm may also be written as null.
        const Json *member = m_reader.find(key);
        std::string name = "none";
        if (!member)
            return;
        if (!member->is_null())
            m_reader.read(key, name);
        const Result<T> found = fromName(name);
        if (!found)
            m_reader.fail(key, "is '" + name + "', which is not known");
        else
            value = *found;
    }

    JsonReader m_reader;
    const Json &m_config;
    std::set<std::string> m_known;
};

template <typename T>
Json jsonOf(const T *value)
{
    return *value;
}
Json jsonOf(const ActivationKind *kind)
{
    return activationName(*kind);
}
Json jsonOf(const NetworkField::Norm &norm)
{
    return norm.nameOf(*norm.value);
}
Json jsonOf(const NetworkField::Automatic &automatic)
{
    return *automatic.value > 0 ? Json(*automatic.value) : Json(nullptr);
}
Json jsonOf(const NetworkField::Word &word)
{
    return word.isSecond() ? word.second : word.first;
}
Json jsonOf(const NetworkField::Constant &constant)
{
    return constant.value;
}

} // namespace

Json toJson(const TwinSpec &spec)
{
    Json config;
    config["in_channels"] = TwinSpec::InputChannels;
    config["in_spatial_dim"] = spec.segments;
    config["head_prefix_names"] = HeadNames;
    config["head_out_channels"] = {1, 1, 1, 1, spec.dendHeads};
    config["head_convert_out_ch_to_sp"] = {false, false, false, false, false};
    TwinNetworkConfig network = spec.network;
    for (const NetworkField &field : kindOf(spec).fields(network))
        config[field.key] =
            std::visit([](const auto &value) { return jsonOf(value); }, field.value);
    visitScaling(spec.scaling, [&](const char *key, double value) { config[key] = value; });
    Json json;
    json["arch"] = architectureName(spec.architecture());
    json["config"] = std::move(config);
    return json;
}

Result<TwinSpec> twinFromJson(const Json &json, const std::string &place)
{
    const auto located = [&](const Error &error) {
        return Error{error.code, place + ": " + error.message, place};
    };
    JsonReader outer(json, place, "the twin");
    std::string arch;
    outer.read("arch", arch);
    if (outer.error())
        return *outer.error();
    if (arch.empty())
        return Error{ErrorCode::Format,
                     place + ": the twin has no 'arch'. Give " + networkNames() + ".", place};
    const Result<Architecture> architecture = architectureFromName(arch);
    if (!architecture)
        return located(architecture.error());
    const Json *config = outer.find("config");
    if (!config)
        return Error{ErrorCode::Format, place + ": the twin has no 'config'.", place};

    TwinSpec spec;
    const NetworkKind &kind = kindOf(*architecture);
    spec.network = kind.standard();
    ConfigReader reader(*config, place);
    reader.readGeometry(spec);
    for (const NetworkField &field : kind.fields(spec.network))
        reader.read(field);
    reader.readScaling(spec.scaling);
    if (const std::optional<Error> error = reader.finish())
        return *error;
    if (const Status valid = validateTwin(spec); !valid)
        return located(valid.error());
    return spec;
}

std::string twinText(const TwinSpec &spec)
{
    return toJson(spec).dump(2) + "\n";
}

Result<TwinSpec> twinFromText(std::string_view text, const std::string &place)
{
    const Result<Json> json = parseJson(text, place);
    if (!json)
        return json.error();
    return twinFromJson(*json, place);
}

} // namespace dt
