namespace AnTin.Contracts.Oversight;

/// <summary>
/// One row of the figure "documents issued in a month, by agency". Rates are in percent with two decimals, half up; null when nothing was issued.
/// </summary>
public sealed record IssuedDocumentsRow(
    string OrganisationCode,
    string OrganisationName,
    int Issued,
    int PersonallySigned,
    int Sealed)
{
    public decimal? PersonalRate => Rate(PersonallySigned, Issued);

    public decimal? SealRate => Rate(Sealed, Issued);

    private static decimal? Rate(int part, int whole) =>
        whole == 0 ? null : Math.Round(100m * part / whole, 2, MidpointRounding.AwayFromZero);
}
