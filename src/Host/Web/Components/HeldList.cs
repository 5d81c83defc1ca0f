using EduUnion.Host.People;

namespace EduUnion.Host.Web.Components;

/// <summary>Offices with their periods, each with the link that ends it.</summary>
/// <param name="Holders">The rows are led by the holder; else by the office.</param>
public sealed record HeldList(IReadOnlyList<HeldOffice> Rows, DateOnly Today, string Caption, bool Holders = true)
{
    public static bool IsPast(HeldOffice held, DateOnly today) =>
        held.Until < today || held.Until < held.From || held.LeftOn <= today;
}
