namespace EduUnion.Host.Privacy;

/// <summary>
/// A column that holds what the <see cref="Vault"/> sealed. Its values are bound to the row's key: the key's columns as
/// text, joined by '/', then <see cref="Part"/> where one row has several sealed columns.
/// </summary>
public sealed record SealedPlace(string Table, string Column, params IReadOnlyList<string> Key)
{
    /// <summary>The column holds bytes, not text.</summary>
    public bool IsBytes { get; init; }

    /// <summary>Null = the key alone.</summary>
    public string? Part { get; init; }

    /// <summary>What stands around the sealed text where others read the column, too.</summary>
    public string Before { get; init; } = "";
    public string After { get; init; } = "";

    public string Wrapped(string sealedText) => Before + sealedText + After;

    /// <summary>Empty, which opens nowhere, when somebody cut the end off.</summary>
    public string Bare(string wrapped) =>
        wrapped.Length >= Before.Length + After.Length && wrapped.EndsWith(After, StringComparison.Ordinal)
            ? wrapped[Before.Length..^After.Length]
            : "";

    /// <summary>What the value of this row is bound to.</summary>
    public string BoundOf(IEnumerable<object> key) =>
        string.Join('/', [.. key.Select(Text), .. Part is null ? Array.Empty<string>() : [Part]]);

    public override string ToString() => $"{Table}.{Column}";

    // SQLite keeps ids as text in capitals.
    private static string Text(object value) =>
        value is string text && Guid.TryParseExact(text, "D", out var id) ? id.ToString() : value.ToString()!;
}

/// <summary>
/// Every sealed column of the database: what <c>vault rotate</c> seals again and <c>vault status</c> counts. A column
/// missing here would be lost with the old key; a test looks for sealed values elsewhere.
/// </summary>
public static class SealedPlaces
{
    /// <summary>Answers kept for a repeated request; the key is the client's own text.</summary>
    public static SealedPlace Requests { get; } = new("requests", "answer", "member_id", "key");

    public static IReadOnlyList<SealedPlace> All { get; } =
    [
        new("cases", "aggregate", "id"),
        new("drafts", "content", "member_id", "form"),
        new("attachments", "name", "id"),
        new("attachments", "content", "id") { IsBytes = true, Part = "content" },
        new("sensitive_views", "reason", "id"),
        new("claims", "payee", "id"),
        new("payment_lines", "payee", "id"),
        new("aid_files", "aggregate", "id"),
        new("aid_meetings", "aggregate", "id"),
        new("aid_traces", "claim", "case_id", "hash"),
        new("tasks", "pending", "id"),
        Requests,
        Cases.CopyRow.NotePlace,
        Cases.CopyRow.RemarkPlace,
        Cases.QuestionRow.TextPlace,
        Cases.QuestionRow.AnswerPlace,
        People.SealedSignInKeys.Place,
    ];
}
