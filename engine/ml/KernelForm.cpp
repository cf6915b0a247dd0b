// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/KernelForm.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace dt {

namespace {

KernelForm newest()
{
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
    if (__builtin_cpu_supports("x86-64-v4"))
        return KernelForm::Avx512;
    if (__builtin_cpu_supports("x86-64-v3"))
        return KernelForm::Avx2;
#endif
    return KernelForm::Plain;
}

KernelForm wanted()
{
    const char *name = std::getenv("DENDROTWIN_KERNELS");
    const std::string_view form = name ? name : "";
    return form == "plain" ? KernelForm::Plain
        : form == "avx2"   ? KernelForm::Avx2
                           : KernelForm::Avx512;
}

} // namespace

KernelForm kernelForm()
{
    static const KernelForm form = std::min(newest(), wanted());
    return form;
}

} // namespace dt
