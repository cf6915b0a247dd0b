// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/NpyFile.h"

#include "tests/support/Python.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cstring>

using namespace dt;

namespace {

/// A file as numpy.save() makes it, with a header of choice.
QByteArray npy(const QByteArray &dictionary, const QByteArray &payload, int version = 1)
{
    const int lengthBytes = version == 1 ? 2 : 4;
    QByteArray header = dictionary;
    const auto used = 8 + lengthBytes + header.size() + 1;
    header += QByteArray((64 - used % 64) % 64, ' ') + '\n';
    QByteArray file("\x93NUMPY", 6);
    file += static_cast<char>(version);
    file += '\0';
    for (int i = 0; i < lengthBytes; ++i)
        file += static_cast<char>((header.size() >> (8 * i)) & 0xFF);
    return file + header + payload;
}

QByteArray dictionary(const QByteArray &type, const QByteArray &shape,
                      const QByteArray &fortran = "False")
{
    return QByteArray("{'descr': '") + type + "', 'fortran_order': " + fortran
        + ", 'shape': " + shape + ", }";
}

} // namespace

class tst_NpyFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void readsAnyOrder_data();
    void readsAnyOrder();
    void readsWhatNumpyReads();
    void writesWhatNumpyWrites_data();
    void writesWhatNumpyWrites();
    void roundTrip();
    void refuses_data();
    void refuses();
    void everyCut();
    void missing();
    void cannotWrite();

private:
    test::TestFolder m_folder;
};

void tst_NpyFile::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QList<int>>("shape");
    const QByteArray six("abcdefabcdef", 12);
    QTest::newRow("version 1") << npy(dictionary("<f2", "(2, 3)"), six) << QByteArray("<f2")
                               << QList{2, 3};
    QTest::newRow("version 2") << npy(dictionary("<f2", "(2, 3)"), six, 2) << QByteArray("<f2")
                               << QList{2, 3};
    QTest::newRow("version 3") << npy(dictionary("<f2", "(2, 3)"), six, 3) << QByteArray("<f2")
                               << QList{2, 3};
    QTest::newRow("vector") << npy(dictionary("<f4", "(3,)"), six) << QByteArray("<f4") << QList{3};
    QTest::newRow("bool") << npy(dictionary("|b1", "(12,)"), six) << QByteArray("|b1") << QList{12};
    QTest::newRow("scalar") << npy(dictionary("<f4", "()"), six.left(4)) << QByteArray("<f4")
                            << QList<int>{};
    QTest::newRow("nothing") << npy(dictionary("<f4", "(0, 5)"), "") << QByteArray("<f4")
                             << QList{0, 5};
    QTest::newRow("other order") << npy("{'shape':(2,3),'fortran_order':False,'descr':'<f2'}", six)
                                 << QByteArray("<f2") << QList{2, 3};
    QTest::newRow("large header") << npy(dictionary("<f2", "(2, 3)") + QByteArray(5000, ' '), six)
                                  << QByteArray("<f2") << QList{2, 3};
}

void tst_NpyFile::reads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, type);
    QFETCH(QList<int>, shape);
    QVERIFY(m_folder.write("a.npy", bytes));
    const Result<NpyArray> array = readNpy(m_folder.file("a.npy"), type.toStdString());
    VERIFY_OK(array);
    QCOMPARE(array->type, type.toStdString());
    QCOMPARE(QList<int>(array->shape.begin(), array->shape.end()), shape);
    const QByteArray payload(array->bytes.data(), static_cast<qsizetype>(array->bytes.size()));
    QVERIFY(bytes.endsWith(payload));
    QVERIFY(payload.size() <= 12);
}

/// Six numbers 0 to 5 as 2 x 3, however they lie in the file.
void tst_NpyFile::readsAnyOrder_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("fortran");
    QTest::addColumn<QByteArray>("shape");
    QTest::addColumn<QByteArray>("payload");
    const QByteArray plain("\0\0\1\0\2\0\3\0\4\0\5\0", 12);
    const QByteArray big("\0\0\0\1\0\2\0\3\0\4\0\5", 12);
    const QByteArray columns("\0\0\3\0\1\0\4\0\2\0\5\0", 12);
    const QByteArray bigColumns("\0\0\0\3\0\1\0\4\0\2\0\5", 12);
    QTest::newRow("C") << QByteArray("<f2") << QByteArray("False") << QByteArray("(2, 3)") << plain;
    QTest::newRow("big-endian") << QByteArray(">f2") << QByteArray("False") << QByteArray("(2, 3)")
                                << big;
    QTest::newRow("Fortran") << QByteArray("<f2") << QByteArray("True") << QByteArray("(2, 3)")
                             << columns;
    QTest::newRow("Fortran, big-endian")
        << QByteArray(">f2") << QByteArray("True") << QByteArray("(2, 3)") << bigColumns;
    QTest::newRow("native") << QByteArray("=f2") << QByteArray("False") << QByteArray("(2, 3)")
                            << plain;
    QTest::newRow("by its name") << QByteArray("float16") << QByteArray("False")
                                 << QByteArray("(2, 3)") << plain;
    QTest::newRow("Python 2") << QByteArray("<f2") << QByteArray("False") << QByteArray("(2L, 3L)")
                              << plain;
    QTest::newRow("Fortran, one long")
        << QByteArray("<f2") << QByteArray("True") << QByteArray("(1, 2, 3)") << columns;
}

