namespace AnTin.Modules.Documents.Persistence;

/// <summary>A file that lives as long as this object: uploads stand here until they are inspected.</summary>
internal sealed class TempFile : IDisposable
{
    public TempFile() => Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"antin-upload-{System.IO.Path.GetRandomFileName()}");

    public string Path { get; }

    public FileStream Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        // Nobody else on the machine reads a document that is still a draft.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path, options);
    }

    public FileStream Open() => new(Path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    public void Dispose() => File.Delete(Path);
}
