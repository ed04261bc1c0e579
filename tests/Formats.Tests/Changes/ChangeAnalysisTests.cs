using System.Text;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit.Pdf;

namespace AnTin.Formats.Tests.Changes;

public sealed class ChangeAnalysisTests
{
    private static readonly byte[] Signed = SignedFile.Sign(SignedFile.Unsigned(), "Leader");

    private static PdfReference Ref(int number) => new(number, 0);

    private static SignatureChanges Leader(byte[] file) =>
        ChangeAnalysis.Run(SignedFile.Open(file)).Single(signature => signature.FieldName == "Leader");

    /// <summary>What an update does, what it is called, and the detail reported.</summary>
    public static TheoryData<string, ChangeLevel, string, Action<PdfIncrement>> Updates() =>
        new()
        {
            { "nothing", ChangeLevel.None, "", _ => { } },
            { "an object written again unchanged", ChangeLevel.None, "", i => i.Replace(Ref(4), i.Document.GetObject(4)) },
            { "an object that nothing leads to", ChangeLevel.None, "", i => i.Add(SignedFile.Parse("<< /Type /Nothing >>")) },
            {
                "dates of the information dictionary",
                ChangeLevel.Timestamps,
                "info.ModDate",
                i => i.SetTrailer("Info", i.Add(SignedFile.Parse("<< /ModDate (D:2026) >>")))
            },
            { "the title", ChangeLevel.Other, "info.Title", i => i.SetTrailer("Info", i.Add(SignedFile.Parse("<< /Title (Another) >>"))) },
            {
                "validation data",
                ChangeLevel.Timestamps,
                "catalog.DSS",
                i => i.Edit(Ref(1))["DSS"] = i.Add(SignedFile.Parse("<< /Certs [] >>"))
            },
            {
                "metadata",
                ChangeLevel.Timestamps,
                "catalog.Metadata",
                i => i.Edit(Ref(1))["Metadata"] = i.Add(SignedFile.Parse(SignedFile.Stream("/Type /Metadata /Subtype /XML", "<x/>")))
            },
            { "a value and a new appearance", ChangeLevel.FormFilling, "field.filled", i => Fill(i, Ref(8)) },
            {
                "a value in a field with a widget of its own",
                ChangeLevel.FormFilling,
                "field.filled",
                i =>
                {
                    i.Edit(Ref(14))["V"] = PdfString.FromText("x");
                    i.Edit(Ref(15))["AP"] = new PdfDictionary().With("N", Form(i));
                }
            },
            {
                "a value, then read-only",
                ChangeLevel.FormFilling,
                "field.filled",
                i =>
                {
                    Fill(i, Ref(8));
                    i.Edit(Ref(8))["Ff"] = new PdfInteger(1);
                }
            },
            {
                "an appearance stream in place",
                ChangeLevel.FormFilling,
                "field.appearance",
                i => i.Replace(Ref(16), SignedFile.Parse(SignedFile.Stream("/Type /XObject /Subtype /Form /BBox [0 0 100 20]", "1 g")))
            },
            { "a comment", ChangeLevel.Annotations, "page.annotation-added", i => Annotate(i, "/Subtype /FreeText") },
            { "a stamp", ChangeLevel.Annotations, "page.annotation-added", i => Annotate(i, "/Subtype /Stamp") },
            {
                "a comment changed",
                ChangeLevel.Annotations,
                "annotation.changed",
                i => i.Edit(Ref(13))["Contents"] = PdfString.FromText("another")
            },
            {
                "a comment removed",
                ChangeLevel.Annotations,
                "page.annotation-removed",
                i => i.Edit(Ref(3))["Annots"] = SignedFile.Parse("[8 0 R 10 0 R 11 0 R 15 0 R]")
            },
            {
                "a comment that becomes a watermark",
                ChangeLevel.Other,
                "annotation.changed",
                i => i.Edit(Ref(13))["Subtype"] = new PdfName("Watermark")
            },
            { "a film", ChangeLevel.Other, "page.annotation-added", i => Annotate(i, "/Subtype /Screen") },
            { "a widget without a field", ChangeLevel.Other, "page.annotation-added", i => Annotate(i, "/Subtype /Widget /FT /Tx") },
            {
                "the list of annotations as an object of its own",
                ChangeLevel.Other,
                "page.annotation-removed",
                i => i.Edit(Ref(3))["Annots"] = i.Add(SignedFile.Parse("[13 0 R]"))
            },
            {
                "the content of the page",
                ChangeLevel.Other,
                "object.content",
                i => i.Replace(Ref(4), SignedFile.Parse(SignedFile.Stream("", "BT ET")))
            },
            {
                "another content for the page",
                ChangeLevel.Other,
                "page.Contents",
                i => i.Edit(Ref(3))["Contents"] = i.Add(SignedFile.Parse(SignedFile.Stream("", "BT ET")))
            },
            {
                "an object that the page named and the file had not",
                ChangeLevel.Other,
                "object.content",
                i => Supply(i, 99, SignedFile.Stream("", "BT ET"))
            },
            { "a font of the page", ChangeLevel.Other, "object.Font", i => i.Edit(Ref(6))["BaseFont"] = new PdfName("Courier") },
            { "an overlay removed", ChangeLevel.Other, "object.XObject", i => i.Replace(Ref(12), PdfNull.Instance) },
            {
                "resources of the page",
                ChangeLevel.Other,
                "object.content",
                i => ((PdfDictionary)i.Edit(Ref(5))["XObject"]!).Copy().With("Over", Ref(9)).Also(x => i.Edit(Ref(5))["XObject"] = x)
            },
            {
                "an appearance that the page shows too",
                ChangeLevel.Other,
                "object.XObject",
                i => i.Replace(Ref(9), SignedFile.Parse(SignedFile.Stream("/Type /XObject /Subtype /Form /BBox [0 0 100 20]", "1 g")))
            },
            {
                "another page",
                ChangeLevel.Other,
                "pages.tree",
                i => i.Edit(Ref(2)).With("Kids", SignedFile.Parse("[3 0 R 3 0 R]")).With("Count", new PdfInteger(2))
            },
            { "a page turned", ChangeLevel.Other, "page.Rotate", i => i.Edit(Ref(3))["Rotate"] = new PdfInteger(90) },
            { "a page cropped", ChangeLevel.Other, "page.CropBox", i => i.Edit(Ref(3))["CropBox"] = PdfArray.Of(0, 0, 10, 10) },
            {
                "an action at opening",
                ChangeLevel.Other,
                "catalog.OpenAction",
                i => i.Edit(Ref(1))["OpenAction"] = SignedFile.Parse("<< /S /JavaScript /JS (x) >>")
            },
            {
                "names",
                ChangeLevel.Other,
                "catalog.Names",
                i => i.Edit(Ref(1))["Names"] = i.Add(SignedFile.Parse("<< /JavaScript << >> >>"))
            },
            {
                "optional content",
                ChangeLevel.Other,
                "catalog.OCProperties",
                i => i.Edit(Ref(1))["OCProperties"] = SignedFile.Parse("<< /D << >> >>")
            },
            { "a text field", ChangeLevel.Other, "field.new", i => AddField(i, "/FT /Tx /T (New) /Rect [0 0 9 9]") },
            {
                "an empty signature field",
                ChangeLevel.FormFilling,
                "field.new-empty-signature",
                i => AddField(i, "/FT /Sig /T (New) /Rect [0 0 9 9]")
            },
            {
                "a signature field with a script",
                ChangeLevel.Other,
                "field.new",
                i => AddField(i, "/FT /Sig /T (New) /Rect [0 0 9 9] /AA << >>")
            },
            {
                "a field removed",
                ChangeLevel.Other,
                "form.fields",
                i => i.Edit(Ref(7))["Fields"] = SignedFile.Parse("[10 0 R 11 0 R 14 0 R]")
            },
            { "a field moved", ChangeLevel.Other, "field.Rect", i => i.Edit(Ref(8))["Rect"] = PdfArray.Of(0, 0, 9, 9) },
            { "a field hidden", ChangeLevel.Other, "field.F", i => i.Edit(Ref(8))["F"] = new PdfInteger(6) },
            { "a field renamed", ChangeLevel.Other, "field.removed", i => i.Edit(Ref(8))["T"] = PdfString.FromText("Other") },
            {
                "a format script for a field",
                ChangeLevel.Other,
                "field.AA",
                i => i.Edit(Ref(8))["AA"] = SignedFile.Parse("<< /F << >> >>")
            },
            {
                "a widget more for a field",
                ChangeLevel.Other,
                "field.new",
                i =>
                    i.Edit(Ref(14))["Kids"] = new PdfArray(
                        Ref(15),
                        i.Add(SignedFile.Parse("<< /Subtype /Widget /Parent 14 0 R /Rect [0 0 9 9] >>"))
                    )
            },
            {
                "the signature's appearance",
                ChangeLevel.Other,
                "field.AP",
                i => i.Edit(Ref(10))["AP"] = new PdfDictionary().With("N", Form(i))
            },
            {
                "fields drawn anew by the reader",
                ChangeLevel.Other,
                "form.NeedAppearances",
                i => i.Edit(Ref(7))["NeedAppearances"] = PdfBoolean.True
            },
            {
                "an XFA form",
                ChangeLevel.Other,
                "form.XFA",
                i => i.Edit(Ref(7))["XFA"] = i.Add(SignedFile.Parse(SignedFile.Stream("", "<xdp/>")))
            },
            {
                "a default font replaced",
                ChangeLevel.Other,
                "form.DR",
                i => i.Edit(Ref(7))["DR"] = SignedFile.Parse("<< /Font << /Helv 12 0 R >> >>")
            },
            {
                "a default font added",
                ChangeLevel.None,
                "",
                i => i.Edit(Ref(7))["DR"] = SignedFile.Parse("<< /Font << /Helv 6 0 R /Ti 6 0 R >> >>")
            },
        };

