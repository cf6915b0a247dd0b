// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Progress.h"

#include <algorithm>

namespace dt::cli {

Progress::Progress(Io &io, QString label) : m_io(io), m_label(std::move(label))
{
    m_started.start();
    m_shown.start();
}

Progress::~Progress()
{
    clear();
}

void Progress::show(double done, const QString &detail, double secondsLeft)
{
    const qint64 every = m_io.errIsTerminal ? 100 : 1000;
    if (m_shown.elapsed() < every)
        return;
    m_shown.restart();
    done = std::clamp(done, 0.0, 1.0);
    const double elapsed = static_cast<double>(m_started.elapsed()) / 1000.0;
    if (secondsLeft < 0.0 && done > 0.01)
        secondsLeft = elapsed * (1.0 - done) / done;
    QString left = detail;
    if (secondsLeft >= 0.0)
        left += QStringLiteral(", %1 s left").arg(secondsLeft, 0, 'f', 0);
    const QString text = QStringLiteral("%1 %2 %").arg(m_label).arg(100.0 * done, 0, 'f', 0) + left;
    if (m_io.errIsTerminal) {
        const int filled = static_cast<int>(done * 30.0);
        m_io.err << "\r[" << std::string(static_cast<std::size_t>(filled), '#')
                 << std::string(static_cast<std::size_t>(30 - filled), '.') << "] "
                 << text.toStdString() << "   " << std::flush;
        m_bar = true;
    } else {
        m_io.err << text.toStdString() << std::endl;
    }
}

void Progress::clear()
{
    if (m_bar)
        m_io.err << "\r" << std::string(79, ' ') << "\r" << std::flush;
    m_bar = false;
}

} // namespace dt::cli