void tst_NpyFile::readsAnyOrder()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, fortran);
    QFETCH(QByteArray, shape);
    QFETCH(QByteArray, payload);
    QVERIFY(m_folder.write("o.npy", npy(dictionary(type, shape, fortran), payload)));
    const Result<NpyArray> array = readNpy(m_folder.file("o.npy"), "<f2");
    VERIFY_OK(array);
    QCOMPARE(array->shape.back(), std::size_t{3});
    QCOMPARE(QByteArray(array->bytes.data(), static_cast<qsizetype>(array->bytes.size())),
             QByteArray("\0\0\1\0\2\0\3\0\4\0\5\0", 12));
}

/// Headers that NumPy takes are taken, those that it refuses are refused, and with the same
/// numbers.
void tst_NpyFile::readsWhatNumpyReads()
{
    REQUIRE_PYTHON("numpy");
    const QByteArray six("abcdefabcdef", 12);
    const QByteArrayList headers{
        R"({"descr": "<f2", "fortran_order": False, "shape": (2, 3)})",
        R"({"shape":(2,3),"descr":'<f2','fortran_order':True})",
        "{ 'descr' :\t'<f2' ,\n 'fortran_order' : False , 'shape' : ( 2 , 3 , ) , }",
        "{'descr': '<f2', 'fortran_order': True, 'shape': (6,), }",
        "{u'descr': u'<f2', u'fortran_order': False, u'shape': (2, 3), }",
        "{'descr': '<f2', 'fortran_order': False, 'shape': (2, 3), ",
        "{'descr': '<f2', 'fortran_order': False 'shape': (2, 3)}",
        "{'descr': '<f2, 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '<f2', 'fortran_order': maybe, 'shape': (2, 3)}",
        "{'descr': '<f2', 'fortran_order': False, 'shape': [2, 3]}",
        "['descr', '<f2', 'fortran_order', False, 'shape', (2, 3)]"};
    QStringList names{QStringLiteral("-c"), QStringLiteral(R"(
import sys, numpy as np
for name in sys.argv[1:]:
    try:
        print(np.ascontiguousarray(np.load(name)).tobytes().hex())
    except Exception:
        print('refused')
)")};
    for (qsizetype i = 0; i < headers.size(); ++i) {
        names << m_folder.at(QStringLiteral("n%1.npy").arg(i));
        QVERIFY(m_folder.write(names.back(), npy(headers[i], six)));
    }
    const test::PythonOutcome numpy = test::runPython(names);
    QVERIFY2(numpy.ok, numpy.text.constData());
    const QByteArrayList said = numpy.text.trimmed().split('\n');
    QCOMPARE(said.size(), headers.size());
    QCOMPARE(said.front(), six.toHex()); // it does read
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const Result<NpyArray> array = readNpy(names[i + 2].toStdString(), "<f2");
        QVERIFY2(array.ok() == (said[i] != "refused"), headers[i].constData());
        if (array)
            QCOMPARE(QByteArray(array->bytes.data(), qsizetype(array->bytes.size())).toHex(),
                     said[i]);
    }
}

void tst_NpyFile::writesWhatNumpyWrites_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QList<int>>("shape");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("matrix") << QByteArray("<f2") << QList{2, 3}
                            << npy(dictionary("<f2", "(2, 3)"), "abcdefabcdef");
    QTest::newRow("vector") << QByteArray("|b1") << QList{12}
                            << npy(dictionary("|b1", "(12,)"), "abcdefabcdef");
}

void tst_NpyFile::writesWhatNumpyWrites()
{
    QFETCH(QByteArray, type);
    QFETCH(QList<int>, shape);
    QFETCH(QByteArray, expected);
    VERIFY_OK(writeNpy(m_folder.file("b.npy"), type.toStdString(), {shape.begin(), shape.end()},
                       "abcdefabcdef", 12));
    QCOMPARE(m_folder.read("b.npy"), expected);
}

