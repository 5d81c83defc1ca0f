using System.Collections.Immutable;
using System.Globalization;

namespace EduUnion.Domain.Aid;

/// <summary>
/// Why the money could not be reserved: the stable code of the refusal and what fills its sentence, written out. Kept so, and
/// put into words where it is read: whoever reads it has a language.
/// </summary>
public sealed record CeilingReached(string Code, ImmutableArray<string> Arguments)
{
    public static CeilingReached Of(Refusal why) =>
        new(why.Code, [.. why.Arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "")]);
}
