// SPDX-License-Identifier: GPL-3.0-or-later
//
// A part of the codec of messages: numbers, electrodes and probes as CBOR.
#pragma once

#include "engine/base/Result.h"
#include "engine/input/Electrode.h"

#include <QByteArray>
#include <QCborMap>
#include <QCborValue>
#include <QString>

#include <cstring>
#include <vector>

namespace dt {

/// Numbers travel as the machine's bytes: both ends are the same machine.
template <typename T>
QByteArray bytesOf(const std::vector<T> &values)
{
    return {reinterpret_cast<const char *>(values.data()),
            static_cast<qsizetype>(values.size() * sizeof(T))};
}

template <typename T>
bool readBytes(const QCborValue &value, std::vector<T> &out)
{
    if (!value.isByteArray())
        return false;
    const QByteArray bytes = value.toByteArray();
    if (bytes.size() % static_cast<qsizetype>(sizeof(T)) != 0)
        return false;
    out.resize(static_cast<std::size_t>(bytes.size()) / sizeof(T));
    if (!out.empty())
        std::memcpy(out.data(), bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return true;
}

/// Electrodes travel as arrays of equal length, one for each of their values.
QCborMap electrodesMap(const std::vector<Electrode> &electrodes);
bool readElectrodesMap(const QCborMap &map, std::vector<Electrode> &electrodes);

/// Probes travel as three arrays of equal length: what, place or electrode, x.
QCborMap probesMap(const std::vector<Probe> &probes);
bool readProbesMap(const QCborMap &map, std::vector<Probe> &probes);

Error malformed(const QString &what);

} // namespace dt
