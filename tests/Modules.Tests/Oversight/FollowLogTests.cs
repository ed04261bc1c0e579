using AnTin.Contracts.Documents;
using AnTin.Contracts.Oversight;
using AnTin.Contracts.Platform;
using AnTin.Modules.Oversight.Features;
using AnTin.TestKit.Hosting;
using static AnTin.Modules.Tests.Oversight.IssuedEntries;

namespace AnTin.Modules.Tests.Oversight;

public sealed class FollowLogTests
{
    private const string Month = "2026-11";

    private static readonly DateOnly Day = new(2026, 11, 20);

    private static readonly (string Code, string Name, Guid Id) A = ("H99.05", "Sở A", new Guid(5, 0, 0, [0, 0, 0, 0, 0, 0, 0, 9]));
    private static readonly (string Code, string Name, Guid Id) B = ("H99.06", "Sở B", new Guid(6, 0, 0, [0, 0, 0, 0, 0, 0, 0, 9]));

    private static Guid Document(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 2]);

    // Two agencies, unsigned and unsealed ones among them, one document twice, two months.
    private static EvidenceEntry[] Mix(int count) =>
        [.. Enumerable.Range(1, count).Select(n =>
        {
            (string code, string name, Guid id) = n % 3 == 0 ? B : A;
            DateOnly on = n % 7 == 0 ? Day.AddMonths(-1) : Day;
            return Evidence(
                Details(Document(n % 10 == 9 ? n - 1 : n), code, name, on, n, signed: n % 4 != 0, isSealed: n % 5 != 0),
                id,
                n % 11 == 0 ? DocumentActs.PaperRegistered : DocumentActs.Issued);
        })];

    private static IReadOnlyList<IssuedDocumentsRow> Expected(IEnumerable<EvidenceEntry> entries) =>
        FigureCalculator.Compute(entries.Select(e => Entry((Dictionary<string, object?>)e.Details, e.Act)), new Period(2026, 11)).Rows;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Rollups_equal_the_figure_computed_from_the_entries_and_a_second_round_changes_nothing(StoreKind kind)
    {
        await using OversightHost host = await OversightHost.StartAsync(kind);
        EvidenceEntry[] entries = Mix(60);
        await host.RecordAsync(entries[..25]);
        int first = await host.FollowAsync();
        await host.RecordAsync(entries[25..]);
        await host.FollowAsync();

        Assert.True(first >= 25);
        Assert.Equal(Expected(entries), await host.RollupsAsync(Month));
        Assert.Equal(0, await host.FollowAsync());
        Assert.Equal(Expected(entries), await host.RollupsAsync(Month));
    }

    [Theory]
    [InlineData(FollowLog.BeforeCommit, 1)]
    [InlineData(FollowLog.AfterCommit, 1)]
    [InlineData(FollowLog.BeforeCommit, 2)]
    [InlineData(FollowLog.AfterCommit, 2)]
    public async Task A_break_at_any_point_neither_loses_nor_repeats_a_document(string point, int nth)
    {
        await using OversightHost host = await OversightHost.StartAsync(crash: new BreakingCrashPoint(point, nth));
        EvidenceEntry[] entries = Mix(30);
        for (int round = 0; round < 3; round++)
        {
            await host.RecordAsync(entries[(round * 10)..((round + 1) * 10)]);
            try
            {
                await host.FollowAsync();
            }
            catch (BrokenOffException)
            {
                // Killed here; the next round starts from what is durable.
            }
        }
        await host.FollowAsync();

        Assert.Equal(Expected(entries), await host.RollupsAsync(Month));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Followers_at_the_same_time_count_every_document_once(StoreKind kind)
    {
        await using OversightHost host = await OversightHost.StartAsync(kind);
        EvidenceEntry[] entries = Mix(40);
        await host.RecordAsync(entries);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int tries = 0; tries < 5; tries++)
                await host.FollowAsync();
        })));

        Assert.Equal(Expected(entries), await host.RollupsAsync(Month));
    }

    [Fact]
    public async Task An_entry_that_cannot_be_counted_stops_the_figures_before_it()
    {
        await using OversightHost host = await OversightHost.StartAsync();
        await host.RecordAsync(Evidence(Details(Document(1), A.Code, A.Name, Day, 1), A.Id));
        await host.FollowAsync();
        Dictionary<string, object?> broken = Details(Document(2), A.Code, A.Name, Day, 2);
        broken.Remove("sealed");
        await host.RecordAsync(Evidence(broken, A.Id));

        await Assert.ThrowsAsync<FollowException>(host.FollowAsync);
        Assert.Equal([new IssuedDocumentsRow("H99.05", A.Name, 1, 1, 1)], await host.RollupsAsync(Month));
    }
}
