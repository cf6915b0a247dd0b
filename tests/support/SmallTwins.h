// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace dt::test {

/// Spec files of twins that train in a moment, one of each architecture, with what their defaults
/// leave out: several blocks, dilations, uneven sizes.

inline const QList<QByteArray> &architectures()
{
    static const QList<QByteArray> Names{"TCN", "ResNetTCN", "ELM", "Transformer"};
    return Names;
}

inline QByteArray smallSpec(const QByteArray &architecture, int segments = 2)
{
    QByteArray config;
    if (architecture == "TCN")
        config = R"("first_layer_temporal_kernel_size": 7, "num_layers_per_block_list": [2, 1],
            "num_features_per_block_list": [6, 4], "temporal_kernel_size_per_block_list": [5, 3],
            "temporal_dilation_per_block_list": [1, 3])";
    else if (architecture == "ResNetTCN")
        config = R"("first_layer_temporal_kernel_size": 5, "num_miniblocks_per_block_list": [1, 2],
            "num_features_per_block_list": [4, 6], "temporal_kernel_size_per_block_list": [5, 3],
            "temporal_dilation_per_block_list": [1, 2])";
    else if (architecture == "ELM")
        config = R"("memory_dim": 7, "mlp_num_hidden_layers": 2, "mlp_hidden_dim": 9)";
    else
        config = R"("first_layer_temporal_kernel_size": 3, "d_model": 8, "n_heads": 2,
            "num_layers": 2, "window_size": 20, "max_seq_len": 512, "ffn_hidden_dim": null,
            "SWA_block_size": 8)";
    return R"({"arch": ")" + architecture + R"(", "config": {"in_spatial_dim": )"
        + QByteArray::number(segments) + ", " + config + "}}";
}

} // namespace dt::test
