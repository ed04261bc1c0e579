namespace AnTin.Web.Components;

/// <summary>One entry of a <see cref="SelectField"/>.</summary>
public sealed record Choice(string Value, string Label);
