using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AnTin.Modules.Documents;

/// <summary>The section <c>AnTin:Documents</c>, checked at start.</summary>
internal sealed record DocumentsOptions
{
    public static readonly IReadOnlyList<string> Keys =
        [nameof(MaxFileMegabytes), nameof(MaxPages), nameof(PagePictureTool), nameof(PagePictureSeconds), nameof(PagePictureMegabytes), nameof(PreparedMinutes)];

    /// <summary>Largest file taken in. 50 MB is what the exchange between agencies carries today.</summary>
    public int MaxFileMegabytes { get; init; } = 50;

    /// <summary>Most pages of one document; appendices beyond it go into files of their own.</summary>
    public int MaxPages { get; init; } = 2000;

    /// <summary>Program that draws pages for placing boxes; empty switches pictures off. Found in PATH when not a full path.</summary>
    public string PagePictureTool { get; init; } = "pdftoppm";

    /// <summary>Longest time one page picture may take.</summary>
    public int PagePictureSeconds { get; init; } = 15;

    /// <summary>Most memory the drawing program may use.</summary>
    public int PagePictureMegabytes { get; init; } = 1024;

    /// <summary>How long a prepared signature without a value may be taken up again; later the act is prepared anew.</summary>
    public int PreparedMinutes { get; init; } = 10;

    public long MaxFileBytes => MaxFileMegabytes * 1024L * 1024L;

    /// <exception cref="InvalidOperationException">A value is out of its range; says which.</exception>
    public static DocumentsOptions From(IConfigurationSection section)
    {
        var defaults = new DocumentsOptions();
        return new DocumentsOptions
        {
            MaxFileMegabytes = Number(section, nameof(MaxFileMegabytes), defaults.MaxFileMegabytes, 1, 2000),
            MaxPages = Number(section, nameof(MaxPages), defaults.MaxPages, 1, 100_000),
            PagePictureTool = section[nameof(PagePictureTool)] ?? defaults.PagePictureTool,
            PagePictureSeconds = Number(section, nameof(PagePictureSeconds), defaults.PagePictureSeconds, 1, 300),
            PagePictureMegabytes = Number(section, nameof(PagePictureMegabytes), defaults.PagePictureMegabytes, 64, 16_384),
            PreparedMinutes = Number(section, nameof(PreparedMinutes), defaults.PreparedMinutes, 1, 24 * 60),
        };
    }

    private static int Number(IConfigurationSection section, string key, int otherwise, int least, int most)
    {
        if (section[key] is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw new InvalidOperationException($"{section.Path}:{key} must be a whole number from {least} to {most}, not '{text}'.");
    }
}
