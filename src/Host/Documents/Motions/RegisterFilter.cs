using EduUnion.Host.Motions;

namespace EduUnion.Host.Documents.Motions;

/// <summary>The list's own parameters, so that a register is exactly the list it was opened from.</summary>
internal static class RegisterFilter
{
    /// <summary>What cannot be read filters nothing, as on the list.</summary>
    public static MotionFilter Of(IQueryCollection query) =>
        new(
            One(query, "q"),
            Id(query, "session"),
            One(query, "state"),
            One(query, "category"),
            Id(query, "host"),
            bool.TryParse(One(query, "own"), out var own) && own
        );

    /// <summary>The query string of a filter; empty when nothing is set.</summary>
    public static string Query(MotionFilter filter) =>
        QueryString
            .Create(
                new Dictionary<string, string?>
                {
                    ["q"] = filter.Text,
                    ["session"] = filter.Session?.ToString(),
                    ["state"] = filter.State,
                    ["category"] = filter.Category,
                    ["host"] = filter.Host?.ToString(),
                    ["own"] = filter.Own ? "true" : null,
                }.Where(p => !string.IsNullOrEmpty(p.Value))
            )
            .ToString();

    private static string? One(IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } value ? value : null;

    private static Guid? Id(IQueryCollection query, string name) => Guid.TryParse(query[name], out var id) ? id : null;
}
