// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TableExport.h"

#include "tests/support/Python.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

/// NumPy is the judge of what it is given.
class tst_TableExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readByNumPy();
    void noColumns();
};

void tst_TableExport::readByNumPy()
{
    REQUIRE_PYTHON("numpy");
    const test::TestFolder folder;
    const std::vector<TextColumn> columns{
        {"Peak [mV]", {"-66.12", "–", "1e3"}},
        {"Peak [mV]", {"1", "2", "3"}},
        {"Kind", {"AMPA", "", "größer"}},
        {"Half 1", {"7", "8 ms", "9"}},
        {"", {"0", "0", "0"}},
        {"Distance [\u00b5m]", {"1", "2", "3"}},
        {"Rm [\u03a9 cm\u00b2]", {"1", "2", "3"}},
    };
    QVERIFY(
        folder.write(QStringLiteral("table.npz"), QByteArray::fromStdString(tableAsNpz(columns))));
    const test::PythonOutcome outcome = test::runPython(
        {QStringLiteral("-c"),
         QStringLiteral(
             "import numpy, sys\n"
             "t = numpy.load(sys.argv[1])\n"
             "assert sorted(t.files) == ['Distance_um', 'Half_1', 'Kind', 'Peak_mV', "
             "'Peak_mV_2', 'Rm_ohm_cm2', 'column'], t.files\n"
             "p = t['Peak_mV']\n"
             "assert p.dtype == 'f8' and p[0] == -66.12 and numpy.isnan(p[1]) and p[2] == "
             "1000\n"
             "assert list(t['Peak_mV_2']) == [1, 2, 3]\n"
             "assert list(t['Kind']) == ['AMPA', '', 'gr\\u00f6\\u00dfer'], t['Kind']\n"
             "assert list(t['Half_1']) == ['7', '8 ms', '9']\n"),
         folder.at(QStringLiteral("table.npz"))});
    QVERIFY2(outcome.ok, outcome.text.constData());
}

void tst_TableExport::noColumns()
{
    QVERIFY(!tableAsNpz({}).empty());
}

DT_TEST(tst_TableExport, QCoreApplication)
#include "tst_TableExport.moc"
