// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/BuildFolder.h"

#include "tests/support/Child.h"
#include "tests/support/Datasets.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace dt;

namespace {

bool evenPass(Split, std::uint64_t index)
{
    return index % 2 == 0;
}

DatasetPlan plan()
{
    DatasetPlan p = test::smallPlan({6, 3, 1}, 120); // blocks of 2, 1 and 1
    p.filter = publishedFilter();
    return p;
}

std::vector<std::string> namesOf(const std::vector<ShardSummary> &shards)
{
    std::vector<std::string> names;
    for (const ShardSummary &shard : shards)
        names.push_back(shardName(shard.split, shard.first));
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

class tst_BuildFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void createsAndOpens();
    void refusesToStart();
    void readOnlyFolder();
    void damagedPlan_data();
    void damagedPlan();
    void oneAtATime();
    void lockDiesWithItsProgram();
    void scanTidies_data();
    void scanTidies();
    void scanFindsEveryFlip();
    void peekLeavesAlone();
    void assembles();
    void orderOfShardsDoesNotMatter();
    void missingShards();
    void replaces();
    void appearsMeanwhile();
    void leftovers();
    void finishedBefore();
    void discards();
    void splitStates_data();
    void splitStates();
    void cancelled();

private:
    BuildFolder make(const DatasetPlan &p = plan())
    {
        Result<BuildFolder> folder = BuildFolder::create(m_target, p, false);
        if (!folder)
            qFatal("%s", folder.error().message.c_str());
        return std::move(*folder);
    }
    QStringList inside() const
    {
        return QDir(m_folder->at("ds.h5.building"))
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    }

    std::unique_ptr<test::TestFolder> m_folder;
    std::string m_target;
};

void tst_BuildFolder::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    m_target = m_folder->file("ds.h5");
}

void tst_BuildFolder::createsAndOpens()
{
    QVERIFY(!BuildFolder::exists(m_target));
    {
        const BuildFolder folder = make();
        QCOMPARE(folder.target(), m_target);
        QVERIFY(folder.plan() == plan());
        QVERIFY(BuildFolder::exists(m_target));
        QVERIFY(folder.scan().empty());
        QCOMPARE(m_folder->names(), QStringList("ds.h5.building"));
    }
    const Result<DatasetPlan> read = BuildFolder::planOf(m_target);
    VERIFY_OK(read);
    QVERIFY(*read == plan());
    const Result<BuildFolder> again = BuildFolder::open(m_target);
    VERIFY_OK(again);
    QVERIFY(again->plan() == plan());
    VERIFY_ERROR(BuildFolder::open(m_folder->file("other.h5")), ErrorCode::NotFound,
                 "no unfinished build");
}

void tst_BuildFolder::refusesToStart()
{
    DatasetPlan none = plan();
    none.wanted = {0, 0, 0};
    VERIFY_ERROR(BuildFolder::create(m_target, none, false), ErrorCode::InvalidValue,
                 "no simulation at all");
    QVERIFY(m_folder->write("ds.h5", "old"));
    VERIFY_ERROR(BuildFolder::create(m_target, plan(), false), ErrorCode::Exists, "exists already");
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
    QVERIFY(QFile::remove(m_folder->at("ds.h5")));
    make();
    // Not even with replace: hours of work may be in it.
    for (const bool replace : {false, true})
        VERIFY_ERROR(BuildFolder::create(m_target, plan(), replace), ErrorCode::Exists,
                     "unfinished build");
    VERIFY_ERROR(BuildFolder::create(m_folder->file("none/ds.h5"), plan(), false),
                 ErrorCode::NotFound, "does not exist");
    QVERIFY(m_folder->write("b.h5.building", "a file"));
    VERIFY_ERROR(BuildFolder::create(m_folder->file("b.h5"), plan(), false), ErrorCode::Io,
                 "b.h5.building");
    QCOMPARE(m_folder->names(), (QStringList{"b.h5.building", "ds.h5.building"}));
}

void tst_BuildFolder::readOnlyFolder()
{
    QVERIFY(::chmod(m_folder->path().toUtf8().constData(), 0555) == 0);
    const test::ChildResult child = test::inChild([&]() -> std::string {
        if (!test::dropPrivileges())
            return "privileges were kept";
        const Result<BuildFolder> folder = BuildFolder::create(m_target, plan(), false);
        return folder ? "made" : folder.error().message;
    });
    QVERIFY(::chmod(m_folder->path().toUtf8().constData(), 0700) == 0);
    QVERIFY2(test::contains(child.text, "Cannot write in") && test::isSentence(child.text),
             child.text.c_str());
    QVERIFY(m_folder->names().isEmpty());
}

