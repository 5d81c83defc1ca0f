using System.Text.RegularExpressions;

namespace EduUnion.Host.Tests.Resources;

/// <summary>The codes with which a source file refuses: the literal in the call that makes a refusal, after the field's name where it has one.</summary>
internal static partial class RefusalWords
{
    public static IEnumerable<string> CodesIn(string source) =>
        Literal().Matches(source).Select(m => m.Groups[1].Value);

    [GeneratedRegex("""\bRefusal(?:\.At\([^,]+,|(?!\.At\()(?:\.\w+)?\()\s*"([a-z0-9-]+(?:\.[a-z0-9-]+)+)"(?!\s*\+)""")]
    private static partial Regex Literal();
}
