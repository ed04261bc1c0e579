using AnTin.Modules.Documents.Domain;
using AnTin.Pdf;
using AnTin.Signatures;

namespace AnTin.Modules.Documents.Features.Signing;

/// <summary>What the signatures show (NĐ 30/2020, Phụ lục I, ô 7c, 8): pictures, blue for people, red for the seal; words where there is no picture.</summary>
internal sealed class SignatureAppearances(PictureReader pictures)
{
    private const double InitialFontSize = 9;
    private const double NameFontSize = 14;
    private const double SealFontSize = 10;

    public async Task<Appearance> OfAsync(OutgoingDocument document, StepKind step, int stage, Guid person, Placement placement, Registration? registration, string organisationName, CancellationToken ct)
    {
        if (registration is not null && SigningPlan.IsRegistration(document, step, stage))
            return NumberAndDate(placement, registration);
        Box box = placement[SigningPlan.BoxOf(step)];
        bool isSeal = step == StepKind.Seal;
        PngImage? picture = isSeal
            ? await pictures.ReadAsync(PictureOwner.Organisation, document.OrganisationId, ct)
            : await pictures.ReadAsync(PictureOwner.Person, person, ct);
        string words = step switch { StepKind.Initial => document.InitiallerName, StepKind.Sign => document.SignerName, _ => organisationName };
        double size = step switch { StepKind.Initial => InitialFontSize, StepKind.Sign => NameFontSize, _ => SealFontSize };
        return Appearance.Create(new AppearanceOptions
        {
            Width = box.Width,
            Height = box.Height,
            Image = picture,
            Lines = picture is null ? [new AppearanceLine(words, size, isSeal ? PdfColor.SealRed : PdfColor.InkBlue)] : [],
            Horizontal = HorizontalAlignment.Center,
            Vertical = VerticalAlignment.Middle,
        });
    }

    /// <summary>Number and date, filled into the laid fields together with the seal.</summary>
    public static IReadOnlyList<FieldFill> Fills(OutgoingDocument document, Placement placement, Registration registration)
    {
        if (document.ArrivedSigned)
            return [];
        string number = placement.NumberText is { HasSymbol: true } ? DocumentNumber.Digits(registration.Number) : registration.Symbol;
        return
        [
            new FieldFill(FieldNames.Number, number, Appearance.Create(PlaceProposal.WriteNumber(placement, registration.Number, registration.Symbol))),
            new FieldFill(FieldNames.Date, DocumentNumber.DateInWords(registration.Day), Appearance.Create(PlaceProposal.WriteDate(placement, registration.Day))),
        ];
    }

    // One box spans both; each text keeps its own place in it.
    private static Appearance NumberAndDate(Placement placement, Registration registration)
    {
        Box line = SigningPlan.RegistrationBox(placement);
        Box number = placement.Number;
        AppearanceOptions written = PlaceProposal.WriteNumber(placement, registration.Number, registration.Symbol);
        var pieces = new List<AppearancePiece> { new(written.Lines[0].Text, number.X - line.X, number.Width, written.Lines[0].Size) };
        if (number.Page == placement.Date.Page)
        {
            AppearanceOptions date = PlaceProposal.WriteDate(placement, registration.Day);
            double shift = placement.Date.X - line.X;
            pieces.AddRange(date.Pieces.Select(piece => piece with { Start = piece.Start + shift }));
            pieces.AddRange(date.Lines.Select(text => new AppearancePiece(text.Text, shift, placement.Date.Width, text.Size)));
        }
        return Appearance.Create(new AppearanceOptions { Width = line.Width, Height = line.Height, Pieces = pieces });
    }
}
