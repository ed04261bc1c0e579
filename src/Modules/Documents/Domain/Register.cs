namespace AnTin.Modules.Documents.Domain;

/// <summary>
/// The outgoing register of one organisation and year: knows the last number given out. One series for paper and electronic
/// documents, from 01 on 1 January (NĐ 30/2020, Điều 15). A number is given in the transaction that issues, never before,
/// so a refused or crashed act leaves no gap.
/// </summary>
internal sealed class RegisterBook
{
    public required Guid OrganisationId { get; init; }

    public required int Year { get; init; }

    public int LastNumber { get; private set; }

    /// <summary>Concurrency token: of two transactions that take the same number one commits.</summary>
    public int Version { get; private set; }

    public void Take(int number)
    {
        if (number != LastNumber + 1)
            throw new InvalidOperationException($"Number {number} does not follow {LastNumber}.");
        LastNumber = number;
        Version++;
    }
}

/// <summary>One line of the register (sổ đăng ký văn bản đi, NĐ 30/2020, Phụ lục IV).</summary>
internal sealed class RegisterEntry
{
    public required Guid OrganisationId { get; init; }

    public required int Year { get; init; }

    public required int Number { get; init; }

    public required string Symbol { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required string KindCode { get; init; }

    public required string Title { get; init; }

    public required string SignerName { get; init; }

    /// <summary>Null for a paper document: only its number is kept here.</summary>
    public required Guid? DocumentId { get; init; }

    public required string RegisteredBy { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>One-time value of the form that made a paper entry: a form sent twice takes one number.</summary>
    public required Guid RequestId { get; init; }
}