void tst_BuildFolder::damagedPlan_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::newRow("empty") << QByteArray() << int(ErrorCode::Format);
    QTest::newRow("half") << QByteArray("{\"format\": \"dendrotwin-build\", \"form")
                          << int(ErrorCode::Format);
    QTest::newRow("list") << QByteArray("[]") << int(ErrorCode::Format);
    QTest::newRow("foreign") << QByteArray("{\"format\": 3, \"plan\": {}}")
                             << int(ErrorCode::Format);
    QTest::newRow("newer") << QByteArray("{\"format\": \"dendrotwin-build\", \"format_version\": 2,"
                                         " \"plan\": {}}")
                           << int(ErrorCode::Version);
    QTest::newRow("no plan") << QByteArray("{\"format\": \"dendrotwin-build\","
                                           " \"format_version\": 1}")
                             << int(ErrorCode::Format);
    QTest::newRow("empty plan") << QByteArray("{\"format\": \"dendrotwin-build\","
                                              " \"format_version\": 1, \"plan\": {}}")
                                << int(ErrorCode::Format);
}

void tst_BuildFolder::damagedPlan()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    make();
    QVERIFY(m_folder->write("ds.h5.building/plan.json", text));
    VERIFY_ERROR(BuildFolder::open(m_target), ErrorCode(code), "plan.json");
    VERIFY_ERROR(BuildFolder::planOf(m_target), ErrorCode(code), "plan.json");
    QVERIFY(BuildFolder::peek(m_target).empty());
    QCOMPARE(inside(), QStringList("plan.json")); // nothing was thrown away
}

void tst_BuildFolder::oneAtATime()
{
    BuildFolder folder = make();
    VERIFY_ERROR(BuildFolder::open(m_target), ErrorCode::Exists, "another program");
    BuildFolder moved(std::move(folder));
    VERIFY_ERROR(BuildFolder::open(m_target), ErrorCode::Exists, "another program");
    moved.release();
    VERIFY_OK(BuildFolder::open(m_target));
}

void tst_BuildFolder::lockDiesWithItsProgram()
{
    const test::ChildResult child = test::inChild([&]() -> std::string {
        const BuildFolder folder = make();
        if (!test::writeMadeUpShard(folder, Split::Train, 0))
            return "not written";
        ::kill(::getpid(), SIGKILL);
        return "";
    });
    QVERIFY(!child.exited);
    const Result<BuildFolder> folder = BuildFolder::open(m_target);
    VERIFY_OK(folder);
    QCOMPARE(folder->scan().size(), std::size_t(1));
}

void tst_BuildFolder::scanTidies_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("kind");
    const auto row = [](const char *name, const char *kind) {
        QTest::newRow(kind) << QString::fromLatin1(name) << QByteArray(kind);
    };
    row("train-0000000002.h5.part-4711", "half-written");
    row("train-0000000002.h5", "text");
    row("train-0000000002.h5", "empty");
    row("train-0000000002.h5", "cut");
    row("train-0000000002.h5", "another plan");
    row("train-0000000002.h5", "another block");
    row("train-0000000004.h5", "misnamed");
    row("valid-0000000002.h5", "another split");
    row("train-0000000003.h5", "off the grid");
    row("train-0000000002.h5", "too many candidates");
    row("train-0000000002.h5", "another duration");
    row("train-0000000002.h5", "fewer simulations");
    row("notes.txt", "foreign");
}

