namespace AnTin.Modules.Directory.Domain;

/// <summary>An organisation's identity, which outlives its names and its place in the tree.</summary>
internal sealed class Organisation
{
    public required Guid Id { get; init; }

    /// <summary>Agency code, unique: <c>H99.05</c> (QCVN 102:2016's form).</summary>
    public required string Code { get; init; }
}

/// <summary>
/// What held for an organisation from one day until another. Periods of one organisation never overlap;
/// a rename or a move closes one and opens the next.
/// </summary>
internal sealed class OrganisationPeriod
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Name { get; init; }

    public required string NameEn { get; init; }

    /// <summary>Abbreviation in document symbols: <c>SXD</c> in <c>12/QĐ-SXD</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>Province (L of certificate subjects).</summary>
    public required string Locality { get; init; }

    public required Guid? ParentId { get; init; }

    public required decimal SealDiameterMm { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>First day on which it no longer holds; null while open.</summary>
    public DateOnly? To { get; set; }

    public required string Folded { get; init; }

    public bool HoldsOn(DateOnly day) => From <= day && (To is not { } to || day < to);

    public bool Overlaps(DateOnly from, DateOnly? to) =>
        (to is not { } end || From < end) && (To is not { } own || from < own);
}
