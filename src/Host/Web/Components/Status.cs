namespace EduUnion.Host.Web.Components;

/// <summary>The colour of a thing; it never stands without a word.</summary>
public enum Status
{
    None,

    /// <summary>Late, refused, grave.</summary>
    Late,

    /// <summary>Due soon.</summary>
    Soon,

    /// <summary>Waits for the reader.</summary>
    Mine,

    /// <summary>Waits for others.</summary>
    Wait,

    /// <summary>Finished, well.</summary>
    Done,
}

public static class StatusClass
{
    /// <summary>The class with a blank before it, or nothing.</summary>
    public static string Css(this Status status) =>
        status == Status.None ? "" : " is-" + status.ToString().ToLowerInvariant();
}

/// <summary>A word in a box.</summary>
public sealed record Tag(string Text, Status Status = Status.None);

/// <summary>A link that looks like a button or like text.</summary>
public sealed record Link(string Text, string Href)
{
    /// <summary>The one action of the page.</summary>
    public bool Go { get; init; }
}

/// <summary>Who blocks | with what, since when.</summary>
public sealed record Stamp(string Who, string What, Status Status = Status.None);