void tst_BuildFolder::scanTidies()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, kind);
    const BuildFolder folder = make();
    VERIFY_OK(test::writeMadeUpShard(folder, Split::Train, 0));
    const std::string path = (m_folder->at("ds.h5.building/") + name).toStdString();
    Shard shard = test::madeUpShard(plan(), folder.planKey(), Split::Train, 2);
    int durationMs = 120;
    if (kind == "another plan") {
        shard.plan = "12345";
    } else if (kind == "another block") {
        shard.first = 4;
    } else if (kind == "off the grid") {
        shard.first = 3;
    } else if (kind == "too many candidates") {
        shard.accepted.push_back(0);
        shard.candidates.push_back({});
    } else if (kind == "another duration") {
        DatasetPlan longer = plan();
        longer.durationMs = durationMs = 121;
        shard = test::madeUpShard(longer, folder.planKey(), Split::Train, 2);
    } else if (kind == "fewer simulations") {
        shard.simulations.pop_back();
    }
    VERIFY_OK(writeShard(path, shard, 2, durationMs));
    const QString file = QStringLiteral("ds.h5.building/") + name;
    if (kind == "text" || kind == "half-written" || kind == "foreign")
        QVERIFY(m_folder->write(file, "not a shard"));
    else if (kind == "empty")
        QVERIFY(m_folder->write(file, ""));
    else if (kind == "cut")
        QVERIFY(m_folder->write(file, m_folder->read(file).chopped(100)));
    QCOMPARE(inside().size(), 3);
    QCOMPARE(namesOf(folder.scan()), std::vector<std::string>{"train-0000000000.h5"});
    QCOMPARE(inside(), (QStringList{"plan.json", "train-0000000000.h5"}));
}

void tst_BuildFolder::scanFindsEveryFlip()
{
    // A bit that flipped in a shard: it is made again, or nothing in it has changed.
    const BuildFolder folder = make();
    VERIFY_OK(test::writeMadeUpShard(folder, Split::Train, 0));
    const QString name = QStringLiteral("ds.h5.building/train-0000000000.h5");
    const QByteArray whole = m_folder->read(name);
    const ShardSummary before = folder.scan().at(0);
    const test::ChildResult child = test::inChild([&]() -> std::string {
        RandomStream random({8});
        int noticed = 0;
        for (int k = 0; k < 300; ++k) {
            const auto at =
                static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(whole.size())));
            QByteArray bytes = whole;
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
            if (!m_folder->write(name, bytes))
                return "not written";
            const std::vector<ShardSummary> found = folder.scan();
            noticed += found.empty();
            if (!found.empty()
                && (found[0].candidates != before.candidates || found[0].accepted != before.accepted
                    || found[0].first != before.first))
                return "byte " + std::to_string(at) + " goes unnoticed";
        }
        return noticed > 30 ? "" : "noticed only " + std::to_string(noticed);
    });
    QVERIFY2(child.exited, qPrintable(QStringLiteral("signal %1").arg(child.code)));
    QVERIFY2(child.text.empty(), child.text.c_str());
}

void tst_BuildFolder::peekLeavesAlone()
{
    const BuildFolder folder = make();
    VERIFY_OK(test::writeMadeUpShard(folder, Split::Train, 0));
    VERIFY_OK(test::writeMadeUpShard(folder, Split::Test, 0));
    QVERIFY(m_folder->write("ds.h5.building/train-0000000002.h5", "broken"));
    QVERIFY(m_folder->write("ds.h5.building/train-0000000004.h5.part-1", "in the making"));
    // While another program works on it.
    QCOMPARE(namesOf(BuildFolder::peek(m_target)),
             (std::vector<std::string>{"test-0000000000.h5", "train-0000000000.h5"}));
    QCOMPARE(inside().size(), 5);
    QVERIFY(BuildFolder::peek(m_folder->file("none.h5")).empty());
}

void tst_BuildFolder::assembles()
{
    BuildFolder folder = make();
    VERIFY_OK(test::writeMadeUpShards(folder, evenPass));
    VERIFY_OK(test::writeMadeUpShard(folder, Split::Train, 20, evenPass)); // not needed
    std::vector<double> shares;
    VERIFY_OK(folder.assemble(folder.scan(), [&](double share) {
        shares.push_back(share);
        return true;
    }));
    QVERIFY(std::is_sorted(shares.begin(), shares.end()) && shares.back() > 0.999);
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
    const Result<DatasetFile> file = DatasetFile::open(m_target);
    VERIFY_OK(file);
    VERIFY_OK(file->verify({}));
    // The lowest-numbered ones that passed.
    QCOMPARE(file->statistics(Split::Train).value().index,
             (std::vector<std::uint64_t>{0, 2, 4, 6, 8, 10}));
    QCOMPARE(file->statistics(Split::Valid).value().index, (std::vector<std::uint64_t>{0, 2, 4}));
    QCOMPARE(file->info().acceptance[0].tried, std::uint64_t(11));
}

