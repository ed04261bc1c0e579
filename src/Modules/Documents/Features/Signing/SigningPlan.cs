using AnTin.Modules.Documents.Domain;
using AnTin.Pdf;
using AnTin.Signatures;

namespace AnTin.Modules.Documents.Features.Signing;

/// <summary>Number and date as they will be shown and registered; only the seal has them.</summary>
internal sealed record Registration(int Number, DateOnly Day, string Symbol);

/// <summary>
/// What each step's signature is to be in the file: field, lock, fills. Architecture, 'Late number, date and seal': nobody certifies;
/// each signature locks every field but those that later acts still fill or sign; the seal locks all.
/// </summary>
internal static class SigningPlan
{
    /// <summary>How many signatures a step takes: a file that arrived signed has no fields for number and date, so the organisation signs them by a field of their own.</summary>
    public static int Stages(OutgoingDocument document, StepKind step) => step == StepKind.Seal && document.ArrivedSigned ? 2 : 1;

    public static FieldLock Lock(StepKind step) => step switch
    {
        StepKind.Initial => new FieldLock(FieldLockAction.Exclude,
            FieldNames.Number, FieldNames.Date, FieldNames.Signature, FieldNames.Registration, FieldNames.Seal),
        StepKind.Sign => new FieldLock(FieldLockAction.Exclude,
            FieldNames.Number, FieldNames.Date, FieldNames.Registration, FieldNames.Seal),
        _ => FieldLock.All,
    };

    /// <summary>The fields that a freeze lays.</summary>
    public static FreezePlan Freeze(PdfDocument document, Placement placement) => new(
        [
            new TextFieldPlan(FieldNames.Number, placement.Number.Page - 1, Rectangle(document, placement.Number), placement.NumberText?.FontSize ?? 13),
            new TextFieldPlan(FieldNames.Date, placement.Date.Page - 1, Rectangle(document, placement.Date), placement.DateText?.FontSize ?? 13),
        ],
        [
            Field(StepKind.Initial, placement.Initial, document),
            Field(StepKind.Sign, placement.Signature, document),
            Field(StepKind.Seal, placement.Seal, document),
        ]);

    /// <summary>The field of one stage: laid at freeze, or new in a file that arrived signed.</summary>
    public static SignatureTarget Target(OutgoingDocument document, StepKind step, int stage, PdfDocument pdf, Placement placement)
    {
        if (!document.ArrivedSigned)
            return new SignatureTarget(FieldNames.Of(step));
        if (IsRegistration(document, step, stage))
        {
            Box line = RegistrationBox(placement);
            return new SignatureTarget(FieldNames.Registration, line.Page - 1, Rectangle(pdf, line));
        }
        Box box = placement[BoxOf(step)];
        return new SignatureTarget(FieldNames.Of(step), box.Page - 1, Rectangle(pdf, box));
    }

    public static bool IsRegistration(OutgoingDocument document, StepKind step, int stage) =>
        step == StepKind.Seal && document.ArrivedSigned && stage == 0;

    /// <summary>The lock of one stage: while the seal's own field is still to come, it stays open.</summary>
    public static FieldLock LockOf(OutgoingDocument document, StepKind step, int stage) =>
        IsRegistration(document, step, stage) ? new FieldLock(FieldLockAction.Exclude, FieldNames.Seal) : Lock(step);

    /// <summary>The smallest box around number and date; on the number's page when the two stand on different ones.</summary>
    public static Box RegistrationBox(Placement placement)
    {
        (Box number, Box date) = (placement.Number, placement.Date);
        if (number.Page != date.Page)
            return number;
        double left = Math.Min(number.X, date.X), top = Math.Min(number.Y, date.Y);
        double right = Math.Max(number.X + number.Width, date.X + date.Width), bottom = Math.Max(number.Y + number.Height, date.Y + date.Height);
        return new Box(number.Page, left, top, right - left, bottom - top);
    }

    public static BoxKind BoxOf(StepKind step) => step switch
    {
        StepKind.Initial => BoxKind.Initial,
        StepKind.Sign => BoxKind.Signature,
        _ => BoxKind.Seal,
    };

    private static SignatureFieldPlan Field(StepKind step, Box box, PdfDocument document) =>
        new(FieldNames.Of(step), box.Page - 1, Rectangle(document, box), Lock(step));

    private static PdfRectangle Rectangle(PdfDocument document, Box box) =>
        PageGeometry.Of(document, document.GetPage(box.Page - 1)).ToUserSpace(new VisualRectangle(box.X, box.Y, box.Width, box.Height));
}
