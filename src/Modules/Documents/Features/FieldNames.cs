using AnTin.Modules.Documents.Domain;

namespace AnTin.Modules.Documents.Features;

/// <summary>Names of the form fields that the flow lays into a file; part of what other programs see.</summary>
internal static class FieldNames
{
    public const string Root = "AnTin";
    public const string Number = "AnTin.Number";
    public const string Date = "AnTin.Date";
    public const string Initial = "AnTin.Initial";
    public const string Signature = "AnTin.Signature";
    public const string Seal = "AnTin.Seal";

    /// <summary>Only in files that arrived signed: the organisation's signature whose picture is number and date.</summary>
    public const string Registration = "AnTin.Registration";

    public static string Of(StepKind step) => step switch
    {
        StepKind.Initial => Initial,
        StepKind.Sign => Signature,
        StepKind.Seal => Seal,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };
}
