namespace EduUnion.Host.Documents.Motions;

/// <param name="Of">The school, or the district where there are several.</param>
public sealed record Register(string Of, IReadOnlyList<RegisterLine> Lines);

/// <summary>
/// One motion in the register (台账, form 9), in the order of the form's columns. Of several hosts each has a line in the
/// cells that are his.
/// </summary>
public sealed record RegisterLine
{
    /// <summary>序号, from 1.</summary>
    public required int Ordinal { get; init; }
    public required string Number { get; init; }
    public required string Title { get; init; }
    public required string Proposer { get; init; }
    public required string Cosigners { get; init; }
    public required string Category { get; init; }

    /// <summary>结论 of the filing review.</summary>
    public required string Outcome { get; init; }
    public required IReadOnlyList<RegisterPart> Parts { get; init; }

    /// <summary>首次/最终; blank for who may not read it.</summary>
    public required string Satisfaction { get; init; }

    /// <summary>Promises verified of all, e.g. 1/2.</summary>
    public required string Progress { get; init; }
    public required string State { get; init; }
}

/// <summary>One host's cells.</summary>
public sealed record RegisterPart
{
    public required string Host { get; init; }
    public required string Cohandlers { get; init; }
    public required DateOnly AssignedOn { get; init; }

    /// <summary>应答日: with an extension the new one; the original stands beside it.</summary>
    public DateOnly? DueOn { get; init; }
    public DateOnly? OriginalDueOn { get; init; }

    /// <summary>实答日.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>Null while it is neither answered nor late.</summary>
    public bool? OnTime { get; init; }

    /// <summary>How often the host met the proposer; null for who may not know.</summary>
    public int? Meetings { get; init; }
    public required string Class { get; init; }
}
