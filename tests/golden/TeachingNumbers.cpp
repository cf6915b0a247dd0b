// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/golden/TeachingNumbers.h"

#include "engine/base/NumberText.h"

#include <map>
#include <tuple>

namespace dt::test {

std::vector<TeachingRow> teachingNumbers()
{
    std::vector<TeachingRow> rows;
    const auto add = [&](const std::string &tag, const Protocol &protocol,
                         const std::vector<Number> &wanted) {
        rows.push_back({tag, protocol, wanted});
    };
    const std::string epsp = "Somatic EPSP";
    const std::string localPeak = "Local peak in 1-ms samples";
    std::vector<Number> figureA;
    const auto bump = [](std::vector<Number> &list, int event, const std::string &um,
                         const std::vector<std::pair<std::string, std::string>> &numbers) {
        for (const auto &[column, reference] : numbers)
            list.push_back(
                {um + " um: " + column, {{"Event", std::to_string(event)}}, column, reference});
    };
    bump(figureA, 1, "112",
         {{"Base", "-82.78"},
          {"Peak", "-66.12"},
          {epsp, "16.66"},
          {"Time to peak", "7.8"},
          {localPeak, "-55.3"},
          {"Soma / local", "0.60"}});
    bump(figureA, 2, "528",
         {{"Base", "-82.68"},
          {"Peak", "-76.55"},
          {epsp, "6.14"},
          {"Time to peak", "14.4"},
          {localPeak, "-50.1"}});
    bump(figureA, 3, "1040",
         {{"Peak", "-80.66"}, {epsp, "2.08"}, {"Time to peak", "23.3"}, {localPeak, "-50.4"}});
    bump(figureA, 4, "1552",
         {{"Peak", "-81.99"}, {epsp, "0.78"}, {"Time to peak", "34.1"}, {localPeak, "-50.5"}});
    bump(figureA, 5, "1936",
         {{"Peak", "-82.13"},
          {epsp, "0.65"},
          {"Time to peak", "43"},
          {localPeak, "-37.1"},
          {"Soma / local", "0.014"}});
    add("figure A", {"Figure A", "out-and-back", "nmda-cable-64", {}}, figureA);

    std::vector<Number> figureB;
    bump(figureB, 5, "121", {{epsp, "13.9"}, {"Peak", "-68.7"}, {"Time to peak", "7.0"}});
    bump(figureB, 9, "7", {{epsp, "14.1"}, {"Peak", "-68.5"}, {"Time to peak", "6.8"}});
    add("figure B",
        {"Figure B",
         "out-and-back",
         "nmda-cable-64",
         {{"dend_L_um", "128"}, {"dend_diam_um", "4"}, {"weight", "6"}}},
        figureB);

    const auto rest = [&](const std::string &tag, const std::string &length,
                          const std::string &diam, const std::string &reference) {
        add(tag,
            {"Lesson 1",
             "sweep",
             "nmda-cable-64",
             {{"x", "dend_L_um"},
              {"x_values", length},
              {"measure", "rest"},
              {"settle_ms", "100"},
              {"window_ms", "10"},
              {"dend_diam_um", diam}}},
            {{"V after 100 ms", {{"Length", length}}, "Rest before the input", reference}});
    };
    rest("lesson 1, cable", "2048", "1", "-82.75");
    rest("lesson 1, point", "128", "4", "-82.64");

    std::vector<Number> ratios;
    for (const auto &[length, diam, reference] :
         std::vector<std::tuple<std::string, std::string, std::string>>{{"128", "4", ".989"},
                                                                        {"256", "4", ".971"},
                                                                        {"128", "1", ".877"},
                                                                        {"512", "4", ".891"},
                                                                        {"256", "1", ".774"},
                                                                        {"1024", "4", ".534"},
                                                                        {"512", "1", ".515"},
                                                                        {"2048", "4", ".181"},
                                                                        {"1024", "1", ".196"},
                                                                        {"2048", "1", ".028"}})
        ratios.push_back({length + " x " + diam + " um: distal/proximal",
                          {{"Length", length}, {"Diameter", diam}},
                          "Distal / proximal",
                          reference});
    add("lesson 4",
        {"Lesson 4",
         "length",
         "nmda-cable-64",
         {{"lengths", "128,256,512,1024,2048"}, {"diameters", "1, 4"}}},
        ratios);

    for (const auto &[segments, near, far] :
         std::vector<std::tuple<std::string, std::string, std::string>>{{"8", "16.18", "1.725"},
                                                                        {"24", "15.74", "1.677"},
                                                                        {"40", "15.70", "1.673"},
                                                                        {"120", "15.68", "1.671"}})
        add("lesson 4, " + segments + " segments",
            {"Lesson 4, box",
             "attenuation",
             "nmda-cable-64",
             {{"num_segments", segments}, {"weight", "9"}, {"places", "0.0625,0.5625"}}},
            {{segments + " segments: EPSP from 128 um", {{"Place", "0.0625"}}, epsp, near},
             {segments + " segments: EPSP from 1152 um", {{"Place", "0.5625"}}, epsp, far}});

    add("lesson 5, resistance",
        {"Lesson 5",
         "input-resistance",
         "nmda-cable-64",
         {{"settle_ms", "100"}, {"against", "before"}}},
        {{"Rin at the soma", {{"Step at", "soma"}}, "Input resistance", "435"},
         {"Rin at the tip", {{"Step at", "1"}}, "Input resistance", "1075"},
         {"soma to tip", {{"Step at", "soma"}}, "Reaches the tip", ".0575"},
         {"tip to soma", {{"Step at", "1"}}, "Reaches the soma", ".005"}});
    add("lesson 5, EPSP",
        {"Lesson 5", "attenuation", "nmda-cable-64", {{"kind", "AMPA"}, {"places", "0.02,0.75"}}},
        {{"2 %: rise", {{"Place", "0.02"}}, "Rise 10-90 %", "3.1"},
         {"75 %: rise", {{"Place", "0.75"}}, "Rise 10-90 %", "14.3"},
         {"2 %: half-width", {{"Place", "0.02"}}, "Half-width", "15.7"},
         {"75 %: half-width", {{"Place", "0.75"}}, "Half-width", "40.0"},
         {"2 %: time to peak", {{"Place", "0.02"}}, "Time to peak", "5.8"},
         {"75 %: time to peak", {{"Place", "0.75"}}, "Time to peak", "32"}});

    add("lesson 6, point",
        {"Lesson 6", "paired-pulses", "ampa-point", {{"kind", "neuron"}, {"delays", "8,10"}}},
        {{"spikes, 8 ms apart", {{"Gap", "8"}}, "Spikes", "1"},
         {"spikes, 10 ms apart", {{"Gap", "10"}}, "Spikes", "0"}});
    add("lesson 6, cable",
        {"Lesson 6",
         "paired-pulses",
         "nmda-cable-64",
         {{"place", "0.1"}, {"weight", "4"}, {"delays", "0,5,20,50"}}},
        {{"AMPA pair/single, 0 ms", {{"Synapse", "AMPA Only"}, {"Gap", "0"}}, "Pair / one", "1.69"},
         {"AMPA pair/single, 5 ms", {{"Synapse", "AMPA Only"}, {"Gap", "5"}}, "Pair / one", "1.72"},
         {"AMPA pair/single, 20 ms",
          {{"Synapse", "AMPA Only"}, {"Gap", "20"}},
          "Pair / one",
          "1.30"},
         {"AMPA pair/single, 50 ms",
          {{"Synapse", "AMPA Only"}, {"Gap", "50"}},
          "Pair / one",
          "1.03"},
         {"human pair/single, 20 ms",
          {{"Synapse", "AMPA + NMDA (Human)"}, {"Gap", "20"}},
          "Pair / one",
          "1.37"},
         {"human pair/single, 50 ms",
          {{"Synapse", "AMPA + NMDA (Human)"}, {"Gap", "50"}},
          "Pair / one",
          "1.08"}});

    std::vector<Number> places;
    for (const auto &[weight, share, reference] :
         std::vector<std::tuple<std::string, std::string, std::string>>{{"3", "0.25", ".88"},
                                                                        {"5", "0.25", ".82"},
                                                                        {"8", "0.25", ".76"},
                                                                        {"3", "0.4", ".96"},
                                                                        {"5", "0.4", ".94"},
                                                                        {"8", "0.4", ".91"},
                                                                        {"3", "0.75", "1.00"},
                                                                        {"5", "0.75", "1.00"},
                                                                        {"8", "0.75", "1.00"}})
        places.push_back({"weight " + weight + ", second at " + share,
                          {{"Weight", weight}, {"Second at", share}},
                          "Together / sum",
                          reference});
    add("lesson 7", {"Lesson 7", "two-places", "nmda-cable-64", {{"places", "0.25,0.4,0.75"}}},
        places);

    std::vector<Number> weights;
    const std::map<std::string, std::string> titles{{"AMPA", "AMPA Only"},
                                                    {"rodent", "AMPA + NMDA (Rodent)"},
                                                    {"human", "AMPA + NMDA (Human)"}};
    for (const auto &[kind, weight, reference] :
         std::vector<std::tuple<std::string, std::string, std::string>>{{"AMPA", "10", "34.2"},
                                                                        {"rodent", "10", "37.1"},
                                                                        {"human", "10", "36.8"},
                                                                        {"AMPA", "15", "43.2"},
                                                                        {"rodent", "15", "48.2"},
                                                                        {"human", "15", "49.9"},
                                                                        {"AMPA", "20", "49.8"},
                                                                        {"rodent", "20", "56.5"},
                                                                        {"human", "20", "64.2"}})
        weights.push_back({kind + ", weight " + weight + ": local EPSP",
                           {{"Synapse", titles.at(kind)}, {"Weight", weight}},
                           "Local EPSP in 1-ms samples",
                           reference});
    const std::vector<std::pair<std::string, std::string>> human20{{"Synapse", titles.at("human")},
                                                                   {"Weight", "20"}};
    const std::vector<std::pair<std::string, std::string>> ampa20{{"Synapse", titles.at("AMPA")},
                                                                  {"Weight", "20"}};
    weights.push_back(
        {"human, weight 20: local peak", human20, "Local peak in 1-ms samples", "-20.4"});
    weights.push_back({"human, weight 20: above -50 mV", human20, "Above -50 mV", "44"});
    weights.push_back({"AMPA, weight 20: above -50 mV", ampa20, "Above -50 mV", "7"});
    weights.push_back({"human, weight 20: soma", human20, epsp, "7.6"});
    weights.push_back({"AMPA, weight 20: soma", ampa20, epsp, "2.9"});
    add("lessons 8 and 9",
        {"Lessons 8, 9", "weight-response", "nmda-cable-64", {{"weights", "10,15,20"}}}, weights);

    // The smallest weight, on a grid of 0.5, that reaches -30 mV, and what the soma gets of it.
    for (const auto &[share, weight, reward] :
         std::vector<std::tuple<std::string, double, std::string>>{{"0.25", 17, "13.0"},
                                                                   {"0.5", 17, "5.0"},
                                                                   {"0.75", 16.5, "2.5"},
                                                                   {"0.85", 14.5, "1.9"},
                                                                   {"0.95", 10.5, "1.0"},
                                                                   {"0.99", 9, "0.8"}}) {
        const std::string w = formatNumber(weight);
        add("lesson 9, " + share,
            {"Lesson 9",
             "weight-response",
             "nmda-cable-64",
             {{"kind", "NMDA_human"},
              {"places", share},
              {"weights", formatNumber(weight - 0.5) + "," + w}}},
            {{share + ": smallest weight that reaches -30 mV", {}, "threshold", w},
             {share + ": soma at that weight", {{"Weight", w}}, epsp, reward}});
    }
    add("lesson 9, brake",
        {"Lesson 9",
         "inhibition",
         "nmda-cable-64",
         {{"kind", "NMDA_human"},
          {"place", "0.5"},
          {"weight", "20"},
          {"places", "0.5"},
          {"lead_ms", "5,0,-20"}}},
        {{"GABA 5 ms early: above -50 mV", {{"Early by", "5"}}, "Above -50 mV", "2"},
         {"GABA at once: above -50 mV", {{"Early by", "0"}}, "Above -50 mV", "0"},
         {"GABA 20 ms late: above -50 mV", {{"Early by", "-20"}}, "Above -50 mV", "20"}});

    std::vector<Number> cluster;
    for (const auto &[weight, together, apart] :
         std::vector<std::tuple<std::string, std::string, std::string>>{{"1", "2.63", "3.57"},
                                                                        {"2", "4.05", "6.20"},
                                                                        {"3", "4.95", "8.18"},
                                                                        {"5", "6.05", "10.92"}}) {
        cluster.push_back({"AMPA, weight " + weight + ": cluster",
                           {{"Synapse", titles.at("AMPA")}, {"Weight", weight}},
                           "Cluster",
                           together});
        cluster.push_back({"AMPA, weight " + weight + ": spread",
                           {{"Synapse", titles.at("AMPA")}, {"Weight", weight}},
                           "Spread",
                           apart});
    }
    for (const auto &[weight, together, apart] :
         std::vector<std::tuple<std::string, std::string, std::string>>{{"1", "2.99", "3.80"},
                                                                        {"2", "6.64", "7.10"},
                                                                        {"2.5", "10.89", "8.85"},
                                                                        {"3", "12.18", "10.98"},
                                                                        {"4", "13.13", "fires"}}) {
        cluster.push_back({"human, weight " + weight + ": cluster",
                           {{"Synapse", titles.at("human")}, {"Weight", weight}},
                           "Cluster",
                           together});
        cluster.push_back({"human, weight " + weight + ": spread",
                           {{"Synapse", titles.at("human")}, {"Weight", weight}},
                           "Spread",
                           apart});
    }
    add("lesson 10", {"Lesson 10", "cluster", "nmda-cable-64", {{"weights", "1,2,2.5,3,4,5"}}},
        cluster);
    std::vector<Number> farther;
    for (const auto &[weight, together, apart] :
         std::vector<std::tuple<std::string, std::string, std::string>>{
             {"2", "2.09", "1.93"}, {"2.5", "3.54", "2.67"}, {"3", "3.85", "4.10"}}) {
        farther.push_back({"human at 75 %, weight " + weight + ": cluster",
                           {{"Weight", weight}},
                           "Cluster",
                           together});
        farther.push_back({"human at 75 %, weight " + weight + ": spread",
                           {{"Weight", weight}},
                           "Spread",
                           apart});
    }
    add("lesson 10, farther out",
        {"Lesson 10",
         "cluster",
         "nmda-cable-64",
         {{"kind", "NMDA_human"}, {"centre", "0.75"}, {"weights", "2,2.5,3"}}},
        farther);

    add("lesson 11", {"Lesson 11", "order", "nmda-cable-64", {{"weights", "1,5,6,7"}}},
        {{"AMPA, weight 1: in",
          {{"Synapse", titles.at("AMPA")}, {"Weight", "1"}},
          "Inwards",
          "4.35"},
         {"AMPA, weight 1: out",
          {{"Synapse", titles.at("AMPA")}, {"Weight", "1"}},
          "Outwards",
          "2.86"},
         {"AMPA, weight 1: in/out",
          {{"Synapse", titles.at("AMPA")}, {"Weight", "1"}},
          "In / out",
          "1.52"},
         {"AMPA, weight 1: at once",
          {{"Synapse", titles.at("AMPA")}, {"Weight", "1"}},
          "All at once",
          "3.87"},
         {"human, weight 5: in",
          {{"Synapse", titles.at("human")}, {"Weight", "5"}},
          "Inwards",
          "fires"},
         {"human, weight 5: out",
          {{"Synapse", titles.at("human")}, {"Weight", "5"}},
          "Outwards",
          "12.3"},
         {"AMPA, weight 6: spikes in",
          {{"Synapse", titles.at("AMPA")}, {"Weight", "6"}},
          "Spikes, in",
          "0"},
         {"AMPA, weight 7: in",
          {{"Synapse", titles.at("AMPA")}, {"Weight", "7"}},
          "Inwards",
          "fires"},
         {"AMPA, weight 7: spikes out",
          {{"Synapse", titles.at("AMPA")}, {"Weight", "7"}},
          "Spikes, out",
          "0"}});

    std::vector<Number> brake;
    for (const auto &[share, reference] :
         std::vector<std::pair<std::string, std::string>>{{"0.02", ".68"},
                                                          {"0.1", ".59"},
                                                          {"0.2", ".50"},
                                                          {"0.3", ".43"},
                                                          {"0.4", ".44"},
                                                          {"0.5", ".85"},
                                                          {"0.6", ".96"},
                                                          {"0.8", "1.0"},
                                                          {"0.95", "1.0"}})
        brake.push_back(
            {"inhibition at " + share, {{"Inhibition at", share}}, "Soma, share left", reference});
    add("lesson 12", {"Lesson 12", "inhibition", "nmda-cable-64", {}}, brake);

    std::vector<Number> rates;
    for (const auto &[current, sk, reference] :
         std::vector<std::tuple<std::string, std::string, std::string>>{{"0.1", "SK off", "29"},
                                                                        {"0.3", "SK off", "45"},
                                                                        {"1", "SK off", "67"},
                                                                        {"0.1", "SK on", "4"},
                                                                        {"0.3", "SK on", "10.5"},
                                                                        {"1", "SK on", "19"}})
        rates.push_back(
            {current + " nA, " + sk, {{"Current", current}, {"SK", sk}}, "Rate", reference});
    const std::vector<std::pair<std::string, std::string>> on{{"Current", "0.3"}, {"SK", "SK on"}};
    rates.push_back(
        {"0.3 nA, SK off: interval", {{"Current", "0.3"}, {"SK", "SK off"}}, "Interval 1", "23"});
    rates.push_back({"0.3 nA, SK on: interval 1", on, "Interval 1", "24"});
    rates.push_back({"0.3 nA, SK on: interval 2", on, "Interval 2", "28"});
    rates.push_back({"0.3 nA, SK on: interval 3", on, "Interval 3", "43"});
    rates.push_back({"0.3 nA, SK on: interval 4", on, "Interval 4", "111"});
    add("lesson 13, current",
        {"Lesson 13, B3a",
         "current-rate",
         "ampa-point",
         {{"currents", "0.1,0.3,1"}, {"step_ms", "2000"}, {"settle_ms", "100"}}},
        rates);
    return rows;
}

} // namespace dt::test