void tst_NpyFile::roundTrip()
{
    // Headers of every length around the padding.
    for (std::size_t digits = 1; digits < 9; ++digits) {
        for (int rank = 1; rank <= 6; ++rank) {
            std::vector<std::size_t> shape(static_cast<std::size_t>(rank), 1);
            shape[0] = 1;
            for (std::size_t i = 1; i < digits; ++i)
                shape[0] *= 10;
            shape.push_back(0); // any shape without a payload
            VERIFY_OK(writeNpy(m_folder.file("c.npy"), "<f4", shape, nullptr, 0));
            QCOMPARE(m_folder.read("c.npy").size() % 64, 0);
            const Result<NpyArray> array = readNpy(m_folder.file("c.npy"), "<f4");
            VERIFY_OK(array);
            QCOMPARE(array->shape, shape);
        }
    }
}

void tst_NpyFile::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QByteArray &bytes, const char *words) {
        QTest::newRow(name) << bytes << QByteArray(words);
    };
    const QByteArray six(12, 'x');
    const QByteArray good = npy(dictionary("<f2", "(2, 3)"), six);
    row("empty", "", "is not a NumPy file");
    row("text", "These are notes, not numbers.", "is not a NumPy file");
    row("HDF5", QByteArray("\x89HDF\r\n\x1a\n", 8) + QByteArray(100, '\0'), "is not a NumPy file");
    row("single precision", npy(dictionary("<f4", "(3,)"), six), "type <f4 where <f2 is expected");
    row("double precision", npy(dictionary("<f8", "(1,)"), six.left(8)), "type <f8 where <f2");
    row("big-endian double", npy(dictionary(">f8", "(1,)"), six.left(8)), "type >f8 where <f2");
    row("objects", npy(dictionary("|O", "(2,)"), six), "Python objects where values of type <f2");
    row("structures",
        npy("{'descr': [('a', '<f2')], 'fortran_order': False, 'shape': (6,), }", six),
        "named fields ('a', ...) where plain values of type <f2 are expected");
    row("no order", npy("{'descr': '<f2', 'shape': (2, 3), }", six), "damaged header");
    QByteArray fourth = good;
    fourth[6] = 4;
    row("version 4", fourth, "version 4 of NumPy's format");
    row("no dictionary", npy("descr <f2", six), "damaged header");
    row("no shape", npy("{'descr': '<f2', 'fortran_order': False, }", six), "damaged header");
    row("no type", npy("{'fortran_order': False, 'shape': (2, 3), }", six), "damaged header");
    row("shape without end", npy(dictionary("<f2", "(2, 3"), six), "damaged header");
    row("negative shape", npy(dictionary("<f2", "(-2, 3)"), six), "damaged header");
    row("shape in words", npy(dictionary("<f2", "(two, 3)"), six), "damaged header");
    row("shape too large for a number", npy(dictionary("<f2", "(99999999999999999999,)"), six),
        "damaged header");
    row("empty header", npy("", six), "damaged header");
    row("one byte too few", good.left(good.size() - 1), "is cut short");
    row("one byte too many", good + 'x', "is longer");
    row("far too large", npy(dictionary("<f2", "(4000000000, 4000000000)"), six), "is too large");
    row("large and not there", npy(dictionary("<f2", "(1000000000,)"), six), "is cut short");
    QByteArray longHeader = good;
    longHeader[9] = static_cast<char>(0xFF);
    row("header longer than the file", longHeader, "damaged header");
    QByteArray huge = npy(dictionary("<f2", "(2, 3)"), six, 2);
    huge[11] = static_cast<char>(0x7F);
    row("header of 2 GB", huge, "damaged header");
}

void tst_NpyFile::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, words);
    QVERIFY(m_folder.write("a.npy", bytes));
    const Result<NpyArray> array = readNpy(m_folder.file("a.npy"), "<f2");
    VERIFY_ERROR(array, ErrorCode::Format, words.toStdString());
    QVERIFY(test::contains(array.error().message, m_folder.file("a.npy")));
}

void tst_NpyFile::everyCut()
{
    const QByteArray good = npy(dictionary("<f2", "(2, 3)"), QByteArray(12, 'x'));
    for (qsizetype size = 0; size < good.size(); ++size) {
        QVERIFY(m_folder.write("a.npy", good.left(size)));
        VERIFY_ERROR(readNpy(m_folder.file("a.npy"), "<f2"), ErrorCode::Format, "a.npy");
    }
}

void tst_NpyFile::missing()
{
    VERIFY_ERROR(readNpy(m_folder.file("none.npy"), "<f2"), ErrorCode::NotFound, "none.npy");
    VERIFY_ERROR(readNpy(m_folder.path().toStdString(), "<f2"), ErrorCode::Format,
                 m_folder.path().toStdString());
}

void tst_NpyFile::cannotWrite()
{
    VERIFY_ERROR(writeNpy(m_folder.file("none/a.npy"), "<f2", {1}, "ab", 2), ErrorCode::Io,
                 "No such file");
    VERIFY_ERROR(writeNpy("/dev/full", "<f2", {1}, "ab", 2), ErrorCode::Io, "/dev/full");
}

DT_TEST(tst_NpyFile, QCoreApplication)
#include "tst_NpyFile.moc"
