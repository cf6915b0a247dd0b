// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/MechanismPath.h"

#include "engine/base/LibraryPath.h"

#include <QCoreApplication>

namespace dt {

QString mechanismLibraryPath()
{
    return QString::fromStdString(
        libraryPath(QCoreApplication::applicationDirPath().toStdString(), MechanismLibrary));
}

} // namespace dt
