namespace AnTin.Modules.Documents.Domain;

internal enum PictureOwner
{
    /// <summary>The picture of a person's handwritten signature: blue, transparent background.</summary>
    Person = 1,

    /// <summary>The picture of an organisation's seal: red, transparent background.</summary>
    Organisation = 2,
}

/// <summary>A picture shown in signatures (NĐ 30/2020, Phụ lục I, ô 7c and 8). It proves nothing; the signature does.</summary>
internal sealed class Picture
{
    public required PictureOwner Owner { get; init; }

    public required Guid OwnerId { get; init; }

    public required string Sha256 { get; set; }

    /// <summary>Pixels.</summary>
    public required int Width { get; set; }

    public required int Height { get; set; }

    public required DateTimeOffset UploadedAt { get; set; }
}
