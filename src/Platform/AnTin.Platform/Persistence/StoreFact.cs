namespace AnTin.Platform.Persistence;

/// <summary>What the store knows about itself: that its demonstration was begun, that it was finished.</summary>
internal sealed class StoreFact
{
    /// <summary>When the demonstration was begun: from then on the store holds demonstration keys.</summary>
    public const string DemoBegun = "demo-begun";

    /// <summary>What the demonstration says to the person who starts the program, line by line.</summary>
    public const string DemoFinished = "demo-finished";

    public required string Name { get; init; }

    public required string Value { get; set; }
}

/// <summary>
/// One element of the ring of keys that protects cookies and form tokens. Trusted: whoever reads it can sign in as
/// anyone, like whoever writes the account table.
/// </summary>
internal sealed class DataProtectionKeyRow
{
    public required Guid Id { get; init; }

    public required string Xml { get; init; }
}
