namespace EduUnion.Host.Cases;

/// <summary>Why a case comes to stand at another step than its chart says.</summary>
public enum DetourKind
{
    /// <summary>退回.</summary>
    Return,

    /// <summary>拿回.</summary>
    TakeBack,

    /// <summary>改后直送.</summary>
    Straight,

    /// <summary>跳转.</summary>
    Jump,

    /// <summary>唤醒.</summary>
    Wake,
}

/// <summary>A way that the chart does not draw, as the aggregate is asked for it.</summary>
/// <param name="To">Catalogue name of the step at which it goes on.</param>
/// <param name="By">Who takes it, or for whom it comes straight back.</param>
public sealed record Detour(DetourKind Kind, string To, Guid By)
{
    /// <summary>The step that is left; null where an administrator lets it go on elsewhere.</summary>
    public OpenedStep? From { get; init; }
    public Guid? Part { get; init; }
    public string? Reason { get; init; }
    public bool Straight { get; init; }
}
