// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QByteArray>

#include <optional>
#include <string>

namespace dt {

/// What can be put on the cell from the palette: a synapse of a kind, or an electrode.
struct PlaceItem
{
    enum class What { Synapse, CurrentClamp, VoltageClamp };
    What what = What::Synapse;
    std::string kind; ///< name of the kind of a synapse

    bool operator==(const PlaceItem &) const = default;

    /// Type of the data while an item is dragged to the picture.
    static constexpr const char *MimeType = "application/x-dendrotwin-place";
    [[nodiscard]] QByteArray toBytes() const;
    static std::optional<PlaceItem> fromBytes(const QByteArray &bytes);
};

} // namespace dt
