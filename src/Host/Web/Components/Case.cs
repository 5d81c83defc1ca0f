namespace EduUnion.Host.Web.Components;

public enum StageState
{
    Past,
    Now,
    Todo,
}

/// <summary>One stage of a case in the line above its page.</summary>
/// <param name="Note">When it was, under the name.</param>
public sealed record Stage(string Name, StageState State, string? Note = null);

/// <summary>The stages in order; at most one is Now.</summary>
public sealed record Stages(IReadOnlyList<Stage> All)
{
    /// <summary>Index of the present stage; -1 when the case is closed or not begun.</summary>
    public int Now { get; } = All.Select((s, i) => s.State == StageState.Now ? i : -1).Max();

    /// <summary>What a screen reader calls the line where a page has several; null = 办理阶段.</summary>
    public string? Label { get; init; }

    /// <summary>On phones only the neighbourhood of the present stage is drawn.</summary>
    public bool IsNear(int index) => Now >= 0 && Math.Abs(index - Now) == 1;
}

public enum EntryKind
{
    Decide,
    Mail,
    Hold,
    View,
    Note,

    /// <summary>A clock expired or was moved.</summary>
    Clock,
}

/// <summary>One line of a case's merged history.</summary>
public sealed record TimelineEntry(DateTimeOffset At, EntryKind Kind, string Text)
{
    public string? Detail { get; init; }

    /// <summary>The last day of a pause.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>A person with their part in the case.</summary>
/// <param name="Part">Office or delegation, small under the name.</param>
/// <param name="Note">At the right: what they did and when.</param>
public sealed record Person(string Name, string? Part = null, string? Note = null, Tag? Tag = null);

/// <summary>An attachment.</summary>
/// <param name="Size">In words, e.g. 48 KB.</param>
public sealed record FileLink(string Name, string Href, string Size, DateOnly On);

/// <summary>What is signed: it speaks in Song, in the language it was written in.</summary>
/// <param name="Number">文号, e.g. 云中提复〔2026〕12号.</param>
/// <param name="Addressee">With its colon.</param>
public sealed record Letter(string Number, string Title, string Addressee, IReadOnlyList<string> Paragraphs)
{
    /// <summary>At the right of the head, e.g. 办理类别：B.</summary>
    public string? Remark { get; init; }

    /// <summary>Lines of the signature, the date last.</summary>
    public IReadOnlyList<string> Signature { get; init; } = [];
}

/// <summary>A message in the page.</summary>
/// <param name="Status">Late interrupts a screen reader, the others wait.</param>
public sealed record Notice(Status Status, string Title, string? Text = null, params IReadOnlyList<Link> Links);
