using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Parameters;

namespace EduUnion.Host.Pages.Aid;

/// <summary>The net income with its arithmetic, and the category that the system suggests from it.</summary>
/// <param name="Net">Null as long as an income is not said.</param>
/// <param name="Dibao">Null: the district has entered none.</param>
public sealed record Reckoning(NetIncome? Net, Suggestion Suggestion, Money? Dibao, decimal Deep, decimal Rel)
{
    public static Reckoning Of(AidContent content, Rules rules)
    {
        var net = NetIncome.Of(content);
        Money? dibao = rules.Has("aid.dibao") ? rules.Amount("aid.dibao") : null;
        var (deep, rel) = (rules.Factor("aid.k_deep"), rules.Factor("aid.k_rel"));
        return new(net, Eligibility.Suggest(net?.Monthly, dibao, deep, rel, content.MainCause), dibao, deep, rel);
    }

    /// <summary>The two lines, the lower first; none without a 低保.</summary>
    public IReadOnlyList<(AidCategory Category, decimal Factor, Money Line)> Lines =>
        Dibao is not { } basis
            ? []
            : [(AidCategory.Deep, Deep, Times(basis, Deep)), (AidCategory.Rel, Rel, Times(basis, Rel))];

    private static Money Times(Money basis, decimal factor) =>
        new((long)decimal.Round(basis.Fen * factor, 0, MidpointRounding.AwayFromZero));
}
