using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Features;
using AnTin.Modules.Documents.Features.Signing;
using AnTin.Platform.Evidence;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnTin.Modules.Tests.Documents;

/// <summary>
/// A stop at every named place of the signing: afterwards the act either never happened and can be done again, or is finished by the
/// recovery at the next start; never half, never twice.
/// </summary>
[Collection(Office.ScienceOnly)]
public sealed class CrashTests(Hosts hosts)
{
    public static TheoryData<StoreKind, string> Points
    {
        get
        {
            var points = new TheoryData<StoreKind, string>();
            foreach (StoreKind kind in Enum.GetValues<StoreKind>())
            {
                foreach (string point in SigningCrashPoints.All)
                    points.Add(kind, point);
            }
            return points;
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_signature_stopped_there_is_finished_or_done_again_once(StoreKind kind, string point)
    {
        DocumentsHost host = await hosts.GetAsync(kind);
        Guid id = await host.UploadAsync(Samples.Decision, office: Office.Science);
        DocumentsHost.Succeeded(await host.FreezeAsync(id, office: Office.Science));
        Aim.At(point);
        await Assert.ThrowsAsync<StoppedException>(() => host.InitialAsync(id, office: Office.Science));

        await RecoverAsync(host);

        Assert.Equal(IsSigned(point), await StateAsync(host, id) == DocumentState.AwaitingSignature);
        if (!IsSigned(point))
            DocumentsHost.Succeeded(await host.InitialAsync(id, office: Office.Science));
        await Witnesses.AssertSoundAsync(await host.FileAsync(id, Office.Science.Drafter), signatures: 1);
        Assert.Single(await host.EvidenceAsync(id), entry => entry.Record.Act == DocumentActs.Initialled);
        Assert.Equal(0, await host.DbAsync(db => db.Set<PendingSignature>().CountAsync(p => p.DocumentId == id)));
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_seal_stopped_there_leaves_no_gap_in_the_register(StoreKind kind, string point)
    {
        DocumentsHost host = await hosts.GetAsync(kind);
        Guid stopped = await host.UploadAndSignAsync(office: Office.Science), quicker = await host.UploadAndSignAsync(office: Office.Science);
        Aim.At(point);
        await Assert.ThrowsAsync<StoppedException>(() => host.SealAsync(stopped, office: Office.Science));

        // Before anybody recovers the first, another document takes the next number.
        IssuedNumber taken = await host.SealedAsync(quicker, Office.Science);
        await RecoverAsync(host);
        IssuedNumber other = point == SigningCrashPoints.Committed ? await IssuedAsync(host, stopped) : await host.SealedAsync(stopped, Office.Science);

        Assert.Equal(point == SigningCrashPoints.Committed ? taken.Number - 1 : taken.Number + 1, other.Number);
        await Witnesses.AssertSoundAsync(await host.FileAsync(stopped, Office.Science.Drafter), signatures: 3);
        EvidenceView issued = Assert.Single(await host.EvidenceAsync(stopped), entry => entry.Record.Act == DocumentActs.Issued);
        Assert.Equal(other.Number, issued.Record.Details.GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task A_freeze_stopped_before_its_commit_is_done_again()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision, office: Office.Science);
        Aim.At(FreezeDocument.CrashPoint);
        await Assert.ThrowsAsync<StoppedException>(() => host.FreezeAsync(id, office: Office.Science));

        Assert.Equal(DocumentState.Draft, await StateAsync(host, id));
        DocumentsHost.Succeeded(await host.FreezeAsync(id, office: Office.Science));
        Assert.Single(await host.EvidenceAsync(id), entry => entry.Record.Act == DocumentActs.Frozen);
    }

    [Fact]
    public async Task What_the_leader_signed_before_a_stop_is_finished_without_the_pin()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision, office: Office.Science);
        DocumentsHost.Succeeded(await host.FreezeAsync(id, office: Office.Science));
        DocumentsHost.Succeeded(await host.InitialAsync(id, office: Office.Science));
        Aim.At(SigningCrashPoints.ValueKept);
        await Assert.ThrowsAsync<StoppedException>(() => host.SignAsync(id, office: Office.Science));

        // The leader presses again instead of waiting for the next start: no second use of the key.
        DocumentsHost.Succeeded(await host.SignAsync(id, pin: "khong-dung", office: Office.Science));

        Assert.Single(await host.EvidenceAsync(id), entry => entry.Record.Act == DocumentActs.Signed);
    }

    // After these the key has signed and the value is kept: the recovery needs nobody.
    private static bool IsSigned(string point) =>
        point is SigningCrashPoints.ValueKept or SigningCrashPoints.FileKept or SigningCrashPoints.Committed;

    private static Task<DocumentState> StateAsync(DocumentsHost host, Guid id) =>
        host.DbAsync(db => db.Set<OutgoingDocument>().Where(d => d.Id == id).Select(d => d.State).SingleAsync());

    private static async Task<IssuedNumber> IssuedAsync(DocumentsHost host, Guid id)
    {
        OutgoingDocument document = await host.DbAsync(db => db.Set<OutgoingDocument>().SingleAsync(d => d.Id == id));
        return new IssuedNumber(document.Year!.Value, document.Number!.Value, document.Symbol!, document.IssuedOn!.Value);
    }

    private static Task RecoverAsync(DocumentsHost host) =>
        host.Host.Services.GetServices<IHostedService>().OfType<UnfinishedSignatures>().Single().StartAsync(CancellationToken.None);
}