void tst_BuildFolder::orderOfShardsDoesNotMatter()
{
    QByteArray first;
    for (int k = 0; k < 4; ++k) {
        m_target = m_folder->file(("ds" + std::to_string(k) + ".h5").c_str());
        BuildFolder folder = make();
        VERIFY_OK(test::writeMadeUpShards(folder, evenPass));
        for (int more = 0; more < k; ++more) // neither do shards that nobody needs
            VERIFY_OK(test::writeMadeUpShard(folder, Split::Train,
                                             static_cast<std::uint64_t>(20 + 2 * more), evenPass));
        std::vector<ShardSummary> shards = folder.scan();
        RandomStream random({static_cast<std::uint64_t>(k)});
        for (std::size_t i = shards.size(); i > 1; --i)
            std::swap(shards[i - 1], shards[random.below(i)]);
        VERIFY_OK(folder.assemble(shards, {}));
        const QByteArray bytes = m_folder->read(QStringLiteral("ds%1.h5").arg(k));
        if (k == 0)
            first = bytes;
        QCOMPARE(bytes, first);
    }
}

void tst_BuildFolder::missingShards()
{
    BuildFolder folder = make();
    VERIFY_OK(test::writeMadeUpShards(folder));
    QVERIFY(QFile::remove(QString::fromStdString(folder.shardPath(Split::Train, 2))));
    VERIFY_ERROR(folder.assemble(folder.scan(), {}), ErrorCode::NotFound, "Resume");
    QVERIFY(!m_folder->names().contains("ds.h5"));
    VERIFY_OK(test::writeMadeUpShard(folder, Split::Train, 2));
    VERIFY_OK(folder.assemble(folder.scan(), {}));
}

void tst_BuildFolder::replaces()
{
    QVERIFY(m_folder->write("ds.h5", "old"));
    {
        const Result<BuildFolder> folder = BuildFolder::create(m_target, plan(), true);
        VERIFY_OK(folder);
        VERIFY_OK(test::writeMadeUpShards(*folder));
    }
    QCOMPARE(m_folder->read("ds.h5"), QByteArray("old")); // until the end
    Result<BuildFolder> folder = BuildFolder::open(m_target); // which knows that it may
    VERIFY_OK(folder);
    VERIFY_OK(folder->assemble(folder->scan(), {}));
    VERIFY_OK(DatasetFile::open(m_target));
}

void tst_BuildFolder::appearsMeanwhile()
{
    BuildFolder folder = make();
    VERIFY_OK(test::writeMadeUpShards(folder));
    QVERIFY(m_folder->write("ds.h5", "somebody else's"));
    VERIFY_ERROR(folder.assemble(folder.scan(), {}), ErrorCode::Exists, "exists already");
    QCOMPARE(m_folder->read("ds.h5"), QByteArray("somebody else's"));
    QVERIFY(BuildFolder::exists(m_target));
}

void tst_BuildFolder::leftovers()
{
    // Of a program that was killed while it put the file together.
    BuildFolder folder = make();
    VERIFY_OK(test::writeMadeUpShards(folder));
    QVERIFY(m_folder->write("ds.h5.part-4711", "half"));
    QVERIFY(m_folder->write("other.h5.part-4711", "not ours"));
    VERIFY_OK(folder.assemble(folder.scan(), {}));
    QCOMPARE(m_folder->names(), (QStringList{"ds.h5", "other.h5.part-4711"}));
}

void tst_BuildFolder::finishedBefore()
{
    // A program that was killed after the file appeared, while it removed the folder.
    BuildFolder folder = make();
    QVERIFY(!folder.finishedBefore());
    VERIFY_OK(test::makeDataset(m_folder->file("made.h5"), plan()));
    VERIFY_OK(test::makeDataset(m_folder->file("unlike.h5"), test::smallPlan()));
    QVERIFY(QFile::rename(m_folder->at("unlike.h5"), m_folder->at("ds.h5")));
    QVERIFY(!folder.finishedBefore()); // somebody else's
    QVERIFY(QFile::remove(m_folder->at("ds.h5")));
    QVERIFY(QFile::rename(m_folder->at("made.h5"), m_folder->at("ds.h5")));
    QVERIFY(folder.finishedBefore());
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
    // What is to be replaced may have the same plan.
    Result<BuildFolder> again = BuildFolder::create(m_target, plan(), true);
    VERIFY_OK(again);
    QVERIFY(!again->finishedBefore());
    QVERIFY(BuildFolder::exists(m_target));
}

