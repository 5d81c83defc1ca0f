using System.Text.RegularExpressions;

namespace EduUnion.Host.Tests.Pages;

/// <summary>A resource key without words shows itself: dotted, in Latin letters.</summary>
internal static partial class RawKeys
{
    public static IEnumerable<string> In(string text) => Key().Matches(text).Select(m => m.Value);

    [GeneratedRegex(
        @"\b(act|aid|aidterm|consents|sensitive|mail|step|outcome|stage|clock|case|place|timeline|option|refusal|field|hint|form|promise|task|state|nav|frame|desk)\.[A-Za-z][\w.-]*"
    )]
    private static partial Regex Key();
}
