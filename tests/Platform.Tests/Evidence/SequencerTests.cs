using System.Text;
using AnTin.Contracts.Platform;
using AnTin.Platform.Evidence;
using AnTin.Platform.Evidence.Tree;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Time.Testing;

namespace AnTin.Platform.Tests.Evidence;

public sealed class SequencerTests
{
    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task Committed_entries_get_their_places_and_a_signed_checkpoint(StoreKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.WriteAsync(300);
        SequencerRound round = await world.Sequencer().RunAsync(default);

        Assert.Equal((true, 300, 300L), (round.IsLeader, round.Sequenced, round.PublishedSize));
        await world.AssertWholeAsync(300);
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task An_entry_whose_act_rolls_back_is_never_seen(StoreKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await using (AnTinDbContext db = world.Store.CreateDbContext())
        {
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync();
            world.Log.Append(db, World.Entry(1));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }
        await world.WriteAsync(1);
        await world.Sequencer().RunAsync(default);
        await world.AssertWholeAsync(1);
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task Many_writers_and_two_sequencers_lose_and_repeat_nothing(StoreKind kind)
    {
        const int Writers = 8;
        const int Each = 40;
        await using var world = await World.CreateAsync(kind, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        Task[] sequencers = [.. Enumerable.Range(0, 2).Select(_ => world.Sequencer()).Select(s => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await s.RunAsync(default);
        }))];
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => world.WriteAsync(Each))));
        await stop.CancelAsync();
        await Task.WhenAll(sequencers);

        // Whoever holds the lease finishes; its time is not waited for, since it may be either of the two.
        await world.AfterLeaseSequencer().RunAsync(default);
        await world.AssertWholeAsync(Writers * Each);
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task A_second_sequencer_stays_quiet_while_the_lease_holds_and_takes_over_after(StoreKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        EvidenceSequencer first = world.Sequencer();
        EvidenceSequencer second = world.Sequencer();
        await world.WriteAsync(3);
        Assert.True((await first.RunAsync(default)).IsLeader);

        await world.WriteAsync(3);
        Assert.False((await second.RunAsync(default)).IsLeader);
        world.Clock.Advance(EvidenceSequencer.Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(3, (await second.RunAsync(default)).Sequenced);

        await world.WriteAsync(3);
        Assert.False((await first.RunAsync(default)).IsLeader);
        Assert.Equal(3, (await second.RunAsync(default)).Sequenced);
        await world.AssertWholeAsync(9);
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task A_sequencer_that_lost_its_lease_in_the_middle_writes_nothing(StoreKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        EvidenceSequencer successor = world.Sequencer();
        await world.WriteAsync(5);
        // Between signing and publishing the first falls asleep, and the second takes over and goes on.
        var asleep = new AtCrashPoint(EvidenceSequencer.Signed, () =>
        {
            world.Clock.Advance(EvidenceSequencer.Lease + TimeSpan.FromSeconds(1));
            world.WriteAsync(4).GetAwaiter().GetResult();
            Assert.Equal(9, successor.RunAsync(default).GetAwaiter().GetResult().PublishedSize);
        });
        SequencerRound woken = await world.Sequencer(asleep).RunAsync(default);

        Assert.False(woken.IsLeader);
        await world.AssertWholeAsync(9);
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task Failing_at_any_step_loses_nothing_and_the_next_round_finishes(StoreKind kind)
    {
        string[] steps = [EvidenceSequencer.BeforeCommit, EvidenceSequencer.AfterCommit, EvidenceSequencer.Signed, EvidenceSequencer.Published];
        foreach (string step in steps)
        {
            await using var world = await World.CreateAsync(kind);
            await world.WriteAsync(20);
            string? older = null;
            EvidenceSequencer failing = world.Sequencer(new AtCrashPoint(step, () => throw new TimeoutException(step)));
            await Assert.ThrowsAsync<TimeoutException>(() => failing.RunAsync(default));
            older = (await world.HeadAsync()).Checkpoint;
            await world.WriteAsync(7);
            await failing.RunAsync(default);
            await world.AssertWholeAsync(27, older);
        }
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task A_damaged_tile_stops_the_sequencer(StoreKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.WriteAsync(10);
        await world.Sequencer().RunAsync(default);
        await using (AnTinDbContext db = world.Store.CreateDbContext())
        {
            EvidenceTileRow tile = await db.Set<EvidenceTileRow>().SingleAsync(t => t.Log == EvidenceLogs.Audit && t.Level == 0);
            byte[] hashes = [.. tile.Hashes];
            hashes[40] ^= 1;
            tile.Hashes = hashes;
            await db.SaveChangesAsync();
        }
        world.Clock.Advance(EvidenceSequencer.Lease * 2);
        await world.WriteAsync(1);
        await Assert.ThrowsAsync<EvidenceIntegrityException>(() => world.Sequencer().RunAsync(default));
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task An_exchanged_key_stops_the_sequencer(StoreKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.WriteAsync(1);
        await world.Sequencer().RunAsync(default);
        using var other = new TestSigner();
        var sequencer = new EvidenceSequencer(world.Store, other, world.Clock, new AtCrashPoint("", () => { }));
        await Assert.ThrowsAsync<EvidenceIntegrityException>(() => sequencer.RunAsync(default));
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task Every_entry_can_be_proved_to_an_outsider(StoreKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        List<Guid> ids = await world.WriteAsync(600);
        await world.Sequencer().RunAsync(default);
        await using AnTinDbContext db = world.Store.CreateDbContext();
        var reader = new EvidenceReader(db);
        foreach (Guid id in ids.Where((_, i) => i % 97 == 0))
        {
            EvidenceProof proof = (await reader.ProveAsync(id, default))!;
            Checkpoint checkpoint = Checkpoint.Open(proof.Checkpoint.Note, NoteVerifier.Parse(proof.Checkpoint.VerifierKey));
            Assert.True(MerkleTree.VerifyInclusion(
                proof.Position, checkpoint.Size, MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(proof.Leaf)), proof.Path, checkpoint.Root));
        }
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task A_lease_written_by_a_clock_gone_mad_does_not_block_the_log(StoreKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var mad = new FakeTimeProvider(world.Clock.GetUtcNow().AddYears(5));
        await new EvidenceSequencer(world.Store, world.Signer, mad, new AtCrashPoint("", () => { })).RunAsync(default);
        await world.WriteAsync(2);
        Assert.Equal(2, (await world.Sequencer().RunAsync(default)).Sequenced);
    }

    private sealed class World : IAsyncDisposable
    {
        public required TestStore Store { get; init; }

        public required FakeTimeProvider Clock { get; init; }

        public required TimeProvider Time { get; init; }

        public TestSigner Signer { get; } = new();

        public IEvidenceLog Log => new EvidenceLog(Time);

        public static async Task<World> CreateAsync(StoreKind kind, TimeProvider? time = null)
        {
            var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
            return new World { Store = await Stores.CreateAsync(kind), Clock = clock, Time = time ?? clock };
        }

        public static EvidenceEntry Entry(int i) => new("document.signed", Actor.System, new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(7)))
        {
            Subject = new EvidenceSubject("document", $"số {i}"),
            DocumentSha256 = new string('a', 64),
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["number"] = i },
        };

        public EvidenceSequencer Sequencer(ICrashPoint? crash = null) => new(Store, Signer, Time, crash ?? new AtCrashPoint("", () => { }));

        public EvidenceSequencer AfterLeaseSequencer()
        {
            var later = new FakeTimeProvider(Time.GetUtcNow() + EvidenceSequencer.Lease * 1.5);
            return new EvidenceSequencer(Store, Signer, later, new AtCrashPoint("", () => { }));
        }

        public async Task<List<Guid>> WriteAsync(int count)
        {
            List<Guid> ids = [];
            for (int i = 0; i < count; i++)
            {
                await using AnTinDbContext db = Store.CreateDbContext();
                ids.Add(Log.Append(db, Entry(i)));
                await db.SaveChangesAsync();
            }
            return ids;
        }

        public async Task<EvidenceHeadRow> HeadAsync()
        {
            await using AnTinDbContext db = Store.CreateDbContext();
            return await db.Set<EvidenceHeadRow>().AsNoTracking().SingleAsync(h => h.Log == EvidenceLogs.Audit);
        }

        /// <summary>Exports the log and checks it as an outsider would.</summary>
        public async Task AssertWholeAsync(long size, string? older = null)
        {
            await using AnTinDbContext db = Store.CreateDbContext();
            using var file = new AnTin.TestKit.TempFolder();
            string path = file["log.zip"];
            await using (FileStream stream = File.Create(path))
                await new EvidenceExporter(new EvidenceReader(db)).ExportAsync(EvidenceLogs.Audit, stream, default);
            using AuditExport export = AuditExport.Open(path);
            AuditReport report = AuditVerifier.Verify(export, older, Signer.Verifier);
            Assert.Empty(report.Findings);
            Assert.Equal(size, report.Size);
            Assert.Equal(size, export.ReadRecords().Select(r => r.Id).Distinct().Count());
            Assert.Equal(0, await db.Set<EvidenceRow>().CountAsync(e => e.Position == null));
        }

        public ValueTask DisposeAsync()
        {
            Signer.Dispose();
            return Store.DisposeAsync();
        }
    }
}

/// <summary>Does something the first time a point is reached.</summary>
internal sealed class AtCrashPoint(string point, Action act) : ICrashPoint
{
    private bool _done;

    public void Reach(string name)
    {
        if (name != point || _done)
            return;
        _done = true;
        act();
    }
}

internal sealed class TestSigner : ICheckpointSigner, IDisposable
{
    private readonly TestKey _key = new("antin.example/log/audit");

    public string Log => EvidenceLogs.Audit;

    public NoteVerifier Verifier => _key.Verifier;

    public ValueTask<string> SignAsync(Checkpoint checkpoint, CancellationToken ct) => ValueTask.FromResult(_key.Sign(checkpoint.ToText()));

    public void Dispose() => _key.Dispose();
}
