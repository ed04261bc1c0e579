namespace AnTin.Platform.Faults;

/// <summary>
/// A named place in a code path where a test may kill the process, to prove that what is durable there is enough
/// to recover. Does nothing in production.
/// </summary>
public interface ICrashPoint
{
    /// <param name="name">Registered by the module (<c>IModule.CrashPoints</c>): <c>documents.seal.after-commit</c>.</param>
    void Reach(string name);
}
