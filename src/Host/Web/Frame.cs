using System.Collections.Immutable;

namespace EduUnion.Host.Web;

/// <summary>One entry of the main navigation.</summary>
/// <param name="Text">Key of its words, e.g. <c>nav.desk</c>.</param>
/// <param name="Href">Its page; the entry is marked on every page below it.</param>
public sealed record NavItem(string Text, string Href)
{
    /// <summary>How many things wait there; null or 0 shows nothing.</summary>
    public int? Badge { get; init; }
}

/// <summary>What the layout shows around a page: whose page it is and where one can go.</summary>
public sealed record Frame
{
    /// <summary>Beside the brand; empty = the district's.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>Null: nobody is signed in, there is neither navigation nor search.</summary>
    public string? MemberName { get; init; }

    /// <summary>The office under which the member works, in the language of the page.</summary>
    public string? Role { get; init; }

    /// <summary>Keeps drafts that wait in the browser apart by person; says nothing about the person.</summary>
    public string? MemberKey { get; init; }

    public ImmutableArray<NavItem> Nav { get; init; } = [];

    /// <summary>Shows that people and cases are fictional.</summary>
    public bool Demo { get; init; }

    /// <summary>Whom to call, in the footer.</summary>
    public string? Contact { get; init; }

    /// <summary>Nobody is signed in.</summary>
    public static Frame Guest { get; } = new();
}

/// <summary>Asked once by the layout; the default knows only <see cref="Frame.Guest"/>.</summary>
public delegate ValueTask<Frame> FrameSource(HttpContext http);
