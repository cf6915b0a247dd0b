// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/Frames.h"

#include <QtEndian>

namespace dt {

namespace {

constexpr char Magic[4] = {'D', 'T', 'W', 'F'};
constexpr qsizetype HeaderBytes = 8;

QString printable(const QByteArray &bytes)
{
    QString text;
    for (const char c : bytes.left(40))
        text += c >= 32 && c < 127 ? QLatin1Char(c) : QLatin1Char('.');
    return text;
}

} // namespace

QByteArray frame(const QByteArray &body)
{
    QByteArray bytes(HeaderBytes, Qt::Uninitialized);
    std::copy(std::begin(Magic), std::end(Magic), bytes.data());
    qToLittleEndian(static_cast<quint32>(body.size()), bytes.data() + 4);
    return bytes + body;
}

std::optional<QByteArray> FrameReader::next()
{
    if (m_broken || m_buffer.isEmpty())
        return std::nullopt;
    const qsizetype known = std::min<qsizetype>(m_buffer.size(), sizeof Magic);
    if (!std::equal(m_buffer.constData(), m_buffer.constData() + known, Magic)) {
        m_broken = true;
        m_nonsense = printable(m_buffer);
        return std::nullopt;
    }
    if (m_buffer.size() < HeaderBytes)
        return std::nullopt;
    const auto length = qFromLittleEndian<quint32>(m_buffer.constData() + 4);
    if (length > MaxFrameBytes) {
        m_broken = true;
        m_nonsense = QStringLiteral("a frame of %1 bytes").arg(length);
        return std::nullopt;
    }
    if (m_buffer.size() < HeaderBytes + static_cast<qsizetype>(length))
        return std::nullopt;
    QByteArray body = m_buffer.mid(HeaderBytes, static_cast<qsizetype>(length));
    m_buffer.remove(0, HeaderBytes + static_cast<qsizetype>(length));
    return body;
}

} // namespace dt
