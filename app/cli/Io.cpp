// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Io.h"

namespace dt::cli {

int report(Io &io, const Error &error)
{
    io.err << error.message << std::endl;
    return error.code == ErrorCode::Cancelled ? Cancelled : Failed;
}

int usage(Io &io, const std::string &command, const std::string &sentence)
{
    io.err << sentence << " See 'dendrotwin-cli " << command << (command.empty() ? "" : " ")
           << "--help'." << std::endl;
    return Usage;
}

} // namespace dt::cli
