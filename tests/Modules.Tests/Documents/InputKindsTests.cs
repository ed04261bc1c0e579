using AnTin.Contracts.Documents;
using AnTin.Contracts.Validation;
using AnTin.Modules.Documents.Domain;
using AnTin.Signatures;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Tests.Documents;

/// <summary>The same flow over the builds of PDF that agencies really produce.</summary>
public sealed class InputKindsTests(Hosts hosts)
{
    public static TheoryData<string> Kinds => ["linearized", "object streams", "ghostscript", "rotated 90", "rotated 180", "rotated 270", "form of its own", "500 pages", "scanned"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Goes_through_the_whole_flow(string kind)
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        byte[] file = kind switch
        {
            "linearized" => await Samples.LinearizedAsync(),
            "object streams" => await Samples.ObjectStreamsAsync(),
            "ghostscript" => await Samples.GhostscriptAsync(),
            "rotated 90" => await Samples.RotatedAsync(90),
            "rotated 180" => await Samples.RotatedAsync(180),
            "rotated 270" => await Samples.RotatedAsync(270),
            "form of its own" => Samples.WithForm(),
            "500 pages" => await Samples.PagesAsync(500),
            _ => await Samples.ScannedAsync(),
        };

        Guid id = await host.UploadAndSignAsync(file);
        await host.SealedAsync(id);

        byte[] issued = await host.FileAsync(id);
        await Witnesses.AssertSoundAsync(issued, signatures: 3);
        ValidationReport report = await host.ValidateAsync(issued);
        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.All(report.Signatures, signature => Assert.True(signature.ChangesAfter <= ChangeLevel.FormFilling && signature.ChangesWithinLocks, $"{kind}: {signature.SignedBy}: {signature.ChangesAfter}"));
    }

    [Theory]
    [InlineData("linearized")]
    [InlineData("object streams")]
    public async Task The_places_are_found_by_the_text(string kind)
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(kind == "linearized" ? await Samples.LinearizedAsync() : await Samples.ObjectStreamsAsync());

        Placement placement = await PlacementAsync(host, id);

        Assert.True(placement.SignatureFound);
        Assert.True(placement.NumberText is { HasSymbol: true, IsFilled: false });
        Assert.True(placement.DateText is { PrintedYear: "2026", IsFilled: false });
    }

    [Fact]
    public async Task A_scan_gets_the_usual_places_and_says_that_nothing_was_found()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(await Samples.ScannedAsync());

        Placement placement = await PlacementAsync(host, id);

        Assert.False(placement.SignatureFound);
        Assert.Null(placement.NumberText);
        Assert.Null(placement.DateText);
    }

    private static async Task<Placement> PlacementAsync(DocumentsHost host, Guid id) =>
        Placement.FromJson(await host.DbAsync(db => db.Set<OutgoingDocument>().Where(d => d.Id == id).Select(d => d.PlacementJson).SingleAsync()));
}
