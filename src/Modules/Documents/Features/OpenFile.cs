using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Persistence;
using AnTin.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace AnTin.Modules.Documents.Features;

/// <summary>GET /documents/{id}/file: the file as the last act left it, proven against its hash before the first byte goes out.</summary>
internal sealed class OpenFile(DocumentAccess access, StoredFiles files)
{
    public async Task<Result<DocumentFile>> ForActorAsync(Actor actor, Guid id, CancellationToken ct) =>
        await access.FindForActorAsync(id, actor.PersonId, ct) is { } document ? await OpenAsync(document, ct) : DocumentErrors.NotFound();

    public async Task<Result<DocumentFile>> ForViewerAsync(ICurrentUser user, Guid id, CancellationToken ct) =>
        await access.FindForViewerAsync(id, user, ct) is { } document ? await OpenAsync(document, ct) : DocumentErrors.NotFound();

    private async Task<Result<DocumentFile>> OpenAsync(OutgoingDocument document, CancellationToken ct)
    {
        Result<BlobSource> source = await files.OpenAsync(document.CurrentSha256, ct);
        return source.Map(s => new DocumentFile(FileNames.OfDownload(document), s.Length, document.CurrentSha256, new OwningStream(s.OpenStream(), s)));
    }

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/documents/{id:guid}/file", GetAsync).RequireSignedIn();

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, ICurrentUser user, OpenFile handler, CancellationToken ct)
    {
        Result<DocumentFile> opened = await handler.ForViewerAsync(user, id, ct);
        if (!opened.IsSuccess)
            return DocumentPaths.After(http, id, opened.Error, "");
        DocumentFile file = opened.Value;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "private, no-cache";
        return Results.File(file.Content, "application/pdf", file.FileName, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }
}

/// <summary>A stream that closes what it reads from.</summary>
internal sealed class OwningStream(Stream inner, IDisposable owner) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position { get => inner.Position; set => inner.Position = value; }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            owner.Dispose();
        }
        base.Dispose(disposing);
    }
}