    [Theory]
    [MemberData(nameof(Updates))]
    public void Names_what_an_update_does(string what, ChangeLevel level, string detail, Action<PdfIncrement> update)
    {
        var leader = Leader(SignedFile.Update(Signed, update));
        var found = $"{leader.ChangesAfter} {leader.Fault} {string.Join(' ', leader.Changes.Select(change => change.Detail))}";
        Assert.True(leader.ChangesAfter == level, $"{what}: {found}");
        Assert.True(detail.Length == 0 || leader.Changes.Any(change => change.Detail == detail), $"{what}: {found}");
        Assert.False(leader.CoversWholeDocument);
        Assert.Equal(1, leader.Revision);
        Assert.Null(leader.Fault);
    }

    [Fact]
    public void A_signature_alone_covers_the_whole_document()
    {
        var leader = Leader(Signed);
        Assert.True(
            leader
                is {
                    CoversWholeDocument: true,
                    ChangesAfter: ChangeLevel.None,
                    WithinLocks: true,
                    Revision: 1,
                    Fault: null,
                    IsTimestamp: false
                }
        );
    }

    [Fact]
    public void Later_signatures_in_fields_that_were_there_are_form_filling()
    {
        var all = ChangeAnalysis.Run(SignedFile.Open(SignedFile.Sign(Signed, "Seal")));
        Assert.Equal(
            [("Leader", ChangeLevel.FormFilling, false), ("Seal", ChangeLevel.None, true)],
            all.Select(one => (one.FieldName, one.ChangesAfter, one.CoversWholeDocument))
        );
        Assert.Equal(ChangeKind.FieldSigned, Assert.Single(all[0].Changes).Kind);
    }

