using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;

namespace AnTin.Formats.Tests.Changes;

/// <summary>What the flow itself produces: places found by the text, fields laid, initialled, signed, numbered, sealed. Every signature stays good.</summary>
public sealed class OwnFlowTests
{
    private const string Initial = "AnTin.Initial";
    private const string Leader = "AnTin.Leader";
    private const string Seal = "AnTin.Seal";
    private static readonly TestCredential Head = TestCredential.Ec("Trưởng phòng Mẫu");
    private static readonly TestCredential Chief = TestCredential.Ec("Chủ tịch Mẫu");
    private static readonly TestCredential Office = TestCredential.Ec("Văn phòng UBND tỉnh An Bình");

    public static TheoryData<string, string> Files() =>
        new()
        {
            { "chromium-decision.pdf", "Nguyễn Thị Lấp Lánh" },
            { "libreoffice-decision.pdf", "Nguyễn Thị Lấp Lánh" },
            { "libreoffice-pdfa.pdf", "Nguyễn Thị Lấp Lánh" },
            { "qt-decision.pdf", "Nguyễn Thị Lấp Lánh" },
            { "ghostscript-distilled.pdf", "Nguyễn Thị Lấp Lánh" },
            { "pdftex-t5.pdf", "Nguyễn Văn An" },
            { "rotated-90.pdf", "Nguyễn Thị Lấp Lánh" },
            { "reportlab-crop.pdf", "Không Có" },
            { "../../../samples/quyet-dinh-mau.pdf", "Phạm Quốc Bảo" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_signature_of_the_flow_stays_good(string name, string signer)
    {
        var original = await File.ReadAllBytesAsync(Repository.PathOf("tests", "Formats.Tests", "Fixtures", name));
        var file = await RunFlow(original, signer);

        var all = ChangeAnalysis.Run(PdfDocument.Open(new MemorySource(file)));
        Assert.Equal([Initial, Leader, Seal], all.Select(one => one.FieldName));
        Assert.All(all, one => Assert.Null(one.Fault));
        Assert.All(all, one => Assert.True(one.WithinLocks));
        Assert.Equal([ChangeLevel.FormFilling, ChangeLevel.FormFilling, ChangeLevel.None], all.Select(one => one.ChangesAfter));
        Assert.Equal([false, false, true], all.Select(one => one.CoversWholeDocument));
        Assert.Equal(FieldLock.All, all[2].Lock);
    }

    [Fact]
    public async Task What_the_seal_locked_cannot_change_any_more()
    {
        var file = await RunFlow(new SamplePdf { Pages = 2 }.Build(), "Không Có");
        var changed = SignedFile.Update(
            file,
            increment =>
                increment.Edit(increment.Document.AcroForm!.Find(PdfPreparation.NumberField)!.Reference!)["V"] = PdfString.FromText("99")
        );
        var all = ChangeAnalysis.Run(PdfDocument.Open(new MemorySource(changed)));
        // The leader left the number open, the seal closed it.
        Assert.Equal([ChangeLevel.FormFilling, ChangeLevel.FormFilling, ChangeLevel.Other], all.Select(one => one.ChangesAfter));
        Assert.False(all[2].WithinLocks);
    }

    [Fact]
    public async Task Twenty_signatures_are_compared_in_a_moment()
    {
        var file = new SamplePdf { Pages = 500, Xref = SampleXref.Stream }.Build();
        for (var i = 0; i < 20; i++)
        {
            var options = new PadesSignatureOptions
            {
                Signer = Chief.Signer,
                Field = new SignatureTarget($"Signature{i}", 0, new PdfRectangle(10 + (20 * i), 10, 28 + (20 * i), 20)),
            };
            file = await PadesSigner.SignAsync(new MemorySource(file), options, Chief, CancellationToken.None);
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var all = ChangeAnalysis.Run(PdfDocument.Open(new MemorySource(file)));
        Assert.Equal(20, all.Count);
        Assert.All(all.SkipLast(1), one => Assert.Equal(ChangeLevel.FormFilling, one.ChangesAfter));
        // The best anchor needs 70 ms for a whole process; this bound only catches what grows with the square.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    private static async Task<byte[]> RunFlow(byte[] original, string signer)
    {
        var document = PdfDocument.Open(new MemorySource(original));
        var finder = new SignaturePlacement(document);
        var signature = finder.FindSigner(signer);
        var seal = finder.FindSeal(signature, 36);
        var initial = finder.FindInitial();
        var (number, date) = finder.FindNumberAndDate();
        var plan = new FreezePlan(
            [
                new TextFieldPlan(PdfPreparation.NumberField, 0, number?.Place.Rect ?? new PdfRectangle(100, 700, 200, 718)),
                new TextFieldPlan(PdfPreparation.DateField, 0, date?.Place.Rect ?? new PdfRectangle(300, 700, 500, 718)),
            ],
            [
                new SignatureFieldPlan(
                    Initial,
                    initial.PageIndex,
                    initial.Rect,
                    new FieldLock(FieldLockAction.Exclude, PdfPreparation.NumberField, PdfPreparation.DateField, Leader, Seal)
                ),
                new SignatureFieldPlan(
                    Leader,
                    signature.PageIndex,
                    signature.Rect,
                    new FieldLock(FieldLockAction.Exclude, PdfPreparation.NumberField, PdfPreparation.DateField, Seal)
                ),
                new SignatureFieldPlan(Seal, seal.PageIndex, seal.Rect, FieldLock.All),
            ]
        );
        byte[] file = [.. original, .. PdfPreparation.Freeze(new MemorySource(original), plan)];
        file = await Sign(file, Initial, Head, initial.Seen);
        file = await Sign(file, Leader, Chief, signature.Seen);
        var day = new DateOnly(2026, 1, 9);
        return await Sign(
            file,
            Seal,
            Office,
            seal.Seen,
            new FieldFill(
                PdfPreparation.NumberField,
                "05",
                Appearance.Create(number?.Write("05") ?? new AppearanceOptions { Width = 100, Height = 18 })
            ),
            new FieldFill(
                PdfPreparation.DateField,
                DatePlace.Value(day),
                Appearance.Create(date?.Write(day) ?? new AppearanceOptions { Width = 200, Height = 18 })
            )
        );
    }

    private static Task<byte[]> Sign(byte[] file, string field, TestCredential credential, VisualRectangle seen, params FieldFill[] fills)
    {
        var appearance = Appearance.Create(
            new AppearanceOptions
            {
                Width = seen.Width,
                Height = seen.Height,
                Lines = [new AppearanceLine(field, 8, PdfColor.InkBlue)],
            }
        );
        var options = new PadesSignatureOptions
        {
            Signer = credential.Signer,
            Field = new SignatureTarget(field),
            Appearance = appearance,
            Fills = fills,
        };
        return PadesSigner.SignAsync(new MemorySource(file), options, credential, CancellationToken.None);
    }
}
