// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/TwinJson.h"

#include "engine/json/JsonReader.h"
#include "engine/json/ScalingKeys.h"
#include "engine/twin/Heads.h"

#include <algorithm>
#include <array>
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

    /// null stands for a value of its own.
    template <typename T>
    void readOr(const T &whereNull, const char *key, T &value)
    {
        m_known.insert(key);
        const Json *member = m_reader.find(key);
        if (member && member->is_null())
            value = whereNull;
        else
            read(key, value);
    }

    /// An option that may be null where it does not apply; it then has no effect, and keeps its
    /// default.
    template <typename T>
    void readWhere(bool applies, const char *key, T &value)
    {
        const Json *member = m_reader.find(key);
        if (applies && member && member->is_null())
            m_reader.fail(key, "is null although it applies here; give a value");
        readOr(T(value), key, value);
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

    void read(const char *key, ActivationKind &kind)
    {
        readNamed(key, kind, activationKindFromName);
    }
    void read(const char *key, NormType &type) { readNamed(key, type, normTypeFromName); }

    /// One of two words.
    template <typename T>
    void readWord(const char *key, T &value, const char *first, const char *second)
    {
        std::string word(value == T{} ? first : second);
        read(key, word);
        if (word != first && word != second)
            m_reader.fail(key, "is neither '" + std::string(first) + "' nor '" + second + "'");
        else
            value = word == first ? T{} : static_cast<T>(1);
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
    template <typename T, typename Function>
    void readNamed(const char *key, T &value, Function fromName)
    {
        m_known.insert(key);
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

/// What the two convolutional networks have in common; `counts` are a block's layers or
/// mini-blocks.
template <typename Config>
void readBlocks(ConfigReader &reader, Config &c, const char *countsKey, std::vector<int> &counts)
{
    reader.read("first_layer_temporal_kernel_size", c.firstKernel);
    reader.read(countsKey, counts);
    reader.read("num_features_per_block_list", c.widths);
    reader.read("temporal_kernel_size_per_block_list", c.kernels);
    reader.readOr(std::vector<int>(c.kernels.size(), 1), "temporal_dilation_per_block_list",
                  c.dilations);
    reader.read("nonlinearity_str", c.activation);
    reader.readWhere(hasSlope(c.activation), "leaky_slope", c.slope);
    reader.read("norm_type", c.norm);
}

void readConfig(ConfigReader &reader, TcnConfig &c)
{
    readBlocks(reader, c, "num_layers_per_block_list", c.layers);
}

void readConfig(ConfigReader &reader, ResNetTcnConfig &c)
{
    readBlocks(reader, c, "num_miniblocks_per_block_list", c.miniBlocks);
}

void readConfig(ConfigReader &reader, ElmConfig &c)
{
    reader.read("memory_dim", c.memory);
    reader.read("mlp_num_hidden_layers", c.hiddenLayers);
    reader.readOr(0, "mlp_hidden_dim", c.hiddenWidth);
    reader.read("mlp_nonlinearity_str", c.activation);
    reader.readWhere(c.hiddenLayers > 0 && hasSlope(c.activation), "mlp_leaky_slope", c.slope);
    reader.read("mlp_pre_norm_type", c.preNorm);
    reader.read("post_mlp_nonlinearity_str", c.postActivation);
    reader.readWhere(hasSlope(c.postActivation), "post_mlp_leaky_slope", c.postSlope);
    reader.read("lambda_value", c.lambda);
    reader.read("synapse_tau_value", c.synapseTauMs);
    reader.read("memory_tau_min", c.memoryTauMinMs);
    reader.read("memory_tau_max", c.memoryTauMaxMs);
    reader.read("learn_memory_tau", c.learnMemoryTau);
    reader.read("w_s_value", c.synapseWeight);
    reader.read("delta_t", c.deltaTMs);
}

void readConfig(ConfigReader &reader, TransformerConfig &c)
{
    reader.read("first_layer_temporal_kernel_size", c.firstKernel);
    reader.read("first_norm_type", c.firstNorm);
    reader.read("first_nonlinearity_str", c.firstActivation);
    reader.readWhere(hasSlope(c.firstActivation), "first_leaky_slope", c.firstSlope);
    reader.read("d_model", c.width);
    reader.read("n_heads", c.heads);
    reader.read("num_layers", c.layers);
    reader.read("window_size", c.windowMs);
    reader.read("max_seq_len", c.maxSequence);
    reader.readOr(0.0, "dropout_rate", c.dropout);
    reader.readWord("ffn_type", c.feedForward, "swiglu", "gelu");
    reader.readOr(0, "ffn_hidden_dim", c.feedForwardWidth);
    reader.readWord("SWA_type", c.attention, "blocked", "full");
    reader.readWhere(c.attention == AttentionForm::Blocked, "SWA_block_size", c.attentionBlock);
    reader.read("norm_type", c.norm);
}

Json optional(int value)
{
    return value > 0 ? Json(value) : Json(nullptr);
}

void writeConfig(Json &json, const TcnConfig &c)
{
    json["first_layer_temporal_kernel_size"] = c.firstKernel;
    json["num_layers_per_block_list"] = c.layers;
    json["num_features_per_block_list"] = c.widths;
    json["temporal_kernel_size_per_block_list"] = c.kernels;
    json["temporal_dilation_per_block_list"] = c.dilations;
    json["nonlinearity_str"] = activationName(c.activation);
    json["leaky_slope"] = c.slope;
    json["norm_type"] = normTypeName(c.norm);
}

void writeConfig(Json &json, const ResNetTcnConfig &c)
{
    json["first_layer_temporal_kernel_size"] = c.firstKernel;
    json["num_miniblocks_per_block_list"] = c.miniBlocks;
    json["num_features_per_block_list"] = c.widths;
    json["temporal_kernel_size_per_block_list"] = c.kernels;
    json["temporal_dilation_per_block_list"] = c.dilations;
    json["nonlinearity_str"] = activationName(c.activation);
    json["leaky_slope"] = c.slope;
    json["norm_type"] = normTypeName(c.norm);
}

void writeConfig(Json &json, const ElmConfig &c)
{
    json["memory_dim"] = c.memory;
    json["mlp_num_hidden_layers"] = c.hiddenLayers;
    json["mlp_hidden_dim"] = optional(c.hiddenWidth);
    json["mlp_nonlinearity_str"] = activationName(c.activation);
    json["mlp_leaky_slope"] = c.slope;
    json["mlp_pre_norm_type"] = normTypeName(c.preNorm);
    json["post_mlp_nonlinearity_str"] = activationName(c.postActivation);
    json["post_mlp_leaky_slope"] = c.postSlope;
    json["lambda_value"] = c.lambda;
    json["synapse_tau_value"] = c.synapseTauMs;
    json["memory_tau_min"] = c.memoryTauMinMs;
    json["memory_tau_max"] = c.memoryTauMaxMs;
    json["learn_memory_tau"] = c.learnMemoryTau;
    json["w_s_value"] = c.synapseWeight;
    json["delta_t"] = c.deltaTMs;
}

void writeConfig(Json &json, const TransformerConfig &c)
{
    json["first_layer_temporal_kernel_size"] = c.firstKernel;
    json["first_norm_type"] = normTypeName(c.firstNorm);
    json["first_nonlinearity_str"] = activationName(c.firstActivation);
    json["first_leaky_slope"] = c.firstSlope;
    json["d_model"] = c.width;
    json["n_heads"] = c.heads;
    json["num_layers"] = c.layers;
    json["window_size"] = c.windowMs;
    json["max_seq_len"] = c.maxSequence;
    json["dropout_rate"] = c.dropout;
    json["ffn_type"] = c.feedForward == FeedForward::SwiGlu ? "swiglu" : "gelu";
    json["ffn_hidden_dim"] = optional(c.feedForwardWidth);
    json["SWA_type"] = c.attention == AttentionForm::Blocked ? "blocked" : "full";
    json["SWA_block_size"] = c.attentionBlock;
    json["use_complex_number_rope"] = false;
    json["norm_type"] = normTypeSnakeName(c.norm);
}

TwinNetworkConfig emptyConfig(Architecture architecture)
{
    switch (architecture) {
    case Architecture::Tcn:
        return TcnConfig{};
    case Architecture::ResNetTcn:
        return ResNetTcnConfig{};
    case Architecture::Elm:
        return ElmConfig{};
    case Architecture::Transformer:
        break;
    }
    return TransformerConfig{};
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
    std::visit([&](const auto &network) { writeConfig(config, network); }, spec.network);
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
                     place + ": the twin has no 'arch'. Give TCN, ResNetTCN, ELM or Transformer.",
                     place};
    const Result<Architecture> architecture = architectureFromName(arch);
    if (!architecture)
        return located(architecture.error());
    const Json *config = outer.find("config");
    if (!config)
        return Error{ErrorCode::Format, place + ": the twin has no 'config'.", place};

    TwinSpec spec;
    spec.network = emptyConfig(*architecture);
    ConfigReader reader(*config, place);
    reader.readGeometry(spec);
    std::visit([&](auto &network) { readConfig(reader, network); }, spec.network);
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
