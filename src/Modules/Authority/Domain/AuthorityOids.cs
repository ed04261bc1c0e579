namespace AnTin.Modules.Authority.Domain;

/// <summary>
/// Object identifiers of this authority's own policies, under a UUID arc (ITU-T X.667: 2.25 needs no registration).
/// The policies of the state's own CA are not published, so nothing here claims to be theirs.
/// </summary>
internal static class AuthorityOids
{
    private const string Arc = "2.25.140792399084697314922423812780087834617";

    /// <summary>An officer's certificate (cá nhân).</summary>
    public const string OfficerPolicy = Arc + ".1.1";

    /// <summary>An organisation's certificate, the seal key (con dấu).</summary>
    public const string SealPolicy = Arc + ".1.2";

    public const string TimeStampingPolicy = Arc + ".2.1";
}
