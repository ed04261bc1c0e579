using System.Diagnostics;
using System.Text.Json;
using AnTin.Apps.Tests.Cli;
using AnTin.Contracts.Documents;
using AnTin.Platform.Evidence.Tree;
using AnTin.TestKit;
using Microsoft.Data.Sqlite;

namespace AnTin.Apps.Tests.Faults;

/// <summary>
/// Kills the real server at its crash points, the hard way, starts it again on what it left, and lets the people go on. At the end nothing is lost,
/// nothing is double, and what the log, the register and the files say agrees.
/// </summary>
[Collection(nameof(KillTests))]
[Trait("Category", "Faults")]
public sealed class KillTests(SeededStore seeded) : IClassFixture<SeededStore>, IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<FaultRow> Rows => [.. FaultTable.Chosen];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_kill_loses_nothing_and_doubles_nothing(FaultRow row)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        var watch = Stopwatch.StartNew();
        string data = _folder["data"];
        if (row.Scene == FaultScene.Flow)
            await seeded.CopyToAsync(data, ct);
        await using var run = new OfficeRun(data, ServedPki.FreePort());

        await run.StartAsync(row.Aim, ct);
        using var clerkship = new Clerkship(run.Address, $"Quyết định thử {row.Aim}");
        byte[] pdf = await File.ReadAllBytesAsync(Samples.LibreOffice, ct);
        await run.SurviveAsync(() => clerkship.UploadAsync(pdf, ct), ct);
        await run.SurviveAsync(() => clerkship.FreezeAsync(ct), ct);
        await run.SurviveAsync(() => clerkship.InitialAsync(ct), ct);
        await run.SurviveAsync(() => clerkship.SignAsync(ct), ct);
        await run.SurviveAsync(() => clerkship.SealAsync(ct), ct);
        await run.WaitForKillAsync(ct);
        Assert.True(run.Kills == 1, $"{row} (seed {FaultTable.Seed}): the server was killed {run.Kills} times.");

        await AssertVerifiesAsync(await clerkship.DownloadAsync(ct), run.Address, ct);
        Assert.Equal(2, await clerkship.RegisterPaperAsync(ct));
        AssertEvidence(_folder.Write("evidence.zip", await clerkship.ExportEvidenceAsync(ct)), clerkship.Document);
        await run.StopAsync();
        AssertStore(Path.Combine(data, "antin.db"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{row,-60} seed {FaultTable.Seed}: killed, restarted, finished in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static async Task AssertVerifiesAsync(byte[] file, Uri address, CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "issued.pdf" } };
        string json = await (await client.PostAsync("/api/v1/validations", form, ct)).Content.ReadAsStringAsync(ct);
        JsonElement report = JsonDocument.Parse(json).RootElement;
        Assert.True(report.GetProperty("verdict").GetString() == "valid", json);
        Assert.Equal(["initial", "official", "seal"], report.GetProperty("signatures").EnumerateArray().Select(s => s.GetProperty("role").GetString()));
    }

    // Every act on the document once, in the order of the flow, in a log that is whole.
    private static void AssertEvidence(string export, string documentPath)
    {
        string id = documentPath.Split('/')[^1];
        using AuditExport log = AuditExport.Open(export);
        AuditReport report = AuditVerifier.Verify(log, oldCheckpoint: null, key: null);
        Assert.True(report.IsWhole, string.Join('\n', report.Findings.Select(f => f.Text.En)));
        string[] acts = [.. log.ReadRecords().Where(r => r.Subject?.Id == id).Select(r => r.Act)];
        Assert.Equal(
            [DocumentActs.Uploaded, DocumentActs.Frozen, DocumentActs.Initialled, DocumentActs.Signed, DocumentActs.Issued],
            acts.Where(act => act != DocumentActs.Refused));
    }

    // What no page shows: looked up in the tables after the server has stopped.
    private static void AssertStore(string path)
    {
        using var store = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        store.Open();
        Assert.Equal([1, 2], Column(store, "SELECT number FROM documents_register_entry ORDER BY number"));
        Assert.Equal([0], Column(store, "SELECT count(*) FROM documents_pending_signature"));
        // 2 is issued, 3 abandoned: no serial number is left between the two, and what is issued has its certificate, once for each order.
        Assert.Equal([0], Column(store, "SELECT count(*) FROM authority_certificate WHERE state NOT IN (2, 3) OR (state = 2 AND certificate IS NULL)"));
        Assert.Equal([0], Column(store, "SELECT count(*) FROM (SELECT reference FROM authority_certificate WHERE state = 2 GROUP BY reference HAVING count(*) > 1)"));
    }

    private static List<long> Column(SqliteConnection store, string sql)
    {
        using SqliteCommand command = store.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var values = new List<long>();
        while (reader.Read())
            values.Add(reader.GetInt64(0));
        return values;
    }
}
