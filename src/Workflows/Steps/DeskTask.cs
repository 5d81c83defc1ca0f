namespace EduUnion.Workflows.Steps;

/// <summary>What a task is in its step.</summary>
public enum DeskPart
{
    /// <summary>The step's own: the policy counts it.</summary>
    Own,

    /// <summary>加签在前: agrees or disagrees before its owner may decide.</summary>
    Before,

    /// <summary>加签在后: agrees or disagrees with what its owner has decided, before that counts.</summary>
    After,

    /// <summary>委派: says what it would decide; its owner decides.</summary>
    Advice,
}

/// <summary>How a task of an open step stands.</summary>
public enum DeskStand
{
    Open,
    Answered,

    /// <summary>转办: somebody else has it for good. That he decided anything is not said.</summary>
    Handed,

    /// <summary>减签: whoever added it took it away before it was answered.</summary>
    Removed,
}

/// <summary>One task of an open step.</summary>
/// <param name="Member">Whose it is; null while it is an office's.</param>
/// <param name="Owner">For what is added to a task: that task.</param>
public sealed record DeskTask(Guid Id, Guid? Member, DeskPart Part = DeskPart.Own, Guid? Owner = null)
{
    public DeskStand Stand { get; init; }

    /// <summary>What was answered; for signers <see cref="StepDesk.Agree"/> or <see cref="StepDesk.Disagree"/>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Votes it carries.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Somebody has it, whether or not he has answered.</summary>
    public bool IsLive => Stand is DeskStand.Open or DeskStand.Answered;
}
