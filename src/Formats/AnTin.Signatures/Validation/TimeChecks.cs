// Checks of time: EN 319 102-1 V1.4.1 §5.4 (time-stamps), §5.5.4 (best signature time); EN 319 422 V1.1.1 (profiles of tokens).
using AnTin.X509;

namespace AnTin.Signatures;

internal static class TimeChecks
{
    public static Finding? Claimed(SignatureFacts facts, ValidationInputs inputs)
    {
        if (facts.Source.IsDocumentTimestamp)
        {
            return null;
        }

        if (facts.ClaimedTime is not { } claimed)
        {
            return Finding.Note("Người ký không ghi thời điểm ký.", "The signer states no time of signing.");
        }

        // Clocks of signing computers run a little fast; a day is a false statement.
        return claimed > inputs.At.AddDays(1)
            ? Finding.Undecided("SIG_CONSTRAINTS_FAILURE", $"Thời điểm ký do người ký ghi nằm trong tương lai: {Show(claimed)}.", $"The time of signing the signer states lies in the future: {Show(claimed)}.")
            : Finding.Note($"Thời điểm ký theo lời người ký: {Show(claimed)}.", $"Time of signing as the signer states it: {Show(claimed)}.");
    }

    public static Finding? Stamp(SignatureFacts facts, ValidationInputs inputs)
    {
        if (facts.BestTime is { } best)
        {
            return Finding.Pass($"Dấu thời gian chứng minh đã có trước: {Show(best)}.", $"A time-stamp proves existence before: {Show(best)}.");
        }

        if (facts.Source.IsDocumentTimestamp)
        {
            return null;
        }

        return facts.Timestamps switch
        {
            [] => Finding.Note("Chữ ký không có dấu thời gian.", "The signature carries no time-stamp."),
            [var first, ..] when !first.IsIntact => Finding.Undecided("SIG_CONSTRAINTS_FAILURE", "Dấu thời gian không đúng với chữ ký này.", "The time-stamp does not fit this signature."),
            _ => Finding.Undecided("SIG_CONSTRAINTS_FAILURE", "Dấu thời gian đúng nhưng nơi cấp dấu chưa được tin cậy.", "The time-stamp is right but its authority is not trusted."),
        };
    }

    public static Finding? Imprint(SignatureFacts facts, ValidationInputs inputs)
    {
        var digest = facts.Timestamps.Select(t => t.Token?.Info.Imprint.Digest).FirstOrDefault(d => d is not null) ?? facts.Token?.Info.Imprint.Digest;
        return digest == DigestAlgorithm.Sha1
            ? Finding.Undecided("CRYPTO_CONSTRAINTS_FAILURE_NO_POE", "Dấu thời gian dùng SHA-1, không còn an toàn.", "The time-stamp uses SHA-1, which is no longer safe.")
            : null;
    }

    public static Finding? Order(SignatureFacts facts, ValidationInputs inputs)
    {
        // Nothing that a token covers can be later than the token; a second of rounding is not an order.
        if (facts.CoveredAt is not { } covered)
        {
            return null;
        }

        var latest = facts.Timestamps.Where(t => t.IsTrusted).Select(t => t.Time).Append(facts.Token?.Info.Time).Max();
        return latest > covered.AddSeconds(1)
            ? Finding.Undecided("TIMESTAMP_ORDER_FAILURE", "Thứ tự các dấu thời gian mâu thuẫn nhau.", "The order of the time-stamps contradicts itself.")
            : null;
    }

    /// <summary>Vietnamese time, as people read it in both languages.</summary>
    public static string Show(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(7)).ToString("dd/MM/yyyy HH:mm:ss zzz", System.Globalization.CultureInfo.InvariantCulture);
}
