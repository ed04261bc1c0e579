using AnTin.TestKit;

namespace AnTin.Apps.Tests.Cli;

/// <summary>PDF files of the repository, from several producers.</summary>
internal static class Samples
{
    public static string LibreOffice => Of("libreoffice-decision.pdf");

    public static string Chromium => Of("chromium-decision.pdf");

    private static string Of(string name) => Repository.PathOf("tests", "Formats.Tests", "Fixtures", name);
}
