using AnTin.Contracts.Authority;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Platform.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Custody.Features;

/// <summary>
/// Keys and certificates for everybody of the demonstration who signs, a seal for every agency with a clerk or a head, one
/// expired and one revoked credential. Each stands under its own reference, so that an interrupted run goes on where it stopped.
/// </summary>
internal sealed class DemoCredentials(IServiceScopeFactory scopes, IDirectory directory, TimeProvider clock) : IDemoSeeder
{
    public const string Pin = "246810";

    private const int Years = 3;
    private static readonly PostKind[] Signing = [PostKind.DivisionHead, PostKind.DeputyHead, PostKind.Head];

    public int Order => 300;

    public async Task<IReadOnlyList<string>> SeedAsync(CancellationToken ct)
    {
        List<CredentialEnrolment> wanted = await WantedAsync(ct);

        // RSA keys take a fifth of a second each and PIN stretching as much again; the cores share them.
        await Parallel.ForEachAsync(wanted, ct, async (enrolment, stop) =>
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            Required(await scope.ServiceProvider.GetRequiredService<ISigningCredentials>().EnrolAsync(enrolment, stop));
        });
        await RevokeAsync("thuhoi@", ct);
        return [$"Mã PIN ký số mẫu / demo signing PIN: {Pin}"];
    }

    private async Task<List<CredentialEnrolment>> WantedAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateOnly today = DateOnly.FromDateTime(now.ToOffset(Text.VietnamOffset).DateTime);
        var wanted = new List<CredentialEnrolment>();
        foreach (OrganisationInfo organisation in await directory.ListOrganisationsAsync(today, ct))
        {
            IReadOnlyList<PersonInfo> signers = await directory.ListPeopleAsync(organisation.Id, Signing, today, ct);
            foreach (PersonInfo person in signers)
            {
                bool expired = person.Email.StartsWith("hethan@", StringComparison.Ordinal);
                wanted.Add(new CredentialEnrolment(
                    CertificateProfile.Officer, organisation.Id, person.Id, Pin,
                    expired ? now.AddYears(-2) : now,
                    expired ? now.AddDays(-1) : now.AddYears(Years),
                    "demo:" + person.Email));
            }
            if (signers.Count > 0)
            {
                wanted.Add(new CredentialEnrolment(
                    CertificateProfile.OrganisationSeal, organisation.Id, Holder: null, Pin, now, now.AddYears(Years), "demo-seal:" + organisation.Code));
            }
        }
        return wanted;
    }

    private async Task RevokeAsync(string emailPrefix, CancellationToken ct)
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        ISigningCredentials credentials = scope.ServiceProvider.GetRequiredService<ISigningCredentials>();
        ICertificateAuthority authority = scope.ServiceProvider.GetRequiredService<ICertificateAuthority>();
        foreach (OrganisationInfo organisation in await directory.ListOrganisationsAsync(today, ct))
        {
            foreach (PersonInfo person in await directory.ListPeopleAsync(organisation.Id, Signing, today, ct))
            {
                if (!person.Email.StartsWith(emailPrefix, StringComparison.Ordinal))
                    continue;
                foreach (CredentialInfo credential in await credentials.ForPersonAsync(person.Id, ct))
                {
                    if (credential.Certificate.Status == CertificateStatus.Good)
                        Required(await authority.RevokeAsync(credential.Certificate.SerialNumber, RevocationReason.AffiliationChanged, ct));
                }
            }
        }
    }

    private static void Required<T>(Result<T> result)
    {
        if (result.Error is { } refusal)
            throw new InvalidOperationException($"The demonstration data was refused: {refusal}.");
    }
}
