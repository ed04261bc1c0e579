namespace AnTin.Modules.Oversight.Persistence;

/// <summary>
/// One issued document as its evidence entry says, so that a figure opens its list. Written once, by the follower of the log.
/// Not trusted: whoever owns it can show other figures than the log gives, until somebody recomputes them from an export.
/// </summary>
internal sealed class IssuedDocument
{
    public required Guid DocumentId { get; init; }

    /// <summary><c>YYYY-MM</c> of <see cref="IssuedOn"/>.</summary>
    public required string Period { get; init; }

    public Guid? OrganisationId { get; init; }

    public required string OrganisationCode { get; init; }

    public required string OrganisationName { get; init; }

    public required int Year { get; init; }

    public required int Number { get; init; }

    public required string Symbol { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required string Title { get; init; }

    public required bool PersonallySigned { get; init; }

    public required bool Sealed { get; init; }

    /// <summary>On paper: entered in the register, no file here.</summary>
    public required bool OnPaper { get; init; }

    /// <summary>Index of the entry in the log.</summary>
    public required long Position { get; init; }
}

/// <summary>The counts of one agency in one month: what the dashboard adds up.</summary>
internal sealed class IssuedRollup
{
    public required string Period { get; init; }

    public required string OrganisationCode { get; init; }

    public Guid? OrganisationId { get; set; }

    public required string OrganisationName { get; set; }

    public int Issued { get; set; }

    public int PersonallySigned { get; set; }

    public int Sealed { get; set; }
}

/// <summary>How far a follower has read the log. Moves in the transaction of what it read.</summary>
internal sealed class FollowerCursor
{
    public required string Name { get; init; }

    /// <summary>Index of the next entry to read.</summary>
    public long Next { get; set; }
}
