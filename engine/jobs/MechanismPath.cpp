// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/MechanismPath.h"

#include <QCoreApplication>
#include <QDir>

namespace dt {

QString mechanismLibraryPath()
{
    return QDir::cleanPath(QCoreApplication::applicationDirPath()
                           + QStringLiteral("/../" DENDROTWIN_LIBDIR "/libdendromech.so"));
}

} // namespace dt
