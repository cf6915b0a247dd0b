// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QTest>

#include <string>

namespace dt::test {

/// A message fit for a person: one line, something in it, and an end.
inline bool isSentence(const std::string &text)
{
    return text.size() > 10 && text.find('\n') == std::string::npos
        && text.find("  ") == std::string::npos && (text.back() == '.' || text.back() == '?');
}

inline bool contains(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace dt::test

/// The result is an error of this kind, with a sentence that holds `part`.
#define VERIFY_ERROR(result, kind, part)                                                           \
    do {                                                                                           \
        const auto &checked_ = (result);                                                           \
        QVERIFY2(!checked_.ok(), "an error was expected");                                         \
        const std::string message_ = checked_.error().message;                                     \
        QVERIFY2(dt::test::isSentence(message_), message_.c_str());                                \
        QVERIFY2(dt::test::contains(message_, (part)), message_.c_str());                          \
        QVERIFY2(checked_.error().code == (kind), message_.c_str());                               \
    } while (false)

/// The result is a success; else its message is the test's.
#define VERIFY_OK(result)                                                                          \
    do {                                                                                           \
        const auto &checked_ = (result);                                                           \
        QVERIFY2(checked_.ok(), checked_.ok() ? "" : checked_.error().message.c_str());            \
    } while (false)
