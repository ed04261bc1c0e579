using AnTin.TestKit;

namespace AnTin.EndToEnd.Pages;

/// <summary>
/// Where pictures go: with ANTIN_SCREENS set, every page into artifacts/screens and the picture of the README into the
/// folder that it names; otherwise nowhere.
/// </summary>
internal static class Screens
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("ANTIN_SCREENS") is { Length: > 0 } folder ? folder : null;

    public static void Keep(string name, byte[] picture) => Write(Repository.PathOf("artifacts", "screens"), name, picture);

    public static void KeepForReadme(string name, byte[] picture)
    {
        if (Folder is not null)
            Write(Folder, name, picture);
    }

    private static void Write(string folder, string name, byte[] picture)
    {
        if (Folder is null)
            return;
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), picture);
    }
}
