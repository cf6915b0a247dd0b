// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace dt {

/// Reads members of a JSON object into plain values. The first member of a wrong type is
/// remembered as a sentence that names it; later reads then do nothing. Use: construct, read(),
/// ..., error().
class JsonReader
{
public:
    using Json = nlohmann::ordered_json;

    JsonReader(const Json &object, std::string place, std::string what) :
        m_object(object), m_place(std::move(place)), m_what(std::move(what))
    {
        if (!object.is_object())
            fail("is not an object");
    }

    void read(const char *key, double &value)
    {
        if (const Json *member = find(key)) {
            if (member->is_number())
                value = member->get<double>();
            else
                fail(key, "is not a number");
        }
    }

    void read(const char *key, int &value)
    {
        if (const Json *member = find(key)) {
            const double number = member->is_number() ? member->get<double>() : std::nan("");
            if (number == std::floor(number) && std::abs(number) <= 2.0e9)
                value = static_cast<int>(number);
            else
                fail(key, "is not a whole number");
        }
    }

    void read(const char *key, std::uint64_t &value)
    {
        if (const Json *member = find(key)) {
            if (member->is_number_unsigned())
                value = member->get<std::uint64_t>();
            else
                fail(key, "is not a whole number from 0");
        }
    }

    void read(const char *key, bool &value)
    {
        if (const Json *member = find(key)) {
            if (member->is_boolean())
                value = member->get<bool>();
            else
                fail(key, "is not true or false");
        }
    }

    void read(const char *key, std::string &value)
    {
        if (const Json *member = find(key)) {
            if (member->is_string())
                value = member->get<std::string>();
            else
                fail(key, "is not text");
        }
    }

    /// The member, or nullptr when it is missing.
    const Json *find(const char *key)
    {
        if (m_error || !m_object.is_object())
            return nullptr;
        const auto it = m_object.find(key);
        return it == m_object.end() ? nullptr : &*it;
    }

    void fail(const std::string &key, const std::string &why)
    {
        fail("has a '" + key + "' that " + why);
    }

    void fail(const std::string &why)
    {
        if (m_error)
            return;
        std::string sentence = m_place + ": " + m_what + " " + why + ".";
        for (char &c : sentence) { // names in damaged files may hold anything
            if (static_cast<unsigned char>(c) < 0x20)
                c = '?';
        }
        m_error = Error{ErrorCode::Format, std::move(sentence), m_place};
    }

    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    const Json &m_object;
    std::string m_place;
    std::string m_what;
    std::optional<Error> m_error;
};

} // namespace dt
