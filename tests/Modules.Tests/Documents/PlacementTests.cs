using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Features;
using AnTin.Pdf;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Tests.Documents;

/// <summary>Where the boxes stand, and how the drafter moves them.</summary>
public sealed class PlacementTests(Hosts hosts)
{
    [Fact]
    public async Task The_seal_covers_a_third_of_the_signatures_picture_on_its_left_in_real_size()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Placement placement = await PlacementAsync(host, await host.UploadAsync(Samples.Decision));

        Box signature = placement.Signature, seal = placement.Seal;

        Assert.Equal(VisualRectangle.Points(34), seal.Width, 3);
        Assert.Equal(seal.Width, seal.Height, 3);
        // The demonstration's pictures are twice as wide as high and fill the box's height.
        double picture = Math.Min(signature.Width, signature.Height * 2);
        double left = signature.X + ((signature.Width - picture) / 2);
        Assert.Equal(left + (picture / 3), seal.X + seal.Width, 3);
        Assert.Equal(signature.Y + (signature.Height / 2), seal.Y + (seal.Height / 2), 3);
    }

    [Fact]
    public async Task Moving_the_signature_takes_the_seal_along()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision);
        Placement before = await PlacementAsync(host, id);

        DocumentsHost.Succeeded(await MoveAsync(host, id, BoxKind.Signature, before.Signature with { X = before.Signature.X - VisualRectangle.Points(10) }));

        Placement after = await PlacementAsync(host, id);
        Assert.Equal(-10, PlaceFields.Millimetres(after.Signature.X - before.Signature.X), 1);
        Assert.Equal(-10, PlaceFields.Millimetres(after.Seal.X - before.Seal.X), 1);
        Assert.Equal(before.Number, after.Number);
    }

    [Theory]
    [InlineData(1, 500, 10)]
    [InlineData(1, -20, 10)]
    [InlineData(1, 10, 2000)]
    public async Task A_box_outside_the_page_is_refused(int page, double xMm, double yMm)
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision);
        var box = new Box(page, VisualRectangle.Points(xMm), VisualRectangle.Points(yMm), 100, 50);

        Assert.Equal("documents.place-invalid", (await MoveAsync(host, id, BoxKind.Initial, box)).Error?.Code);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_is_refused()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision);

        Assert.Equal("documents.page-unknown", (await MoveAsync(host, id, BoxKind.Initial, new Box(2, 10, 10, 50, 30))).Error?.Code);
    }

    [Fact]
    public async Task Nobody_but_the_drafter_moves_a_box_and_nobody_after_the_freeze()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision);
        var box = new Box(1, 100, 100, 50, 30);

        Assert.Equal("documents.drafter-only", (await MoveAsync(host, id, BoxKind.Initial, box, "truongphong")).Error?.Code);
        Assert.Equal("documents.not-found", (await MoveAsync(host, id, BoxKind.Initial, box, "soanthao2")).Error?.Code);
        DocumentsHost.Succeeded(await host.FreezeAsync(id));
        Assert.Equal("documents.already-frozen", (await MoveAsync(host, id, BoxKind.Initial, box)).Error?.Code);
    }

    private static Task<Result> MoveAsync(DocumentsHost host, Guid id, BoxKind kind, Box box, string who = "soanthao")
    {
        var placed = new PlacedBox(box.Page, PlaceFields.Millimetres(box.X), PlaceFields.Millimetres(box.Y), PlaceFields.Millimetres(box.Width), PlaceFields.Millimetres(box.Height));
        return host.InScopeAsync(services => services.GetRequiredService<PlaceFields>()
            .HandleAsync(host.Actor(who), id, new Dictionary<BoxKind, PlacedBox> { [kind] = placed }, CancellationToken.None));
    }

    private static async Task<Placement> PlacementAsync(DocumentsHost host, Guid id) =>
        Placement.FromJson(await host.DbAsync(db => db.Set<OutgoingDocument>().Where(d => d.Id == id).Select(d => d.PlacementJson).SingleAsync()));
}
