namespace EduUnion.Host.Web.Components;

/// <summary>A count that is a link to exactly the list it counts.</summary>
public sealed record Tile(string Label, int Count, string Href, Status Status)
{
    public string? Note { get; init; }

    /// <summary>The list below is this one.</summary>
    public bool Current { get; init; }
}

/// <summary>The work list: a table, on phones cards. Rows come ordered by least time left.</summary>
/// <param name="Caption">Read aloud, not shown.</param>
public sealed record WorkList(string Caption, IReadOnlyList<WorkRow> Rows)
{
    /// <summary>Where ticked rows are done together; null = one after the other.</summary>
    public string? Batch { get; init; }
}

/// <summary>One thing to do.</summary>
/// <param name="Number">Case number and host, in small print above the title.</param>
/// <param name="Title">The case's title, a link to <paramref name="Href"/>.</param>
public sealed record WorkRow(string Number, string Title, string Href)
{
    public Due? Due { get; init; }

    /// <summary>What is wanted of me, one sentence.</summary>
    public string? Wanted { get; init; }

    /// <summary>Who blocks.</summary>
    public Stamp? Stamp { get; init; }

    /// <summary>The task that is ticked with this row; null = it is done on its own page only.</summary>
    public Guid? Tick { get; init; }

    /// <summary>The verb at the end of the row.</summary>
    public Link? Action { get; init; }
}

/// <summary>Paging by key.</summary>
/// <param name="Previous">Address of the page before; null = this is the first.</param>
/// <param name="Next">Address of the page after; null = this is the last.</param>
public sealed record Pager(string? Previous, string? Next)
{
    /// <summary>Where this page begins, e.g. 从 0302-022 之后.</summary>
    public string? Place { get; init; }
}

/// <summary>Filters as plain GET parameters.</summary>
/// <param name="Id">Prefix of the fields' ids.</param>
/// <param name="Choices">The drop-downs; an empty value means all.</param>
public sealed record Facets(string Id, IReadOnlyList<Facet> Choices)
{
    /// <summary>What is typed in the search field <c>q</c>; null = no search field.</summary>
    public string? Search { get; init; }

    /// <summary>Parameters that must survive filtering (the chosen tile or tab).</summary>
    public IReadOnlyDictionary<string, string> Keep { get; init; } = new Dictionary<string, string>();

    /// <summary>Something is set: the filter stays open on phones and offers to be cleared.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Search) || Choices.Any(c => !string.IsNullOrEmpty(c.Value));
}

/// <summary>One drop-down of a filter.</summary>
/// <param name="All">What the empty choice is called, e.g. 全部部门.</param>
public sealed record Facet(string Name, string Label, string All, IReadOnlyList<Choice> Options, string? Value);

/// <summary>Tabs are links.</summary>
public sealed record Tab(string Text, string Href, bool Current, int? Count = null);

/// <summary>Nothing there: says so, says why, leads on.</summary>
public sealed record Empty(string Title, string? Text = null, params IReadOnlyList<Link> Links)
{
    /// <summary>Directly below the page's own heading, so that no level is left out.</summary>
    public bool Top { get; init; }
}
