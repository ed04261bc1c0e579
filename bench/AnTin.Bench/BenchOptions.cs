using System.Globalization;

namespace AnTin.Bench;

/// <summary>Arguments after the benchmark's name.</summary>
internal sealed record BenchOptions
{
    /// <summary>Seconds to measure; each benchmark has a least number of rounds besides.</summary>
    public int Seconds { get; init; } = 20;

    /// <summary>Size of large files.</summary>
    public int Megabytes { get; init; } = 1024;

    /// <summary>Where large files are made.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>Words that are not options.</summary>
    public IReadOnlyList<string> Rest { get; init; } = [];

    public static BenchOptions? Parse(string[] args)
    {
        var options = new BenchOptions();
        var rest = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--seconds" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds):
                    options = options with { Seconds = seconds };
                    i++;
                    break;
                case "--megabytes" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes):
                    options = options with { Megabytes = megabytes };
                    i++;
                    break;
                case "--folder" when i + 1 < args.Length:
                    options = options with { Folder = args[++i] };
                    break;
                case var option when option.StartsWith("--", StringComparison.Ordinal):
                    return null;
                default:
                    rest.Add(args[i]);
                    break;
            }
        }

        return options with { Rest = rest };
    }
}
