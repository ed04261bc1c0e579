using System.IO.Compression;
using System.Text;
using AnTin.Contracts.Platform;
using AnTin.Platform.Evidence.Tree;
using AnTin.TestKit;
using CsCheck;

namespace AnTin.Platform.Tests.Evidence;

/// <summary>Every kind of tampering with an exported log is found, and called by its name.</summary>
public sealed class AuditVerifierTests : IDisposable
{
    private const string Name = "antin.example/log/audit";

    private readonly TestKey _key = new(Name);
    private readonly TempFolder _folder = new();

    private static readonly Gen<(int Size, int Pick, int Other)> Cases =
        Gen.Select(Gen.OneOf(Gen.Int[2, 40], Gen.Int[250, 520]), Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]);

    [Fact]
    public void An_untouched_export_is_whole_and_grown_from_every_earlier_checkpoint() =>
        Cases.Sample((size, pick, _) =>
        {
            List<string> leaves = Leaves(size);
            AuditReport report = Verify(leaves, leaves, older: Note(leaves[..(pick % (size + 1))]));
            Assert.Empty(report.Findings);
            Assert.Equal((size, true, Name), (report.Size, report.KeyIsIndependent, report.Origin));
        }, iter: 15, threads: 1);

    [Fact]
    public void An_altered_entry_is_found() =>
        Cases.Sample((size, pick, other) =>
        {
            List<string> leaves = Leaves(size);
            List<string> lines = [.. leaves];
            int at = pick % size;
            lines[at] = lines[at].Replace("\"number\":", $"\"number\":{1 + other % 9}", StringComparison.Ordinal);
            Assert.Equal([(AuditFindingKind.Altered, (long?)at)], Found(leaves, lines));
        }, iter: 25, threads: 1);

    [Fact]
    public void A_dropped_entry_is_found() =>
        Cases.Sample((size, pick, _) =>
        {
            List<string> leaves = Leaves(size);
            int at = pick % (size - 1);
            Assert.Equal([(AuditFindingKind.Dropped, (long?)at)], Found(leaves, [.. leaves.Where((_, i) => i != at)]));
        }, iter: 25, threads: 1);

    [Fact]
    public void Exchanged_entries_are_found() =>
        Cases.Sample((size, pick, other) =>
        {
            List<string> leaves = Leaves(size);
            List<string> lines = [.. leaves];
            int a = pick % (size - 1);
            int b = a + 1 + other % (size - 1 - a);
            (lines[a], lines[b]) = (lines[b], lines[a]);
            List<(AuditFindingKind Kind, long? Index)> found = Found(leaves, lines);
            // Which of two exchanged entries moved is a matter of view; that no more than two did is not.
            Assert.InRange(found.Count, 1, 2);
            Assert.All(found, finding => Assert.True(finding.Kind == AuditFindingKind.Reordered && finding.Index >= a && finding.Index <= b));
        }, iter: 25, threads: 1);

    [Fact]
    public void A_cut_end_is_found() =>
        Cases.Sample((size, pick, _) =>
        {
            List<string> leaves = Leaves(size);
            int left = pick % size;
            Assert.Equal([(AuditFindingKind.Truncated, (long?)left)], Found(leaves, leaves[..left]));
        }, iter: 25, threads: 1);

    [Fact]
    public void A_smuggled_entry_is_found() =>
        Cases.Sample((size, pick, _) =>
        {
            List<string> leaves = Leaves(size);
            List<string> lines = [.. leaves];
            lines.Insert(pick % (size + 1), Leaf(-1));
            Assert.Equal([AuditFindingKind.Inserted], Found(leaves, lines).Select(f => f.Kind));
        }, iter: 25, threads: 1);

    [Fact]
    public void A_repeated_entry_is_found() =>
        Cases.Sample((size, pick, other) =>
        {
            List<string> leaves = Leaves(size);
            List<string> lines = [.. leaves];
            lines.Insert(other % (size + 1), leaves[pick % size]);
            Assert.NotEmpty(Found(leaves, lines));
        }, iter: 25, threads: 1);

    [Fact]
    public void Several_tamperings_at_once_are_told_apart()
    {
        List<string> leaves = Leaves(100);
        List<string> lines = [.. leaves];
        lines[10] = Leaf(-1);
        (lines[30], lines[31]) = (lines[31], lines[30]);
        lines.Insert(50, Leaf(-2));
        lines.RemoveAt(71);
        lines.RemoveRange(97, 3);
        List<(AuditFindingKind, long?)> found = Found(leaves, lines);
        Assert.Equal(
            [
                (AuditFindingKind.Altered, 10), (AuditFindingKind.Reordered, found[1].Item2), (AuditFindingKind.Inserted, null),
                (AuditFindingKind.Dropped, 70), (AuditFindingKind.Truncated, 97),
            ],
            found);
        Assert.True(found[1].Item2 is 30 or 31);
    }

    [Fact]
    public void A_history_signed_anew_is_no_longer_grown_from_the_old_checkpoint() =>
        Cases.Sample((size, pick, other) =>
        {
            List<string> leaves = Leaves(size);
            int old = 1 + pick % size;
            List<string> rewritten = [.. leaves];
            rewritten[other % old] = Leaf(-1);
            AuditReport report = Verify(rewritten, rewritten, older: Note(leaves[..old]));
            Assert.Equal([AuditFindingKind.NotPrefix], report.Findings.Select(f => f.Kind));
        }, iter: 25, threads: 1);

    [Fact]
    public void A_log_cut_back_and_signed_anew_is_no_longer_grown_from_the_old_checkpoint()
    {
        List<string> leaves = Leaves(300);
        AuditReport report = Verify(leaves[..299], leaves[..299], older: Note(leaves));
        Assert.Equal([AuditFindingKind.NotPrefix], report.Findings.Select(f => f.Kind));
    }

    [Fact]
    public void A_damaged_tile_is_found_on_every_level() =>
        Gen.Select(Gen.Int[2, 700], Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample((size, pick, at) =>
        {
            List<string> leaves = Leaves(size);
            string folder = WriteExport(leaves, leaves);
            string[] tiles = [.. Directory.EnumerateFiles(Path.Combine(folder, "tile"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            string tile = tiles[pick % tiles.Length];
            byte[] bytes = File.ReadAllBytes(tile);
            bytes[at % bytes.Length] ^= 0x10;
            File.WriteAllBytes(tile, bytes);
            Assert.Equal([AuditFindingKind.TilesDamaged], Verify(folder, null, _key.Verifier).Findings.Select(f => f.Kind));
            File.Delete(tile);
            Assert.Equal([AuditFindingKind.TilesDamaged], Verify(folder, null, _key.Verifier).Findings.Select(f => f.Kind));
        }, iter: 15, threads: 1);

    [Fact]
    public void Without_its_tiles_a_forged_export_is_still_found()
    {
        List<string> leaves = Leaves(30);
        List<string> lines = [.. leaves];
        lines[7] = Leaf(-1);
        string folder = WriteExport(leaves, lines);
        Directory.Delete(Path.Combine(folder, "tile"), recursive: true);
        Assert.Equal(
            [AuditFindingKind.TilesDamaged, AuditFindingKind.Altered],
            Verify(folder, null, _key.Verifier).Findings.Select(f => f.Kind));
    }

    [Fact]
    public void A_checkpoint_of_another_key_is_refused()
    {
        List<string> leaves = Leaves(5);
        using var forger = new TestKey(Name);
        AuditReport report = Verify(WriteExport(leaves, leaves), null, forger.Verifier);
        Assert.Equal([AuditFindingKind.CheckpointInvalid], report.Findings.Select(f => f.Kind));
    }

    [Fact]
    public void With_the_exports_own_key_the_report_says_that_it_is_not_independent()
    {
        List<string> leaves = Leaves(5);
        AuditReport report = Verify(WriteExport(leaves, leaves), null, key: null);
        Assert.True(report is { IsWhole: true, KeyIsIndependent: false });
    }

    [Fact]
    public void A_forged_old_checkpoint_is_refused()
    {
        List<string> leaves = Leaves(5);
        using var forger = new TestKey(Name);
        AuditReport report = Verify(WriteExport(leaves, leaves), forger.Sign(Checkpoint(leaves[..3]).ToText()), _key.Verifier);
        Assert.Equal([AuditFindingKind.CheckpointInvalid], report.Findings.Select(f => f.Kind));
    }

    [Fact]
    public void A_zip_reads_like_the_folder()
    {
        List<string> leaves = Leaves(300);
        string folder = WriteExport(leaves, leaves);
        string zip = _folder["log.zip"];
        ZipFile.CreateFromDirectory(folder, zip);
        Assert.True(Verify(zip, Note(leaves[..100]), _key.Verifier).IsWhole);
    }

    [Fact]
    public void A_zip_with_any_damaged_byte_never_passes_for_more_than_it_is()
    {
        List<string> leaves = Leaves(20);
        string zip = _folder["log.zip"];
        ZipFile.CreateFromDirectory(WriteExport(leaves, leaves), zip);
        byte[] whole = File.ReadAllBytes(zip);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[1, 255]).Sample((at, flip) =>
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)flip;
            string path = _folder[$"damaged-{Guid.CreateVersion7():N}.zip"];
            File.WriteAllBytes(path, damaged);
            try
            {
                AuditReport report = Verify(path, null, _key.Verifier);
                Assert.True(!report.IsWhole || report.Size == 20);
            }
            catch (EvidenceFormatException)
            {
                // Not a ZIP any more.
            }
        }, iter: 400, threads: 1);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"v\":1}")]
    [InlineData("{}")]
    public void A_log_whose_signed_entries_are_not_entries_is_malformed(string leaf)
    {
        AuditReport report = Verify([leaf], [leaf], older: null);
        Assert.Equal([AuditFindingKind.Malformed], report.Findings.Select(f => f.Kind));
    }

    [Fact]
    public void What_is_not_an_export_is_refused()
    {
        Assert.Throws<EvidenceFormatException>(() => AuditExport.Open(_folder["nothing.zip"]));
        Assert.Throws<EvidenceFormatException>(() => AuditExport.Open(_folder.Write("text.zip", "no zip"u8)));
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Equal([AuditFindingKind.Malformed], Verify(_folder["empty"], null, null).Findings.Select(f => f.Kind));
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private static string Leaf(int i)
    {
        var entry = new EvidenceEntry("document.signed", new Actor(null, null, "Nguyễn Văn Ổi"), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(i))
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["number"] = i },
        };
        return EvidenceRecord.Encode(new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), new string('0', 32), entry);
    }

    private static List<string> Leaves(int size) => [.. Enumerable.Range(0, size).Select(Leaf)];

    private static Checkpoint Checkpoint(IReadOnlyList<string> leaves)
    {
        var tree = new MerkleFrontier();
        foreach (string leaf in leaves)
            tree.Append(MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(leaf)));
        return new Checkpoint(Name, leaves.Count, tree.Root());
    }

    private string Note(IReadOnlyList<string> leaves) => _key.Sign(Checkpoint(leaves).ToText());

    private List<(AuditFindingKind Kind, long? Index)> Found(List<string> leaves, List<string> lines) =>
        [.. Verify(leaves, lines, older: null).Findings.Select(f => (f.Kind, f.Index))];

    private AuditReport Verify(IReadOnlyList<string> leaves, IReadOnlyList<string> lines, string? older) =>
        Verify(WriteExport(leaves, lines), older, _key.Verifier);

    private static AuditReport Verify(string path, string? older, NoteVerifier? key)
    {
        using AuditExport export = AuditExport.Open(path);
        return AuditVerifier.Verify(export, older, key);
    }

    /// <summary>An export whose checkpoint and tiles are of <paramref name="leaves"/> and whose entries are <paramref name="lines"/>.</summary>
    private string WriteExport(IReadOnlyList<string> leaves, IReadOnlyList<string> lines)
    {
        string name = $"export-{Guid.CreateVersion7():N}";
        var tiles = new TileSet();
        for (int i = 0; i < leaves.Count; i++)
            tiles.Append(i, MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(leaves[i])));
        _folder.Write($"{name}/{ExportNames.Checkpoint}", Encoding.UTF8.GetBytes(Note(leaves)));
        _folder.Write($"{name}/{ExportNames.VerifierKey}", Encoding.UTF8.GetBytes(_key.Verifier + "\n"));
        _folder.Write($"{name}/{ExportNames.Entries}", Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        foreach (TileId id in TileId.AllOf(leaves.Count))
        {
            int width = id.WidthAt(leaves.Count);
            _folder.Write($"{name}/{id.Path(width)}", AnTin.Platform.Evidence.EvidenceTiles.Encode([.. tiles.Read(id, width)]));
        }
        return _folder[name];
    }
}