    [Fact]
    public void An_invisible_document_time_stamp_is_no_more_than_a_time_stamp()
    {
        var laid = SignedFile.Update(
            Signed,
            i => AddField(i, "/FT /Sig /T (Stamp) /Rect [0 0 0 0]", "/Type /DocTimeStamp /SubFilter /ETSI.RFC3161")
        );
        Assert.Equal(ChangeLevel.Timestamps, Leader(SignedFile.Patch(laid)).ChangesAfter);
        var visible = SignedFile.Update(
            Signed,
            i => AddField(i, "/FT /Sig /T (Stamp) /Rect [0 0 90 90]", "/Type /DocTimeStamp /SubFilter /ETSI.RFC3161")
        );
        Assert.Equal(ChangeLevel.FormFilling, Leader(SignedFile.Patch(visible)).ChangesAfter);
    }

    [Theory]
    [InlineData("/Action /All", "So", ChangeLevel.Other, false)]
    [InlineData("/Action /Include /Fields [(So)]", "So", ChangeLevel.Other, false)]
    [InlineData("/Action /Include /Fields [(Ngay)]", "So", ChangeLevel.FormFilling, true)]
    [InlineData("/Action /Exclude /Fields [(So) (Seal)]", "So", ChangeLevel.FormFilling, true)]
    [InlineData("/Action /Exclude /Fields [(Seal)]", "So", ChangeLevel.Other, false)]
    [InlineData("/Action /Nonsense", "So", ChangeLevel.Other, false)]
    public void Locks_hold_the_fields_they_name(string parameters, string field, ChangeLevel level, bool within)
    {
        var signed = SignedFile.Sign(
            SignedFile.Unsigned(),
            "Leader",
            $"/Reference [<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams << /Type /TransformParams {parameters} >> >>]"
        );
        var leader = Leader(SignedFile.Update(signed, i => Fill(i, i.Document.AcroForm!.Find(field)!.Reference!)));
        Assert.Equal((level, within), (leader.ChangesAfter, leader.WithinLocks));
    }

