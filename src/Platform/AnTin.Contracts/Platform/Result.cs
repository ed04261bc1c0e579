using System.Diagnostics.CodeAnalysis;

namespace AnTin.Contracts.Platform;

/// <summary>
/// A refusal that a user can cause. <paramref name="Code"/> is <c>module.reason</c> in lower case
/// (<c>documents.seal-before-signature</c>); its texts stand in the module's catalogue (<see cref="ErrorText"/>).
/// </summary>
public sealed record Error(string Code, params IReadOnlyList<object?> Args)
{
    public bool Equals(Error? other) => other is not null && Code == other.Code && Args.SequenceEqual(other.Args);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Code);

    public override string ToString() => Args.Count == 0 ? Code : $"{Code}({string.Join(", ", Args)})";
}

/// <summary>One line of an error catalogue: the HTTP status and the text of an <see cref="Error"/> code.</summary>
public sealed record ErrorText(string Code, int Status, Text Text);

/// <summary>The outcome of an act that can be refused and returns nothing.</summary>
public sealed record Result
{
    private Result(Error? error) => Error = error;

    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public static readonly Result Success = new(error: null);

    public static Result Failure(Error error) => new(error);

    /// <summary>For values whose type is an interface, where C# allows no implicit conversion.</summary>
    public static Result<T> Of<T>(T value) => new(value, error: null);

    public static implicit operator Result(Error error) => new(error);
}

/// <summary>The outcome of an act that can be refused: a value, or the reason.</summary>
public sealed record Result<T>
{
    private readonly T? _value;

    internal Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <exception cref="InvalidOperationException">The act was refused: a caller's bug.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: refused with {Error}.");

    public static implicit operator Result<T>(T value) => new(value, error: null);

    public static implicit operator Result<T>(Error error) => new(default, error);

    public TOut Match<TOut>(Func<T, TOut> success, Func<Error, TOut> failure) =>
        Error is null ? success(_value!) : failure(Error);

    public Result<TOut> Map<TOut>(Func<T, TOut> map) => Error is null ? map(_value!) : Error;

    public Result<TOut> Then<TOut>(Func<T, Result<TOut>> next) => Error is null ? next(_value!) : Error;

    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Error? error)
    {
        value = _value;
        error = Error;
        return Error is null;
    }
}
