// The checks of a signature, in order: the visible form of ETSI EN 319 102-1 V1.4.1 §5.2 to §5.6 for PDF, with what Vietnamese law adds.
// Each reads facts and gives a finding; the policy turns a failed finding into fail, warning or information. To add a rule, add a line.
namespace AnTin.Signatures;

/// <summary>What a rule stands on, and when it is in force; null bounds are open.</summary>
internal sealed record Basis(string Reference, DateOnly? From = null, DateOnly? Until = null)
{
    public bool IsInForce(DateOnly day) => (From is null || day >= From) && (Until is null || day <= Until);

    /// <summary>Reference with its dates, as reports show it.</summary>
    public override string ToString() => (From, Until) switch
    {
        (null, null) => Reference,
        ({ } from, null) => $"{Reference} ({from:yyyy-MM-dd} –)",
        (null, { } until) => $"{Reference} (– {until:yyyy-MM-dd})",
        ({ } from, { } until) => $"{Reference} ({from:yyyy-MM-dd} – {until:yyyy-MM-dd})",
    };
}

/// <summary>What a check found: passed, or what a failure leads to, with a sentence in both languages.</summary>
internal sealed record Finding(bool Passed, Indication Indication, string? SubIndication, string Vi, string En, bool IsNote = false)
{
    public static Finding Pass(string vi, string en) => new(true, Indication.TotalPassed, null, vi, en);

    /// <summary>Neither good nor bad.</summary>
    public static Finding Note(string vi, string en) => new(true, Indication.TotalPassed, null, vi, en, IsNote: true);

    public static Finding Failed(string subIndication, string vi, string en) => new(false, Indication.TotalFailed, subIndication, vi, en);

    public static Finding Undecided(string subIndication, string vi, string en) => new(false, Indication.Indeterminate, subIndication, vi, en);
}

/// <param name="Id">Stable name.</param>
/// <param name="Level">What failure means unless the policy says otherwise.</param>
/// <param name="IsFixed">The policy cannot change the level.</param>
/// <param name="Bases">What it stands on; the one in force on the day judged is told, and without one the check is not made.</param>
/// <param name="Run">Null when there is nothing to check.</param>
internal sealed record SignatureCheckDefinition(string Id, PolicyLevel Level, bool IsFixed, IReadOnlyList<Basis> Bases,
    Func<SignatureFacts, ValidationInputs, Finding?> Run);

internal static class SignatureChecks
{
    private static readonly Basis Decree68 = new("NĐ 68/2024/NĐ-CP, Điều 31, 32", new DateOnly(2024, 8, 15));
    private static readonly Basis Decree130 = new("NĐ 130/2018/NĐ-CP", new DateOnly(2018, 11, 15), new DateOnly(2024, 8, 14));

