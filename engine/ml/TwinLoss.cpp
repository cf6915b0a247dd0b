// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/TwinLoss.h"

namespace dt {

Result<TwinLosses> twinLosses(const TwinOutputs &outputs, const TwinTargets &targets,
                              const HeadValues &weights)
{
    const std::array<torch::Tensor, 5> said{outputs.spikes(), outputs.soma(), outputs.nearSpike(),
                                            outputs.instRate(), outputs.dendV()};
    const std::array<const torch::Tensor *, 5> meant{
        &targets.spikes, &targets.soma, &targets.nearSpike, &targets.instRate, &targets.dendV};
    for (std::size_t i = 0; i < said.size(); ++i) {
        if (!meant[i]->defined() || meant[i]->sizes() != said[i].sizes())
            return Error{ErrorCode::InvalidValue,
                         "The targets of " + std::string(HeadNames[i])
                             + " do not have the shape of what the twin says of them.",
                         std::string(HeadNames[i])};
    }
    TwinLosses losses;
    losses.each = {torch::binary_cross_entropy_with_logits(said[0], targets.spikes),
                   torch::l1_loss(said[1], targets.soma),
                   torch::binary_cross_entropy_with_logits(said[2], targets.nearSpike),
                   torch::mse_loss(said[3], targets.instRate),
                   torch::l1_loss(said[4], targets.dendV)};
    losses.total = weights[0] * losses.each[0];
    for (std::size_t i = 1; i < said.size(); ++i)
        losses.total = losses.total + weights[i] * losses.each[i];
    return losses;
}

} // namespace dt