    [Theory]
    [InlineData(1, "fill", ChangeLevel.Other, false)]
    [InlineData(2, "fill", ChangeLevel.FormFilling, true)]
    [InlineData(2, "sign", ChangeLevel.FormFilling, true)]
    [InlineData(2, "field", ChangeLevel.Other, false)]
    [InlineData(3, "field", ChangeLevel.FormFilling, true)]
    [InlineData(2, "comment", ChangeLevel.Annotations, false)]
    [InlineData(3, "comment", ChangeLevel.Annotations, true)]
    [InlineData(1, "validation", ChangeLevel.Timestamps, true)]
    [InlineData(3, "page", ChangeLevel.Other, false)]
    public void Permissions_of_a_certifying_signature_hold(int permission, string what, ChangeLevel level, bool within)
    {
        var signed = SignedFile.Sign(
            SignedFile.Unsigned(),
            "Leader",
            $"/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /P {permission} >> >>]"
        );
        var changed = what switch
        {
            "fill" => SignedFile.Update(signed, i => Fill(i, Ref(8))),
            "sign" => SignedFile.Sign(signed, "Seal"),
            "field" => SignedFile.Patch(SignedFile.Update(signed, i => AddField(i, "/FT /Sig /T (New) /Rect [0 0 9 9]", "/Type /Sig"))),
            "comment" => SignedFile.Update(signed, i => Annotate(i, "/Subtype /FreeText")),
            "validation" => SignedFile.Update(signed, i => i.Edit(Ref(1))["DSS"] = i.Add(new PdfDictionary())),
            _ => SignedFile.Update(signed, i => i.Edit(Ref(3))["Rotate"] = new PdfInteger(90)),
        };
        var leader = Leader(changed);
        Assert.Equal((permission, level, within), (leader.Permission, leader.ChangesAfter, leader.WithinLocks));
    }

    [Fact]
    public void The_lock_of_the_field_counts_where_the_signature_names_none()
    {
        var laid = SignedFile.Update(
            SignedFile.Unsigned(),
            i => i.Edit(Ref(10))["Lock"] = SignedFile.Parse("<< /Type /SigFieldLock /Action /All /P 1 >>")
        );
        var leader = Leader(SignedFile.Update(SignedFile.Sign(laid, "Leader"), i => Fill(i, Ref(8))));
        Assert.Equal((FieldLock.All, 1, ChangeLevel.Other), (leader.Lock, leader.Permission, leader.ChangesAfter));
    }