    /// <summary>All of them, in the order they are made.</summary>
    public static readonly IReadOnlyList<SignatureCheckDefinition> All =
    [
        Fixed("format.container", FormatChecks.Container, "EN 319 102-1 §5.2.2; ISO 32000-2 §12.8.3"),
        Fixed("format.byteRange", FormatChecks.ByteRange, "ISO 32000-2 §12.8.1; EN 319 142-1 §5.5"),
        Fixed("format.place", FormatChecks.Place, "ISO 32000-2 §7.5.6, §12.7.5.5"),
        Fixed("signer.certificate", FormatChecks.SignerCertificate, "EN 319 102-1 §5.2.3"),
        Fixed("crypto.digest", FormatChecks.Digest, "EN 319 102-1 §5.2.7"),
        Fixed("crypto.signature", FormatChecks.SignatureValue, "EN 319 102-1 §5.2.7"),
        Make("signer.attribute", PolicyLevel.Fail, FormatChecks.SigningCertificateAttribute, new Basis("EN 319 102-1 §5.2.3; EN 319 122-1 §5.2.2")),
        Make("signer.attributePresent", PolicyLevel.Warn, FormatChecks.AttributePresent, new Basis("EN 319 142-1 §6.3")),
        Make("time.claimed", PolicyLevel.Warn, TimeChecks.Claimed, new Basis("EN 319 102-1 §5.2.8.4.2.1")),
        Make("time.stamp", PolicyLevel.Warn, TimeChecks.Stamp, new Basis("EN 319 102-1 §5.5.4; RFC 3161 §2.4.2")),
        Make("time.imprint", PolicyLevel.Warn, TimeChecks.Imprint, new Basis("EN 319 422 §5.1.3")),
        Make("time.order", PolicyLevel.Fail, TimeChecks.Order, new Basis("EN 319 102-1 §5.5.4")),
        Make("trust.chain", PolicyLevel.Fail, TrustChecks.Chain, new Basis("EN 319 102-1 §5.2.6; RFC 5280 §6"), Decree68),
        Make("trust.constraints", PolicyLevel.Fail, TrustChecks.Constraints, new Basis("EN 319 102-1 §5.2.6.2; RFC 5280 §6.1")),
        Make("trust.keyUsage", PolicyLevel.Fail, TrustChecks.KeyUsage, new Basis("EN 319 102-1 §5.2.6.2; RFC 5280 §4.2.1.3")),
        Make("trust.revocation", PolicyLevel.Fail, TrustChecks.Revocation, new Basis("EN 319 102-1 §5.2.5, §5.2.6"), Decree68),
        Make("trust.validity", PolicyLevel.Fail, TrustChecks.Validity, new Basis("EN 319 102-1 §5.2.6, §5.5.4"), Decree68),
        Make("trust.class", PolicyLevel.Warn, TrustChecks.Class, Decree68, Decree130),
        Make("algorithm.digest", PolicyLevel.Fail, TrustChecks.DigestAlgorithm, new Basis("EN 319 102-1 §5.2.8; TS 119 312; NIST SP 800-131A")),
        Make("algorithm.key", PolicyLevel.Fail, TrustChecks.KeySize, new Basis("EN 319 102-1 §5.2.8; TS 119 312; NIST SP 800-131A")),
        Make("document.coverage", PolicyLevel.Inform, ChangeChecks.Coverage, new Basis("ISO 32000-2 §12.8.1")),
        Make("document.changes", PolicyLevel.Warn, ChangeChecks.Changes, new Basis("ISO 32000-2 §12.8.2.2; EN 319 142-1 §5.5")),
        Make("document.locks", PolicyLevel.Warn, ChangeChecks.Locks, new Basis("ISO 32000-2 §12.8.2.4")),
    ];

    /// <summary>Runs every check and sums up: the first definite failure, else the first doubt, else passed.</summary>
    public static (Indication Indication, string? SubIndication, List<ReportCheck> Checks) Run(SignatureFacts facts, ValidationInputs inputs)
    {
        var checks = new List<ReportCheck>(All.Count);
        var (indication, sub) = (Indication.TotalPassed, default(string));
        var day = DateOnly.FromDateTime((facts.BestTime ?? facts.ClaimedTime ?? inputs.At).UtcDateTime);
        foreach (var check in All)
        {
            var bases = check.Bases.Where(b => b.IsInForce(day)).ToList();
            if (bases.Count == 0 || check.Run(facts, inputs) is not { } finding)
            {
                continue;
            }

            var level = check.IsFixed ? check.Level : inputs.Policy.Levels.GetValueOrDefault(check.Id, check.Level);
            if (!finding.Passed && level == PolicyLevel.Fail && finding.Indication < indication)
            {
                (indication, sub) = (finding.Indication, finding.SubIndication);
            }

            if (level != PolicyLevel.Ignore)
            {
                checks.Add(new ReportCheck(check.Id, ResultOf(finding, level), string.Join("; ", bases), finding.Vi, finding.En));
            }
        }

        return (indication, sub, checks);
    }

    private static CheckResult ResultOf(Finding finding, PolicyLevel level) => finding switch
    {
        { Passed: true, IsNote: true } => CheckResult.Info,
        { Passed: true } => CheckResult.Pass,
        _ => level switch
        {
            PolicyLevel.Fail => CheckResult.Fail,
            PolicyLevel.Warn => CheckResult.Warn,
            _ => CheckResult.Info,
        },
    };

    private static SignatureCheckDefinition Fixed(string id, Func<SignatureFacts, ValidationInputs, Finding?> run, string reference) =>
        new(id, PolicyLevel.Fail, true, [new Basis(reference)], run);

    private static SignatureCheckDefinition Make(string id, PolicyLevel level, Func<SignatureFacts, ValidationInputs, Finding?> run, params IReadOnlyList<Basis> bases) =>
        new(id, level, false, bases, run);
}
