// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The forms that the kernels exist in. The newest one that the processor has is taken, or an older
/// one that the environment variable DENDROTWIN_KERNELS names (plain, avx2, avx512), so that every
/// form can be tested on one machine. Other names, and forms that the processor does not have, are
/// ignored.
namespace dt {

enum class KernelForm {
    Plain,
    Avx2, ///< x86-64-v3
    Avx512, ///< x86-64-v4
};

/// The form in use, which is decided once for the whole process.
[[nodiscard]] KernelForm kernelForm();

/// The one of three functions that belongs to the form in use.
template <typename F>
F ofKernelForm(F avx512, F avx2, F plain)
{
    switch (kernelForm()) {
    case KernelForm::Avx512:
        return avx512;
    case KernelForm::Avx2:
        return avx2;
    case KernelForm::Plain:
        break;
    }
    return plain;
}

} // namespace dt
