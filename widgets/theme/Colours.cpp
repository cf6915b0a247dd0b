// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/Colours.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dt::colours {

namespace {

/// Viridis (van der Walt & Smith), every sixteenth of the range.
constexpr std::array<QRgb, 17> Viridis{0xff440154, 0xff481467, 0xff482576, 0xff453781, 0xff404688,
                                       0xff39558c, 0xff33638d, 0xff2d718e, 0xff287d8e, 0xff238a8d,
                                       0xff1f968b, 0xff29af7f, 0xff3cbb75, 0xff6ccd5a, 0xff94d840,
                                       0xffc9e020, 0xfffde725};

QColor mix(const QColor &a, const QColor &b, double share)
{
    const auto channel = [share](int x, int y) {
        return static_cast<int>(std::lround(x + (y - x) * share));
    };
    return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

} // namespace

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

QColor onto(const QColor &colour, const QPalette &palette)
{
    return isDark(palette) ? mix(colour, Qt::white, 0.35) : colour;
}

QColor ofPolarity(Polarity polarity, const QPalette &palette)
{
    return onto(polarity == Polarity::Excitatory ? Excitatory : Inhibitory, palette);
}

QColor muted(const QPalette &palette)
{
    return mix(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.35);
}

QColor line(const QPalette &palette)
{
    return mix(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.84);
}

QColor surface(const QPalette &palette)
{
    return palette.color(QPalette::AlternateBase);
}

QColor ghost(const QPalette &palette)
{
    return mix(palette.color(QPalette::WindowText), surface(palette), 0.6);
}

QColor series(int i, const QPalette &palette)
{
    // Okabe and Ito's, without those that mean excitation and inhibition; then darker ones between.
    static constexpr std::array<QRgb, SeriesCount> Hues{
        0xff009e73, 0xffc98a00, 0xff3a9bd9, 0xffcc5f9d, 0xff7a7a00, 0xff7f6f5f,
        0xff4a55c9, 0xff8e1b4c, 0xff5d9e1e, 0xff6b4226, 0xff00838f, 0xff444c56};
    const auto n = static_cast<std::size_t>(std::max(i, 0)) % Hues.size();
    return onto(QColor::fromRgb(Hues[n]), palette);
}

QColor map(double fraction)
{
    const double position = std::clamp(std::isfinite(fraction) ? fraction : 0.0, 0.0, 1.0)
        * static_cast<double>(Viridis.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(position), Viridis.size() - 2);
    return mix(QColor::fromRgb(Viridis[low]), QColor::fromRgb(Viridis[low + 1]),
               position - static_cast<double>(low));
}

QColor diverging(double fraction, const QPalette &palette)
{
    const double signedShare =
        std::clamp(std::isfinite(fraction) ? 2.0 * fraction - 1.0 : 0.0, -1.0, 1.0);
    const bool above = signedShare > 0.0;
    const QColor end = isDark(palette)
        ? (above ? QColor(0xE2, 0xA9, 0xF0) : QColor(0x86, 0xE0, 0xA0))
        : (above ? QColor(0x6A, 0x1B, 0x7A) : QColor(0x0B, 0x66, 0x34));
    return mix(surface(palette), end, std::abs(signedShare));
}

QColor voltage(double mv)
{
    return map((mv - VoltageMinMv) / (VoltageMaxMv - VoltageMinMv));
}

} // namespace dt::colours
