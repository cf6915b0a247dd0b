// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace dt {

/// Frames on the pipe between program and worker: 4 bytes "DTWF", 4 bytes length (little-endian),
/// then that many bytes of CBOR. See docs/WORKER-PROTOCOL.md.
inline constexpr quint32 MaxFrameBytes = 64u << 20;

QByteArray frame(const QByteArray &body);

/// Cuts a byte stream into frame bodies. A plain value, used on both sides.
class FrameReader
{
public:
    void feed(const QByteArray &bytes) { m_buffer += bytes; }

    /// The next complete body, or nothing yet. After broken() nothing comes any more.
    std::optional<QByteArray> next();

    /// True once the stream is found not to be made of frames; nonsense() shows what it is instead.
    [[nodiscard]] bool broken() const { return m_broken; }
    /// First bytes of what is no frame, made printable.
    [[nodiscard]] QString nonsense() const { return m_nonsense; }
    /// True while bytes of an unfinished frame are waiting.
    [[nodiscard]] bool partial() const { return !m_buffer.isEmpty(); }

private:
    QByteArray m_buffer;
    QString m_nonsense;
    bool m_broken = false;
};

} // namespace dt