    [Theory]
    [InlineData("[0 100 200]", "byte-range.form")]
    [InlineData("[5 100 200 10]", "byte-range.form")]
    [InlineData("[0 100 90 10]", "byte-range.form")]
    [InlineData("[0 (a) 90 10]", "byte-range.form")]
    [InlineData("[0 100 200 99999]", "byte-range.outside")]
    [InlineData("[0 100 200 10]", "byte-range.gap")]
    [InlineData("null", "byte-range.form")]
    public void A_wrong_byte_range_is_a_fault(string range, string fault)
    {
        var text = Encoding.Latin1.GetString(Signed);
        var at = text.LastIndexOf("/ByteRange", StringComparison.Ordinal);
        var end = text.IndexOf(']', at) + 1;
        var leader = Leader(Encoding.Latin1.GetBytes(text[..at] + ("/ByteRange " + range).PadRight(end - at) + text[end..]));
        Assert.Equal(
            (fault, ChangeLevel.Other, false, (int?)null),
            (leader.Fault, leader.ChangesAfter, leader.CoversWholeDocument, leader.Revision)
        );
    }

    [Fact]
    public void A_range_that_does_not_end_with_its_revision_is_a_fault()
    {
        var longer = SignedFile.Update(Signed, i => Fill(i, Ref(8)));
        var original = Leader(Signed).ByteRange;
        foreach (var tail in new[] { original[3] - 30, original[3] + 40 })
        {
            var text = Encoding.Latin1.GetString(longer);
            var old = $"{original[2]} {original[3]}";
            var leader = Leader(
                Encoding.Latin1.GetBytes(text.Replace(old, $"{original[2]} {tail}".PadRight(old.Length), StringComparison.Ordinal))
            );
            Assert.Equal("byte-range.end", leader.Fault);
        }
    }

    [Fact]
    public void A_signature_dictionary_outside_the_bytes_it_names_is_a_fault()
    {
        // Wrapping: the original value stays in the gap, a copy of the dictionary in a later update claims it.
        var wrapped = SignedFile.Update(
            Signed,
            i => i.Edit(Ref(11))["V"] = i.Add(((PdfDictionary)i.Document.Resolve(i.Document.AcroForm!.Find("Leader")!.Value)).Copy())
        );
        var seal = ChangeAnalysis.Run(SignedFile.Open(wrapped)).Single(one => one.FieldName == "Seal");
        Assert.Equal(
            ("signature.not-in-revision", ChangeLevel.Other),
            (seal.Fault is "signature.changed" ? "signature.not-in-revision" : seal.Fault, seal.ChangesAfter)
        );
    }

    [Fact]
    public void A_signature_shown_in_a_second_field_is_a_fault_there()
    {
        var shared = SignedFile.Update(Signed, i => i.Edit(Ref(11))["V"] = i.Document.AcroForm!.Find("Leader")!.Value!);
        var seal = ChangeAnalysis.Run(SignedFile.Open(shared)).Single(one => one.FieldName == "Seal");
        Assert.Equal(("signature.shared", ChangeLevel.Other), (seal.Fault, seal.ChangesAfter));
    }

    [Fact]
    public void Taking_out_one_signature_is_a_change_to_the_others()
    {
        var both = SignedFile.Sign(Signed, "Seal");
        var seal = Assert.Single(ChangeAnalysis.Run(SignedFile.Open(SignedFile.Update(both, i => i.Edit(Ref(10)).Remove("V")))));
        Assert.Equal(("Seal", ChangeLevel.Other), (seal.FieldName, seal.ChangesAfter));
        Assert.Contains(seal.Changes, change => change.Detail == "field.V");
    }

