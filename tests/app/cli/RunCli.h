// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Cli.h"
#include "tests/support/Paths.h"
#include "tests/support/Sentence.h"

#include <nlohmann/json.hpp>

#include <sstream>

namespace dt::test {

/// What a command did.
struct CliOutcome
{
    int code = -1;
    std::string out;
    std::string err;
};

/// Runs a command in this process.
inline CliOutcome runCli(const QStringList &arguments)
{
    std::ostringstream out;
    std::ostringstream err;
    cli::Io io{out, err, false};
    const int code = cli::run(arguments, io);
    return {code, out.str(), err.str()};
}

/// The one JSON object that stdout must be; discarded when it is anything else.
inline nlohmann::json jsonOf(const CliOutcome &outcome)
{
    const auto json = nlohmann::json::parse(outcome.out, nullptr, false);
    return json.is_object() ? json : nlohmann::json(nlohmann::json::value_t::discarded);
}

/// stderr is one line, a sentence.
inline bool saysOneSentence(const CliOutcome &outcome)
{
    return !outcome.err.empty() && outcome.err.back() == '\n'
        && isSentence(outcome.err.substr(0, outcome.err.size() - 1));
}

} // namespace dt::test

/// Ends with this code, says nothing on stdout and one sentence with `part` on stderr.
#define VERIFY_REFUSED(outcome, expectedCode, part)                                                \
    do {                                                                                           \
        const dt::test::CliOutcome refused_ = (outcome);                                           \
        QVERIFY2(dt::test::saysOneSentence(refused_), refused_.err.c_str());                       \
        QVERIFY2(dt::test::contains(refused_.err, (part)), refused_.err.c_str());                  \
        QCOMPARE(refused_.code, int(expectedCode));                                                \
        QVERIFY2(refused_.out.empty(), refused_.out.c_str());                                      \
    } while (false)
