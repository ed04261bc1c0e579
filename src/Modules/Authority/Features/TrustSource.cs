using AnTin.Contracts.Authority;
using AnTin.Modules.Authority.Domain;

namespace AnTin.Modules.Authority.Features;

/// <summary>
/// What verification here believes: the own root as official-duty, configured foreign anchors with their class, and the
/// own revocation lists straight from the store, so that checking own documents needs no network.
/// </summary>
internal sealed class TrustSource(AuthorityState authority, PublishCrl crls, TrustFolder foreign) : ITrustSource
{
    public async Task<TrustMaterial> GetAsync(CancellationToken ct)
    {
        TrustMaterial configured = foreign.Material;
        if (authority.Find() is not { } hierarchy)
            return configured;
        List<ReadOnlyMemory<byte>> lists = [.. configured.Crls];
        foreach (Issuer issuer in hierarchy.Issuers)
        {
            if (await crls.LatestAsync(issuer.KeyId, ct) is { } crl)
                lists.Add(crl.Der);
        }
        var own = new TrustAnchorEntry(hierarchy.Root.Certificate.RawData, AnchorClass.OfficialDuty, hierarchy.Root.Certificate.Subject.DisplayName);
        return configured with
        {
            Anchors = [own, .. configured.Anchors],
            Certificates = [
                hierarchy.Issuing.Certificate.RawData,
                hierarchy.TimeStamping.Certificate.RawData,
                hierarchy.OcspResponder.Certificate.RawData,
                .. configured.Certificates],
            Crls = lists,
        };
    }
}