    [Theory]
    [InlineData("\n\n", ChangeLevel.None, "line ends")]
    [InlineData("%%EOF appended", ChangeLevel.Other, "text")]
    [InlineData("\n9 0 obj\n<< /Type /XObject >>\nendobj\n", ChangeLevel.Other, "an object without cross-reference data")]
    public void Bytes_after_the_end_are_a_change(string appended, ChangeLevel level, string what)
    {
        var leader = Leader([.. Signed, .. Encoding.ASCII.GetBytes(appended)]);
        Assert.True(leader.ChangesAfter == level, what);
    }

    [Fact]
    public void An_object_in_an_update_that_no_cross_reference_entry_names_is_a_change()
    {
        var document = SignedFile.Open(Signed);
        var sneaky = Encoding.Latin1.GetString(Signed) + "4 0 obj\n<< /Length 5 >>\nstream\nBT ET\nendstream\nendobj\n";
        var file = MiniPdf.Update(
            Encoding.Latin1.GetBytes(sneaky),
            document.LastRevision.XrefOffset,
            $"/Size {document.NextObjectNumber + 1} /Root 1 0 R",
            (document.NextObjectNumber, "<< >>")
        );
        Assert.Contains(Leader(file).Changes, change => change.Detail == "revision.unlisted-object");
    }

    [Fact]
    public void Damaged_updates_give_a_verdict_or_a_format_error_and_nothing_else()
    {
        var file = SignedFile.Sign(SignedFile.Update(Signed, i => Fill(i, Ref(8))), "Seal");
        var random = new Random(11);
        int kept = 0,
            broken = 0;
        for (var round = 0; round < 3000; round++)
        {
            var damaged = (byte[])file.Clone();
            for (var i = 0; i <= round % 4; i++)
                damaged[random.Next(Signed.Length, damaged.Length)] = (byte)random.Next(256);
            try
            {
                _ = ChangeAnalysis.Run(SignedFile.Open(damaged));
                kept++;
            }
            catch (PdfFormatException)
            {
                broken++;
            }
        }

        Assert.True(kept > 100 && broken > 100);
    }

    private static void Fill(PdfIncrement increment, PdfReference field) =>
        increment.Edit(field).With("V", PdfString.FromText("05")).With("AP", new PdfDictionary().With("N", Form(increment)));

    private static PdfReference Form(PdfIncrement increment) =>
        increment.Add(SignedFile.Parse(SignedFile.Stream("/Type /XObject /Subtype /Form /BBox [0 0 100 20]", "BT ET")));

    private static void Annotate(PdfIncrement increment, string entries)
    {
        var annots = ((PdfArray)increment.Edit(Ref(3))["Annots"]!).Copy();
        annots.Add(increment.Add(SignedFile.Parse($"<< /Type /Annot {entries} /Rect [0 0 90 90] >>")));
        increment.Edit(Ref(3))["Annots"] = annots;
    }

    private static void AddField(PdfIncrement increment, string entries, string? value = null)
    {
        var field = (PdfDictionary)SignedFile.Parse($"<< /Type /Annot /Subtype /Widget {entries} /P 3 0 R >>");
        if (value is not null)
            field["V"] = increment.Add(
                SignedFile.Parse($"<< {value} /ByteRange [0 1111111111 1111111111 1111111111] /Contents <4142434445464748> >>")
            );
        var reference = increment.Add(field);
        var fields = ((PdfArray)increment.Edit(Ref(7))["Fields"]!).Copy();
        fields.Add(reference);
        increment.Edit(Ref(7))["Fields"] = fields;
        var annots = ((PdfArray)increment.Edit(Ref(3))["Annots"]!).Copy();
        annots.Add(reference);
        increment.Edit(Ref(3))["Annots"] = annots;
    }

    // The increment gives new numbers only from the end; this takes a number that the document names and does not have.
    private static void Supply(PdfIncrement increment, int number, string text)
    {
        while (increment.Reserve().Number < number - 1) { }

        Assert.Equal(number, increment.Add(SignedFile.Parse(text)).Number);
    }
}

file static class Fluent
{
    public static void Also<T>(this T value, Action<T> action) => action(value);
}
