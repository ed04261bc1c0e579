namespace AnTin.Web.Components;

/// <summary>How far one step of a <see cref="Stepper"/> is.</summary>
public enum StepState
{
    Waiting,
    Current,
    Done,
    Refused,
}

/// <param name="Title">What is done: "Ký nháy – Nguyễn Thị Mận".</param>
/// <param name="Detail">Replaces the words of the state: "Chờ ông Trần Văn Ổi ký".</param>
/// <param name="At">When it was done.</param>
public sealed record Step(string Title, StepState State, string? Detail = null, DateTimeOffset? At = null);
