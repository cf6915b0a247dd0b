// SPDX-License-Identifier: GPL-3.0-or-later
//
// A part of the codec of messages: the messages of a run without end.
#pragma once

#include "engine/sim/Messages.h"

#include <QCborMap>

#include <optional>

namespace dt {

QCborMap liveMap(const LiveRunMessage &message);
QCborMap liveMap(const LiveChangeMessage &message);
QCborMap liveMap(const PokeMessage &message);
QCborMap liveMap(const LiveControlMessage &message);
QCborMap liveMap(const LiveReportMessage &message);

/// Decodes one of these messages; nothing when the type is none of theirs.
std::optional<Result<Message>> decodeLive(const QString &type, const QCborMap &map, quint64 id);

} // namespace dt
