// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/Frames.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>
#include <QtEndian>

using namespace dt;

namespace {

QByteArray header(quint32 length)
{
    QByteArray bytes("DTWF\0\0\0\0", 8);
    qToLittleEndian(length, bytes.data() + 4);
    return bytes;
}

QList<QByteArray> takeAll(FrameReader &reader)
{
    QList<QByteArray> bodies;
    while (const std::optional<QByteArray> body = reader.next())
        bodies << *body;
    return bodies;
}

} // namespace

class tst_Frames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layout();
    void streams_data();
    void streams();
    void partial_data();
    void partial();
    void garbage_data();
    void garbage();
    void largest();
};

void tst_Frames::layout()
{
    QCOMPARE(frame("abc"), QByteArray("DTWF\3\0\0\0abc", 11));
    QCOMPARE(frame({}), QByteArray("DTWF\0\0\0\0", 8));
    QCOMPARE(frame(QByteArray(258, 'x')).left(8), QByteArray("DTWF\2\1\0\0", 8));
}

void tst_Frames::streams_data()
{
    QTest::addColumn<int>("step");
    for (const int step : {1, 2, 3, 7, 8, 9, 100, 1 << 20})
        QTest::addRow("%d bytes at a time", step) << step;
}

void tst_Frames::streams()
{
    QFETCH(int, step);
    const QList<QByteArray> bodies{"first", "", "DTWF", QByteArray(3000, '\0'), "x"};
    QByteArray stream;
    for (const QByteArray &body : bodies)
        stream += frame(body);
    FrameReader reader;
    QList<QByteArray> got;
    for (qsizetype at = 0; at < stream.size(); at += step) {
        reader.feed(stream.mid(at, step));
        got << takeAll(reader);
        QVERIFY(!reader.broken());
    }
    QCOMPARE(got, bodies);
    QVERIFY(!reader.partial());
}

void tst_Frames::partial_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("one byte") << QByteArray("D");
    QTest::newRow("magic") << QByteArray("DTWF");
    QTest::newRow("half a length") << QByteArray("DTWF\5\0", 6);
    QTest::newRow("header") << header(5);
    QTest::newRow("half a body") << header(5) + "ab";
    QTest::newRow("a frame and a half") << frame("whole") + header(5) + "abcd";
}

void tst_Frames::partial()
{
    QFETCH(QByteArray, bytes);
    FrameReader reader;
    QVERIFY(!reader.partial());
    reader.feed(bytes);
    takeAll(reader);
    QVERIFY(reader.partial());
    QVERIFY(!reader.broken());
    QVERIFY(reader.nonsense().isEmpty());
}

void tst_Frames::garbage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("frames");
    QTest::addColumn<QString>("nonsense");
    QTest::newRow("text") << QByteArray("Hello, world\n") << 0 << "Hello, world.";
    QTest::newRow("first byte") << QByteArray("X") << 0 << "X";
    QTest::newRow("fourth byte") << QByteArray("DTWX") << 0 << "DTWX";
    QTest::newRow("lower case") << QByteArray("dtwf") << 0 << "dtwf";
    QTest::newRow("bytes") << QByteArray("\0\1\xff", 3) << 0 << "...";
    QTest::newRow("after a frame") << frame("good") + "oops" << 1 << "oops";
    QTest::newRow("long") << QByteArray(500, 'z') << 0 << QString(40, 'z');
    QTest::newRow("oversized") << header(MaxFrameBytes + 1) << 0 << "a frame of 67108865 bytes";
    QTest::newRow("absurd") << header(0xFFFFFFFF) << 0 << "a frame of 4294967295 bytes";
}

void tst_Frames::garbage()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, frames);
    QFETCH(QString, nonsense);
    FrameReader reader;
    reader.feed(bytes);
    QCOMPARE(takeAll(reader).size(), frames);
    QVERIFY(reader.broken());
    QCOMPARE(reader.nonsense(), nonsense);
    // Nothing comes after it, however good.
    reader.feed(frame("good"));
    QVERIFY(!reader.next());
    QVERIFY(reader.broken());
}

void tst_Frames::largest()
{
    FrameReader reader;
    reader.feed(header(MaxFrameBytes));
    QVERIFY(!reader.next());
    QVERIFY(!reader.broken());
    reader.feed(QByteArray(MaxFrameBytes, 'm'));
    const std::optional<QByteArray> body = reader.next();
    QVERIFY(body && body->size() == MaxFrameBytes);
}

DT_TEST(tst_Frames, QCoreApplication)
#include "tst_Frames.moc"