void tst_BuildFolder::discards()
{
    BuildFolder folder = make();
    VERIFY_OK(test::writeMadeUpShard(folder, Split::Train, 0));
    QVERIFY(m_folder->write("ds.h5.building/x", "x"));
    folder.discard();
    QVERIFY(m_folder->names().isEmpty());
}

void tst_BuildFolder::splitStates_data()
{
    // One letter a candidate: a accepted, r rejected; blocks of 2; a gap as --.
    QTest::addColumn<QByteArray>("candidates");
    QTest::addColumn<int>("contiguous");
    QTest::addColumn<int>("accepted");
    QTest::addColumn<bool>("complete");
    QTest::addColumn<int>("tried");
    QTest::addColumn<bool>("hopeless");
    const auto row = [](const char *name, const QByteArray &candidates, int contiguous,
                        int accepted, bool complete, int tried, bool hopeless = false) {
        QTest::newRow(name) << candidates << contiguous << accepted << complete << tried
                            << hopeless;
    };
    row("nothing", "", 0, 0, false, 0);
    row("some", "aara", 4, 3, false, 4);
    row("just enough", "aaaaaa", 6, 6, true, 6);
    row("more than enough", "aaaaaaaaaa", 6, 6, true, 6);
    row("ends within a block", "raaaaaaa", 8, 6, true, 7);
    row("gap", "aa--aaaa", 2, 2, false, 2);
    row("gap in front", "--aaaaaaaaaa", 0, 0, false, 0);
    row("gap behind the end", "aaaaaa--aa", 6, 6, true, 6);
    row("hopeless", QByteArray(100, 'r'), 100, 0, false, 100, true);
    row("not yet", QByteArray(98, 'r'), 98, 0, false, 98);
    row("hopeless whatever follows", QByteArray(100, 'r') + "aaaaaa", 100, 0, false, 100, true);
    row("saved by an early one", "aaa" + QByteArray(97, 'r') + "aa--", 102, 5, false, 102);
}

void tst_BuildFolder::splitStates()
{
    QFETCH(QByteArray, candidates);
    QFETCH(int, contiguous);
    QFETCH(int, accepted);
    QFETCH(bool, complete);
    QFETCH(int, tried);
    QFETCH(bool, hopeless);
    std::vector<ShardSummary> shards;
    for (qsizetype i = 0; i + 1 < candidates.size(); i += 2) {
        if (candidates[i] == '-')
            continue;
        ShardSummary shard;
        shard.first = static_cast<std::uint64_t>(i);
        for (qsizetype k = i; k < i + 2; ++k) {
            shard.accepted.push_back(candidates[k] == 'a');
            shard.candidates.push_back({});
        }
        shards.push_back(shard);
    }
    std::map<std::uint64_t, const ShardSummary *> byFirst;
    for (const ShardSummary &shard : shards)
        byFirst[shard.first] = &shard;
    const SplitState state = splitState(plan(), Split::Train, byFirst);
    QCOMPARE(int(state.contiguous), contiguous);
    QCOMPARE(state.accepted, accepted);
    QCOMPARE(state.complete, complete);
    QCOMPARE(int(state.acceptance.tried), tried);
    QCOMPARE(int(state.acceptance.accepted), accepted);
    QCOMPARE(state.hopeless, hopeless);
    QCOMPARE(int(state.acceptance.rejectedBy[0]), tried - accepted);
    DatasetPlan none = plan();
    none.wanted[0] = 0;
    QVERIFY(splitState(none, Split::Train, byFirst).complete);
    QVERIFY(splitState(none, Split::Train, byFirst).acceptance == Acceptance{});
}

void tst_BuildFolder::cancelled()
{
    BuildFolder folder = make();
    VERIFY_OK(test::writeMadeUpShards(folder));
    const QStringList before = inside();
    for (const double at : {0.0, 0.05, 0.5, 0.9}) {
        VERIFY_ERROR(folder.assemble(folder.scan(), [&](double share) { return share <= at; }),
                     ErrorCode::Cancelled, "Cancelled");
        QCOMPARE(m_folder->names(), QStringList("ds.h5.building"));
        QCOMPARE(inside(), before);
    }
    VERIFY_OK(folder.assemble(folder.scan(), {}));
}

DT_TEST(tst_BuildFolder, QCoreApplication)
#include "tst_BuildFolder.moc"
